package conllu_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/nlp"
	"newsgraph/nlp/conllu"
)

const sample = `# sent_id = 1
# text = She can't go.
1	She	she	PRON	PRP	Case=Nom	4	nsubj	_	_
2-3	can't	_	_	_	_	_	_	_	_
2	ca	can	AUX	MD	_	4	aux	_	SpaceAfter=No
3	n't	not	PART	RB	_	4	advmod	4:advmod	_
3.1	x	x	VERB	VB	_	_	_	0:root	_
4	go	go	VERB	VB	_	0	root	0:root	SpaceAfter=No|NER=B-ORG
5	.	.	PUNCT	.	_	4	punct	_	_

`

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	list, err := conllu.ReadAll(strings.NewReader(sample + sample))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, s := range list {
		if err := conllu.Write(&out, s); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(sample+sample, out.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	list, err := conllu.ReadAll(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	want := nlp.Token{Form: "go", Lemma: "go", UPOS: "VERB", XPOS: "VB", Feats: "_", Head: -1, Deprel: "root", NER: "B-ORG", Start: 10, End: 12}
	if diff := cmp.Diff(want, list[0].Tokens[3]); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, in string
		line     int
	}{
		{"columns", "1\tx\n", 1},
		{"number", "# c\n2\tx\t_\t_\t_\t_\t0\troot\t_\t_\n", 2},
		{"head", "1\tx\t_\t_\t_\t_\t7\troot\t_\t_\n\n", 2},
		{"own head", "1\tx\t_\t_\t_\t_\t1\troot\t_\t_\n", 1},
		{"negative head", "1\tx\t_\t_\t_\t_\t-1\troot\t_\t_\n", 1},
		{"empty form", "1\t\t_\t_\t_\t_\t0\troot\t_\t_\n", 1},
		{"long line", strings.Repeat("x", conllu.MaxLine+1), 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := conllu.ReadAll(strings.NewReader(tc.in))
			var pe *conllu.ParseError
			if !errors.As(err, &pe) || pe.Line != tc.line {
				t.Errorf("got %v, want an error at line %d", err, tc.line)
			}
		})
	}
}

func TestFromText(t *testing.T) {
	t.Parallel()
	text := []rune("Hi: go\u00a0now.")
	s := nlp.Sentence{Start: 4, End: 11, Tokens: []nlp.Token{
		{Form: "go", Head: -1, Deprel: "root", Start: 4, End: 6, SpaceAfter: true},
		{Form: "now", Head: 0, Deprel: "advmod", Start: 7, End: 10},
		{Form: ".", Head: 0, Deprel: "punct", Start: 10, End: 11},
	}}
	var out bytes.Buffer
	if err := conllu.Write(&out, conllu.FromText(s, text)); err != nil {
		t.Fatal(err)
	}
	want := `# text = go now.
1	go	_	_	_	_	0	root	_	TokenRange=4:6
2	now	_	_	_	_	1	advmod	_	SpaceAfter=No|TokenRange=7:10
3	.	_	_	_	_	1	punct	_	SpaceAfter=No|TokenRange=10:11

`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func FuzzReadAll(f *testing.F) {
	f.Add(sample)
	f.Add("1\tx\t_\t_\t_\t_\t0\troot\t_\tNER=B-PER|NER=O\n")
	f.Add("#\n\n\r\n1.1\t\n")
	f.Fuzz(func(t *testing.T, in string) {
		list, err := conllu.ReadAll(strings.NewReader(in))
		if err != nil {
			return
		}
		first := written(t, list)
		again, err := conllu.ReadAll(strings.NewReader(first))
		if err != nil {
			t.Fatalf("own output: %v", err)
		}
		if second := written(t, again); second != first {
			t.Fatalf("not stable: %q then %q", first, second)
		}
	})
}

func written(t *testing.T, list []*conllu.Sentence) string {
	t.Helper()
	var out bytes.Buffer
	for _, s := range list {
		if err := conllu.Write(&out, s); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

func TestMultiwordOffsets(t *testing.T) {
	t.Parallel()
	r := conllu.NewReader(strings.NewReader("1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n" +
		"1\tdo\t_\t_\t_\t_\t3\taux\t_\t_\n2\tn't\t_\t_\t_\t_\t3\tadvmod\t_\t_\n3\t.\t_\t_\t_\t_\t0\troot\t_\t_\n\n"))
	s, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	var got [][2]int
	for _, tok := range s.Tokens {
		got = append(got, [2]int{tok.Start, tok.End})
	}
	if diff := cmp.Diff([][2]int{{0, 2}, {2, 5}, {5, 6}}, got); diff != "" {
		t.Errorf("offsets (-want +got)\n%s", diff)
	}
}
