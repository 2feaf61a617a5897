package words_test

import (
	"bytes"
	"fmt"
	"testing"

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
	if a.Low != b.Low || a.Shape != b.Shape {
		t.Error("digits tell forms apart")
	}
	if x, y := none.Look("Don’t"), none.Look("don't"); x.Low != y.Low || x.Shape == y.Shape {
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
	tab := words.NewTable(100)
	for i := range 100 {
		tab.Put(fmt.Sprint("word", i), uint32(1+i%7))
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
		if f := x.Find("word5"); f != 6 {
			t.Errorf("flags %d, want 6", f)
		}
		if f := x.Find("other"); f != 0 {
			t.Errorf("unknown word has flags %d", f)
		}
	}
}
