// Package shared finds the evaluation data that tests may use and users do not have.
package shared

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// Dir returns the folder of shared evaluation data: $NEWSGRAPH_SHARED, else shared/ beside the
// repository. The test is skipped, in one line, where there is none.
func Dir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("NEWSGRAPH_SHARED")
	if dir == "" {
		_, file, _, _ := runtime.Caller(0)
		dir = filepath.Join(filepath.Dir(file), "..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(dir, "DESIGN.md")); err != nil {
		t.Skipf("no evaluation data at %s: set NEWSGRAPH_SHARED (docs/evaluation.md says where to get it)", dir)
	}
	return dir
}
