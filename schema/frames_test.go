package schema_test

import (
	"fmt"
	"strings"
	"testing"

	"newsgraph/schema"
)

// clause reads "verb provide subj:russia/Country obj:loan(to:belarus/Country)". Refs count the slots;
// names gives the head of each.
func clause(t testing.TB, s string) (c schema.Clause, names []string) {
	t.Helper()
	f := strings.SplitN(s, " ", 3)
	c.Kind, c.Lemma = f[0], f[1]
	rest := f[2]
	var slots func() []schema.Slot
	slots = func() (out []schema.Slot) {
		for {
			rest = strings.TrimLeft(rest, " ")
			if rest == "" || rest[0] == ')' {
				return out
			}
			end := strings.IndexAny(rest, " ()")
			if end < 0 {
				end = len(rest)
			}
			role, filler, ok := strings.Cut(rest[:end], ":")
			if !ok {
				t.Fatalf("no colon in %q", rest)
			}
			head, class, _ := strings.Cut(filler, "/")
			slot := schema.Slot{Role: role, Head: head, Class: class, Ref: len(names)}
			names = append(names, head)
			rest = rest[end:]
			if strings.HasPrefix(rest, "(") {
				rest = rest[1:]
				slot.Slots = slots()
				rest = strings.TrimPrefix(rest, ")")
			}
			out = append(out, slot)
		}
	}
	c.Slots = slots()
	return c, names
}

