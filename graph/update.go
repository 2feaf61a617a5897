package graph

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Change is one step of the graph's state.
type Change struct {
	// Entities is the whole table of canonical entities as it is after the change. What is not in it
	// loses its names.
	Entities []schema.Entity
	// Decisions are all decisions of users that the graph follows after the change, each with its number.
	Decisions []schema.Decision
	// Put are documents with their claims under canonical entity IDs. A document that is there already is
	// replaced. IDs of claims are set by Update.
	Put []schema.Analysis
	// Remove are IDs of documents; one that is not there is no error.
	Remove []string
	// Records are the analyses to keep beside the quads, under local entity IDs, by document ID, so that
	// canonical names can be computed again. A document put without one keeps the one it has.
	Records map[string]schema.Analysis
	// Side are further side records that the caller keeps in step with the change, key to bytes; nil takes a record
	// away. A key does not begin with "analysis/", "entity/", "name/" or "entities".
	Side map[string][]byte
}

// Update makes one change, atomic and durable. A change that changes nothing writes nothing. Whatever
// order changes come in, the same documents and table give the same quads.
func (g *Graph) Update(ctx context.Context, ch Change) error {
	g.writing.Lock()
	defer g.writing.Unlock()
	t, err := newTable(ch.Entities)
	if err != nil {
		return err
	}
	before := g.View()
	defer before.Close()
	u := &update{ctx: ctx, vocab: g.vocab, now: before.r, table: t,
		changed: map[schema.Term]bool{}, told: map[string]bool{}, batch: store.Batch{Put: map[string][]byte{}}}
	for _, step := range []func(Change) error{u.removeDocuments, u.putDocuments, u.dropEdges, u.decisions, u.records} {
		if err := step(ch); err != nil {
			return err
		}
	}
	old, err := before.table(ctx)
	if err != nil {
		return err
	}
	if err := u.entities(old, before.roster.recorded); err != nil {
		return err
	}
	if u.empty() {
		return nil
	}
	if old.used.Load() {
		t.names() // now, not when the first reader asks
	}
	if err := g.publish(t, func() error { return g.store.Apply(ctx, u.batch) }); err != nil {
		return fmt.Errorf("write the change: %w", err)
	}
	return nil
}

// update collects the batch of one change.
type update struct {
	ctx context.Context
	*vocab
	now   store.Reader // the graph before the change
	table *table
	batch store.Batch
	// changed are the documents put or removed; told the claims that the documents put tell; dropped the
	// claims that the changed documents told before.
	changed map[schema.Term]bool
	told    map[string]bool
	dropped []schema.Term
}

func (u *update) empty() bool {
	return len(u.batch.Add)+len(u.batch.Remove)+len(u.batch.Put)+len(u.batch.Delete) == 0
}

func (u *update) removeDocuments(ch Change) error {
	for _, id := range ch.Remove {
		node := in(u.nsDoc, id)
		if u.changed[node] {
			continue
		}
		u.changed[node] = true
		if _, err := u.document(node, nil); err != nil {
			return err
		}
		u.batch.Delete = append(u.batch.Delete, recordKey(id))
	}
	return u.onlyThere()
}

// onlyThere keeps of the records to delete those that are there.
func (u *update) onlyThere() error {
	there := u.batch.Delete[:0]
	for _, key := range u.batch.Delete {
		_, ok, err := u.now.Record(u.ctx, key)
		if err != nil {
			return err
		}
		if ok {
			there = append(there, key)
		}
	}
	u.batch.Delete = there
	return nil
}

func (u *update) putDocuments(ch Change) error {
	for i := range ch.Put {
		a := &ch.Put[i]
		doc, err := normalDocument(a.Document)
		if err != nil {
			return err
		}
		node := in(u.nsDoc, doc.ID)
		if u.changed[node] {
			return fmt.Errorf("document %s is in the change twice", doc.ID)
		}
		u.changed[node] = true
		claims, err := normalise(&doc, a.Claims)
		if err != nil {
			return err
		}
		if err := u.known(doc.ID, claims); err != nil {
			return err
		}
		before, err := u.document(node, u.documentQuads(&doc, claims, valid(a.Naming)))
		if err != nil {
			return err
		}
		u.addEdges(claims, before)
	}
	return nil
}

// known checks that every entity of the claims is in the table.
func (u *update) known(doc string, claims []schema.Claim) error {
	for i := range claims {
		for e := range entitiesOf(&claims[i]) {
			if _, ok := u.table.byID[e.ID]; !ok {
				return fmt.Errorf("document %s: entity %s is not in the table", doc, e.ID)
			}
		}
	}
	return nil
}

// entitiesOf yields every entity that a claim names.
func entitiesOf(c *schema.Claim) func(yield func(*schema.Entity) bool) {
	return func(yield func(*schema.Entity) bool) {
		if !yield(&c.Subject) || c.Object.Entity != nil && !yield(c.Object.Entity) || c.Place != nil && !yield(c.Place) {
			return
		}
		for i := range c.Attribution {
			if !yield(&c.Attribution[i]) {
				return
			}
		}
	}
}

