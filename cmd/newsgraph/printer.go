package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"unicode"
)

// color says whether the output may be coloured.
func (a *app) color() bool {
	switch setting := a.settings.Text("output.color"); {
	case a.noColor || setting == "never" || os.Getenv("NO_COLOR") != "":
		return false
	case setting == "always" || os.Getenv("FORCE_COLOR") != "":
		return true
	}
	return a.outTTY && a.output == "-" && os.Getenv("TERM") != "dumb"
}

// printer writes for people. It keeps its first error.
type printer struct {
	w     io.Writer
	color bool
	err   error
}

// line writes one line.
func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

// bold and dim mark text where colour is on.
func (p *printer) bold(s string) string { return p.paint("1", s) }
func (p *printer) dim(s string) string  { return p.paint("2", s) }

func (p *printer) paint(code, s string) string {
	if !p.color || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// table writes rows in columns, the first row being the heading.
func (p *printer) table(rows [][]string) {
	if p.err != nil {
		return
	}
	w := tabwriter.NewWriter(p.w, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(w, strings.TrimRight(strings.Join(row, "\t"), "\t"))
	}
	p.err = w.Flush()
}

// oneLine makes text from an article safe and fit for one line of a terminal: white space becomes a
// space, other control characters go.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
