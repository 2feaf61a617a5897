package layers_test

import (
	"os/exec"
	"strings"
	"testing"
)

// What only benchmarks compare with is not linked into the program.
func TestShipped(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-deps", "newsgraph/cmd/newsgraph").Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if len(deps) < 100 {
		t.Fatalf("only %d packages", len(deps))
	}
	for _, dep := range deps {
		if strings.HasPrefix(dep, "github.com/boltdb/") || strings.HasPrefix(dep, "github.com/cayleygraph/cayley/graph/kv") {
			t.Errorf("the program links %s", dep)
		}
	}
}
