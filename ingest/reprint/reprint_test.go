package reprint_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/data"
	"newsgraph/ingest/reprint"
	"newsgraph/schema"
)

// dispatch is an article of testdata/pairs.txt.
type dispatch struct{ group, variant, text string }

func (d dispatch) id() string { return d.group + "/" + d.variant }

func dispatches(t testing.TB) []dispatch {
	t.Helper()
	raw, err := os.ReadFile("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	var list []dispatch
	for _, part := range strings.Split(string(raw), "\n## ")[1:] {
		head, text, _ := strings.Cut(part, "\n")
		group, variant, _ := strings.Cut(head, " ")
		list = append(list, dispatch{group, variant, strings.TrimSpace(text)})
	}
	return list
}

func articles(list []dispatch) []reprint.Article {
	var out []reprint.Article
	for i, d := range list {
		sketch := reprint.Of(schema.Document{Text: d.text})
		out = append(out, reprint.Article{ID: d.id(), Published: fmt.Sprintf("2020-10-%02d", i+1), Sketch: sketch})
	}
	return out
}

// TestOriginals finds the groups of the test data, in any order of the articles.
func TestOriginals(t *testing.T) {
	t.Parallel()
	list := dispatches(t)
	want := map[string]string{}
	for _, d := range list {
		first := list[slices.IndexFunc(list, func(o dispatch) bool { return o.group == d.group })]
		if first != d {
			want[d.id()] = first.id()
		}
	}
	all := articles(list)
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if diff := cmp.Diff(want, reprint.Originals(all)); diff != "" {
			t.Fatalf("order %d: groups (-want +got):\n%s", seed, diff)
		}
	}
}

// TestMargin measures how far copies and reports in words of their own lie apart, so that the threshold
// between them is no accident.
func TestMargin(t *testing.T) {
	t.Parallel()
	list := articles(dispatches(t))
	copies, others := 1.0, 0.0
	for i, a := range list {
		for _, b := range list[:i] {
			group, _, _ := strings.Cut(a.ID, "/")
			o := reprint.Overlap(a.Sketch, b.Sketch)
			switch {
			case !strings.HasPrefix(b.ID, group+"/"):
				if o > 0.1 {
					t.Logf("%.2f %s %s", o, a.ID, b.ID)
				}
				others = max(others, o)
			case strings.HasSuffix(b.ID, "/wire"):
				t.Logf("%.2f %s %s (copy)", o, a.ID, b.ID)
				copies = min(copies, o)
			}
		}
	}
	t.Logf("copies overlap with the wire by %.2f and more, others by %.2f at most", copies, others)
	if copies < 0.55 || others > 0.25 {
		t.Errorf("copies overlap by %.2f, others by %.2f; want at least 0.55 and at most 0.25", copies, others)
	}
}

func TestOriginal(t *testing.T) {
	t.Parallel()
	sketch := reprint.Of(schema.Document{Text: dispatches(t)[0].text})
	got := reprint.Originals([]reprint.Article{
		{ID: "a", Published: "2020-10-01", Sketch: sketch, Agency: "AFP"},
		{ID: "b", Published: "2020-10-02", Sketch: sketch, Agency: "AFP", Own: true},
		{ID: "c", Sketch: sketch},
		{ID: "d"}, {ID: "e"},
	})
	want := map[string]string{"a": "b", "c": "b", "e": "d"}
	delete(want, "e") // nothing is the same as nothing
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestMany has a thousand papers print one text, and as many with one sentence in common.
func TestMany(t *testing.T) {
	t.Parallel()
	list := dispatches(t)
	wire := reprint.Of(schema.Document{Text: list[0].text})
	var all []reprint.Article
	r := rand.New(rand.NewPCG(7, 7))
	const phrase = "Sign up for our letter and get the news of the day before breakfast every morning but Sunday."
	for i := range 1000 {
		all = append(all, reprint.Article{ID: fmt.Sprintf("copy%04d", i), Published: "2020-10-02", Sketch: wire})
		var b strings.Builder
		for range 200 {
			fmt.Fprintf(&b, "w%d ", r.IntN(5000))
		}
		own := reprint.Of(schema.Document{Text: b.String() + phrase})
		all = append(all, reprint.Article{ID: fmt.Sprintf("own%04d", i), Published: "2020-10-01", Sketch: own})
	}
	got := reprint.Originals(all)
	if len(got) != 999 {
		t.Errorf("%d articles print another's text, want 999", len(got))
	}
	for id, of := range got {
		if of != "copy0000" {
			t.Fatalf("%s prints %s", id, of)
		}
	}
}

func TestSketchText(t *testing.T) {
	t.Parallel()
	s := reprint.Of(schema.Document{Text: "The quick brown fox jumps over the lazy dog’s back, twice."})
	if len(s) != 7 {
		t.Errorf("%d shingles of 11 words, want 7", len(s))
	}
	same := reprint.Of(schema.Document{Text: "THE QUICK (brown) fox jumps over the lazy dog's back twice"})
	if diff := cmp.Diff(s, same); diff != "" {
		t.Errorf("case and signs count (-want +got):\n%s", diff)
	}
	text, err := s.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	var got reprint.Sketch
	if err := got.UnmarshalText(text); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, got); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
}

