package gold

import (
	"encoding/json"
	"strconv"
	"strings"

	"newsgraph/nlp/eval"
)

// Add adds the counts and errors of another article.
func (s *Score) Add(o *Score) {
	s.Claims += o.Claims
	for i := range s.Recall {
		s.Recall[i].add(o.Recall[i])
	}
	s.Factuality.add(o.Factuality)
	s.Attribution.add(o.Attribution)
	s.Dated.add(o.Dated)
	if s.MustNot == nil {
		s.MustNot = map[string]int{}
	}
	for k, n := range o.MustNot {
		s.MustNot[k] += n
	}
	s.Errors = append(s.Errors, o.Errors...)
}

// Table is the score as rows: a measure, how many are right, of how many, and the share in per cent.
func (s *Score) Table() eval.Table {
	t := eval.Table{Name: "claims", Columns: []string{"measure", "right", "all", "share"}}
	share := func(measure string, v Share) {
		percent := json.Number(strconv.FormatFloat(100*v.Of(), 'f', 2, 64))
		t.Rows = append(t.Rows, []any{measure, v.Right, v.All, percent})
	}
	for i := 3; i >= 1; i-- {
		share("recall"+strconv.Itoa(i), s.Recall[i])
	}
	share("recall", s.Recall[0])
	share("factuality", s.Factuality)
	share("attribution", s.Attribution)
	share("dated", s.Dated)
	return t
}

// Counts is the number of claims, and of those that must not be made by severity.
func (s *Score) Counts() eval.Table {
	t := eval.Table{Name: "counts", Columns: []string{"count", "claims"}, Rows: [][]any{{"claims", s.Claims}}}
	for _, severity := range Severities {
		t.Rows = append(t.Rows, []any{"must_not_" + severity, s.MustNot[severity]})
	}
	return t
}

// Misses lists the errors: what gold wants, and the claims that are there instead.
func (s *Score) Misses() eval.Table {
	t := eval.Table{Name: "misses", Columns: []string{"kind", "degree", "lacks", "id", "want", "got", "sentence"}}
	for _, e := range s.Errors {
		got := make([]string, len(e.Got))
		for i, c := range e.Got {
			got[i] = c.String()
		}
		t.Rows = append(t.Rows, []any{e.Kind, e.Degree, e.Lacks, e.ID, e.Want, strings.Join(got, "; "), e.Sentence})
	}
	return t
}
