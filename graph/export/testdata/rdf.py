"""Reads RDF with RDFLib and prints its quads as JSON, each the four terms as kind, value, datatype and language: rdf.py FORMAT FILE"""
import json, logging, sys
import rdflib

rdflib.NORMALIZE_LITERALS = False  # "01" stays "01"
logging.disable(logging.WARNING)  # of values that Python cannot hold
data = rdflib.ConjunctiveGraph()
data.parse(sys.argv[2], format=sys.argv[1])


def term(t):
    if isinstance(t, rdflib.Literal):
        return ["literal", str(t), str(t.datatype or ""), t.language or ""]
    return ["blank" if isinstance(t, rdflib.BNode) else "iri", str(t), "", ""]


nothing = ["", "", "", ""]
# The default graph has a blank node, or an address of its own, for a name.
json.dump([[term(s), term(p), term(o), term(g.identifier) if str(g.identifier).startswith("http") and g.identifier != rdflib.graph.DATASET_DEFAULT_GRAPH_ID else nothing]
           for s, p, o, g in data.quads()], sys.stdout)
