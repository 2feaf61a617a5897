package main

import (
	"fmt"
	"log"
	"os"
	"strings"

	"newsgraph/nlp/depparse"
)

// parserFiles are the panel's members: one reads forwards, one backwards.
var parserFiles = []string{"parser.gz", "mirror.gz"}

// trainParsers trains the panel. Each member is the mean of several seeds.
func (t *trainer) trainParsers() error {
	var labels names
	labels.add("root")
	data := forParser(t.data, &labels)
	l, err := t.labeler()
	if err != nil {
		return err
	}
	all := make([]*depparse.Trained, 2*t.seeds)
	parallel(t.workers, len(all), func(k int) {
		o := depparse.Options{Cells: t.cells, Epochs: t.parseEpochs, Beam: t.beam, Seed: uint64(k/2 + 1), Mirror: k%2 == 1}
		o.Each = func(e int, m *depparse.Trained) {
			log.Printf("parser %d epoch %d: %s", k, e, t.scoreTrees(depparse.NewPanel(m.Parser(parseFloor, t.beam, 1)), l))
		}
		all[k] = depparse.Train(data, o)
	})
	var members []*depparse.Parser
	for side, name := range parserFiles {
		var same []*depparse.Trained
		for k := side; k < len(all); k += 2 {
			same = append(same, all[k])
		}
		m := depparse.Merge(same...)
		scale := t.scale(m)
		p := m.Parser(parseFloor, t.beam, scale)
		log.Printf("%s: scale %d, %s", name, scale, t.scoreTrees(depparse.NewPanel(p), l))
		members = append(members, p)
		if err := t.save(name, func(f *os.File) error { return m.Write(f, parseFloor, t.beam, scale) }); err != nil {
			return err
		}
	}
	log.Printf("panel: %s", t.scoreTrees(depparse.NewPanel(members...), l))
	return nil
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
	p := m.Parser(parseFloor, t.beam, 1)
	sum, n := int64(0), int64(1)
	for _, name := range devSets {
		for _, s := range t.dev[name] {
			sum += p.Spread(depparse.NewSentence(s.infos, s.forms, s.auto))
			n++
		}
	}
	return sum/n/4 + 1
}

func (t *trainer) scoreTrees(p *depparse.Panel, l *depparse.Labeler) string {
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
