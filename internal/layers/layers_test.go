// Package layers holds the direction of imports: cmd -> server -> ingest -> nlp, server -> graph, and all
// of them -> schema, data, internal.
package layers_test

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"newsgraph/internal/repo"
)

// allowed names, for each top folder, the top folders that it may import besides itself.
var allowed = map[string][]string{
	"schema":   {},
	"data":     {},
	"internal": {"schema", "data", "nlp", "ingest", "graph"}, // tools and tests; see sealed
	"nlp":      {"schema", "data", "internal"},
	"ingest":   {"nlp", "schema", "data", "internal"},
	"graph":    {"schema", "data", "internal"},
	"server":   {"web", "ingest", "nlp", "graph", "schema", "data", "internal"},
	"web":      {"internal"},
	"cmd":      {"server", "ingest", "nlp", "graph", "schema", "data", "internal"},
}

// sealed names libraries that only one folder may import.
var sealed = map[string]string{
	"github.com/cayleygraph/":       "graph/",
	"github.com/cockroachdb/pebble": "graph/store/",
	"github.com/lib/pq":             "graph/postgres/",
	"github.com/spf13/cobra":        "cmd/",
	"github.com/spf13/viper":        "internal/settings/",
}

func TestLayers(t *testing.T) {
	for _, file := range repo.GoFiles(t) {
		for _, imported := range imports(t, file) {
			if msg := broken(file, imported); msg != "" {
				t.Errorf("%s imports %s: %s", file, imported, msg)
			}
		}
	}
}

// broken says which rule the import breaks, or nothing. Test files of graph may use Cayley's own suites.
func broken(file, imported string) string {
	for lib, folder := range sealed {
		if strings.HasPrefix(imported, lib) && !strings.HasPrefix(file, folder) {
			return "only " + folder + " may"
		}
	}
	path, own := strings.CutPrefix(imported, "newsgraph/")
	if !own {
		return ""
	}
	from, to := top(file), top(path)
	if from == to {
		return ""
	}
	folders, known := allowed[from]
	if !known {
		return "folder " + from + " has no place in the layers"
	}
	if !slices.Contains(folders, to) {
		return "the layers do not allow " + from + " -> " + to
	}
	return ""
}

func top(path string) string {
	folder, _, _ := strings.Cut(path, "/")
	return folder
}

func imports(t *testing.T, file string) []string {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), filepath.Join(repo.Root(), filepath.FromSlash(file)), nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range tree.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

func TestBroken(t *testing.T) {
	tests := []struct {
		file, imported string
		ok             bool
	}{
		{"nlp/nlp.go", "newsgraph/schema", true},
		{"nlp/nlp.go", "newsgraph/graph", false},
		{"graph/graph.go", "newsgraph/nlp", false},
		{"ingest/run.go", "newsgraph/graph/store", false},
		{"schema/claim.go", "newsgraph/data", false},
		{"server/workspace/workspace.go", "newsgraph/graph/store", true},
		{"cmd/newsgraph/main.go", "newsgraph/server/workspace", true},
		{"server/workspace/workspace.go", "github.com/cockroachdb/pebble/v2", false},
		{"graph/store/store.go", "github.com/cockroachdb/pebble/v2", true},
	}
	for _, tt := range tests {
		if got := broken(tt.file, tt.imported) == ""; got != tt.ok {
			t.Errorf("%s imports %s: allowed is %v, want %v", tt.file, tt.imported, got, tt.ok)
		}
	}
}
