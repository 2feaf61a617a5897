package entity

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsgraph/nlp"
	"newsgraph/schema"
)

// TestManyMentions holds that one name said thousands of times stays fast.
func TestManyMentions(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("President:PROPN:2:nmod.desc Alexander:PROPN:4:nsubj:B-PER Lukashenko:PROPN:2:flat:I-PER met=meet:VERB:0:root him:PRON:4:obj "+
		"and:CCONJ:8:cc the:DET:8:det protesters=protester:NOUN:5:conj | His:PRON:2:nmod.poss police:NOUN:3:nsubj ran=run:VERB:0:root | "+
		"The:DET:2:det president:NOUN:3:nsubj slept=sleep:VERB:0:root | ", 5000)
	doc, sents := parse(t, strings.TrimSuffix(text, " | "))
	r, err := New(small)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	d := r.Resolve(doc, sents)
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("%d mentions took %v", len(d.Mentions), took)
	}
	checkDoc(t, d, sents)
}

// TestDeterminism holds that the same article gives the same entities again.
func TestDeterminism(t *testing.T) {
	t.Parallel()
	r := testResolver(t)
	for _, g := range gum(t, "dev", "news", "speech") {
		markNER(&g)
		a, b := r.Resolve(g.doc, g.sents), r.Resolve(g.doc, g.sents)
		if diff := cmp.Diff(a.Entities, b.Entities); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(a.Mentions, b.Mentions); diff != "" {
			t.Fatal(diff)
		}
		checkDoc(t, a, g.sents)
	}
}

// FuzzResolve holds that no tree, however broken, breaks the resolver.
func FuzzResolve(f *testing.F) {
	f.Add("Putin met Moscow 's mayor ( UN ) who “ said he”", "\x01\x00\x03\x02\x05\x00\x09\x01\x01\x02\x03\x04\x05")
	f.Add("of of of", "\x02\x03\x01")
	r, err := New(small)
	if err != nil {
		f.Fatal(err)
	}
	pos := []string{"PROPN", "NOUN", "VERB", "PRON", "ADJ", "DET", "ADP", "PUNCT", "NUM"}
	rels := []string{"nsubj", "obj", "nmod", "nmod:poss", "appos", "flat", "compound", "acl:relcl", "conj", "case", "det", "obl"}
	ner := []string{"O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "X"}
	f.Fuzz(func(t *testing.T, text, choices string) {
		var s nlp.Sentence
		at := func(i int) int {
			if len(choices) == 0 {
				return 0
			}
			return int(choices[i%len(choices)])
		}
		words := strings.Fields(text)
		for i, w := range words[:min(len(words), 60)] {
			s.Tokens = append(s.Tokens, nlp.Token{Form: w, Lemma: strings.ToLower(w), UPOS: pos[at(i)%len(pos)], Deprel: rels[at(i+1)%len(rels)],
				NER: ner[at(i+2)%len(ner)], Head: at(i+3)%(len(words)+2) - 1, SpaceAfter: at(i)%2 == 0})
		}
		sents := []nlp.Sentence{s, s}
		checkDoc(t, r.Resolve(schema.Document{ID: "x", Text: text}, sents), sents)
	})
}

// FuzzGazetteer holds that no table breaks the reader or the resolver.
func FuzzGazetteer(f *testing.F) {
	f.Add([]byte("Russia\tRussia\tCountry\tMoscow|Kremlin\t\t\n"))
	f.Add([]byte("# comment\n\nRussian\tRussia\tadj\t\n"))
	f.Fuzz(func(t *testing.T, table []byte) {
		for _, name := range []string{"entities", "demonyms", "titles", "leaders", "given_names", "nouns", "ambiguities"} {
			fsys := fstest.MapFS{}
			for k, v := range small {
				fsys[k] = v
			}
			fsys["gazetteer/"+name+".tsv"] = &fstest.MapFile{Data: table}
			r, err := New(fsys)
			if err != nil {
				continue
			}
			doc, sents := parse(t, "President:PROPN:2:nmod.desc Alexander:PROPN:4:nsubj:B-PER Lukashenko:PROPN:2:flat:I-PER met=meet:VERB:0:root Moscow:PROPN:4:obj")
			checkDoc(t, r.Resolve(doc, sents), sents)
		}
	})
}

func TestGazetteerErrors(t *testing.T) {
	t.Parallel()
	for name, table := range map[string]string{
		"gazetteer/entities.tsv:2: 2 columns, want 4": "# head\nRussia\tRussia\n",
	} {
		fsys := fstest.MapFS{}
		for k, v := range small {
			fsys[k] = v
		}
		fsys["gazetteer/entities.tsv"] = &fstest.MapFile{Data: []byte(table)}
		if _, err := New(fsys); err == nil || err.Error() != name {
			t.Errorf("got %v, want %s", err, name)
		}
	}
	if _, err := New(fstest.MapFS{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no gazetteer: got %v", err)
	}
}
