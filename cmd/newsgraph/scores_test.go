package main

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"newsgraph/internal/shared"
)

// TestScores runs the program on the evaluation data and holds its scores above what was reached before. The
// scorers are those of the data's own folder (Python 3).
func TestScores(t *testing.T) {
	dir := shared.Dir(t)
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3: the scorers of the evaluation data need it")
	}
	at := func(parts ...string) string { return filepath.Join(append([]string{dir}, parts...)...) }
	tmp := t.TempDir()
	out := func(name string) string { return filepath.Join(tmp, name) }
	carb, store := at("openie", "carb-dev.txt"), out("seed.db")
	for _, c := range []struct {
		name   string
		run    [][]string
		score  []string
		floors map[string]float64 // a pattern whose group is the score
	}{
		{"open extraction, wide", [][]string{{"extract", "--sentences", carb, "--style", "wide", "-o", out("wide.tsv")}},
			[]string{at("eval", "openie.py"), out("wide.tsv"), at("openie", "carb-dev.gold.tsv.gz")},
			map[string]float64{`CaRB \(s,m\) : .*? F1 ([0-9.]+)`: 0.56, `CaRB 1-1 .*? F1 ([0-9.]+)`: 0.44}},
		{"open extraction, atomic", [][]string{{"extract", "--sentences", carb, "--style", "atomic", "-o", out("atomic.tsv")}},
			[]string{at("eval", "benchie.py"), out("atomic.tsv"), at("openie", "benchie-dev.gold.txt.gz")},
			map[string]float64{`slot .*? F1 ([0-9.]+)`: 0.36}},
		{"claims of a real article", [][]string{
			{"ingest", at("seed", "article.txt"), "--published", "2020-09-14", "--publisher", "MailOnline", "--store", store},
			{"export", "--format", "jsonl", "--store", store, "-o", out("seed.jsonl")}, {"verify", "--store", store}},
			[]string{at("eval", "gold.py"), out("seed.jsonl"), at("gold", "belarus.json")}, // it fails on a critical must-not fact
			map[string]float64{
				`recall3\s+([0-9.]+)`: 0.80, `recall2\s+([0-9.]+)`: 0.60, `recall\s+([0-9.]+)`: 0.60, `factuality\s+([0-9.]+)`: 0.92,
				`attribution\s+([0-9.]+)`: 0.80, `dated\s+([0-9.]+)`: 0.80,
			}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, args := range c.run {
				if b, err := exec.Command("newsgraph", args...).CombinedOutput(); err != nil {
					t.Fatalf("newsgraph %v: %v\n%s", args, err, b)
				}
			}
			b, err := exec.Command(python, c.score...).CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %v\n%s", c.score, err, b)
			}
			for pattern, floor := range c.floors {
				m := regexp.MustCompile(pattern).FindSubmatch(b)
				if m == nil {
					t.Fatalf("no %s in\n%s", pattern, b)
				}
				if got, err := strconv.ParseFloat(string(m[1]), 64); err != nil || got < floor {
					t.Errorf("%s: %v, want at least %v", pattern, got, floor)
				}
			}
		})
	}
}
