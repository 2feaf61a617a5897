package catalog

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"newsgraph/graph"
	"newsgraph/schema"
)

// State is a graph at one moment. It does not change.
type State struct {
	changes   uint64
	entities  []Entity // sorted by ID
	documents []Document
	rows      []row    // the newest first: see newest
	words     []string // interned: predicates and event types, sorted
	uses      []int    // how many claims have each word as their predicate
	// Where things are, by ID.
	entityAt, documentAt, rowAt map[string]int32
	// Rows in ascending order, by entity (as subject or object; as a source) and by document.
	ofEntity, ofSource, ofDocument [][]int32
	// For each row of ofEntity the entity that it joins, so that a look at who is joined need not touch the rows.
	others   [][]int32
	names    []nameEntry
	disputes []dispute
	ranked   []int32 // entities, most claims first
}

// Entity is an entity with its numbers.
type Entity struct {
	schema.Entity
	Claims    int    // that it stands in, as subject or object
	Documents int    // that tell these claims
	Degree    int    // other entities that claims join it to
	LastSeen  string // date of the newest of the documents
	folded    []string
}

// Document is an article's header with the number of its claims.
type Document struct {
	schema.Document
	Claims int
	house  string // the publisher, folded
	first  int32  // the first document of the same publisher
}

// none is the place of what is not there.
const none = int32(-1)

// row is a claim.
type row struct {
	id               string
	subject, object  int32 // entities; none for a literal
	predicate, event int32 // words; none for no event
	literal          string
	sources          []int32 // entities
	documents        []int32
	from, to         string // first and last day of the time it speaks of, else of its publication; empty when not known
	time             string // value
	published        string // date of the newest document
	confidence       float32
	publishers       int32
	factuality       schema.Factuality
	timed            bool // from and to are of the time it speaks of
	disputed         bool
}

// build reads a state from the graph.
func build(ctx context.Context, g *graph.Graph) (*State, error) {
	v := g.View()
	defer v.Close()
	outlines, err := v.Outlines(ctx)
	if err != nil {
		return nil, err
	}
	headers, err := v.Headers(ctx)
	if err != nil {
		return nil, err
	}
	s := &State{entityAt: map[string]int32{}, documentAt: map[string]int32{}, rowAt: make(map[string]int32, len(outlines))}
	s.addDocuments(headers)
	entities, err := v.Entities(ctx)
	if err != nil {
		return nil, err
	}
	s.addEntities(entities, outlines)
	s.addRows(outlines)
	if err := s.back(ctx, v); err != nil {
		return nil, err
	}
	s.post()
	s.count()
	if err := s.findDisputes(ctx, v, outlines); err != nil {
		return nil, err
	}
	s.addNames()
	return s, ctx.Err()
}

// addDocuments takes the documents in, the newest first.
func (s *State) addDocuments(headers []schema.Document) {
	for _, d := range headers {
		s.documents = append(s.documents, Document{Document: d, house: graph.Fold(d.Publisher)})
	}
	slices.SortFunc(s.documents, func(a, b Document) int {
		return cmp.Or(-strings.Compare(a.Published, b.Published), strings.Compare(a.ID, b.ID))
	})
	first := map[string]int32{}
	for i := range s.documents {
		d := &s.documents[i]
		s.documentAt[d.ID] = int32(i)
		if _, ok := first[d.house]; !ok {
			first[d.house] = int32(i)
		}
		d.first = first[d.house]
	}
}

// addEntities takes in the table of entities, and what claims name beside it.
func (s *State) addEntities(table []schema.Entity, outlines []graph.Outline) {
	known := make(map[string]bool, len(table))
	add := func(e schema.Entity) {
		if e.ID != "" && !known[e.ID] {
			known[e.ID] = true
			s.entities = append(s.entities, Entity{Entity: e})
		}
	}
	for _, e := range table {
		add(e)
	}
	for i := range outlines {
		o := &outlines[i]
		for _, id := range append([]string{o.Subject, o.Object}, o.Sources...) {
			add(schema.Entity{ID: id, Label: strings.ReplaceAll(id, "_", " ")})
		}
	}
	slices.SortFunc(s.entities, func(a, b Entity) int { return strings.Compare(a.ID, b.ID) })
	for i := range s.entities {
		s.entityAt[s.entities[i].ID] = int32(i)
	}
}

func (s *State) addRows(outlines []graph.Outline) {
	word := s.addWords(outlines)
	s.rows = make([]row, 0, len(outlines))
	for i := range outlines {
		o := &outlines[i]
		subject, ok := s.entityAt[o.Subject]
		if !ok {
			continue // a claim without a subject is damaged: verify says so
		}
		r := row{id: o.ID, subject: subject, object: none, predicate: word[o.Predicate], event: none, literal: o.Literal,
			time: o.Time, confidence: float32(o.Confidence), factuality: o.Factuality}
		if o.Object != "" {
			r.object = s.entityAt[o.Object]
		}
		if o.Event != "" {
			r.event = word[o.Event]
		}
		for _, id := range o.Sources {
			r.sources = append(r.sources, s.entityAt[id])
		}
		s.tell(&r, o.Documents)
		s.rows = append(s.rows, r)
	}
	slices.SortFunc(s.rows, func(a, b row) int {
		return cmp.Or(-strings.Compare(a.published, b.published), strings.Compare(a.id, b.id))
	})
	for i := range s.rows {
		s.rowAt[s.rows[i].id] = int32(i)
	}
}

