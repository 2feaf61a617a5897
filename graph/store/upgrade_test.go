package store

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsgraph/graph/rdf"
	"newsgraph/schema"
)

var update = flag.Bool("update", false, "write the store of this format version to testdata/stores")

// sample is what the stores in testdata hold.
func sample() Batch {
	text := func(v, lang, dt string) schema.Term {
		return schema.Term{Kind: schema.Literal, Value: v, Lang: lang, Datatype: dt}
	}
	return Batch{
		Add: []schema.Quad{
			mkQuad(iri("entity/A"), iri("claim/met"), iri("entity/B"), iri("id/1")),
			mkQuad(iri("entity/A"), iri("claim/met"), iri("entity/B"), schema.Term{}),
			mkQuad(iri("id/1"), iri("ns#relation"), text("met \"in\"\nMinsk", "", ""), iri("doc/1")),
			mkQuad(iri("id/1"), iri("ns#confidence"), text("0.870", "", schema.XSD+"decimal"), iri("doc/1")),
			mkQuad(iri("entity/B"), iri("label"), text("Bélarus", "fr-be", ""), schema.Term{Kind: schema.Blank, Value: "g"}),
			mkQuad(schema.Term{Kind: schema.Blank, Value: "b"}, iri("label"), text("", "", ""), schema.Term{}),
		},
		Put: map[string][]byte{"analysis/1": {0, 1, 2, 255}, "é": nil},
	}
}

// Stores that older versions of the program wrote open, and hold what they held.
func TestUpgrade(t *testing.T) {
	root := filepath.Join("testdata", "stores")
	if *update {
		writeSample(t, filepath.Join(root, strings.TrimPrefix(FormatVersion, "newsgraph ")))
	}
	versions, err := os.ReadDir(root)
	if err != nil || len(versions) == 0 {
		t.Fatal("no stores in testdata", err)
	}
	var want bytes.Buffer
	if err := rdf.WriteSorted(&want, sample().Add); err != nil {
		t.Fatal(err)
	}
	for _, v := range versions {
		t.Run(v.Name(), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "store")
			if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, v.Name()))); err != nil {
				t.Fatal(err)
			}
			if "newsgraph "+v.Name() == format1 {
				if _, err := Open(dir, Options{ReadOnly: true}); !errors.Is(err, ErrVersion) {
					t.Errorf("a reader gets %v, want ErrVersion", err)
				}
			}
			for _, readOnly := range []bool{"newsgraph "+v.Name() != format1, false, true, false} {
				checkSample(t, dir, readOnly, want.String())
			}
		})
	}
}

func writeSample(t *testing.T, dir string) {
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir, Options{BaseIRI: "https://example.org/"})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, sample())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func checkSample(t *testing.T, dir string, readOnly bool, want string) {
	t.Helper()
	s, err := Open(dir, Options{ReadOnly: readOnly})
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := rdf.WriteSorted(&got, match(t, s, schema.Quad{})); err != nil {
		t.Fatal(err)
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	for key, val := range sample().Put {
		if has, ok, err := s.Record(t.Context(), key); !ok || err != nil || !bytes.Equal(has, val) {
			t.Errorf("record %q is %v, %v, %v", key, has, ok, err)
		}
	}
	if format, _, err := s.get(s.db, metaKey(metaFormat)); !readOnly && string(format) != FormatVersion || err != nil {
		t.Errorf("the format is %q, %v", format, err)
	}
	if err := s.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
