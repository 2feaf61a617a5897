package entity

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"newsgraph/nlp"
	"newsgraph/schema"
)

// small is a gazetteer of made-up and real facts, enough for the tests by hand.
var small = fstest.MapFS{
	"gazetteer/entities.tsv": file(
		"Russia|Russia|Country|Russian Federation||",
		"Belarus|Belarus|Country|||",
		"France|France|Country|||",
		"Moscow|Moscow|City||Russia|capital",
		"Minsk|Minsk|City||Belarus|capital",
		"Government_of_Russia|Government of Russia|Government|Kremlin;the Kremlin|Russia|seat",
		"European_Union|European Union|Organization|EU||",
		"United_States|United States|Country|US;U.S.;America||"),
	"gazetteer/demonyms.tsv":    file("Russian|Russia|adj", "Belarusian|Belarus|adj", "Belarusians|Belarus|noun-plural", "Russians|Russia|noun-plural", "French|France|adj"),
	"gazetteer/titles.tsv":      file("president|Person|Country", "prime minister|Person|Country", "minister|Person|Government", "leader|Person|Country", "foreign minister|Person|Government", "mayor|Person|City"),
	"gazetteer/leaders.tsv":     file("Vladimir Putin|president|Russia|2012-05-07|", "Emmanuel Macron|president|France|2017-05-14|", "François Hollande|president|France|2012-05-15|2017-05-14"),
	"gazetteer/given_names.tsv": file("Svetlana|f", "Maria|f", "Alexander|m", "Vladimir|m", "Hillary|f", "Bill|m", "John|m", "Anna|f", "Peter|m"),
	"gazetteer/ambiguities.tsv": file("# alias|ids"),
	"gazetteer/nouns.tsv": file("police|SecurityForce|", "protester|Person|u", "woman|Person|f", "man|Person|m", "ministry|Government|", "election|Event|",
		"poll|Event|", "loan|Agreement|", "troop|SecurityForce|", "university|Organization|", "worker|Person|u", "chair|Person|u", "opposition|Group|", "bank|Company|", "security force|SecurityForce|", "force|SecurityForce|"),
}

// file makes a table of lines whose columns stand between bars; a semicolon stands for the bar of the aliases.
func file(lines ...string) *fstest.MapFile {
	text := strings.ReplaceAll(strings.Join(lines, "\n"), "|", "\t")
	return &fstest.MapFile{Data: []byte(strings.ReplaceAll(text, ";", "|") + "\n")}
}

// parse reads sentences written as Form[=lemma]:UPOS:head:relation[:NER], head counted from 1, "|" between sentences and
// "||" between blocks. A word with "_" after it has no blank after it.
func parse(t testing.TB, text string) (schema.Document, []nlp.Sentence) {
	t.Helper()
	doc := schema.Document{ID: "test", Published: "2020-09-14"}
	var sents []nlp.Sentence
	at := 0
	var words strings.Builder
	for _, block := range strings.Split(text, "||") {
		start := at
		for _, line := range strings.Split(block, "|") {
			s := nlp.Sentence{Start: at}
			for _, w := range strings.Fields(line) {
				tok := word(t, w)
				tok.Start = at
				at += len([]rune(tok.Form))
				tok.End = at
				at++
				words.WriteString(tok.Form + " ")
				s.Tokens = append(s.Tokens, tok)
			}
			s.End = at
			sents = append(sents, s)
		}
		doc.Blocks = append(doc.Blocks, schema.Block{Start: start, End: at})
	}
	doc.Text = words.String()
	return doc, sents
}

