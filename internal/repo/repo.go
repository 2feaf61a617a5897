// Package repo finds the project's own source files, for tests that hold rules over all of them.
package repo

import (
	"io/fs"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Root is the folder of go.mod.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}

// GoFiles lists the project's Go files as slash-separated paths from Root, sorted, without those in
// folders that Go ignores (testdata, names that begin with a dot or an underscore) and node_modules.
func GoFiles(t testing.TB) []string {
	t.Helper()
	root := Root()
	var files []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && ignored(d.Name()) {
			return fs.SkipDir
		}
		if !d.IsDir() && strings.HasSuffix(path, ".go") {
			rel, err := filepath.Rel(root, path)
			files = append(files, filepath.ToSlash(rel))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func ignored(dir string) bool {
	return dir == "testdata" || dir == "node_modules" || dir == "out" || dir[0] == '.' || dir[0] == '_'
}
