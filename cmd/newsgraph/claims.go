package main

import (
	"bytes"
	"encoding/json"
	"io"

	"newsgraph/graph"
	"newsgraph/graph/export"
	"newsgraph/schema"
)

// claimRows gives claims in the form of export --format jsonl.
func claimRows(g *graph.Graph, claims []schema.Claim) ([]any, error) {
	return rows(func(w io.Writer) error {
		for i := range claims {
			if err := export.Claim(g, &claims[i], w); err != nil {
				return err
			}
		}
		return nil
	})
}

// rows makes rows of what f writes as JSON, one object a line.
func rows(f func(w io.Writer) error) ([]any, error) {
	var lines bytes.Buffer
	if err := f(&lines); err != nil {
		return nil, err
	}
	list := []any{}
	for line := range bytes.Lines(lines.Bytes()) {
		list = append(list, json.RawMessage(bytes.TrimSpace(line)))
	}
	return list, nil
}
