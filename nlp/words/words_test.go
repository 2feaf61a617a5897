package words_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/nlp/words"
)

func TestNormal(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"-LRB-": "(", "``": `"`, "''": `"`, "’s": "'s", "‘s": "'s", "plain": "plain", "…": "...", "e‑mail": "e-mail",
	} {
		if got := words.Normal(in); got != want {
			t.Errorf("Normal(%q) is %q, want %q", in, got, want)
		}
	}
}

func TestLook(t *testing.T) {
	t.Parallel()
	var none *words.Table
	a, b := none.Look("1990s"), none.Look("2004s")
	if a.Form != b.Form || a.Shape != b.Shape {
		t.Error("digits tell forms apart")
	}
	if x, y := none.Look("Don’t"), none.Look("don't"); x.Low != y.Low || x.Form == y.Form {
		t.Error("lower case or quotes")
	}
	for form, want := range map[string]uint32{
		"word": words.Lower, "Word": words.Title, "WORD": words.Upper, "iPad": words.Mixed, "MacLeod": words.Mixed,
		"1,500": words.Digits, "--": words.Other, "": words.Other, "Ü": words.Title,
	} {
		if got := none.Look(form).Case; got != want {
			t.Errorf("case of %q is %d, want %d", form, got, want)
		}
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	tab := words.NewTable(100, []uint16{0, 1}, []uint16{0, 3})
	for i := range 100 {
		tab.Put(fmt.Sprint("word", i), i%3-1, uint32(i%7))
	}
	var buf bytes.Buffer
	if err := tab.Write(&buf); err != nil {
		t.Fatal(err)
	}
	again, err := words.Read(&buf)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []*words.Table{tab, again} {
		want := words.Entry{Cluster: [3]uint32{2, 4, 2}, Flags: 5}
		if diff := cmp.Diff(want, x.Find("word5")); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if e := x.Find("other"); e != (words.Entry{}) {
			t.Errorf("unknown word has %v", e)
		}
	}
}
