package ontology_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"newsgraph/graph/ontology"
	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

func quads(t *testing.T, base string) ([]schema.Quad, *schema.Names) {
	t.Helper()
	names := schema.NewNames(base)
	list, err := ontology.Quads(schema.Default(), names)
	if err != nil {
		t.Fatal(err)
	}
	return list, names
}

func text(t *testing.T, f rdf.Format) string {
	t.Helper()
	list, names := quads(t, "")
	var b bytes.Buffer
	w, err := rdf.NewQuadWriter(&b, f, rdf.WriteOptions{Prefixes: ontology.Prefixes(names)})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range list {
		if err := w.Write(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestStatements(t *testing.T) {
	t.Parallel()
	turtle := text(t, rdf.Turtle)
	for _, want := range []string{
		`ng:Country a owl:Class ;
    rdfs:comment "a state"@en ;
    rdfs:label "Country"@en ;
    rdfs:subClassOf ng:Agent, ng:Place ;`,
		`claim:owns a rdf:Property ;
    rdfs:comment "X owns Y"@en ;
    rdfs:domain ng:Agent ;
    rdfs:label "owns"@en ;
    owl:inverseOf claim:owned_by ;
    skos:closeMatch wdt:P1830, schema:owns ;
    skos:relatedMatch ftm:Ownership .`,
		`claim:meets a rdf:Property, owl:SymmetricProperty ;
    rdfs:comment "X meets Y"@en ;
    rdfs:domain ng:Agent ;
    rdfs:label "meets"@en ;
    rdfs:range ng:Agent ;
    ng:event ng:CONSULT .`,
		`    ng:inverseMatch wdt:P35 ;`,
		`    schema:rangeIncludes ng:Agent, ng:Event, ng:Place .`,
		`fact:meets a rdf:Property ;
    rdfs:label "meets"@en ;
    rdfs:subPropertyOf claim:meets .`,
		`denied:meets a rdf:Property ;
    rdfs:label "not: meets"@en ;
    ng:denies claim:meets .`,
		`ng:alleged a ng:Factuality ;`,
		`ng:AID a ng:EventType ;`,
		`ng: a owl:Ontology ;`,
	} {
		if !strings.Contains(turtle, want) {
			t.Errorf("it lacks\n%s", want)
		}
	}
	if list, _ := quads(t, "https://other.example/x"); !strings.HasPrefix(list[0].Subject.Value, "https://other.example/x/claim/") {
		t.Errorf("under another base: %v", list[0])
	}
}

// Every word of ng: that the ontology uses it also says what it is.
func TestClosed(t *testing.T) {
	t.Parallel()
	list, names := quads(t, "")
	typed := map[schema.Term]bool{}
	for _, q := range list {
		if q.Predicate == names.Term("rdf:type") {
			typed[q.Subject] = true
		}
	}
	own := names.Term("ng:").Value
	for _, q := range list {
		for _, x := range []schema.Term{q.Subject, q.Predicate, q.Object} {
			if strings.HasPrefix(x.Value, own) && x.Kind == schema.IRI && !typed[x] {
				t.Errorf("%s is not described", x.Value)
			}
		}
	}
}

// Foreign readers take it.
func TestForeign(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "schema.ttl")
	if err := os.WriteFile(path, []byte(text(t, rdf.Turtle)), 0o600); err != nil {
		t.Fatal(err)
	}
	oxigraph := filepath.Join("..", "rdf", "testdata", "npm")
	readers := [][]string{{"serdi", "-q", "-i", "turtle", "-o", "ntriples", path}, {"rapper", "-q", "-c", "-i", "turtle", path}}
	if _, err := os.Stat(filepath.Join(oxigraph, "node_modules", "oxigraph")); err == nil {
		readers = append(readers, []string{"sh", "-c", `node "$0" text/turtle < "$1"`, filepath.Join(oxigraph, "oxigraph.js"), path})
	} else {
		t.Log("no oxigraph (npm ci --prefix graph/rdf/testdata/npm)")
	}
	for _, args := range readers {
		if _, err := exec.LookPath(args[0]); err != nil {
			t.Logf("%s is not installed", args[0])
			continue
		}
		var said bytes.Buffer
		cmd := exec.CommandContext(t.Context(), args[0], args[1:]...)
		cmd.Stderr = &said
		out, err := cmd.Output()
		if err != nil {
			t.Errorf("%v: %v: %s", args[:2], err, said.String())
			continue
		}
		list, _ := quads(t, "")
		if n := strings.Count(string(out), "\n"); args[0] != "rapper" && n != len(list) {
			t.Errorf("%v: %d triples, want %d", args[:2], n, len(list))
		}
	}
}
