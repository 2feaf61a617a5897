package export

import (
	"context"
	"crypto/sha1"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
)

// ftmDataset is the dataset that the statements belong to.
const ftmDataset = "newsgraph"

// ftmTypes are the types of the properties written here that are not of type string.
var ftmTypes = map[string]string{
	"name": "name", "alias": "name", "full": "address", "location": "address", "country": "country", "topics": "topic",
	"publishedAt": "date", "date": "date", "startDate": "date", "endDate": "date", "sourceUrl": "url", "language": "language",
	"bodyText": "text", "summary": "text", "description": "text", "purpose": "text", "amount": "number",
	"proof": "entity", "person": "entity", "associate": "entity", "relative": "entity", "debtor": "entity", "creditor": "entity",
	"director": "entity", "organization": "entity", "employee": "entity", "employer": "entity", "member": "entity",
	"owner": "entity", "asset": "entity", "payer": "entity", "beneficiary": "entity", "agent": "entity", "client": "entity",
	"predecessor": "entity", "successor": "entity", "subject": "entity", "object": "entity", "holder": "entity", "post": "entity",
	"entity": "entity", "party": "entity", "case": "entity", "involved": "entity",
}

// writeStatements writes the same entities as writeFTM as statements, in the columns of nomenklatura's table. The origin is the
// claim or the article that a value comes from. Times of seeing are left empty: a graph does not know them.
func writeStatements(ctx context.Context, s *selection, w io.Writer) error {
	out := csv.NewWriter(w)
	head := []string{"id", "entity_id", "canonical_id", "prop", "prop_type", "schema", "value", "original_value", "dataset",
		"origin", "lang", "external", "first_seen", "last_seen"}
	if err := out.Write(head); err != nil {
		return err
	}
	err := s.ftm(ctx, func(e *ftmEntity) error {
		whole, err := json.Marshal(e)
		if err != nil {
			return err
		}
		rows := [][]string{e.statement("id", "id", hexSHA1(string(whole)))}
		for _, property := range slices.Sorted(maps.Keys(e.Properties)) {
			kind := ftmTypes[property]
			if kind == "" {
				kind = "string"
			}
			for _, value := range e.Properties[property] {
				rows = append(rows, e.statement(property, kind, value))
			}
		}
		return out.WriteAll(rows)
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// statement is one value of an entity as a row. Its ID is what FollowTheMoney makes of dataset, entity, property and value.
func (e *ftmEntity) statement(property, kind, value string) []string {
	id := hexSHA1(fmt.Sprintf("%s.%s.%s.%s", ftmDataset, e.ID, property, value))
	return []string{id, e.ID, e.ID, property, kind, e.Schema, value, "", ftmDataset, e.origin, "", "f", "", ""}
}

func hexSHA1(s string) string {
	sum := sha1.Sum([]byte(s))
	return hex.EncodeToString(sum[:])
}