func word(t testing.TB, w string) nlp.Token {
	t.Helper()
	f := strings.Split(w, ":")
	if len(f) < 4 {
		t.Fatalf("bad word %q", w)
	}
	form, lemma, ok := strings.Cut(f[0], "=")
	if !ok {
		lemma = strings.ToLower(form)
	}
	tok := nlp.Token{Form: strings.TrimSuffix(form, "_"), SpaceAfter: !strings.HasSuffix(form, "_"), UPOS: f[1], NER: "O"}
	tok.Lemma = strings.TrimSuffix(lemma, "_")
	head, err := strconv.Atoi(f[2])
	if err != nil {
		t.Fatalf("bad head in %q", w)
	}
	tok.Head, tok.Deprel = head-1, strings.ReplaceAll(f[3], ".", ":")
	if len(f) > 4 {
		tok.NER = f[4]
	}
	switch {
	case tok.UPOS == "NOUN" && !strings.EqualFold(tok.Lemma, tok.Form):
		tok.XPOS = "NNS"
	case tok.UPOS == "NOUN":
		tok.XPOS = "NN"
	case tok.UPOS == "PROPN":
		tok.XPOS = "NNP"
	case tok.UPOS == "ADJ":
		tok.XPOS = "JJ"
	}
	return tok
}

func resolveText(t testing.TB, text string) *Doc {
	t.Helper()
	r, err := New(small)
	if err != nil {
		t.Fatal(err)
	}
	doc, sents := parse(t, text)
	d := r.Resolve(doc, sents)
	checkDoc(t, d, sents)
	return d
}

// checkDoc holds what must be true of every Doc.
func checkDoc(t testing.TB, d *Doc, sents []nlp.Sentence) {
	t.Helper()
	heads := map[[2]int]bool{}
	for i, m := range d.Mentions {
		if m.Sent < 0 || m.Sent >= len(sents) || m.Start < 0 || m.End > len(sents[m.Sent].Tokens) || m.Start > m.Head || m.Head >= m.End {
			t.Fatalf("mention %d out of range: %+v", i, m)
		}
		k := [2]int{m.Sent, m.Head}
		if heads[k] {
			t.Fatalf("token %v heads two mentions", k)
		}
		heads[k] = true
		if m.Entity < -1 || m.Entity >= len(d.Entities) || m.Actor < -1 || m.Actor >= len(d.Entities) {
			t.Fatalf("mention %d means no entity: %+v", i, m)
		}
	}
	ids := map[string]bool{}
	for _, e := range d.Entities {
		if e.ID == "" || ids[e.ID] {
			t.Fatalf("entity without an ID of its own: %q %q", e.ID, e.Label)
		}
		ids[e.ID] = true
		for _, a := range append([]string{e.Label}, e.Aliases...) {
			if oneOf(a, "I i me my we us our you your he him his she her it its they them their who whom whose which that himself herself itself themselves") {
				t.Fatalf("entity %s has the pronoun %q as a name", e.ID, a)
			}
		}
		if !slices.IsSorted(e.Aliases) || slices.Contains(e.Aliases, e.Label) {
			t.Fatalf("aliases of %s: %q", e.ID, e.Aliases)
		}
		if e.Owner < -1 || e.Owner >= len(d.Entities) {
			t.Fatalf("owner of %s: %d", e.ID, e.Owner)
		}
	}
}

// at is the label of the entity of a token, "-" for none.
func label(d *Doc, e int) string {
	if e < 0 {
		return "-"
	}
	return d.Entities[e].Label
}

