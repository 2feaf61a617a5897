package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// Side records that say what the table of entities says, so that one of them, or those of a name, can be read alone. They are
// there when the record rosterKey is, and that is there when there are entities; a store of an older version has none.
const (
	rosterKey    = "entities"
	entityPrefix = "entity/" // and the ID as in IRIs: the entity as JSON, without the ID
	namePrefix   = "name/"   // and a folded name, a slash and the ID as in IRIs: nothing
)

// rosterVersion is the value of the record rosterKey.
const rosterVersion = "1"

// roster is the entities at one moment: read one by one from their records, or all at once where many are needed.
type roster struct {
	recorded bool // the records are there

	loading sync.Mutex
	whole   atomic.Pointer[table] // nil until it is needed
	asked   atomic.Int64          // how many entities were read alone
}

// patience is how many entities are read alone before all are: to read all takes as long as to read some thousands alone.
const patience = 2000

// newRoster returns the entities in a store.
func newRoster(ctx context.Context, r store.Reader) (*roster, error) {
	version, ok, err := r.Record(ctx, rosterKey)
	if err == nil && ok && string(version) != rosterVersion {
		err = fmt.Errorf("the record %s is of another version, %q", rosterKey, version)
	}
	return &roster{recorded: ok}, err
}

// roster returns a roster that has been read, of a graph just written.
func (t *table) roster() *roster {
	r := &roster{recorded: len(t.byID) > 0}
	r.whole.Store(t)
	return r
}

// table returns all entities.
func (v *View) table(ctx context.Context) (*table, error) {
	if t := v.roster.whole.Load(); t != nil {
		return t, nil
	}
	v.roster.loading.Lock()
	defer v.roster.loading.Unlock()
	if t := v.roster.whole.Load(); t != nil {
		return t, nil
	}
	read := v.readTable
	if v.roster.recorded {
		read = readRoster
	}
	t, err := read(ctx, v.r)
	if err != nil {
		return nil, fmt.Errorf("read the entities: %w", err)
	}
	v.roster.whole.Store(t)
	return t, nil
}

// readRoster reads the records of all entities.
func readRoster(ctx context.Context, r store.Reader) (*table, error) {
	t := emptyTable(0)
	err := r.Records(ctx, entityPrefix, func(key string, data []byte) error {
		e, err := decodeEntity(key, data)
		t.byID[e.ID] = e
		return err
	})
	return t, err
}

func decodeEntity(key string, data []byte) (e schema.Entity, err error) {
	if err = json.Unmarshal(data, &e); err != nil {
		return e, fmt.Errorf("%w: record %s: %w", store.ErrCorrupt, key, err)
	}
	e.ID = schema.UnescapeLocal(strings.TrimPrefix(key, entityPrefix))
	return e, nil
}

// Entity returns the entity with this ID; ok is false when there is none.
func (v *View) Entity(ctx context.Context, id string) (e schema.Entity, ok bool, err error) {
	if v.roster.whole.Load() == nil && v.roster.recorded && v.roster.asked.Add(1) <= patience {
		return v.oneEntity(ctx, id)
	}
	t, err := v.table(ctx)
	if err != nil {
		return e, false, err
	}
	e, ok = t.byID[id]
	return e, ok, nil
}

// oneEntity reads the record of an entity.
func (v *View) oneEntity(ctx context.Context, id string) (e schema.Entity, ok bool, err error) {
	key := entityPrefix + schema.EscapeLocal(id)
	data, ok, err := v.r.Record(ctx, key)
	if err == nil && ok {
		e, err = decodeEntity(key, data)
	}
	if err != nil {
		return schema.Entity{}, false, fmt.Errorf("read entity %s: %w", id, err)
	}
	return e, ok, nil
}

// Entities returns all entities, sorted by ID. The slice belongs to the caller, the aliases do not.
func (v *View) Entities(ctx context.Context) ([]schema.Entity, error) {
	t, err := v.table(ctx)
	if err != nil {
		return nil, err
	}
	return t.sorted(), nil
}

// EntitiesByID returns all entities by ID. The map is the graph's own: do not change it.
func (v *View) EntitiesByID(ctx context.Context) (map[string]schema.Entity, error) {
	t, err := v.table(ctx)
	if err != nil {
		return nil, err
	}
	return t.byID, nil
}

// Entity is View.Entity at this moment.
func (g *Graph) Entity(ctx context.Context, id string) (e schema.Entity, ok bool, err error) {
	v := g.View()
	defer v.Close()
	return v.Entity(ctx, id)
}

// Entities is View.Entities at this moment.
func (g *Graph) Entities(ctx context.Context) ([]schema.Entity, error) {
	v := g.View()
	defer v.Close()
	return v.Entities(ctx)
}

// index returns the names of all entities in memory; nil when that has not been made, and single names are quicker read.
func (v *View) index() *nameIndex {
	t := v.roster.whole.Load()
	if t == nil || v.roster.recorded && !t.used.Load() {
		return nil
	}
	return t.index()
}

// named calls f with the entities that have a name which begins with key when folded, sorted by folded name and ID, until it
// returns false. whole says that key is all of the name.
func (v *View) named(ctx context.Context, key string, whole bool, f func(folded string, e schema.Entity) bool) error {
	prefix := namePrefix + key
	if whole {
		prefix += "/"
	}
	err := v.r.Records(ctx, prefix, func(record string, _ []byte) error {
		folded, local, _ := strings.Cut(strings.TrimPrefix(record, namePrefix), "/")
		id := schema.UnescapeLocal(local)
		e, ok, err := v.oneEntity(ctx, id)
		if err == nil && !ok {
			err = fmt.Errorf("%w: the name %q is of entity %s, which has no record", store.ErrCorrupt, folded, id)
		}
		if err != nil {
			return err
		}
		if !f(folded, e) {
			return errStop
		}
		return nil
	})
	if err == errStop {
		return nil
	}
	return err
}

// rosterRecords returns the records of an entity; none of the zero Entity.
func rosterRecords(e schema.Entity) (map[string][]byte, error) {
	if e.ID == "" {
		return nil, nil
	}
	names, local := foldedNames(e), schema.EscapeLocal(e.ID)
	e.ID = "" // it need not be UTF-8
	data, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("entity %s: %w", local, err)
	}
	records := map[string][]byte{entityPrefix + local: data}
	for _, name := range names {
		records[namePrefix+name+"/"+local] = nil
	}
	return records, nil
}

// roster brings the records of an entity from what it was to what it is; the zero Entity is none.
func (u *update) roster(was, is schema.Entity) error {
	before, err := rosterRecords(was)
	if err != nil {
		return err
	}
	after, err := rosterRecords(is)
	if err != nil {
		return err
	}
	for key := range before {
		if _, stays := after[key]; !stays {
			u.batch.Delete = append(u.batch.Delete, key)
		}
	}
	for key, data := range after {
		if had, ok := before[key]; !ok || !bytes.Equal(had, data) {
			u.batch.Put[key] = data
		}
	}
	return nil
}
