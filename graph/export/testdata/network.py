"""Reads a network with NetworkX and prints its nodes and edges as JSON: network.py gexf|graphml FILE"""
import json, sys
import networkx as nx

kind, file = sys.argv[1:]
if kind == "gexf":
    from networkx.readwrite.gexf import GEXF

    GEXF.versions["1.2draft"]["NS_GEXF"] = "http://gexf.net/1.3"  # older releases of NetworkX know the names of 1.2 alone
    g = nx.read_gexf(file)
else:
    g = nx.read_graphml(file, force_multigraph=True)
assert g.is_directed(), "the graph has no directions"
nodes = [dict(data, id=id) for id, data in g.nodes(data=True)]
edges = [dict(data, id=data.get("id", key), source=s, target=t) for s, t, key, data in
         (g.edges(keys=True, data=True) if g.is_multigraph() else ((s, t, None, d) for s, t, d in g.edges(data=True)))]
json.dump({"nodes": nodes, "edges": edges}, sys.stdout, default=str)