// document replaces what is newsgraph's own in the graph of a document, and returns the claims that it told before. When the
// document goes, with no quads to replace it, so does what others have said there.
func (u *update) document(node schema.Term, quads []schema.Quad) (before map[schema.Term]bool, err error) {
	var old []schema.Quad
	before = map[schema.Term]bool{}
	err = u.now.MatchGraph(u.ctx, schema.Quad{Graph: node}, func(q schema.Quad) error {
		if q.Predicate == u.subject {
			before[q.Subject] = true
			u.dropped = append(u.dropped, q.Subject)
		}
		if quads == nil || u.own[q.Predicate] {
			old = append(old, q)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read <%s>: %w", node.Value, err)
	}
	u.replace(old, quads)
	return before, nil
}

// replace adds to the batch what turns old into quads.
func (u *update) replace(old, quads []schema.Quad) {
	had := make(map[schema.Quad]bool, len(old))
	for _, q := range old {
		had[q] = true
	}
	has := make(map[schema.Quad]bool, len(quads))
	for _, q := range quads {
		if !had[q] && !has[q] {
			u.batch.Add = append(u.batch.Add, q)
		}
		has[q] = true
	}
	for _, q := range old {
		if !has[q] {
			u.batch.Remove = append(u.batch.Remove, q)
		}
	}
}

// addEdges adds the edges of the claims that the document did not tell before. What some document tells
// already has its edges, and adding them again changes nothing.
func (u *update) addEdges(claims []schema.Claim, before map[schema.Term]bool) {
	for i := range claims {
		c := &claims[i]
		if !u.told[c.ID] && !before[in(u.nsID, c.ID)] {
			u.batch.Add = append(u.batch.Add, u.edges(c)...)
		}
		u.told[c.ID] = true
	}
}

// dropEdges removes the edges of claims that no document tells any more.
func (u *update) dropEdges(Change) error {
	seen := map[schema.Term]bool{}
	for _, node := range u.dropped {
		id, ok := local(node, u.nsID)
		if !ok || u.told[id] || seen[node] {
			continue
		}
		seen[node] = true
		kept, err := u.toldElsewhere(node)
		if err != nil {
			return err
		}
		if kept {
			continue
		}
		err = u.now.MatchGraph(u.ctx, schema.Quad{Graph: node}, func(q schema.Quad) error {
			u.batch.Remove = append(u.batch.Remove, q)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// toldElsewhere says whether a document outside the change tells the claim.
func (u *update) toldElsewhere(claim schema.Term) (bool, error) {
	found := false
	err := u.now.Match(u.ctx, schema.Quad{Subject: claim, Predicate: u.subject}, func(q schema.Quad) error {
		found = found || !u.changed[q.Graph]
		return nil
	})
	return found, err
}

// entities brings names and types, and the records of them, from the old table to the new one. recorded says that the old ones have
// records.
func (u *update) entities(old *table, recorded bool) error {
	for _, e := range old.sorted() {
		is := u.table.byID[e.ID]
		if sameEntity(e, is) {
			continue
		}
		u.replace(u.entityQuads(e), u.entityQuads(is))
		if recorded {
			if err := u.roster(e, is); err != nil {
				return err
			}
		}
	}
	for _, e := range u.table.sorted() {
		_, had := old.byID[e.ID]
		if !had {
			u.replace(nil, u.entityQuads(e))
		}
		if !had || !recorded {
			if err := u.roster(schema.Entity{}, e); err != nil {
				return err
			}
		}
	}
	switch has := len(u.table.byID) > 0; {
	case has && !recorded:
		u.batch.Put[rosterKey] = []byte(rosterVersion)
	case !has && recorded:
		u.batch.Delete = append(u.batch.Delete, rosterKey)
	}
	return nil
}

// decisions brings the quads of decisions in step with the change.
func (u *update) decisions(ch Change) error {
	_, old, err := u.readDecisions(u.ctx, u.now)
	if err != nil {
		return err
	}
	list := slices.Clone(ch.Decisions)
	schema.SortDecisions(list)
	u.replace(old, u.decisionQuads(list))
	return nil
}

func sameEntity(a, b schema.Entity) bool {
	return a.ID == b.ID && a.Label == b.Label && a.Type == b.Type && a.Date == b.Date && a.Sameness == b.Sameness && slices.Equal(a.Aliases, b.Aliases)
}

func (u *update) records(ch Change) error {
	for _, key := range slices.Sorted(maps.Keys(ch.Side)) {
		if err := u.record(key, ch.Side[key]); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(ch.Records)) {
		data, err := encodeAnalysis(ch.Records[id])
		if err != nil {
			return fmt.Errorf("document %s: %w", id, err)
		}
		if err := u.record(recordKey(id), data); err != nil {
			return err
		}
	}
	return nil
}

// record puts a side record unless it is there, or takes it away when data is nil.
func (u *update) record(key string, data []byte) error {
	old, ok, err := u.now.Record(u.ctx, key)
	if err != nil {
		return err
	}
	switch {
	case data == nil && ok:
		u.batch.Delete = append(u.batch.Delete, key)
	case data != nil && (!ok || !bytes.Equal(old, data)):
		u.batch.Put[key] = data
	}
	return nil
}
