package export

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"newsgraph/data"
	"newsgraph/schema"
)

// ftmMapping turns entities and claims into FollowTheMoney. The vocabulary says which schema a class or a predicate has
// there (its terms that begin with ftm:).
type ftmMapping struct {
	vocabulary *schema.Vocabulary
	iri        func(short string) string
	countries  map[string]string // codes by entity ID
}

func newFTMMapping(s *selection) (*ftmMapping, error) {
	countries, err := countryCodes()
	if err != nil {
		return nil, err
	}
	return &ftmMapping{vocabulary: schema.Default(), iri: s.iri, countries: countries}, nil
}

// countryCodes returns the ISO codes, in lower case, of countries and of what belongs to one, from the gazetteer.
func countryCodes() (map[string]string, error) {
	const name = "gazetteer/entities.tsv"
	f, err := data.FS.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	codes, belongs := map[string]string{}, map[string]string{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) < 6 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		for _, note := range strings.Fields(fields[5]) {
			if code, ok := strings.CutPrefix(note, "iso:"); ok {
				codes[fields[0]] = strings.ToLower(code)
			}
		}
		belongs[fields[0]] = fields[4]
	}
	if len(codes) == 0 {
		return nil, fmt.Errorf("no country has a code in %s", name)
	}
	for id, country := range belongs {
		if code, ok := codes[country]; ok && codes[id] == "" {
			codes[id] = code
		}
	}
	return codes, nil
}

// ftmTerm returns the FollowTheMoney schema among the terms of a class or a predicate.
func ftmTerm(terms []string) string {
	for _, t := range terms {
		if name, ok := strings.CutPrefix(t, "ftm:"); ok {
			return name
		}
	}
	return ""
}

// schemaOf returns the schema of a class: its own or that of the nearest class above. It is empty for what has none: ideas
// and amounts are no things of FollowTheMoney.
func (m *ftmMapping) schemaOf(class string) string {
	if class == "" {
		return "LegalEntity" // a name of which no more is known
	}
	for {
		c, ok := m.vocabulary.Class(class)
		if !ok {
			return ""
		}
		if name := ftmTerm(c.Same); name != "" {
			return name
		}
		class = c.Parent
	}
}

// entity is an entity with its names, or nil for what is no thing of FollowTheMoney.
func (m *ftmMapping) entity(of schema.Entity) *ftmEntity {
	name := m.schemaOf(of.Type)
	if name == "" {
		return nil
	}
	e := newFTM("ent", of.ID, name)
	e.origin = m.iri(entityID(of.ID))
	e.add("name", of.Label)
	e.add("alias", of.Aliases...)
	switch name {
	case "Document":
		e.add("title", of.Label)
		e.add("fileName", of.ID)
	case "Contract":
		e.add("title", of.Label)
	case "Address":
		e.add("full", of.Label)
	}
	e.add("country", m.countries[of.ID])
	switch of.Type {
	case "City":
		e.add("city", of.Label)
	case "Region":
		e.add("region", of.Label)
	case "Party":
		e.add("topics", "pol.party")
	case "SecurityForce":
		e.add("topics", "gov.security")
	}
	return e
}

// ftmAncestors are the schemata above those that entities have here, but for Thing, which all are.
var ftmAncestors = map[string][]string{
	"Person": {"LegalEntity"}, "Organization": {"LegalEntity"}, "PublicBody": {"LegalEntity", "Organization"},
	"Company": {"LegalEntity", "Organization", "Asset"}, "Contract": {"Asset"},
}

// fitsFTM says whether an entity of a schema may stand where another is asked for.
func fitsFTM(schemaName, wanted string) bool {
	return schemaName != "" && (schemaName == wanted || wanted == "Thing" || slices.Contains(ftmAncestors[schemaName], wanted))
}

// ftmLink is an interval that joins two things: the properties for the two, what they must be, and the one that says how.
type ftmLink struct{ source, sourceIs, target, targetIs, kind string }

