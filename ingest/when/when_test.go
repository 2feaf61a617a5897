package when_test

import (
	"strings"
	"testing"

	"newsgraph/ingest/when"
)

func TestResolve(t *testing.T) {
	t.Parallel()
	// 2020-09-14 was a Monday.
	for _, c := range []struct {
		text  string
		tense when.Tense
		words string
		want  string
	}{
		{"He left today", when.Past, "today", "2020-09-14"},
		{"He left on Monday", when.Past, "Monday", "2020-09-14"},
		{"Troops will arrive on Monday", when.Future, "Monday", "2020-09-14"},
		{"It began on Sunday", when.Past, "Sunday", "2020-09-13"},
		{"They will meet on Friday", when.Future, "Friday", "2020-09-18"},
		{"the vote last month", when.Past, "last month", "2020-08"},
		{"protests this weekend", when.Past, "this weekend", "2020-09-12/2020-09-13"},
		{"drills until September 25", when.Future, "until September 25", "/2020-09-25"},
		{"in power since 1994", when.Past, "since 1994", "1994/"},
		{"for 26 years", when.Past, "26 years", "P26Y"},
		{"in February 2019", when.Past, "February 2019", "2019-02"},
		{"on 9 August , he won", when.Past, "9 August", "2020-08-09"},
		{"on August 9 , 2020 , he won", when.Past, "August 9 , 2020", "2020-08-09"},
		{"two weeks ago", when.Past, "two weeks ago", "2020-08-31"},
		{"from 1998 to 2005 .", when.Past, "from 1998 to 2005", "1998/2005"},
		{"an election in November", when.Future, "November", "2020-11"},
		{"an election in November", when.Past, "November", "2019-11"},
		{"in the past three days", when.Past, "the past three days", "2020-09-11/2020-09-14"},
		{"on Wednesday , September 9", when.Past, "Wednesday , September 9", "2020-09-09"},
		{"earlier this year", when.Past, "earlier this year", "2020"},
		{"next week", when.Future, "next week", "2020-09-21/2020-09-27"},
		{"in the 1990s", when.Past, "1990s", "1990/1999"},
		{"He may resign", when.None, "", ""},
		{"about 2000 people", when.None, "", ""},
		{"to march on", when.None, "", ""},
	} {
		words := strings.Fields(c.text)
		es := when.Find(words)
		if c.words == "" {
			if len(es) > 0 {
				t.Errorf("%q: found %v, want nothing", c.text, es)
			}
			continue
		}
		if len(es) != 1 {
			t.Errorf("%q: %d expressions, want 1: %+v", c.text, len(es), es)
			continue
		}
		if got := strings.Join(words[es[0].Start:es[0].End], " "); got != c.words {
			t.Errorf("%q: words %q, want %q", c.text, got, c.words)
		}
		if got := es[0].Resolve("2020-09-14", c.tense).Value; got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestNoAnchorNoDate(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"today", "on Monday", "last month", "on September 25", "two weeks ago"} {
		for _, e := range when.Find(strings.Fields(s)) {
			if got := e.Resolve("", when.Past); got.Value != "" {
				t.Errorf("%q without a date of publication gives %q", s, got.Value)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("from Monday to the last 3 days of February 30 , 2019 - May")
	f.Fuzz(func(t *testing.T, s string) {
		words := strings.Fields(s)
		end := 0
		for _, e := range when.Find(words) {
			if e.Start < end || e.End <= e.Start || e.End > len(words) {
				t.Fatalf("%q: bad span [%d, %d)", s, e.Start, e.End)
			}
			end = e.End
			e.Resolve("2020-09-14", when.Past)
		}
	})
}
