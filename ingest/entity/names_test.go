package entity

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"
)

// pointed is a name in a dispatch, and whom it means.
type pointed struct{ name, who string }

// dispatch is an article of testdata/names/dispatches.txt.
type dispatch struct {
	published, text string
	names           []pointed
}

func dispatches(t testing.TB) []dispatch {
	t.Helper()
	raw, err := os.ReadFile("testdata/names/dispatches.txt")
	if err != nil {
		t.Fatal(err)
	}
	var list []dispatch
	for _, part := range strings.Split(string(raw), "\n## ")[1:] {
		date, body, _ := strings.Cut(part, "\n")
		d := dispatch{published: date}
		var text []string
		for _, line := range strings.Split(body, "\n") {
			if p, ok := strings.CutPrefix(line, "@ "); ok {
				name, who, _ := strings.Cut(p, " = ")
				d.names = append(d.names, pointed{name, who})
			} else if line != "" {
				text = append(text, line)
			}
		}
		d.text = strings.Join(text, " ") + "\n"
		list = append(list, d)
	}
	return list
}

// TestGoldNames scores the entities of many articles against gold by B3.
func TestGoldNames(t *testing.T) {
	t.Parallel()
	list := dispatches(t)
	r := testResolver(t)
	var sums []Summary
	found := make([]map[string]int, len(list)) // name to local entity
	for i, d := range list {
		id := fmt.Sprintf("d%02d", i)
		doc, sents := parseText(t, id, d.published, d.text)
		resolved := r.Resolve(doc, sents)
		found[i] = map[string]int{}
		for _, p := range d.names {
			at := strings.Index(d.text, p.name)
			if at < 0 {
				t.Fatalf("%s: %q is not in the text", d.published, p.name)
			}
			start := len([]rune(d.text[:at]))
			found[i][p.name] = entityIn(resolved, sents, start, start+len([]rune(p.name)))
		}
		sums = append(sums, Summary{DocID: id, Published: d.published, Entities: resolved.Entities})
	}
	names := NameAll(sums, nil)
	gold, got := map[string]chain{}, map[string]chain{}
	labels, held := map[string][]string{}, map[string][]string{}
	k := 0
	for i, d := range list {
		for _, p := range d.names {
			id := fmt.Sprintf("none %d %s", i, p.name)
			if e := found[i][p.name]; e >= 0 {
				id = names.Entities[sums[i].DocID][sums[i].Entities[e].ID].ID
			}
			put(gold, p.who, k)
			put(got, id, k)
			labels[p.who] = append(labels[p.who], p.name+" -> "+id)
			held[id] = append(held[id], p.name+" -> "+p.who)
			k++
		}
	}
	logSplits(t, "is several", labels)
	logSplits(t, "holds several", held)
	var f frac
	f.rn, f.rd = b3(chains(gold), chains(got))
	f.pn, f.pd = b3(chains(got), chains(gold))
	t.Logf("B3 precision/recall/F1 over %d names: %v", k, f)
	if f.p() < 0.97 || f.f1() < 0.93 {
		t.Errorf("B3 %v, want precision 0.97 and F1 0.93", f)
	}
}

func put(m map[string]chain, key string, k int) {
	if m[key] == nil {
		m[key] = chain{}
	}
	m[key][k] = true
}

func chains(m map[string]chain) []chain {
	var out []chain
	for _, k := range sortedKeys(m) {
		out = append(out, m[k])
	}
	return out
}

// logSplits shows the keys whose names lead to more than one other.
func logSplits(t *testing.T, what string, m map[string][]string) {
	t.Helper()
	for _, key := range sortedKeys(m) {
		seen := map[string]bool{}
		for _, l := range m[key] {
			_, to, _ := strings.Cut(l, " -> ")
			seen[to] = true
		}
		if len(seen) > 1 {
			sort.Strings(m[key])
			t.Logf("%s %s: %s", key, what, strings.Join(m[key], "; "))
		}
	}
}
