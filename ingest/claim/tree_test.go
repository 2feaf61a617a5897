package claim

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/data"
	"newsgraph/ingest/entity"
	"newsgraph/nlp"
	"newsgraph/schema"
)

// parse reads a tree written "form/lemma/XPOS/head/deprel[/NER]", heads from 1 and 0 for the root. A form
// that ends in "~" has no blank after it; offsets begin at start. The universal tag and the finite forms
// follow from the Penn tag.
func parse(t testing.TB, start int, spec string) nlp.Sentence {
	t.Helper()
	s := nlp.Sentence{Start: start, End: start, Margin: 1}
	for w := range strings.FieldsSeq(spec) {
		c := strings.Split(w, "/")
		if len(c) < 5 {
			t.Fatalf("%q has %d parts, want 5", w, len(c))
		}
		head, err := strconv.Atoi(c[3])
		if err != nil {
			t.Fatalf("%q: %v", w, err)
		}
		form, tight := strings.CutSuffix(c[0], "~")
		tok := nlp.Token{
			Form: form, Lemma: c[1], UPOS: universal(c[2], c[4]), XPOS: c[2], Head: head - 1, Deprel: c[4], NER: "O",
			Start: start, End: start + len([]rune(form)), SpaceAfter: !tight,
		}
		if slices.Contains([]string{"VBD", "VBZ", "VBP", "MD"}, tok.XPOS) {
			tok.Feats = "VerbForm=Fin"
		}
		if len(c) > 5 {
			tok.NER = c[5]
		}
		s.Tokens, s.End = append(s.Tokens, tok), tok.End
		if start = tok.End; !tight {
			start++
		}
	}
	return s
}

func universal(xpos, deprel string) string {
	switch xpos {
	case "NN", "NNS":
		return "NOUN"
	case "NNP", "NNPS":
		return "PROPN"
	case "MD":
		return "AUX"
	case "IN":
		if deprel == "mark" {
			return "SCONJ"
		}
		return "ADP"
	case "TO", "POS":
		return "PART"
	case "DT":
		return "DET"
	case "JJ", "JJS":
		return "ADJ"
	case "RB":
		return "ADV"
	case "PRP", "PRP$", "WP", "WDT":
		return "PRON"
	case "CD":
		return "NUM"
	case "$", "SYM":
		return "SYM"
	case "CC":
		return "CCONJ"
	}
	if strings.HasPrefix(xpos, "VB") {
		if strings.HasPrefix(deprel, "aux") || deprel == "cop" {
			return "AUX"
		}
		return "VERB"
	}
	return "PUNCT"
}

