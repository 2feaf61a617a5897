package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/term"
)

// typed is a terminal at which these keys are pressed.
func typed(keys string) (*term.Terminal, *bytes.Buffer) {
	var out bytes.Buffer
	return term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{strings.NewReader(keys), &out}, "> "), &out
}

func TestCompletion(t *testing.T) {
	t.Parallel()
	starting := func(all ...string) func(string) []string {
		return func(prefix string) (list []string) {
			for _, w := range all {
				if strings.HasPrefix(strings.ToLower(w), strings.ToLower(prefix)) {
					list = append(list, w)
				}
			}
			return list
		}
	}
	for keys, want := range map[string]string{
		`g.V("ang` + "\t" + `").All()`:              `g.V("Angela Merkel").All()`,
		`g.V("Angela Merkel").Out("vis` + "\t\"":    `g.V("Angela Merkel").Out("visits"`,
		`g.V("x").uniq` + "\t":                      `g.V("x").Unique()`,
		":la" + "\t" + " mql":                       ":lang mql",
		`g.V("e` + "\t":                             `g.V("e`,
		`g.V("em` + "\t":                            `g.V("em`,
		`g.V("it\"s", "ger` + "\t\"":                `g.V("it\"s", "Germany"`,
		"g.V('nobo" + "\t":                          "g.V('nobo",
		"x" + "\t":                                  "x",
		`g.V("ge` + "\x1b[D\x1b[Dg\b\x1b[C\x1b[C\t": `g.V("Germany`,
	} {
		terminal, out := typed(keys + "\r")
		shown := ""
		terminal.AutoCompleteCallback = completer{names: starting("Angela Merkel", "Emmanuel Macron", "Emilia", "Germany", "Europe"), predicates: starting("visits", "meets"),
			show: func(words []string) { shown = fmt.Sprint(words) }}.complete
		line, err := terminal.ReadLine()
		if err != nil || line != want {
			t.Errorf("%q: %q, %v, want %q\n%s", keys, line, err, want, out)
		}
		if strings.HasPrefix(keys, `g.V("e`+"\t") && shown != "[Emilia Emmanuel Macron Europe]" {
			t.Errorf("%q: shown %s", keys, shown)
		}
	}
}

// The lines of a session come back in the next one, from the user's folder for state.
func TestHistory(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_STATE_HOME", dir)
	h, err := openHistory()
	if err != nil {
		t.Fatal(err)
	}
	terminal, _ := typed("first\rfirst\r\rsecond\r")
	terminal.History = h
	for range 4 {
		if _, err := terminal.ReadLine(); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.save(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "newsgraph", "history"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v, %v", info, err)
	}
	if h, err = openHistory(); err != nil {
		t.Fatal(err)
	}
	terminal, _ = typed("\x1b[A\x1b[A!\r")
	terminal.History = h
	if line, err := terminal.ReadLine(); line != "first!" || err != nil {
		t.Errorf("two lines up: %q, %v", line, err)
	}
	for i := range maxHistory + 50 {
		h.Add(fmt.Sprint(i))
	}
	if h.Len() != maxHistory || h.At(0) != fmt.Sprint(maxHistory+49) {
		t.Errorf("%d lines, the last %s", h.Len(), h.At(0))
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"g.V(": true, `g.V(")")`: false, `g.V("(")`: false, "{ a": true, `g.V("\"(` + "\n": true, "a)": false, "": false} {
		if got := open(text); got != want {
			t.Errorf("open(%q) = %v", text, got)
		}
	}
}