var ftmLinks = map[string]ftmLink{
	"Associate":      {"person", "Person", "associate", "Person", "relationship"},
	"Debt":           {"debtor", "LegalEntity", "creditor", "LegalEntity", ""},
	"Directorship":   {"director", "LegalEntity", "organization", "Organization", "role"},
	"Employment":     {"employee", "Person", "employer", "Organization", "role"},
	"Family":         {"person", "Person", "relative", "Person", "relationship"},
	"Membership":     {"member", "LegalEntity", "organization", "Organization", "role"},
	"Ownership":      {"owner", "LegalEntity", "asset", "Asset", "role"},
	"Payment":        {"payer", "LegalEntity", "beneficiary", "LegalEntity", "purpose"},
	"Representation": {"agent", "LegalEntity", "client", "LegalEntity", "role"},
	"Succession":     {"predecessor", "LegalEntity", "successor", "LegalEntity", "role"},
	"UnknownLink":    {"subject", "Thing", "object", "Thing", "role"},
}

// ftmTurned are the predicates whose subject is what the link points at.
var ftmTurned = []string{"loans", "owned_by", "subsidiary_of", "succeeded"}

// ftmRelationships say what the relative is to the person where the predicate says it the other way round.
var ftmRelationships = map[string]string{
	"child_of": "parent", "parent_of": "child", "spouse_of": "spouse", "sibling_of": "sibling", "relative_of": "relative",
	"friend_of": "friend", "associate_of": "associate",
}

// ftmEvents are the types of events that FollowTheMoney's Event stands for: deeds and meetings, not words.
var ftmEvents = []string{"CONSULT", "RETREAT", "PROTEST", "MOBILIZE", "COERCE", "ASSAULT"}

// mapped returns what a claim becomes, after what it needs. Only what an article asserts becomes a schema that says what is the
// case; anything else is an UnknownLink with its factuality as status, and a denial is a Note.
func (m *ftmMapping) mapped(c *schema.Claim) []*ftmEntity {
	source, target := m.schemaOf(c.Subject.Type), ""
	if c.Object.Entity != nil {
		target = m.schemaOf(c.Object.Entity.Type)
	}
	term := ""
	if p, ok := m.vocabulary.Predicate(c.Predicate); ok && c.Factuality == schema.Asserted {
		term = ftmTerm(p.Same)
	}
	switch {
	case c.Factuality == schema.Negated:
		return []*ftmEntity{m.note(c, source, target)}
	case term == "Occupancy" && source == "Person" && target != "":
		return m.occupancy(c, target)
	case term == "Sanction" && target != "":
		return []*ftmEntity{m.sanction(c)}
	case term == "CourtCaseParty" && source != "" && target != "":
		return m.courtCase(c)
	}
	if e := m.link(c, term, source, target); e != nil {
		return []*ftmEntity{e}
	}
	if c.Factuality == schema.Asserted && slices.Contains(ftmEvents, c.Event) {
		if e := m.event(c, source, target); e != nil {
			return []*ftmEntity{e}
		}
	}
	if e := m.link(c, "UnknownLink", source, target); e != nil {
		return []*ftmEntity{e}
	}
	return []*ftmEntity{m.note(c, source, target)}
}

// link is a claim as an interval of this schema, or nil where its ends do not fit.
func (m *ftmMapping) link(c *schema.Claim, name, source, target string) *ftmEntity {
	l, ok := ftmLinks[name]
	if !ok || c.Object.Entity == nil {
		return nil
	}
	from, to := c.Subject.ID, c.Object.Entity.ID
	if name != "UnknownLink" && slices.Contains(ftmTurned, c.Predicate) {
		from, to, source, target = to, from, target, source
	}
	if !fitsFTM(source, l.sourceIs) || !fitsFTM(target, l.targetIs) {
		return nil
	}
	e := newFTM("claim", c.ID, name)
	e.add(l.source, ftmID("ent", from))
	e.add(l.target, ftmID("ent", to))
	words := strings.ReplaceAll(c.Predicate, "_", " ")
	if name == "UnknownLink" && c.Factuality != schema.Asserted {
		words = c.Factuality.String() + ": " + words
		e.add("status", c.Factuality.String())
	}
	if said, ok := ftmRelationships[c.Predicate]; ok && l.kind == "relationship" {
		words = said
	}
	if l.kind != "" {
		e.add(l.kind, words)
	}
	if name == "Payment" || name == "Debt" {
		e.money(c)
	}
	return e
}

