// Package w3c unpacks the W3C RDF test suites and lists their tests. The suites come with the evaluation data
// (w3c/rdf-tests.tar.xz), not with the project.
package w3c

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"newsgraph/internal/shared"
)

// Test is one entry of a manifest.
type Test struct {
	Name   string // the fragment that names it in the manifest
	Type   string // the local name of its rdft: class, such as "TestNQuadsPositiveSyntax"
	Action string // path of the input
	Result string // path of the expected output, empty when there is none
}

// Dir unpacks the suites into a folder that goes with the test, and returns its path. The test is skipped, in one line,
// where there is no suite or nothing to unpack it with.
func Dir(t testing.TB) string {
	t.Helper()
	archive := filepath.Join(shared.Dir(t), "w3c", "rdf-tests.tar.xz")
	if _, err := os.Stat(archive); err != nil {
		t.Skipf("no W3C suite at %s: it is https://github.com/w3c/rdf-tests at commit ad541a5", archive)
	}
	if _, err := exec.LookPath("xz"); err != nil {
		t.Skip("no xz to unpack the W3C suite with: install xz-utils")
	}
	dir := t.TempDir()
	if out, err := exec.Command("tar", "xJf", archive, "-C", dir).CombinedOutput(); err != nil {
		t.Fatalf("unpack %s: %v: %s", archive, err, out)
	}
	return filepath.Join(dir, "rdf-tests")
}

// Manifest reads the tests of the manifest at path in the order of its entries. It knows the plain shape that the syntax
// suites use, not all of Turtle: an entry it cannot read, or one that the list does not name, is an error.
func Manifest(path string) ([]Test, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	body := comment.ReplaceAllString(string(text), "")
	listed := entries.FindStringSubmatch(body)
	if listed == nil {
		return nil, fmt.Errorf("manifest %s: no mf:entries", path)
	}
	found := map[string]Test{}
	for _, m := range entry.FindAllStringSubmatch(body, -1) {
		found[m[1]] = test(filepath.Dir(path), m[1], m[2], m[3])
	}
	var tests []Test
	for _, name := range strings.Fields(listed[1]) {
		t, ok := found[strings.Trim(name, "<>#:")]
		if !ok || t.Action == "" {
			return nil, fmt.Errorf("manifest %s: test %s cannot be read", path, name)
		}
		tests = append(tests, t)
	}
	if len(tests) != len(found) {
		return nil, fmt.Errorf("manifest %s: %d tests, %d of them listed", path, len(found), len(tests))
	}
	return tests, nil
}

var (
	comment = regexp.MustCompile(`(?m)^\s*#.*$`)
	entries = regexp.MustCompile(`mf:entries\s*\(([^)]*)\)`)
	// A test: its name, its class, and its properties up to the full stop that ends them.
	entry = regexp.MustCompile(`(?ms)^(?:<#|:)([\w.-]+)>?\s+(?:a|rdf:type)\s+rdft:(Test\w+)\s*;(.*?)^?\s*\.\s*$`)
	file  = regexp.MustCompile(`mf:(action|result)\s+<([^>]*)>`)
)

func test(dir, name, class, properties string) Test {
	t := Test{Name: name, Type: class}
	for _, m := range file.FindAllStringSubmatch(properties, -1) {
		switch m[1] {
		case "action":
			t.Action = filepath.Join(dir, m[2])
		case "result":
			t.Result = filepath.Join(dir, m[2])
		}
	}
	return t
}