func TestMatch(t *testing.T) {
	t.Parallel()
	tests := []struct{ clause, want string }{
		// diplomacy
		{"verb meet subj:xi/Person obj:biden/Person", "meets xi biden"},
		{"verb meet subj:firm/Company obj:demand/Concept", ""},
		{"verb hold subj:modi/Person obj:talk/Event(with:xi/Person)", "negotiates_with modi xi; organises modi talk"},
		{"verb hold subj:modi/Person obj:talk with:xi/Person", "negotiates_with modi xi"},
		{"verb refuse subj:pyongyang/Country obj:talk(with:seoul/Country)", "negotiates_with pyongyang seoul; rejects pyongyang talk"},
		{"verb visit subj:pope/Person obj:iraq/Country", "visits pope iraq"},
		{"verb fly subj:minister/Person to:brussels/City", "travels_to minister brussels"},
		{"verb condemn subj:un/Organization obj:attack/Event", "condemns un attack"},
		{"verb call subj:she/Person obj:he/Person comp:usurper/Person", "denies_legitimacy_of she he"},
		{"verb call subj:she/Person obj:he/Person comp:friend/Person", "calls she he"},
		{"verb beg subj:leader/Person for:support(poss:kremlin/Government)", "requests_support_from leader kremlin"},
		{"verb plead subj:leader/Person with:putin/Person comp:back(obj:regime)", "requests_support_from leader putin"},
		{"verb plead subj:she/Person with:kidnapper/Person comp:free(obj:son)", "urges she kidnapper"},
		{"verb seek subj:leader/Person obj:backing(of:putin/Person)", "requests_support_from leader putin; requests leader backing"},
		{"verb call_for subj:un", ""},
		{"verb call subj:un/Organization for:ceasefire/Event", "calls_for un ceasefire"},
		{"verb demand subj:crowd/Group obj:resignation(of:premier/Person)", "wants_removal_of crowd premier; calls_for crowd resignation"},
		{"verb sever subj:bolivia/Country obj:relation(with:israel/Country)", "severs_ties_with bolivia israel"},
		{"verb border subj:chad/Country obj:sudan/Country", "borders chad sudan"},
		{"verb join subj:sweden/Country obj:nato/Organization", "joins sweden nato"},
		{"noun ally subj:serbia/Country of:russia/Country", "ally_of serbia russia"},
		{"adj allied subj:militia/Group with:iran/Country", "ally_of militia iran"},
		// economy
		{"verb provide subj:russia/Country obj:loan to:belarus/Country", "loans russia belarus"},
		{"verb provide subj:russia/Country obj:loan(to:belarus/Country)", "loans russia belarus"},
		{"verb lend subj:russia/Country iobj:belarus/Country obj:dollar/Value", "loans russia belarus"},
		{"verb lend subj:russia/Country obj:belarus/Country obj:dollar/Value", "loans russia belarus"},
		{"verb borrow subj:ghana/Country obj:dollar/Value from:imf/Organization", "loans imf ghana"},
		{"noun loan from:russia/Country to:belarus/Country", "loans russia belarus"},
		{"noun loan demonym:russia/Country to:belarus/Country", "loans russia belarus"},
		{"verb provide subj:london/Country obj:missile/Product(to:kyiv/Country)", "arms london kyiv"},
		{"verb impose subj:eu/Organization obj:sanction on:bank/Company on:army/SecurityForce", "sanctions eu bank; sanctions eu army"},
		{"verb own subj:murdoch/Person obj:paper/Media", "owns murdoch paper"},
		{"verb buy subj:musk/Person obj:twitter/Company", "acquires musk twitter"},
		{"verb buy subj:india/Country obj:oil/Product from:russia/Country", "buys_from india russia; buys india oil"},
		{"verb restructure subj:china/Country obj:debt(of:zambia/Country)", "restructures_debt_of china zambia"},
		// conflict
		{"noun invasion poss:russia/Country of:ukraine/Country", "invades russia ukraine"},
		{"verb invade subj:iraq/Country obj:kuwait/Country", "invades iraq kuwait"},
		{"verb launch subj:hamas/Group obj:attack(on:israel/Country)", "attacks hamas israel; launches hamas attack"},
		{"verb send subj:kenya/Country obj:police/SecurityForce to:haiti/Country", "sends_troops_to kenya haiti"},
		{"verb withdraw subj:france/Country obj:soldier/Person from:mali/Country", "withdraws_from france mali"},
		{"verb withdraw subj:us/Country from:agreement/Agreement", "withdraws_from_agreement us agreement"},
		{"verb withdraw subj:us/Country from:who/Organization", "leaves us who"},
		{"verb hold subj:china/Country obj:drill/Event with:russia/Country", "joint_exercise_with china russia; organises china drill"},
		{"verb kill subj:blast/Event obj:people/Group", "kills blast people"},
		{"verb crack_down subj:beijing/Country on:protest/Event", "represses beijing protest"},
		{"verb flee subj:she/Person to:lithuania/Country", "fled_to she lithuania"},
		{"verb flee subj:guaido/Person obj:country/Country for:colombia/Country", "fled_to guaido colombia; fled_from guaido country"},
		{"verb force subj:fighting/Event obj:thousand/Value comp:flee", "forces_to_flee fighting thousand"},
		{"verb take subj:snowden/Person obj:refuge in:russia/Country", "has_refuge_in snowden russia"},
		// law
		{"verb detain subj:police/SecurityForce obj:marcher/Person in:minsk/City", "detains police marcher; detained_in marcher minsk"},
		{"verb arrest subj:police/SecurityForce obj:he/Person for:fraud/Event", "arrested_for he fraud; arrests police he"},
		{"verb find subj:jury/Group obj:officer/Person comp:guilty", "convicts jury officer"},
		{"verb issue subj:icc/Organization obj:warrant(for:putin/Person)", "seeks_arrest_of icc putin; publishes icc warrant"},
		// politics
		{"verb win subj:lula/Person obj:election/Event", "won_election lula election"},
		{"verb win subj:he/Person obj:dollar/Value", ""},
		{"verb claim subj:he/Person obj:victory in:election/Event", "claims_victory_in he election"},
		{"verb elect subj:parliament/Government obj:he/Person comp:president", "elected_as he president; elects parliament he"},
		{"noun president subj:putin/Person of:russia/Country", "head_of_state_of putin russia"},
		{"noun president subj:banga/Person of:bank/Organization", "leader_of banga bank"},
		{"noun president subj:river/Place of:russia/Country", ""},
		{"noun prime_minister subj:modi/Person demonym:india/Country", "head_of_government_of modi india"},
		{"noun leader subj:she/Person of:opposition/Group", "leader_of she opposition"},
		{"noun spokesman subj:peskov/Person compound:kremlin/Government", "spokesperson_of peskov kremlin"},
		{"noun member subj:hungary/Country of:eu/Organization", "member_of hungary eu"},
		{"verb rig subj:regime/Government obj:election/Event", "rigged_election regime election"},
		{"verb take subj:thousand/Group to:street(of:minsk/City)", "protests_in thousand minsk"},
		{"verb march subj:woman/Person subj:student/Person in:minsk/City", "protests_in woman minsk; protests_in student minsk"},
		{"verb sign subj:biden/Person obj:bill/Law", "signs_into_law biden bill"},
		{"verb sign subj:sweden/Country obj:treaty/Agreement", "signs sweden treaty"},
		// people and places
		{"verb bear obj:trump/Person in:queens/City", "born_in trump queens"},
		{"noun wife subj:melania/Person poss:trump/Person", "spouse_of melania trump"},
		{"noun capital subj:minsk/City of:belarus/Country", "capital_of minsk belarus"},
		{"verb base obj:firm/Company in:geneva/City", "based_in firm geneva"},
		{"verb strike subj:earthquake/Event obj:haiti/Country", "hits earthquake haiti"},
		// any news
		{"verb lead subj:tusk/Person obj:party/Party", "leads tusk party"},
		{"verb return subj:khan/Person to:pakistan/Country", "returns_to khan pakistan"},
		{"verb name subj:biden/Person obj:garland/Person as:judge/Person", "appointed_as garland judge; appoints biden garland"},
		{"verb recognise subj:london/Country obj:guaido/Person as:president/Person", "recognises london guaido"},
		{"verb rise subj:inflation/Concept to:percent/Value", "rises_by inflation percent"},
		{"verb cut subj:cartel/Group obj:output/Concept", "reduces cartel output"},
		{"verb become subj:mandela/Person comp:president(of:country/Country)", "head_of_state_of mandela country; takes_office_as mandela president"},
		{"verb meet subj:xi/Person subj:biden/Person in:bali/City", "meets xi biden"},
		{"verb hold subj:us/Country subj:japan/Country obj:drill/Event", "joint_exercise_with us japan; organises us drill; organises japan drill"},
		{"noun talk between:serbia/Country between:kosovo/Country", "negotiates_with serbia kosovo"},
		{"noun deal between:union/Organization", ""},
		{"verb urge subj:un/Organization obj:taliban/Group comp:reverse", "urges un taliban"},
		{"verb urge subj:un/Organization iobj:taliban/Group comp:reverse", "urges un taliban"},
		{"verb sell subj:firm/Company iobj:kenya/Country obj:jet/Product", "sells_to firm kenya; sells firm jet"},
		{"verb take subj:woman/Person on:police/SecurityForce", "confronts woman police"},
		{"verb take subj:woman/Person on:monday/Value", ""},
		{"verb be subj:student/Group at:forefront(of:protest/Event)", "leads student protest"},
		{"verb frobnicate subj:a obj:b", ""},
	}
	v := schema.Default()
	for _, tt := range tests {
		t.Run(tt.clause, func(t *testing.T) {
			t.Parallel()
			c, names := clause(t, tt.clause)
			var got []string
			for _, m := range v.Match(c) {
				got = append(got, fmt.Sprintf("%s %s %s", m.Predicate, names[m.X], names[m.Y]))
			}
			if s := strings.Join(got, "; "); s != tt.want {
				t.Errorf("got %q, want %q", s, tt.want)
			}
		})
	}
}

