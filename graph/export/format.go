package export

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"newsgraph/graph"
	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Format is a way to write a graph. Each is described, with the programs that read it, in docs/exports.md.
type Format struct {
	Name  string // as in export --format
	Gloss string // one line
	// Endings are those of the names of its files, with the dot.
	Endings []string
	// Folder says that it is several files: WriteFolder writes it, not Write.
	Folder bool
	// Quads says that it holds all quads of a graph: of the whole one, or of the excerpt that Options choose
	// (graph.View.Excerpt).
	Quads bool
	// Keeps are the values of factuality that it takes when the filter names none; empty means all. What has no place for
	// factuality, or draws a line for each claim, must not show a denial as a tie.
	Keeps []schema.Factuality
	// Ties says that it draws ties between entities, so that claims whose object is a literal are left out unless
	// Options.Literals asks for them.
	Ties bool

	one  func(ctx context.Context, s *selection, w io.Writer) error
	many func(ctx context.Context, s *selection, to Folder) error
}

// Options choose what is written.
type Options struct {
	Filter graph.Filter
	// AllFactuality takes claims of any factuality where Format.Keeps would take some. A filter that names values has
	// the last word.
	AllFactuality bool
	// Literals draws the literal objects of claims as nodes in formats that tie entities.
	Literals bool
}

// Report counts what was written and what was left out.
type Report struct {
	Claims, Entities, Documents int
	// ByFactuality counts claims that fit the filter and were left out by Format.Keeps; index with schema.Factuality.
	ByFactuality [schema.Negated + 1]int
	// Literals counts claims left out because their object is no entity.
	Literals int
}

// Formats lists the formats, sorted by name.
func Formats() []Format {
	tied := []schema.Factuality{schema.Asserted, schema.Reported, schema.Planned, schema.Possible, schema.Alleged, schema.Attempted}
	list := []Format{
		{Name: "nq", Gloss: "quads as canonical N-Quads, sorted: of all, or of chosen claims with their articles and names", Endings: []string{".nq", ".nquads"}, Quads: true, one: writeNQuads},
		{Name: "trig", Gloss: "the same quads as TriG, for people: by graph and subject, with prefixes", Endings: []string{".trig"}, Quads: true, one: writeTriG},
		{Name: "ttl", Gloss: "the same triples as Turtle, which has no names for graphs: what a document or a claim says is not told apart", Endings: []string{".ttl"}, Quads: true, one: writeTurtle},
		{Name: "jsonld", Gloss: "the same quads as JSON-LD 1.1", Endings: []string{".jsonld"}, Quads: true, one: writeJSONLD},
		{Name: "csv", Gloss: "claims as a table, comma-separated: one row for each piece of evidence", Endings: []string{".csv"}, one: writeCSV},
		{Name: "tsv", Gloss: "claims as a table, tab-separated: one row for each piece of evidence", Endings: []string{".tsv"}, one: writeTSV},
		{Name: "jsonl", Gloss: "claims as JSON, one a line, with all their evidence", Endings: []string{".jsonl", ".ndjson"}, one: writeJSONL},
		{Name: "passages", Gloss: "paragraphs of articles as JSON, one a line, with the claims in each: for search and retrieval", Endings: []string{".passages.jsonl"}, one: writePassages},
		{Name: "gexf", Gloss: "network with dates for Gephi (GEXF 1.3)", Endings: []string{".gexf"}, Keeps: tied, Ties: true, one: writeGEXF},
		{Name: "graphml", Gloss: "network for igraph, yEd, NetworkX, Cytoscape (GraphML)", Endings: []string{".graphml"}, Keeps: tied, Ties: true, one: writeGraphML},
		{Name: "gephi", Gloss: "network as nodes.csv and edges.csv, as Gephi reads them", Folder: true, Keeps: tied, Ties: true, many: writeGephi},
		{Name: "neo4j", Gloss: "tables for neo4j-admin database import, with a script that loads them", Folder: true, many: writeNeo4j},
		{Name: "cypher", Gloss: "script of MERGE statements, for Neo4j and Memgraph", Endings: []string{".cypher", ".cql"}, one: writeCypher},
		{Name: "html", Gloss: "a page that stands alone: the claims of an entity, or all, with their quotes", Endings: []string{".html", ".htm"}, one: writeHTML},
		{Name: "ftm", Gloss: "entities of FollowTheMoney, for OpenAleph and Aleph: one a line", Endings: []string{".ftm.json", ".ftm", ".ijson"}, Keeps: []schema.Factuality{schema.Asserted}, one: writeFTM},
		{Name: "ftm-statements", Gloss: "FollowTheMoney statements, for nomenklatura: a table with one sourced value a row", Endings: []string{".ftm.csv", ".statements.csv"}, Keeps: []schema.Factuality{schema.Asserted}, one: writeStatements},
	}
	slices.SortFunc(list, func(a, b Format) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// FormatNamed returns the format of that name.
func FormatNamed(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// FormatOf returns the format that a file's name ends in; .gz after it does not count.
func FormatOf(file string) (Format, bool) {
	name := strings.TrimSuffix(strings.ToLower(filepath.Base(file)), ".gz")
	best, found := Format{}, ""
	for _, f := range Formats() {
		for _, ending := range f.Endings {
			if strings.HasSuffix(name, ending) && len(ending) > len(found) {
				best, found = f, ending
			}
		}
	}
	return best, found != ""
}

// Write writes the claims that fit to w. The same graph gives the same bytes. The report counts, also after an error,
// what was left out.
func (f Format) Write(ctx context.Context, g *graph.Graph, o Options, w io.Writer) (Report, error) {
	if f.one == nil {
		return Report{}, fmt.Errorf("%s is several files and goes into a folder", f.Name)
	}
	if f.Quads && o.Filter.Chooses() {
		return Report{}, withExcerpt(ctx, g, o.Filter, func(x *graph.Graph) error {
			_, err := f.Write(ctx, x, Options{}, w)
			return err
		})
	}
	s, err := newSelection(ctx, g, f, o)
	if err != nil {
		return Report{}, err
	}
	defer s.view.Close()
	err = f.one(ctx, s, w)
	return s.report, err
}

// withExcerpt calls f with a graph of the claims that fit, in a store of its own that is gone afterwards.
func withExcerpt(ctx context.Context, g *graph.Graph, filter graph.Filter, f func(*graph.Graph) error) (err error) {
	dir, err := os.MkdirTemp("", "newsgraph-excerpt-")
	if err != nil {
		return fmt.Errorf("make a temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	to, err := store.Open(dir, store.Options{BaseIRI: g.Names().Base()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	v := g.View()
	defer v.Close()
	if _, err := to.Load(ctx, v.Excerpt(ctx, filter)); err != nil {
		return err
	}
	x, err := graph.Open(ctx, to)
	if err != nil {
		return err
	}
	return f(x)
}

// WriteFolder is Write for a format of several files.
func (f Format) WriteFolder(ctx context.Context, g *graph.Graph, o Options, to Folder) (Report, error) {
	if f.many == nil {
		return Report{}, fmt.Errorf("%s is one file and goes into no folder", f.Name)
	}
	s, err := newSelection(ctx, g, f, o)
	if err != nil {
		return Report{}, err
	}
	defer s.view.Close()
	err = f.many(ctx, s, to)
	return s.report, err
}

// Chooses says whether the options choose among the claims at all.
func (o Options) Chooses() bool {
	return o.Filter.Chooses() || o.AllFactuality || o.Literals
}
