package postgres

import (
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"newsgraph/graph/store"
	"newsgraph/schema"
)

// A row of newsgraph_terms is a slot of the dictionary, as in the embedded store: a term stands in the slot that its hash names,
// or in the next one that was free. A slot that was emptied before a taken one stays as a mark, or the search for the term
// behind it would end too early.

// The kinds of rows.
const (
	kindMark    = 0
	kindIRI     = 1
	kindBlank   = 2
	kindLiteral = 3
)

// slot is a row.
type slot struct {
	there bool
	mark  bool
	term  schema.Term
}

// termRow is the values of a row. value is for people where the text has what the database refuses; raw is the text then.
type termRow struct {
	kind                  int
	value, lang, datatype string
	raw                   []byte
}

func rowOf(t schema.Term) termRow {
	row := termRow{value: t.Value, lang: t.Lang, datatype: t.Datatype}
	switch t.Kind {
	case schema.IRI:
		row.kind = kindIRI
	case schema.Blank:
		row.kind = kindBlank
	case schema.Literal:
		row.kind = kindLiteral
	}
	if strings.Contains(t.Value, "\x00") || !utf8.ValidString(t.Value) {
		row.raw = []byte(t.Value)
		row.value = strings.ToValidUTF8(strings.ReplaceAll(t.Value, "\x00", "\uFFFD"), "\uFFFD")
	}
	return row
}

func (row termRow) slot() slot {
	s := slot{there: true, mark: row.kind == kindMark}
	s.term = schema.Term{Value: row.value, Lang: row.lang, Datatype: row.datatype}
	switch row.kind {
	case kindIRI:
		s.term.Kind = schema.IRI
	case kindBlank:
		s.term.Kind = schema.Blank
	case kindLiteral:
		s.term.Kind = schema.Literal
	}
	if row.raw != nil {
		s.term.Value = string(row.raw)
	}
	return s
}

// termColumns are those that scanSlot reads.
const termColumns = "id, kind, value, lang, datatype, raw"

func scanSlot(rows *sql.Rows) (id store.ID, s slot, err error) {
	var row termRow
	var n int64
	err = rows.Scan(&n, &row.kind, &row.value, &row.lang, &row.datatype, &row.raw)
	return store.ID(n), row.slot(), err
}

// find searches for a canonical term; read returns a slot. When the term is not there, the id is that of the slot to put it
// into.
func (s *Store) find(t schema.Term, read func(store.ID) (slot, error)) (id store.ID, found bool, err error) {
	var free store.ID
	for id := s.home(t); ; id = store.Next(id) {
		at, err := read(id)
		if err != nil {
			return 0, false, err
		}
		switch {
		case !at.there && free == 0:
			return id, false, nil
		case !at.there:
			return free, false, nil
		case at.mark && free == 0:
			free = id
		case !at.mark && at.term == t:
			return id, true, nil
		}
	}
}

// list writes ids as a list of SQL.
func list(ids []store.ID) string {
	b := make([]byte, 0, 16*len(ids))
	for i, id := range ids {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendUint(b, uint64(id), 10)
	}
	return string(b)
}

// slotsOf is the statement that reads slots.
func slotsOf(ids []store.ID) string {
	return fmt.Sprintf("SELECT %s FROM newsgraph_terms WHERE id IN (%s)", termColumns, list(ids))
}
