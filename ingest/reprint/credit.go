package reprint

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"newsgraph/schema"
)

// Agencies knows the news agencies and how articles credit them. It does not change after Load.
type Agencies struct {
	byName map[string]string // a form in which it is credited, to the agency
}

const agencyFile = "lexicon/agencies.tsv"

// Load reads lexicon/agencies.tsv from a folder like data/. An error names file and line.
func Load(fsys fs.FS) (*Agencies, error) {
	raw, err := fs.ReadFile(fsys, agencyFile)
	if err != nil {
		return nil, err
	}
	a := &Agencies{byName: map[string]string{}}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		name, forms, ok := strings.Cut(line, "\t")
		if !ok {
			return nil, fmt.Errorf("%s:%d: an agency without names", agencyFile, n)
		}
		for _, f := range strings.Split(forms, "|") {
			if other, taken := a.byName[f]; taken {
				return nil, fmt.Errorf("%s:%d: %q is a name of %s too", agencyFile, n, f, other)
			}
			a.byName[f] = name
		}
	}
	return a, lines.Err()
}

// Known returns the agency that a name is of; empty when it is of none.
func (a *Agencies) Known(name string) string { return a.byName[strings.TrimSpace(name)] }

// Credit returns the one agency whose text the article says it prints: its publisher, its author, the agency in brackets
// after the place where the report begins, or a line by itself at the top or the end. It is empty where the
// article credits none or several, or only "with reporting by" one.
func (a *Agencies) Credit(doc schema.Document) string {
	if k := a.Known(doc.Publisher); k != "" {
		return k
	}
	if k := a.author(doc.Author); k != "" {
		return k
	}
	paragraphs := lines(doc)
	for _, p := range paragraphs[:min(len(paragraphs), 4)] {
		if k := a.dateline(p); k != "" {
			return k
		}
		if k := a.line(p); k != "" {
			return k
		}
	}
	for _, p := range paragraphs[max(0, len(paragraphs)-2):] {
		if k := a.line(p); k != "" {
			return k
		}
	}
	return ""
}

// lines are the blocks of an article, or its lines where it has none.
func lines(doc schema.Document) []string {
	var out []string
	text := []rune(doc.Text)
	for _, b := range doc.Blocks {
		if 0 <= b.Start && b.Start < b.End && b.End <= len(text) {
			out = append(out, strings.TrimSpace(string(text[b.Start:b.End])))
		}
	}
	if out == nil {
		for _, l := range strings.Split(doc.Text, "\n") {
			if l = strings.TrimSpace(l); l != "" {
				out = append(out, l)
			}
		}
	}
	return out
}

// author reads "Reuters", "Reuters Staff" and "Ann Example, Associated Press".
func (a *Agencies) author(name string) string {
	name = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(name), "By "))
	for _, sign := range []string{",", "|", "/", " - ", " for ", " of "} {
		if i := strings.LastIndex(name, sign); i > 0 {
			if k := a.Known(name[i+len(sign):]); k != "" && a.Known(name[:i]) == "" {
				return k
			}
		}
	}
	for _, end := range []string{"", " Staff", " staff", " writers", " correspondent"} {
		if rest, ok := strings.CutSuffix(name, end); ok {
			if k := a.Known(rest); k != "" {
				return k
			}
		}
	}
	return ""
}

// opening is "MINSK, Belarus (AP) -" or "(Reuters) -" at the beginning of a paragraph.
var opening = regexp.MustCompile(`^(?:\p{Lu}[\p{L}\p{M}'’. /-]{1,40}(?:, ?[\p{L}\p{M}\p{N}'’. ]{1,30}){0,3} ?)?\(([\p{L}. -]{2,40})\) ?[-–—:]`)

func (a *Agencies) dateline(p string) string {
	if m := opening.FindStringSubmatch(p); m != nil {
		return a.Known(m[1])
	}
	return ""
}

// credits is what a line that is nothing but a credit begins with.
var credits = regexp.MustCompile(`^(?:[Ss]ource:|[Cc]redit:|[Bb]y|[Ff]rom|[Vv]ia|[Cc]opyright|\(c\)|©|[-–—(]|\d{4}|,)\s*`)

// line reads a paragraph that is a credit and nothing else: "Source: AFP", "(Reuters)", "By Ann Example, AP".
func (a *Agencies) line(p string) string {
	if len(strings.Fields(p)) > 9 {
		return ""
	}
	p = strings.TrimRight(p, " .)")
	by := strings.HasPrefix(p, "By ")
	for {
		rest := credits.ReplaceAllString(p, "")
		if rest == p {
			break
		}
		p = rest
	}
	if k := a.Known(p); k != "" {
		return k
	}
	if by {
		return a.author(p)
	}
	return ""
}
