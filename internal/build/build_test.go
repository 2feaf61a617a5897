package build_test

import (
	"testing"
	"testing/fstest"

	"newsgraph/internal/build"
)

func TestFingerprint(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	base := fstest.MapFS{"models/a": file("x"), "gazetteer/b": file("y"), "lexicon/c": file("z"), "models/README.md": file("r")}
	same := fstest.MapFS{"models/a": file("x"), "gazetteer/b": file("y"), "lexicon/c": file("z"), "models/README.md": file("other")}
	moved := fstest.MapFS{"models/b": file("x"), "gazetteer/b": file("y"), "lexicon/c": file("z")}
	changed := fstest.MapFS{"models/a": file("x"), "gazetteer/b": file("y2"), "lexicon/c": file("z")}
	of := func(fsys fstest.MapFS) string {
		word, err := build.Fingerprint(fsys)
		if err != nil {
			t.Fatal(err)
		}
		return word
	}
	if of(base) != of(same) {
		t.Error("a README changes the fingerprint")
	}
	if of(base) == of(moved) || of(base) == of(changed) {
		t.Error("a change of the data does not change the fingerprint")
	}
	if _, err := build.Fingerprint(fstest.MapFS{}); err == nil {
		t.Error("no error where the data is missing")
	}
}