func TestResolve(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       string // "sentence.token=label" with counts from 0
	}{
		{"title and surname",
			"President:PROPN:2:nmod.desc Alexander:PROPN:4:nsubj:B-PER Lukashenko:PROPN:2:flat:I-PER spoke=speak:VERB:0:root .:PUNCT:4:punct | " +
				"Lukashenko:PROPN:2:nsubj:B-PER left=leave:VERB:0:root .:PUNCT:2:punct | He:PRON:2:nsubj slept=sleep:VERB:0:root",
			"0.1=Alexander Lukashenko 1.0=Alexander Lukashenko 2.0=Alexander Lukashenko"},
		{"two of one surname stay apart",
			"Bill:PROPN:4:nsubj:B-PER Clinton:PROPN:1:flat:I-PER and:CCONJ:4:cc Hillary:PROPN:1:conj:B-PER Clinton:PROPN:4:flat:I-PER met=meet:VERB:0:root | " +
				"Clinton:PROPN:2:nsubj:B-PER left=leave:VERB:0:root | Mrs:PROPN:2:nmod.desc Clinton:PROPN:3:nsubj:B-PER stayed=stay:VERB:0:root",
			"0.0=Bill Clinton 0.3=Hillary Clinton 1.0=Clinton 2.1=Hillary Clinton"},
		{"the surname in a headline is that of the one with whom the article opens",
			"Clinton:PROPN:2:nsubj:B-PER died=die:VERB:0:root || Bill:PROPN:3:nsubj:B-PER Clinton:PROPN:1:flat:I-PER died=die:VERB:0:root || " +
				"People=person:NOUN:2:nsubj wept=weep:VERB:0:root | They:PRON:2:nsubj prayed=pray:VERB:0:root || Hillary:PROPN:3:nsubj:B-PER Clinton:PROPN:1:flat:I-PER wept=weep:VERB:0:root",
			"0.0=Bill Clinton 4.0=Hillary Clinton"},
		{"a paragraph goes on about the one whom the article is about",
			"John:PROPN:3:nsubj:B-PER Smith:PROPN:1:flat:I-PER died=die:VERB:0:root || Peter:PROPN:3:nsubj:B-PER Brown:PROPN:1:flat:I-PER praised=praise:VERB:0:root " +
				"Smith:PROPN:3:obj:B-PER || He:PRON:2:nsubj slept=sleep:VERB:0:root",
			"2.0=John Smith"},
		{"one paragraph goes on about the one it named",
			"John:PROPN:3:nsubj:B-PER Smith:PROPN:1:flat:I-PER died=die:VERB:0:root || Peter:PROPN:3:nsubj:B-PER Brown:PROPN:1:flat:I-PER praised=praise:VERB:0:root " +
				"Smith:PROPN:3:obj:B-PER | He:PRON:2:nsubj slept=sleep:VERB:0:root",
			"2.0=Peter Brown"},
		{"a body that is named before somebody of its name",
			"Shares=share:NOUN:2:nsubj fell=fall:VERB:0:root || Kroon:PROPN:2:nsubj:B-ORG fell=fall:VERB:0:root | Piet:PROPN:3:nsubj:B-PER Kroon:PROPN:1:flat:I-PER slept=sleep:VERB:0:root",
			"1.0=Kroon 2.0=Piet Kroon"},
		{"a bare surname of somebody named before, read as a body's",
			"Piet:PROPN:3:nsubj:B-PER Kroon:PROPN:1:flat:I-PER slept=sleep:VERB:0:root | Kroon:PROPN:2:nsubj:B-ORG woke=wake:VERB:0:root | He:PRON:2:nsubj ate=eat:VERB:0:root",
			"1.0=Piet Kroon 2.0=Piet Kroon"},
		{"a title without gender does not make a woman of a surname",
			"Peter:PROPN:3:nsubj:B-PER Anna:PROPN:1:flat:I-PER slept=sleep:VERB:0:root | President:PROPN:2:nmod.desc Anna:PROPN:3:nsubj:B-PER woke=wake:VERB:0:root | He:PRON:2:nsubj ate=eat:VERB:0:root",
			"1.1=Peter Anna 2.0=Peter Anna"},
		{"a dateline is not it",
			"MINSK=Minsk:PROPN:0:root -:PUNCT:1:punct | Kroon:PROPN:2:nsubj:B-ORG fell=fall:VERB:0:root | It:PRON:2:nsubj rose=rise:VERB:0:root",
			"2.0=Kroon"},
		{"office by apposition",
			"Svetlana:PROPN:8:nsubj:B-PER Tikhanovskaya:PROPN:1:flat:I-PER ,:PUNCT:6:punct the:DET:6:det opposition:NOUN:6:compound leader:NOUN:1:appos ,:PUNCT:6:punct fled=flee:VERB:0:root | " +
				"The:DET:3:det opposition:NOUN:3:compound leader:NOUN:4:nsubj spoke=speak:VERB:0:root | The:DET:3:det Russian:ADJ:3:amod leader:NOUN:4:nsubj slept=sleep:VERB:0:root",
			"0.5=Svetlana Tikhanovskaya 1.2=Svetlana Tikhanovskaya 2.2=Vladimir Putin"},
		{"office by the gazetteer within the term",
			"The:DET:3:det French:ADJ:3:amod president:NOUN:4:nsubj slept=sleep:VERB:0:root",
			"0.2=Emmanuel Macron 0.1=France"},
		{"relative pronoun",
			"Putin:PROPN:6:nsubj:B-PER ,:PUNCT:4:punct who:PRON:4:nsubj reigns=reign:VERB:1:acl.relcl ,:PUNCT:4:punct spoke=speak:VERB:0:root",
			"0.2=Putin"},
		{"definite phrase and its kin",
			"He:PRON:2:nsubj rigged=rig:VERB:0:root an:DET:5:det unfair:ADJ:5:amod election:NOUN:2:obj | The:DET:2:det poll:NOUN:3:nsubj failed=fail:VERB:0:root",
			"0.4=unfair election 1.1=unfair election 0.0=-"},
		{"she and her are two",
			"Maria:PROPN:2:nsubj:B-PER left=leave:VERB:0:root | Svetlana:PROPN:2:nsubj:B-PER saw=see:VERB:0:root her:PRON:2:obj",
			"1.0=Svetlana 1.2=Maria"},
		{"speaker of a quotation",
			"“_:PUNCT:3:punct I:PRON:3:nsubj won=win:VERB:6:ccomp_:PUNCT:3:punct”:PUNCT:3:punct Putin:PROPN:6:nsubj:B-PER said=say:VERB:0:root",
			""},
		{"a possessive in what somebody is urged to do",
			"Unicef:PROPN:2:nsubj:B-ORG urged=urge:VERB:0:root Mali:PROPN:2:obj:B-LOC to:PART:5:mark cut=cut:VERB:2:xcomp its:PRON:7:nmod.poss costs:NOUN:5:obj",
			"0.5=Mali"},
		{"expletive it",
			"It:PRON:3:expl is=be:AUX:3:cop clear:ADJ:0:root that:SCONJ:6:mark Putin:PROPN:6:nsubj:B-PER won=win:VERB:3:csubj",
			"0.0=-"},
		{"furniture does not speak",
			"Maria:PROPN:2:nsubj:B-PER sat=sit:VERB:0:root in:ADP:5:case his:PRON:5:nmod.poss chair:NOUN:2:obl | She:PRON:2:nsubj spoke=speak:VERB:0:root",
			"1.0=Maria"},
		{"demonym plural is a name",
			"Belarusians:NOUN:2:nsubj marched=march:VERB:0:root | The:DET:3:det Belarusian:ADJ:3:amod people=people:NOUN:4:nsubj won=win:VERB:0:root",
			"0.0=Belarusians 1.1=Belarus 1.2=Belarusians"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.name == "speaker of a quotation" {
				tt.text = "“_:PUNCT:3:punct I:PRON:3:nsubj won_=win:VERB:6:ccomp ”:PUNCT:3:punct Putin:PROPN:6:nsubj:B-PER said=say:VERB:0:root"
				tt.want = "0.1=Putin"
			}
			d := resolveText(t, tt.text)
			for _, w := range splitWant(tt.want) {
				if got := label(d, d.At(w.sent, w.tok)); got != w.label {
					t.Errorf("token %d.%d means %q, want %q", w.sent, w.tok, got, w.label)
				}
			}
			if t.Failed() {
				t.Logf("%+v", d.Entities)
			}
		})
	}
}