// addWords interns predicates and event types.
func (s *State) addWords(outlines []graph.Outline) map[string]int32 {
	word := map[string]int32{}
	for i := range outlines {
		word[outlines[i].Predicate] = 0
		if e := outlines[i].Event; e != "" {
			word[e] = 0
		}
	}
	for w := range word {
		s.words = append(s.words, w)
	}
	slices.Sort(s.words)
	for i, w := range s.words {
		word[w] = int32(i)
	}
	return word
}

// tell fills in what the documents and the dates say.
func (s *State) tell(r *row, documents []string) {
	for _, id := range documents {
		if at, ok := s.documentAt[id]; ok {
			r.documents = append(r.documents, at)
			r.published = max(r.published, s.documents[at].Published)
		}
	}
	slices.Sort(r.documents)
	r.from, r.to, r.timed = graph.Days(r.time)
	if !r.timed {
		r.from, r.to, _ = graph.Days(r.published)
	}
}

// back counts the independent publishers of each claim, for which those of several documents must show their words.
func (s *State) back(ctx context.Context, v *graph.View) error {
	for i := range s.rows {
		r := &s.rows[i]
		r.publishers = 1
		if len(r.documents) < 2 {
			continue
		}
		c, ok, err := v.Claim(ctx, r.id)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		told := make(map[string]schema.Document, len(r.documents))
		for _, d := range r.documents {
			told[s.documents[d].ID] = s.documents[d].Document
		}
		r.publishers = int32(graph.BackingOf(c.Evidence, told).Independent)
	}
	return nil
}

// post makes the lists of rows.
func (s *State) post() {
	s.ofEntity, s.ofSource, s.others = make([][]int32, len(s.entities)), make([][]int32, len(s.entities)), make([][]int32, len(s.entities))
	stands := func(e, row int32) {
		s.ofEntity[e], s.others[e] = append(s.ofEntity[e], row), append(s.others[e], s.rows[row].other(e))
	}
	s.ofDocument = make([][]int32, len(s.documents))
	s.uses = make([]int, len(s.words))
	for i := range s.rows {
		r, at := &s.rows[i], int32(i)
		s.uses[r.predicate]++
		stands(r.subject, at)
		if r.object != none && r.object != r.subject {
			stands(r.object, at)
		}
		for _, e := range r.sources {
			s.ofSource[e] = append(s.ofSource[e], at)
		}
		for _, d := range r.documents {
			s.ofDocument[d] = append(s.ofDocument[d], at)
			s.documents[d].Claims++
		}
	}
}

// count fills in the numbers of entities, and ranks them.
func (s *State) count() {
	seenDoc, seenEntity := marks(len(s.documents)), marks(len(s.entities))
	for i := range s.entities {
		e, at := &s.entities[i], int32(i)
		e.Claims = len(s.ofEntity[i])
		for _, n := range s.ofEntity[i] {
			r := &s.rows[n]
			e.LastSeen = max(e.LastSeen, r.published)
			for _, d := range r.documents {
				if seenDoc.mark(d, at) {
					e.Documents++
				}
			}
		}
		for _, other := range s.others[i] {
			if other != none && seenEntity.mark(other, at) {
				e.Degree++
			}
		}
		s.ranked = append(s.ranked, at)
	}
	slices.SortFunc(s.ranked, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.entities[b].Claims, s.entities[a].Claims), cmp.Compare(a, b))
	})
}

// other is the entity that a claim joins to an entity; none where it joins it to none, or to itself.
func (r *row) other(entity int32) int32 {
	if r.subject != entity {
		return r.subject
	}
	if r.object != entity {
		return r.object
	}
	return none
}

// stamps say which places were marked for whom last.
type stamps []int32

func marks(n int) stamps {
	m := make(stamps, n)
	for i := range m {
		m[i] = none
	}
	return m
}

// mark marks a place, and says whether it was not marked for the same one before.
func (m stamps) mark(at, by int32) bool {
	if m[at] == by {
		return false
	}
	m[at] = by
	return true
}

// Entity returns the entity with this ID.
func (s *State) Entity(id string) (*Entity, bool) {
	at, ok := s.entityAt[id]
	if !ok {
		return nil, false
	}
	return &s.entities[at], true
}

// Document returns the header of the document with this ID.
func (s *State) Document(id string) (*Document, bool) {
	at, ok := s.documentAt[id]
	if !ok {
		return nil, false
	}
	return &s.documents[at], true
}

// Documents returns all headers, the newest first. The slice is the state's.
func (s *State) Documents() []Document { return s.documents }

// Claims is the number of claims.
func (s *State) Claims() int { return len(s.rows) }

// Entities is the number of entities.
func (s *State) Entities() int { return len(s.entities) }

// Support is what a claim's documents say for it together.
type Support struct {
	Publishers, Documents int
	Published             string // date of the newest
	Disputed              bool
}

// Support returns the support of the claim with this ID; the zero Support for none.
func (s *State) Support(claim string) Support {
	at, ok := s.rowAt[claim]
	if !ok {
		return Support{}
	}
	r := &s.rows[at]
	return Support{Publishers: int(r.publishers), Documents: len(r.documents), Published: r.published, Disputed: r.disputed}
}

// Has says whether there is a claim with this ID.
func (s *State) Has(claim string) bool {
	_, ok := s.rowAt[claim]
	return ok
}

// Since compares with an earlier state: the claims that came and went, and the entities that came, by ID, most claims first.
func (s *State) Since(before *State) (added, removed int, entities []string) {
	for i := range s.rows {
		added += b2i(!before.Has(s.rows[i].id))
	}
	removed = len(before.rows) + added - len(s.rows)
	for _, at := range s.ranked {
		if _, ok := before.entityAt[s.entities[at].ID]; !ok {
			entities = append(entities, s.entities[at].ID)
		}
	}
	return added, removed, entities
}
