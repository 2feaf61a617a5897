package claim_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/data"
	"newsgraph/ingest/claim"
	"newsgraph/nlp"
	"newsgraph/nlp/conllu"
	"newsgraph/schema"
)

var update = flag.Bool("update", false, "write the tuples found into the golden file")

const constructions = "testdata/constructions.conllu"

func extractor(t testing.TB) *claim.Extractor {
	t.Helper()
	e, err := claim.New(data.FS, schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestConstructions reads trees that were checked by hand and compares the tuples of both styles with
// those that stand in the comments before each tree ("# wide = relation | argument | ...").
func TestConstructions(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(constructions)
	if err != nil {
		t.Fatal(err)
	}
	list, err := conllu.ReadAll(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	e := extractor(t)
	var out bytes.Buffer
	for _, s := range list {
		var got []string
		for _, style := range []struct {
			name  string
			style claim.Style
		}{{"wide", claim.Wide}, {"atomic", claim.Atomic}} {
			for _, x := range e.Tuples(s.Sentence, style.style) {
				got = append(got, fmt.Sprintf("# %s = %s | %s", style.name, x.Relation, strings.Join(x.Args, " | ")))
			}
		}
		golden := func(c string) bool { return strings.HasPrefix(c, "# wide =") || strings.HasPrefix(c, "# atomic =") }
		var want []string
		for _, c := range s.Comments {
			if golden(c) {
				want = append(want, c)
			}
		}
		if *update {
			s.Comments = append(slices.DeleteFunc(s.Comments, golden), got...)
			if err := conllu.Write(&out, s); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s\n(-want +got)\n%s", words(s.Sentence), diff)
		}
	}
	if *update {
		if err := os.WriteFile(constructions, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func words(s nlp.Sentence) string {
	var out []string
	for _, t := range s.Tokens {
		out = append(out, t.Form)
	}
	return strings.Join(out, " ")
}

// FuzzTuples feeds trees of any shape, cycles too: no panic, and no tuple without words.
func FuzzTuples(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	rels := []string{"root", "nsubj", "obj", "conj", "acl:relcl", "advcl", "xcomp", "ccomp", "nmod:poss", "obl", "case", "mark", "aux", "cop", "appos", "nsubj:pass"}
	tags := [][2]string{{"NOUN", "NN"}, {"VERB", "VBD"}, {"VERB", "VBN"}, {"PRON", "WP"}, {"ADP", "IN"}, {"AUX", "MD"}, {"PROPN", "NNP"}, {"PUNCT", ","}}
	e, err := claim.New(data.FS, schema.Default())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 120 {
			t.Skip()
		}
		var s nlp.Sentence
		for i := 0; i+2 < len(b); i += 3 {
			tag := tags[int(b[i+2])%len(tags)]
			head := int(b[i]) - 1
			if head >= len(b)/3 {
				head = -1
			}
			s.Tokens = append(s.Tokens, nlp.Token{Form: "w", Lemma: "say", UPOS: tag[0], XPOS: tag[1], Head: head, Deprel: rels[int(b[i+1])%len(rels)]})
		}
		for _, style := range []claim.Style{claim.Wide, claim.Atomic} {
			for _, x := range e.Tuples(s, style) {
				if x.Relation == "" || slices.Contains(x.Args, "") {
					t.Fatalf("empty part in %+v", x)
				}
			}
		}
	})
}

func BenchmarkTuples(b *testing.B) {
	raw, err := os.ReadFile(constructions)
	if err != nil {
		b.Fatal(err)
	}
	list, err := conllu.ReadAll(bytes.NewReader(raw))
	if err != nil {
		b.Fatal(err)
	}
	e := extractor(b)
	n := 0
	for b.Loop() {
		e.Tuples(list[n%len(list)].Sentence, claim.Wide)
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "sentences/s")
}
