package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"newsgraph/nlp/eval"
	"newsgraph/nlp/token"
)

// author rewrites documents in ways of newspapers that the treebanks have too little of.
type author struct{ random *rand.Rand }

func newAuthor(seed uint64) *author { return &author{rand.New(rand.NewPCG(seed, 1))} }

// piece is a sentence and what stands before it.
type piece struct{ gap, text string }

// variants returns the document as it stands and as newspapers might have it.
func (a *author) variants(d eval.Document) []token.Example {
	plain := pieces(d)
	out := []token.Example{example(plain), example(a.reset(plain))}
	if informal(d.ID) {
		out = append(out, example(a.join(plain)), example(lower(plain)))
	}
	return out
}

func pieces(d eval.Document) []piece {
	var out []piece
	at := 0
	for _, s := range d.Sentences {
		out = append(out, piece{string(d.Text[at:s.Start]), string(d.Text[s.Start:s.End])})
		at = s.End
	}
	return out
}

func example(ps []piece) token.Example {
	x := token.Example{Ends: map[int]bool{}}
	for _, p := range ps {
		x.Text = append(append(x.Text, []rune(p.gap)...), []rune(p.text)...)
		x.Ends[len(x.Text)] = true
	}
	return x
}

// reset rewrites a document: some paragraphs in capitals, some with a dateline, some full stops without a space.
func (a *author) reset(ps []piece) []piece {
	out := make([]piece, len(ps))
	capitals := false
	for i, p := range ps {
		if first := i == 0 || strings.Contains(p.gap, "\n"); first {
			capitals = a.random.IntN(8) == 0
			if a.random.IntN(4) == 0 && unicode.IsUpper([]rune(p.text)[0]) {
				p.text = a.dateline() + p.text
			}
		}
		if capitals {
			p.text = strings.ToUpper(p.text)
		}
		if i > 0 && p.gap == " " && a.random.IntN(10) == 0 && strings.HasSuffix(out[i-1].text, ".") {
			p.gap = ""
		}
		out[i] = p
	}
	return out
}

var (
	places   = []string{"PARIS", "Geneva", "KYIV, Ukraine", "NEW YORK", "Addis Ababa", "SEOUL", "Buenos Aires, Argentina", "MINSK", "Washington, D.C."}
	agencies = []string{" (AP)", " (Reuters)", " (AFP)", ", March 3", ", Sept. 14 (Reuters)", ", 21 May", ""}
	dashes   = []string{" - ", " — ", " – ", " -- ", ": "}
)

// dateline makes what reports begin with: "KYIV, Ukraine (AP) — ".
func (a *author) dateline() string {
	return pick(a, places) + pick(a, agencies) + pick(a, dashes)
}

func pick(a *author, from []string) string { return from[a.random.IntN(len(from))] }

// informal tells letters and questions to strangers, whose line breaks are often lost.
func informal(id string) bool {
	return strings.HasPrefix(id, "email") || strings.HasPrefix(id, "newsgroup") || strings.HasPrefix(id, "answers")
}

// join loses some line breaks.
func (a *author) join(ps []piece) []piece {
	out := slices.Clone(ps)
	for i := range out {
		if i > 0 && a.random.IntN(3) == 0 {
			out[i].gap = " "
		}
	}
	return out
}

// lower writes everything small.
func lower(ps []piece) []piece {
	out := slices.Clone(ps)
	for i := range out {
		out[i].text = strings.ToLower(out[i].text)
	}
	return out
}