func FuzzSketch(f *testing.F) {
	for _, seed := range []string{"", "AAAAAQAAAAI=", "AAAAAgAAAAE=", "AQID", "AAAAAQ==", "AAAAAQ=\n="} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var s reprint.Sketch
		if s.UnmarshalText([]byte(text)) != nil {
			return
		}
		if back, _ := s.MarshalText(); string(back) != text {
			t.Errorf("%q reads as %v", text, s)
		}
	})
}

func TestCredit(t *testing.T) {
	t.Parallel()
	a, err := reprint.Load(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, want string
		doc        schema.Document
	}{
		{"dateline", "Reuters", schema.Document{Text: "KHARTOUM (Reuters) - Sudan failed on Tuesday."}},
		{"dateline with country", "AP", schema.Document{Text: "MINSK, Belarus (AP) — Police beat protesters."}},
		{"dateline with date", "AFP", schema.Document{Text: "TBILISI, Oct 31 (AFP) - Georgians voted."}},
		{"no place", "Reuters", schema.Document{Text: "(Reuters) - Shares fell."}},
		{"accented place", "dpa", schema.Document{Text: "São Paulo (dpa) - Rain."}},
		{"publisher", "AFP", schema.Document{Publisher: "Agence France-Presse", Text: "Rain."}},
		{"author", "Reuters", schema.Document{Author: "Reuters Staff", Text: "Rain."}},
		{"author with agency", "AP", schema.Document{Author: "Ann Example, Associated Press", Text: "Rain."}},
		{"byline", "AP", schema.Document{Text: "By Ann Example, Associated Press\nRain fell."}},
		{"last line", "AFP", schema.Document{Text: "Rain fell.\n© 2020 AFP"}},
		{"source line", "Xinhua", schema.Document{Text: "Rain fell.\nSource: Xinhua"}},
		{"two agencies", "", schema.Document{Text: "MINSK (AFP, Reuters) - Rain fell."}},
		{"two authors", "", schema.Document{Author: "AFP/Reuters", Text: "Rain."}},
		{"quoted in the text", "", schema.Document{Text: "He told Reuters (AP) that rain fell."}},
		{"an acronym in brackets", "", schema.Document{Text: "The Associated Press (AP) said that it would sue."}},
		{"with reporting by", "", schema.Document{Text: "Rain fell.\nWith reporting by Reuters and AFP"}},
		{"a party", "", schema.Document{Text: "MINSK (UCP) - The party said."}},
		{"nothing", "", schema.Document{}},
	}
	for _, tt := range tests {
		if got := a.Credit(tt.doc); got != tt.want {
			t.Errorf("%s: credited %q, want %q", tt.name, got, tt.want)
		}
	}
}

func BenchmarkOriginals(b *testing.B) {
	r := rand.New(rand.NewPCG(7, 7))
	var all []reprint.Article
	for i := range 20000 {
		s := make(reprint.Sketch, 0, 400)
		for range 400 {
			s = append(s, r.Uint32N(1<<30))
		}
		slices.Sort(s)
		all = append(all, reprint.Article{ID: fmt.Sprint(i), Sketch: slices.Compact(s)})
	}
	for b.Loop() {
		reprint.Originals(all)
	}
}
