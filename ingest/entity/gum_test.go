package entity

import (
	"bufio"
	"compress/gzip"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"newsgraph/internal/shared"
	"newsgraph/nlp"
	"newsgraph/schema"
)

// goldMention is a mention of GUM's coreference annotation; mentions of one chain share id.
type goldMention struct {
	sent, start, end int
	id               string
	kind             string // person, organization, ...
}

// gumDoc is one document of GUM with its gold trees.
type gumDoc struct {
	doc   schema.Document
	sents []nlp.Sentence
	gold  []goldMention
}

// gum reads the documents whose ID has one of the genres.
func gum(t testing.TB, part string, genres ...string) []gumDoc {
	t.Helper()
	f, err := os.Open(filepath.Join(shared.Dir(t), "ud", "en_gum_nonnc-"+part+".conllu.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var docs []gumDoc
	r := gumReader{}
	s := bufio.NewScanner(z)
	s.Buffer(nil, 1<<22)
	for s.Scan() {
		if id, ok := strings.CutPrefix(s.Text(), "# newdoc id = "); ok {
			docs = r.flush(docs, genres)
			r = gumReader{}
			r.doc.doc.ID = id
			continue
		}
		r.line(s.Text())
	}
	if s.Err() != nil {
		t.Fatal(s.Err())
	}
	return r.flush(docs, genres)
}

type gumReader struct {
	doc   gumDoc
	text  []rune
	sent  nlp.Sentence
	open  []goldMention
	par   bool
	start int
}

func (r *gumReader) flush(docs []gumDoc, genres []string) []gumDoc {
	for _, g := range genres {
		if strings.HasPrefix(r.doc.doc.ID, "GUM_"+g+"_") {
			r.closeBlock()
			r.doc.doc.Text = string(r.text)
			return append(docs, r.doc)
		}
	}
	return docs
}

func (r *gumReader) closeBlock() {
	if len(r.text) > r.start {
		r.doc.doc.Blocks = append(r.doc.doc.Blocks, schema.Block{Start: r.start, End: len(r.text)})
	}
	if r.text = append(r.text, '\n'); len(r.text) == 1 {
		r.text = nil
	}
	r.start = len(r.text)
}

func (r *gumReader) line(line string) {
	switch {
	case strings.HasPrefix(line, "# newpar") && !strings.HasPrefix(line, "# newpar_block"):
		r.closeBlock()
	case strings.HasPrefix(line, "#"):
	case line == "":
		if len(r.sent.Tokens) > 0 {
			r.sent.Start, r.sent.End = r.sent.Tokens[0].Start, len(r.text)
			r.doc.sents = append(r.doc.sents, r.sent)
			r.sent = nlp.Sentence{}
		}
	default:
		c := strings.Split(line, "\t")
		if _, err := strconv.Atoi(c[0]); err == nil {
			r.token(c)
		}
	}
}

var bracket = regexp.MustCompile(`\(([^()]*)\)|\(([^()]*)|([^()]*)\)`)

func (r *gumReader) token(c []string) {
	head, _ := strconv.Atoi(c[6])
	tok := nlp.Token{Form: c[1], Lemma: c[2], UPOS: c[3], XPOS: c[4], Feats: c[5], Head: head - 1, Deprel: c[7], NER: "O"}
	tok.SpaceAfter = !strings.Contains(c[9], "SpaceAfter=No")
	tok.Start = len(r.text)
	r.text = append(r.text, []rune(c[1])...)
	tok.End = len(r.text)
	if tok.SpaceAfter {
		r.text = append(r.text, ' ')
	}
	i := len(r.sent.Tokens)
	r.sent.Tokens = append(r.sent.Tokens, tok)
	for _, f := range strings.Split(c[9], "|") {
		if e, ok := strings.CutPrefix(f, "Entity="); ok {
			r.entities(e, i)
		}
	}
}

// entities reads the brackets of one token: "(1-person-new-..." opens, "1)" closes; "1[1/2]" is one part
// of a mention in pieces, which is left out.
func (r *gumReader) entities(e string, tok int) {
	sent := len(r.doc.sents)
	for _, m := range bracket.FindAllStringSubmatch(e, -1) {
		switch {
		case m[3] != "" || m[1] == "" && m[2] == "":
			for k := len(r.open) - 1; k >= 0; k-- {
				if r.open[k].id == m[3] {
					g := r.open[k]
					g.end = tok + 1
					r.doc.gold = append(r.doc.gold, g)
					r.open = append(r.open[:k], r.open[k+1:]...)
					break
				}
			}
		default:
			f := strings.Split(m[1]+m[2], "-")
			g := goldMention{sent: sent, start: tok, end: tok + 1, id: f[0]}
			if len(f) > 1 {
				g.kind = f[1]
			}
			if m[1] != "" {
				r.doc.gold = append(r.doc.gold, g)
			} else {
				r.open = append(r.open, g)
			}
		}
	}
}

// goldHead is the token that heads a gold mention.
func goldHead(tr *tree, g goldMention) int { return tr.top(g.start, min(g.end, len(tr.tokens))) }
