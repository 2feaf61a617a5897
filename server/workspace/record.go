package workspace

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"newsgraph/ingest/entity"
	"newsgraph/ingest/reprint"
	"newsgraph/schema"
)

// The keys of the side records. One article has one record of each kind, under its document ID; the graph keeps
// a third, the article's analysis under local names.
const (
	summaryPrefix = "summary/" // what naming needs to know of it: an entity.Summary
	reprintPrefix = "reprint/" // what finding copies needs to know of it: a reprint.Article
	statePrefix   = "state/"   // from what its quads were made: a state
)

// state says from what an article's quads were made.
type state struct {
	// Input is a digest of the article, its metadata and the fingerprint of program and models.
	Input string `json:"input"`
	// Names is a digest of what follows from all articles: the canonical IDs of its entities and the article that it copies.
	Names string `json:"names"`
	// Spoken are the local IDs of the entities that its claims speak of, sorted.
	Spoken []string `json:"spoken"`
}

// inputDigest is equal for two articles that are analysed alike.
func inputDigest(doc schema.Document, fingerprint string) (string, error) {
	text, err := json.Marshal(doc)
	if err != nil {
		return "", err
	}
	return digest([]byte(fingerprint), text), nil
}

// namesDigest is equal for two namings that give every local entity the same canonical ID, of copies of the same article.
func namesDigest(names map[string]schema.Entity, original string) string {
	parts := [][]byte{[]byte("with naming"), []byte(original)}
	for _, local := range slices.Sorted(maps.Keys(names)) {
		parts = append(parts, []byte(local), []byte(names[local].ID))
	}
	return digest(parts...)
}

func digest(parts ...[]byte) string {
	sum := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(sum, "%d:", len(part))
		sum.Write(part)
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// record reads the record under a key.
func (w *Workspace) record(ctx context.Context, key string) (val []byte, ok bool, err error) {
	now := w.store.Snapshot()
	defer now.Close()
	return now.Record(ctx, key)
}

// readAll reads every record of a kind; the keys lose the prefix.
func readAll[T any](ctx context.Context, w *Workspace, prefix string) (map[string]T, error) {
	all := map[string]T{}
	now := w.store.Snapshot()
	defer now.Close()
	err := now.Records(ctx, prefix, func(key string, val []byte) error {
		var v T
		if err := json.Unmarshal(val, &v); err != nil {
			return fmt.Errorf("read record %s: %w", key, err)
		}
		all[key[len(prefix):]] = v
		return nil
	})
	return all, err
}

// analysis reads the analysis of a stored article, under local names.
func (w *Workspace) analysis(ctx context.Context, doc string) (schema.Analysis, error) {
	a, ok, err := w.graph.Record(ctx, doc)
	if err == nil && !ok {
		err = errors.New("there is none")
	}
	if err != nil {
		return a, fmt.Errorf("read the analysis of %s: %w", doc, err)
	}
	return a, nil
}

// spoken lists the entities that claims speak of, by ID, sorted, each once.
func spoken(claims []schema.Claim) []string {
	seen := map[string]bool{}
	for _, c := range claims {
		seen[c.Subject.ID] = true
		if c.Object.Entity != nil {
			seen[c.Object.Entity.ID] = true
		}
		if c.Place != nil {
			seen[c.Place.ID] = true
		}
		for _, e := range c.Attribution {
			seen[e.ID] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// table lists the canonical entities worth keeping, each once, sorted by ID: those that a claim speaks of
// and those with a name. "The building" that nobody claims anything of is not one.
func table(names map[string]map[string]schema.Entity, summaries map[string]entity.Summary, states func(doc string) state) []schema.Entity {
	byID := map[string]schema.Entity{}
	for doc, summary := range summaries {
		for _, id := range states(doc).Spoken {
			if e, ok := names[doc][id]; ok {
				byID[e.ID] = e
			}
		}
		for _, local := range summary.Entities {
			if e, ok := names[doc][local.ID]; ok && local.Named {
				byID[e.ID] = e
			}
		}
	}
	list := make([]schema.Entity, 0, len(byID))
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		list = append(list, byID[id])
	}
	return list
}

// originals finds the article that each article copies, if any.
func originals(reprints map[string]reprint.Article) map[string]string {
	list := make([]reprint.Article, 0, len(reprints))
	for id, a := range reprints {
		a.ID = id
		list = append(list, a)
	}
	return reprint.Originals(list)
}

// sorted lists the summaries in the order of their documents.
func sorted(summaries map[string]entity.Summary) []entity.Summary {
	list := make([]entity.Summary, 0, len(summaries))
	for _, id := range slices.Sorted(maps.Keys(summaries)) {
		list = append(list, summaries[id])
	}
	return list
}