type want struct {
	sent, tok int
	label     string
}

func splitWant(s string) []want {
	var out []want
	for _, f := range strings.Fields(s) {
		var w want
		if _, err := fmt.Sscanf(f, "%d.%d=%s", &w.sent, &w.tok, &w.label); err == nil {
			out = append(out, w)
		} else {
			out[len(out)-1].label += " " + f
		}
	}
	return out
}

func TestActor(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, at, actor string }{
		{"subject of a verb", "Moscow:PROPN:2:nsubj said=say:VERB:0:root nothing:NOUN:2:obj", "Moscow", "Russia"},
		{"place", "Moscow:PROPN:3:obl in:ADP:1:case slept=sleep:VERB:0:root", "Moscow", "Moscow"},
		{"party", "Moscow:PROPN:2:compound backing:NOUN:3:nsubj grew=grow:VERB:0:root", "Moscow", "Russia"},
		{"streets", "Moscow:PROPN:3:nmod.poss 's:PART:1:case streets=street:NOUN:4:nsubj emptied=empty:VERB:0:root", "Moscow", "Moscow"},
		{"seat of government", "Kremlin:PROPN:2:nsubj spoke=speak:VERB:0:root", "Government of Russia", "Government of Russia"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := resolveText(t, tt.text)
			if got := label(d, d.At(0, 0)); got != tt.at {
				t.Errorf("At: %q, want %q", got, tt.at)
			}
			if got := label(d, d.Actor(0, 0)); got != tt.actor {
				t.Errorf("Actor: %q, want %q", got, tt.actor)
			}
		})
	}
}

