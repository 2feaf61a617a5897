package api

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"newsgraph/graph"
	"newsgraph/schema"
	"newsgraph/server/problem"
)

// params reads the parameters of a query. The first error stays; done asks for it, and for parameters that nobody read.
type params struct {
	values url.Values
	read   map[string]bool
	err    error
}

func newParams(r *http.Request) *params {
	values, err := url.ParseQuery(r.URL.RawQuery)
	p := &params{values: values, read: map[string]bool{}}
	if err != nil {
		p.err = problem.Bad("the query of the address cannot be read")
	}
	return p
}

// fail keeps the first error.
func (p *params) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

func (p *params) done() error {
	if p.err != nil {
		return p.err
	}
	for _, name := range slices.Sorted(maps.Keys(p.values)) {
		if !p.read[name] {
			return problem.Bad("there is no parameter %q", name)
		}
	}
	return nil
}

// text reads a parameter of at most so many bytes; empty when it is not there.
func (p *params) text(name string, most int) string {
	p.read[name] = true
	list := p.values[name]
	switch {
	case len(list) == 0:
		return ""
	case len(list) > 1:
		p.fail(problem.Bad("%s is given %d times", name, len(list)))
	case len(list[0]) > most:
		p.fail(problem.Bad("%s is longer than %d bytes", name, most))
	case !utf8.ValidString(list[0]):
		p.fail(problem.Bad("%s is not UTF-8", name))
	}
	return list[0]
}

// required is text that must be there.
func (p *params) required(name string, most int) string {
	s := p.text(name, most)
	if strings.TrimSpace(s) == "" {
		p.fail(problem.Bad("%s is missing", name))
	}
	return s
}

// number reads a whole number from least to most.
func (p *params) number(name string, usual, least, most int) int {
	s := p.text(name, 20)
	if s == "" {
		return usual
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		p.fail(problem.Bad("%s must be a whole number from %d to %d, not %q", name, least, most, s))
	}
	return n
}

// share reads a number from 0 to 1.
func (p *params) share(name string) float64 {
	s := p.text(name, 20)
	if s == "" {
		return 0
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || !(0 <= x && x <= 1) {
		p.fail(problem.Bad("%s must be a number from 0 to 1, not %q", name, s))
	}
	return x
}

// yes reads true or false; nil when it is not there.
func (p *params) yes(name string) *bool {
	s := p.text(name, 5)
	if s == "" {
		return nil
	}
	b, err := strconv.ParseBool(s)
	if err != nil {
		p.fail(problem.Bad("%s must be true or false, not %q", name, s))
	}
	return &b
}

func (p *params) flag(name string) bool {
	b := p.yes(name)
	return b != nil && *b
}

// maxValues is how many values a repeated parameter may have.
const maxValues = 200

// list reads a repeated parameter, commas between values too when split.
func (p *params) list(name string, split bool) []string {
	p.read[name] = true
	var list []string
	for _, v := range p.values[name] {
		parts := []string{v}
		if split {
			parts = strings.Split(v, ",")
		}
		for _, s := range parts {
			if s = strings.TrimSpace(s); s != "" {
				list = append(list, s)
			}
		}
	}
	if len(list) > maxValues {
		p.fail(problem.Bad("%s has more than %d values", name, maxValues))
	}
	return list
}

func (p *params) factuality() []schema.Factuality {
	var list []schema.Factuality
	for _, s := range p.list("factuality", true) {
		f, ok := schema.ParseFactuality(s)
		if !ok {
			p.fail(problem.Bad("unknown factuality %q", s))
		}
		list = append(list, f)
	}
	return list
}

// date reads an ISO date of any precision.
func (p *params) date(name string) string {
	s := p.text(name, 40)
	if _, _, ok := graph.Days(s); s != "" && !ok {
		p.fail(problem.Bad("%s must be a date such as 2020, 2020-09 or 2020-09-14, not %q", name, s))
	}
	return s
}

// choice reads one of several words.
func (p *params) choice(name, usual string, words ...string) string {
	s := p.text(name, 100)
	if s == "" {
		return usual
	}
	if !slices.Contains(words, s) {
		p.fail(problem.Bad("%s must be one of %s, not %q", name, strings.Join(words, ", "), s))
	}
	return s
}

// page reads limit and cursor.
func (p *params) page() (from, limit int) {
	limit = p.number("limit", 50, 1, 500)
	text, err := base64.RawURLEncoding.DecodeString(p.text("cursor", 500))
	if len(text) > 0 && err == nil {
		from, err = strconv.Atoi(string(text))
	}
	if err != nil || from < 0 {
		p.fail(problem.Bad("cursor is not one that a list gave"))
	}
	return from, limit
}

// cursor is where the next page begins; empty when there is none.
func cursor(next, total int) string {
	if next <= 0 || next >= total {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(next)))
}

// decode reads a body of JSON into v, and nothing else.
func decode(r *http.Request, v any) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return problem.New(http.StatusUnsupportedMediaType, "unsupported_media_type", "the body must be application/json", "")
	}
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	err := dec.Decode(v)
	if err == nil {
		if _, more := dec.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("there is something behind it")
		}
	}
	var large *http.MaxBytesError
	if err != nil && !errors.As(err, &large) {
		return problem.Bad("the body cannot be read: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	return err
}