// text writes the sentence as its article has it.
func text(s nlp.Sentence) string {
	var b strings.Builder
	for i, t := range s.Tokens {
		b.WriteString(t.Form)
		if t.SpaceAfter && i+1 < len(s.Tokens) {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// word returns the index of the first token with a form.
func word(t testing.TB, s nlp.Sentence, form string) int {
	t.Helper()
	i := slices.IndexFunc(s.Tokens, func(k nlp.Token) bool { return k.Form == form })
	if i < 0 {
		t.Fatalf("no %q in %q", form, text(s))
	}
	return i
}

func reader(t testing.TB) *Extractor {
	t.Helper()
	e, err := New(data.FS, schema.Default())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// resolver loads the gazetteer once for all tests.
var resolver = sync.OnceValues(func() (*entity.Resolver, error) { return entity.New(data.FS) })

// story makes an article of blocks of trees, parted by a blank line, and resolves its entities.
func story(t testing.TB, blocks ...[]string) (schema.Document, []nlp.Sentence, *entity.Doc) {
	t.Helper()
	var b strings.Builder
	var sents []nlp.Sentence
	doc := schema.Document{ID: "story", Published: "2024-05-28"}
	for n, block := range blocks {
		if n > 0 {
			b.WriteString("\n\n")
		}
		start := len([]rune(b.String()))
		for k, spec := range block {
			if k > 0 {
				b.WriteByte(' ')
			}
			s := parse(t, len([]rune(b.String())), spec)
			b.WriteString(text(s))
			sents = append(sents, s)
		}
		doc.Blocks = append(doc.Blocks, schema.Block{Start: start, End: len([]rune(b.String()))})
	}
	doc.Text = b.String()
	r, err := resolver()
	if err != nil {
		t.Fatal(err)
	}
	return doc, sents, r.Resolve(doc, sents)
}

func TestSpan(t *testing.T) {
	t.Parallel()
	const spec = "(~/(/-LRB-/3/punct the/the/DT/3/det army~/army/NN/6/nsubj )~/)/-RRB-/3/punct ,/,/,/3/punct left/leave/VBD/0/root the/the/DT/8/det base~/base/NN/6/obj ./././6/punct"
	s := parse(t, 0, spec)
	x := newTree(&s)
	for _, c := range []struct{ name, head, skip, want string }{
		{"comma at the edge goes, brackets with their partner stay", "army", "", "(the army)"},
		{"a bracket without its partner goes", "army", ")", "the army"},
		{"whole clause", "left", "", "(the army), left the base"},
		{"without the subject", "left", "army", "left the base"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := x.text(x.span(word(t, s, c.head), func(k int) bool { return x.form(k) == c.skip }))
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestCycle reads damaged trees: nothing may loop for ever.
func TestCycle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, spec string }{
		{"two words on each other", "a/a/VBD/2/conj b/b/VBD/1/conj"},
		{"three in a ring of relative clauses", "a/a/VB/2/acl:relcl b/b/WP/3/xcomp c/c/VBN/1/acl:relcl"},
		{"on itself", "a/a/VBD/1/ccomp b/b/NN/1/nsubj"},
		{"head outside", "a/a/VBD/9/ccomp b/b/NN/1/nsubj"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := parse(t, 0, c.spec)
			x := newTree(&s)
			for i := range s.Tokens {
				x.span(i, nil)
				x.subject(i, 0)
				x.antecedent(i)
				x.descends(i, 0)
			}
			x.clauses()
			reader(t).Judge(s)
		})
	}
}

func TestDescends(t *testing.T) {
	t.Parallel()
	s := parse(t, 0, "The/the/DT/2/det army/army/NN/3/nsubj left/leave/VBD/0/root town/town/NN/3/obj")
	x := newTree(&s)
	for _, c := range []struct {
		i, j int
		want bool
	}{{0, 2, true}, {0, 1, true}, {2, 2, true}, {2, 0, false}, {0, 3, false}} {
		if got := x.descends(c.i, c.j); got != c.want {
			t.Errorf("descends(%d, %d) = %v", c.i, c.j, got)
		}
	}
}

// TestSubject finds the subject that each construction implies.
func TestSubject(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, spec, verb, subj string
		passive                bool
		rule                   string
	}{
		{"active", "Russia/Russia/NNP/2/nsubj left/leave/VBD/0/root", "left", "Russia", false, "svo"},
		{"passive", "Rebels/rebel/NNS/3/nsubj:pass were/be/VBD/3/aux:pass freed/free/VBN/0/root", "freed", "Rebels", true, "svo"},
		{"conjunct", "He/he/PRP/2/nsubj came/come/VBD/0/root and/and/CC/4/cc left/leave/VBD/2/conj", "left", "He", false, "conj"},
		{"conjunct of a passive that is active", "He/he/PRP/3/nsubj:pass was/be/VBD/3/aux:pass freed/free/VBN/0/root and/and/CC/5/cc left/leave/VBD/3/conj", "left", "He", false, "conj"},
		{"conjunct of a passive", "He/he/PRP/3/nsubj:pass was/be/VBD/3/aux:pass held/hold/VBN/0/root and/and/CC/5/cc fined/fine/VBN/3/conj", "fined", "He", true, "conj"},
		{"infinitive, subject control", "Tokyo/Tokyo/NNP/2/nsubj plans/plan/VBZ/0/root to/to/TO/4/mark leave/leave/VB/2/xcomp", "leave", "Tokyo", false, "xcomp"},
		{"infinitive, object control", "Tokyo/Tokyo/NNP/2/nsubj told/tell/VBD/0/root Paris/Paris/NNP/2/obj to/to/TO/5/mark leave/leave/VB/2/xcomp", "leave", "Paris", false, "xcomp"},
		{"promise keeps the subject", "Tokyo/Tokyo/NNP/2/nsubj promised/promise/VBD/0/root Paris/Paris/NNP/2/obj to/to/TO/5/mark leave/leave/VB/2/xcomp", "leave", "Tokyo", false, "xcomp"},
		{"who", "rebels/rebel/NNS/4/nsubj who/who/WP/3/nsubj fled/flee/VBD/1/acl:relcl died/die/VBD/0/root", "fled", "rebels", false, "relcl"},
		{"participle of a noun", "rebels/rebel/NNS/0/root freed/free/VBN/1/acl", "freed", "rebels", true, "acl"},
		{"gerund after accuse", "Kyiv/Kyiv/NNP/2/nsubj accused/accuse/VBD/0/root Moscow/Moscow/NNP/2/obj of/of/IN/5/mark lying/lie/VBG/2/advcl", "lying", "Moscow", false, "advcl"},
		{"gerund after a passive", "Kyiv/Kyiv/NNP/3/nsubj:pass was/be/VBD/3/aux:pass fined/fine/VBN/0/root crowns/crown/NNS/3/obj for/for/IN/6/mark lying/lie/VBG/3/advcl", "lying", "Kyiv", false, "advcl"},
		{"gerund of manner", "Kyiv/Kyiv/NNP/2/nsubj won/win/VBD/0/root by/by/IN/4/mark lying/lie/VBG/2/advcl", "lying", "Kyiv", false, "advcl"},
		{"infinitive of a noun with an owner", "its/its/PRP$/2/nmod:poss plan/plan/NN/0/root to/to/TO/4/mark leave/leave/VB/2/acl", "leave", "its", false, "acl"},
		{"infinitive of an object noun", "Paris/Paris/NNP/2/nsubj announced/announce/VBD/0/root plans/plan/NNS/2/obj to/to/TO/5/mark leave/leave/VB/3/acl", "leave", "Paris", false, "acl"},
		{"infinitive of a noun without an owner", "plans/plan/NNS/4/nsubj to/to/TO/3/mark leave/leave/VB/1/acl failed/fail/VBD/0/root", "leave", "", false, ""},
		{"quoted as saying", "RIA/RIA/NNP/2/nsubj quoted/quote/VBD/0/root him/he/PRP/2/obj as/as/IN/5/mark saying/say/VBG/2/advcl", "saying", "him", false, "advcl"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := parse(t, 0, c.spec)
			subj, passive, rule := newTree(&s).subject(word(t, s, c.verb), 0)
			got := ""
			if subj >= 0 {
				got = s.Tokens[subj].Form
			}
			if got != c.subj || passive != c.passive || rule != c.rule {
				t.Errorf("got %q passive %v by %q, want %q %v %q", got, passive, rule, c.subj, c.passive, c.rule)
			}
		})
	}
}

// TestArguments lists what fills the slots, those that the tree leaves out too.
func TestArguments(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, spec, verb string
		want             []string
	}{
		{"object and oblique", "He/he/PRP/2/nsubj sent/send/VBD/0/root aid/aid/NN/2/obj out/out/IN/6/case of/of/IN/4/fixed Rome/Rome/NNP/2/obl", "sent", []string{"obj aid", "out_of Rome"}},
		{"gap of a relative clause", "loan/loan/NN/4/nsubj Russia/Russia/NNP/3/nsubj granted/grant/VBD/1/acl:relcl expired/expire/VBD/0/root", "granted", []string{"obj loan"}},
		{"relative pronoun", "loan/loan/NN/5/nsubj which/which/WDT/4/obj Russia/Russia/NNP/4/nsubj granted/grant/VBD/1/acl:relcl expired/expire/VBD/0/root", "granted", []string{"obj loan"}},
		{"shared object, hung on the first verb", "He/he/PRP/2/nsubj founded/found/VBD/0/root and/and/CC/4/cc led/lead/VBD/2/conj parties/party/NNS/2/obj", "led", []string{"obj parties"}},
		{"shared object, hung on the second verb", "He/he/PRP/2/nsubj founded/found/VBD/0/root and/and/CC/4/cc led/lead/VBD/2/conj parties/party/NNS/4/obj", "founded", []string{"obj parties"}},
		{"no reflexive", "He/he/PRP/2/nsubj hid/hide/VBD/0/root himself/himself/PRP/2/obj", "hid", nil},
		{"no source", "It/it/PRP/2/nsubj left/leave/VBD/0/root according/accord/VBG/5/case to/to/IN/3/fixed Rome/Rome/NNP/2/obl", "left", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := parse(t, 0, c.spec)
			var got []string
			for _, a := range newTree(&s).clause(word(t, s, c.verb)).args {
				got = append(got, a.role+" "+s.Tokens[a.head].Form)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPassiveAgent finds who did it, whether or not the parser says so.
func TestPassiveAgent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, spec, want string }{
		{"agent", "He/he/PRP/3/nsubj:pass was/be/VBD/3/aux:pass shot/shoot/VBN/0/root by/by/IN/5/case police/police/NNS/3/obl:agent", "police"},
		{"plain oblique", "He/he/PRP/3/nsubj:pass was/be/VBD/3/aux:pass shot/shoot/VBN/0/root by/by/IN/5/case police/police/NNS/3/obl", "police"},
		{"a time is no agent", "It/it/PRP/3/nsubj:pass was/be/VBD/3/aux:pass done/do/VBN/0/root by/by/IN/5/case Monday/Monday/NNP/3/obl", ""},
		{"another preposition", "He/he/PRP/3/nsubj:pass was/be/VBD/3/aux:pass shot/shoot/VBN/0/root near/near/IN/5/case police/police/NNS/3/obl", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := parse(t, 0, c.spec)
			got := ""
			if a := newTree(&s).clause(2).agent; a >= 0 {
				got = s.Tokens[a].Form
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
