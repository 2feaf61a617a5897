package eval

import (
	"context"
	"errors"
	"io"
	"strings"

	"newsgraph/nlp"
)

// PRF are precision, recall and their harmonic mean, 0..1.
type PRF struct{ P, R, F1 float64 }

func prf(gold, system, both int) PRF {
	p, r := float64(both)/float64(max(system, 1)), float64(both)/float64(max(gold, 1))
	return PRF{p, r, 2 * p * r / max(p+r, 1e-9)}
}

// cells are the scores of a table's row, in per cent.
func (x PRF) cells() []any { return []any{fixed(100*x.P, 2), fixed(100*x.R, 2), fixed(100*x.F1, 2)} }

// Kinds are the kinds of names that are scored.
var Kinds = []string{"PER", "LOC", "ORG"}

// NameTags are BIO tags of the same words, gold and our own, a list for each sentence.
type NameTags struct{ Gold, Own [][]string }

// ScoreNames lets annotate analyse the words of a file of names (NameReader) anew, as nlp.Pipeline.ParseTokens does.
// An error of the file is a *LineError.
func ScoreNames(ctx context.Context, gold io.Reader, annotate func(forms []string) nlp.Sentence) (*NameTags, error) {
	t := &NameTags{}
	for in := NewNameReader(gold); ; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		forms, tags, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		var own []string
		for _, word := range annotate(forms).Tokens {
			own = append(own, word.NER)
		}
		t.Gold, t.Own = append(t.Gold, tags), append(t.Own, own)
	}
	if len(t.Gold) == 0 {
		return nil, ErrEmpty
	}
	return t, nil
}

// Score compares names of the given kinds by exact bounds and kind.
func (t *NameTags) Score(kinds ...string) PRF { return Names(t.Gold, t.Own, kinds...) }

// Table has a row for each of Kinds and one for all of them, in per cent.
func (t *NameTags) Table() Table {
	out := Table{Name: "names", Columns: []string{"kind", "gold", "ours", "p", "r", "f1"}}
	row := func(label string, kinds ...string) {
		a := compare(spans(t.Gold, kinds), spans(t.Own, kinds))
		out.Rows = append(out.Rows, append([]any{label, a.gold, a.system}, a.prf().cells()...))
	}
	for _, kind := range Kinds {
		row(kind, kind)
	}
	row("all", Kinds...)
	return out
}

// Names compares names of the given kinds by exact bounds and kind, as BIO tags of the same words. A tag I-X that no
// X comes before begins a name.
func Names(gold, system [][]string, kinds ...string) PRF {
	return compare(spans(gold, kinds), spans(system, kinds)).prf()
}

// span is a name in a sentence.
type span struct {
	sent, start, end int
	kind             string
}

// spans lists the names in the order of the text.
func spans(sents [][]string, kinds []string) []span {
	want := map[string]bool{}
	for _, k := range kinds {
		want[k] = true
	}
	var out []span
	for i, tags := range sents {
		start, kind := 0, ""
		for j := 0; j <= len(tags); j++ {
			t := "O"
			if j < len(tags) {
				t = tags[j]
			}
			b, k, _ := strings.Cut(t, "-")
			if kind != "" && (k != kind || b == "B") {
				out = append(out, span{i, start, j, kind})
				kind = ""
			}
			if kind == "" && want[k] {
				start, kind = j, k
			}
		}
	}
	return out
}