func TestMatchCued(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"verb pledge subj:russia/Country obj:loan(to:belarus/Country)":     true,
		"verb refuse subj:north/Country obj:talk(with:south/Country)":      true,
		"verb cancel subj:paris/Country obj:debt(of:sudan/Country)":        false,
		"verb lend subj:russia/Country to:belarus/Country obj:money/Value": false,
	} {
		c, _ := clause(t, s)
		m := schema.Default().Match(c)
		if len(m) == 0 || m[0].Cued != want {
			t.Errorf("%s: %+v, want Cued %v", s, m, want)
		}
	}
}

// Every frame can be reached and gives its own predicate for slots made of its own pattern's words.
func TestFramesAreReached(t *testing.T) {
	t.Parallel()
	v := schema.Default()
	for i := range v.Frames() {
		f := v.Frame(i)
		if len(v.Triggers(f)) == 0 {
			t.Errorf("frame %d %s has no trigger", i, f.Pattern)
		}
	}
}

func BenchmarkMatch(b *testing.B) {
	v := schema.Default()
	var cs []schema.Clause
	for _, s := range []string{
		"verb hold subj:modi/Person obj:talk/Event(with:xi/Person) in:kazan/City on:monday/Value",
		"verb provide subj:russia/Country obj:loan to:belarus/Country",
		"verb say subj:minister/Person comp:agree",
		"noun president subj:putin/Person of:russia/Country",
		"verb take subj:thousand/Group to:street(of:minsk/City)",
	} {
		c, _ := clause(b, s)
		cs = append(cs, c)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range cs {
			v.Match(c)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	fsys := schema.VocabularyFiles()
	for b.Loop() {
		if _, err := schema.LoadVocabulary(fsys); err != nil {
			b.Fatal(err)
		}
	}
}