// money puts the first amount of money of a claim into an entity that has a value.
func (e *ftmEntity) money(c *schema.Claim) {
	for _, q := range c.Quantities {
		if len(q.Unit) == 3 && strings.ToUpper(q.Unit) == q.Unit {
			e.add("amount", number(q.Value))
			e.add("currency", q.Unit)
			return
		}
	}
}

// occupancy is a person in an office: the office is a position of its own.
func (m *ftmMapping) occupancy(c *schema.Claim, target string) []*ftmEntity {
	of := c.Object.Entity
	post := newFTM("post", c.Predicate+" "+of.ID, "Position")
	words := strings.ReplaceAll(c.Predicate, "_", " ")
	post.add("name", words+" "+of.Label)
	post.add("country", m.countries[of.ID])
	if fitsFTM(target, "Organization") {
		post.add("organization", ftmID("ent", of.ID))
	}
	if c.Predicate == "head_of_state_of" || c.Predicate == "head_of_government_of" {
		post.add("topics", "gov.head")
	}
	e := newFTM("claim", c.ID, "Occupancy")
	e.add("holder", ftmID("ent", c.Subject.ID))
	e.add("post", post.ID)
	return []*ftmEntity{post, e}
}

func (m *ftmMapping) sanction(c *schema.Claim) *ftmEntity {
	e := newFTM("claim", c.ID, "Sanction")
	e.add("entity", ftmID("ent", c.Object.Entity.ID))
	e.add("authority", c.Subject.Label)
	e.add("country", m.countries[c.Subject.ID])
	return e
}

// courtCase is a case with its two parties.
func (m *ftmMapping) courtCase(c *schema.Claim) []*ftmEntity {
	trial := newFTM("case", c.Subject.ID+" v. "+c.Object.Entity.ID, "CourtCase")
	trial.add("name", c.Subject.Label+" v. "+c.Object.Entity.Label)
	defendant := newFTM("party", c.ID, "CourtCaseParty")
	defendant.add("party", ftmID("ent", c.Object.Entity.ID))
	defendant.add("case", trial.ID)
	defendant.add("role", "defendant")
	e := newFTM("claim", c.ID, "CourtCaseParty")
	e.add("party", ftmID("ent", c.Subject.ID))
	e.add("case", trial.ID)
	e.add("role", "plaintiff")
	return []*ftmEntity{trial, defendant, e}
}

// event is something done or a meeting: who has a part in it, and where. It is nil when nobody has, or when an end is a thing
// that neither acts nor is a place.
func (m *ftmMapping) event(c *schema.Claim, source, target string) *ftmEntity {
	e := newFTM("claim", c.ID, "Event")
	e.add("name", sentence(c))
	for end := range ends(c) {
		name := source
		if end != &c.Subject {
			name = target
		}
		switch {
		case fitsFTM(name, "LegalEntity"):
			e.add("involved", ftmID("ent", end.ID))
			if end != &c.Subject && m.vocabulary.IsA(end.Type, "Place") {
				e.add("location", end.Label)
			}
		case name == "Address":
			e.add("location", end.Label)
		default:
			return nil
		}
		e.add("country", m.countries[end.ID])
	}
	if c.Place != nil {
		e.add("location", c.Place.Label)
		e.add("country", m.countries[c.Place.ID])
	}
	if len(e.Properties["involved"]) == 0 {
		return nil
	}
	return e
}

// note is a claim that joins no two things: words, an amount, an idea, or a denial. It hangs on what it speaks of.
func (m *ftmMapping) note(c *schema.Claim, source, target string) *ftmEntity {
	e := newFTM("claim", c.ID, "Note")
	e.add("name", sentence(c))
	if source != "" {
		e.add("entity", ftmID("ent", c.Subject.ID))
	}
	if target != "" {
		e.add("entity", ftmID("ent", c.Object.Entity.ID))
	}
	return e
}
