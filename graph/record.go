package graph

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"newsgraph/schema"
)

// recordPrefix begins the keys of side records that hold analyses.
const recordPrefix = "analysis/"

// maxRecord is the most bytes that a record may unpack to.
const maxRecord = 256 << 20

func recordKey(doc string) string { return recordPrefix + doc }

// encodeAnalysis gives JSON under gzip, the same bytes for the same analysis.
func encodeAnalysis(a schema.Analysis) ([]byte, error) {
	data, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("encode the analysis: %w", err)
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// decodeAnalysis reads what encodeAnalysis writes, and no more than maxRecord bytes of it.
func decodeAnalysis(data []byte) (a schema.Analysis, err error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return a, fmt.Errorf("decode the analysis: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(r, maxRecord+1))
	if err != nil {
		return a, fmt.Errorf("decode the analysis: %w", err)
	}
	if len(text) > maxRecord {
		return a, errors.New("decode the analysis: too long")
	}
	if err := json.Unmarshal(text, &a); err != nil {
		return a, fmt.Errorf("decode the analysis: %w", err)
	}
	return a, nil
}

// Record returns the analysis kept beside a document's quads (Change.Records), with its local entity IDs;
// ok is false when there is none.
func (g *Graph) Record(ctx context.Context, doc string) (a schema.Analysis, ok bool, err error) {
	now := g.store.Snapshot()
	defer now.Close()
	data, ok, err := now.Record(ctx, recordKey(doc))
	if err != nil || !ok {
		return a, false, err
	}
	if a, err = decodeAnalysis(data); err != nil {
		return a, false, fmt.Errorf("document %s: %w", doc, err)
	}
	return a, true, nil
}

// Records yields all analyses kept beside the quads, sorted by document ID. It ends after an error.
func (g *Graph) Records(ctx context.Context) iter.Seq2[schema.Analysis, error] {
	return func(yield func(schema.Analysis, error) bool) {
		s := g.store.Snapshot()
		defer s.Close()
		err := s.Records(ctx, recordPrefix, func(key string, data []byte) error {
			a, err := decodeAnalysis(data)
			if err != nil {
				return fmt.Errorf("document %s: %w", strings.TrimPrefix(key, recordPrefix), err)
			}
			if !yield(a, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && err != errStop {
			yield(schema.Analysis{}, err)
		}
	}
}

// errStop ends a walk whose consumer wants no more.
var errStop = errors.New("stop")
