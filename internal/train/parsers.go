package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"newsgraph/nlp/depparse"
)

// trainParsers trains the parser: the mean of several seeds.
func (t *trainer) trainParsers() error {
	var labels names
	labels.add("root")
	data := forParser(t.data, &labels)
	l, err := t.labeler()
	if err != nil {
		return err
	}
	all := make([]*depparse.Trained, t.seeds)
	parallel(t.workers, len(all), func(k int) {
		all[k] = depparse.Train(data, depparse.Options{Cells: t.cells, Epochs: t.parseEpochs, Beam: t.beam, Seed: uint64(k + 1)})
		log.Printf("parser %d: %s", k, t.scoreTrees(all[k].Parser(parseFloor, t.beam, 1), l))
	})
	m := depparse.Merge(all...)
	scale := t.scale(m)
	log.Printf("parser: %s", t.scoreTrees(m.Parser(parseFloor, t.runBeam, scale), l))
	return t.save("parser.gz", func(f io.Writer) error { return m.Write(f, parseFloor, t.runBeam, scale) })
}

func (t *trainer) labeler() (*depparse.Labeler, error) {
	f, err := os.Open(t.path("labels.gz"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return depparse.ReadLabeler(f)
}

// scale is a quarter of the mean distance between the best and the last tree of a beam, on the dev sets.
func (t *trainer) scale(m *depparse.Trained) int64 {
	p := m.Parser(parseFloor, t.runBeam, 1)
	sum, n := int64(0), int64(1)
	for _, name := range devSets {
		for _, s := range t.dev[name] {
			sum += p.Spread(depparse.NewSentence(s.infos, s.forms, s.auto))
			n++
		}
	}
	return sum/n/4 + 1
}

func (t *trainer) scoreTrees(p *depparse.Parser, l *depparse.Labeler) string {
	var out []string
	for _, name := range devSets {
		uas, las, n := 0, 0, 0
		for _, s := range t.dev[name] {
			x := depparse.NewSentence(s.infos, s.forms, s.auto)
			heads, _ := p.Parse(x)
			for i, label := range l.Label(x, heads) {
				n++
				if heads[i] == s.heads[i] {
					uas++
					if label == s.labels[i] {
						las++
					}
				}
			}
		}
		out = append(out, fmt.Sprintf("%s UAS %.2f LAS %.2f", name, 100*float64(uas)/float64(n), 100*float64(las)/float64(n)))
	}
	return strings.Join(out, ", ")
}