// TestActorAlias checks that a capital that acts becomes a name of its country.
func TestActorAlias(t *testing.T) {
	t.Parallel()
	d := resolveText(t, "Moscow:PROPN:2:nsubj agreed=agree:VERB:0:root")
	e := d.Entities[d.Actor(0, 0)]
	if e.ID != "Russia" || !slices.Contains(e.Aliases, "Moscow") {
		t.Errorf("got %+v", e)
	}
}

func TestOwner(t *testing.T) {
	t.Parallel()
	d := resolveText(t, "President:PROPN:2:nmod.desc Lukashenko:PROPN:5:nsubj:B-PER of:ADP:4:case Belarus:PROPN:2:nmod spoke=speak:VERB:0:root | "+
		"His:PRON:3:nmod.poss security:NOUN:3:compound forces=force:NOUN:4:nsubj marched=march:VERB:0:root | "+
		"Lukashenko:PROPN:4:nmod.poss:B-PER 's:PART:1:case riot:NOUN:4:compound police:NOUN:5:nsubj ran=run:VERB:0:root")
	for _, w := range []want{{1, 2, "Belarusian security forces"}, {2, 3, "Belarusian riot police"}} {
		e := d.At(w.sent, w.tok)
		if label(d, e) != w.label || label(d, d.Entities[e].Owner) != "Lukashenko" {
			t.Errorf("%q of %q, want %q of Lukashenko", label(d, e), label(d, d.Entities[e].Owner), w.label)
		}
	}
	if d.Entities[0].Country != "Belarus" || !slices.Equal(d.Entities[0].Roles, []string{"President"}) {
		t.Errorf("country and roles of the president: %+v", d.Entities[0])
	}
}

func BenchmarkResolve(b *testing.B) {
	r := testResolver(b)
	docs := gum(b, "dev", genres...)
	words := 0
	for i := range docs {
		markNER(&docs[i])
		for _, s := range docs[i].sents {
			words += len(s.Tokens)
		}
	}
	for b.Loop() {
		for _, d := range docs {
			r.Resolve(d.doc, d.sents)
		}
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}
