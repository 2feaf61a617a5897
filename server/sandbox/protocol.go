// Package sandbox runs queries of strangers in processes of their own. The pool, in the server, keeps a few workers; each has a
// copy of the store (hard links, so it costs nothing) open for reading, takes one query at a time and is killed when that
// outlives its time, says too much or is given up. So a script that recurses without end or eats memory ends a worker
// and nothing else. The worker, in a process that its caller has limited, is Serve.
//
// The two speak JSON, one object a line: a Request, then the rows of its answer, then an end with the problem if there is one.
package sandbox

import (
	"encoding/json"

	"newsgraph/server/problem"
)

// Request is a query.
type Request struct {
	// Language is one of Languages, or with Form Cayley or Linked one that Cayley knows.
	Language string `json:"language"`
	Text     string `json:"text"`
	// Limit is the most rows, -1 for all; there must be one.
	Limit     int   `json:"limit"`
	TimeoutMS int64 `json:"timeout_ms"`
	Form      Form  `json:"form,omitempty"`
}

// Form says what the rows of an answer are.
type Form string

// The forms of rows.
const (
	Cells  Form = ""       // Row
	Cayley Form = "cayley" // what Cayley's JSON has for each result
	Linked Form = "linked" // what Cayley's JSON-LD has for each result
)

// Row is a row of cells.
type Row struct {
	Cells []Cell `json:"cells"`
}

// Cell is a value under the name of its column.
type Cell struct {
	Column   string `json:"column"`
	Kind     string `json:"kind"` // as openapi.yaml lists them
	Text     string `json:"text"`
	ID       string `json:"id,omitempty"`
	Label    string `json:"label,omitempty"`
	Type     string `json:"type,omitempty"`
	Datatype string `json:"datatype,omitempty"`
	Lang     string `json:"lang,omitempty"`
}

// reply is a line of a worker's answer: a row, or the end.
type reply struct {
	Row json.RawMessage `json:"row,omitempty"`
	End *end            `json:"end,omitempty"`
}

type end struct {
	Truncated bool             `json:"truncated,omitempty"`
	Status    int              `json:"status,omitempty"`
	Problem   *problem.Problem `json:"problem,omitempty"`
}

// err is the problem that the worker had.
func (e *end) err() error {
	if e.Problem == nil {
		return nil
	}
	e.Problem.Status = e.Status
	return e.Problem
}
