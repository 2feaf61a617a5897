package claim

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"newsgraph/data"
	"newsgraph/schema"
)

// The trees of the stories below, checked by hand.
const (
	attack     = "Russia/Russia/NNP/2/nsubj/B-LOC attacked/attack/VBD/0/root Poland/Poland/NNP/2/obj/B-LOC in/in/IN/5/case 2019~/2019/CD/2/obl/B-DATE ././PCT/2/punct"
	noAttack   = "Russia/Russia/NNP/4/nsubj/B-LOC did/do/VBD/4/aux not/not/RB/4/advmod attack/attack/VB/0/root Poland~/Poland/NNP/4/obj/B-LOC ././PCT/4/punct"
	saidAttack = "Norway/Norway/NNP/2/nsubj/B-LOC said/say/VBD/0/root that/that/IN/5/mark Russia/Russia/NNP/5/nsubj/B-LOC attacked/attack/VBD/2/ccomp Poland~/Poland/NNP/5/obj/B-LOC ././PCT/2/punct"
	mayAttack  = "Russia/Russia/NNP/3/nsubj/B-LOC may/may/MD/3/aux attack/attack/VB/0/root Poland~/Poland/NNP/3/obj/B-LOC ././PCT/3/punct"
	accusation = "Norway/Norway/NNP/2/nsubj/B-LOC accused/accuse/VBD/0/root Russia/Russia/NNP/2/obj/B-LOC of/of/IN/5/mark attacking/attack/VBG/2/advcl Poland~/Poland/NNP/5/obj/B-LOC ././PCT/2/punct"
	victory    = "Ann/Ann/NNP/3/nsubj/B-PER Lee/Lee/NNP/1/flat/I-PER claimed/claim/VBD/0/root victory/victory/NN/3/obj in/in/IN/7/case the/the/DT/7/det election~/election/NN/3/obl ././PCT/3/punct"
	loan       = "Russia/Russia/NNP/2/nsubj/B-LOC lent/lend/VBD/0/root Poland/Poland/NNP/2/iobj/B-LOC $~/$/$/2/obj 1.5/1.5/CD/6/compound billion~/billion/CD/4/nummod ././PCT/2/punct"
	visit      = "Ann/Ann/NNP/3/nsubj/B-PER Lee/Lee/NNP/1/flat/I-PER met/meet/VBD/0/root Bob/Bob/NNP/3/obj/B-PER Cole/Cole/NNP/4/flat/I-PER in/in/IN/7/case Warsaw~/Warsaw/NNP/3/obl/B-LOC ././PCT/3/punct"
	self       = "Ann/Ann/NNP/3/nsubj/B-PER Lee/Lee/NNP/1/flat/I-PER praised/praise/VBD/0/root Ann/Ann/NNP/3/obj/B-PER Lee~/Lee/NNP/4/flat/I-PER ././PCT/3/punct"
)

// brief writes claims as "subject predicate object factuality < source source", in their order.
func brief(claims []schema.Claim) []string {
	var out []string
	for _, c := range claims {
		object := c.Object.Literal
		if c.Object.Entity != nil {
			object = c.Object.Entity.Label
		}
		line := fmt.Sprintf("%s %s %s %s", c.Subject.Label, c.Predicate, object, c.Factuality)
		for n, a := range c.Attribution {
			if n == 0 {
				line += " <"
			}
			line += " " + a.Label
		}
		out = append(out, line)
	}
	return out
}

func extract(t testing.TB, blocks ...[]string) (schema.Document, []schema.Claim) {
	t.Helper()
	doc, sents, ents := story(t, blocks...)
	return doc, reader(t).Extract(doc, sents, ents)
}

func TestExtract(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, spec string
		want       []string
	}{
		{"plain", attack, []string{"Russia attacks Poland asserted"}},
		{"negated", noAttack, []string{"Russia attacks Poland negated"}},
		{"possible", mayAttack, []string{"Russia attacks Poland possible"}},
		{"reported, and the saying itself", saidAttack, []string{"Norway says Russia attacked Poland asserted", "Norway speaks_of Russia asserted", "Russia attacks Poland reported < Norway"}},
		{"accused", accusation, []string{"Norway accuses Russia asserted", "Russia attacks Poland alleged < Norway"}},
		{"a claim of victory is no victory", victory, []string{"Ann Lee claims_victory_in election alleged < Ann Lee", "Ann Lee won_election election alleged < Ann Lee"}},
		{"nobody at both ends", self, nil},
		{"some of them named",
			`Russia/Russia/NNP/2/nsubj/B-LOC expelled/expel/VBD/0/root six/six/CD/4/nummod/B-CARDINAL envoys~/envoy/NNS/2/obj ,/,/PCT/7/punct among/among/IN/7/case them/they/PRP/2/obl Ann/Ann/NNP/2/obl/B-PER Lee~/Lee/NNP/8/flat/I-PER ././PCT/2/punct`,
			[]string{"Russia expels six envoys asserted", "Russia expels Ann Lee asserted", "Ann Lee be_among six envoys asserted"}},
		{"who refuses a meeting refuses somebody",
			`Ann/Ann/NNP/3/nsubj/B-PER Lee/Lee/NNP/1/flat/I-PER refused/refuse/VBD/0/root to/to/TO/5/mark meet/meet/VB/3/xcomp Bob/Bob/NNP/5/obj/B-PER Cole~/Cole/NNP/6/flat/I-PER ././PCT/3/punct`,
			[]string{"Ann Lee refuses to meet Bob Cole asserted", "Ann Lee refuses Bob Cole asserted", "Ann Lee meets Bob Cole negated"}},
		{"who plans a meeting plans nobody",
			`Ann/Ann/NNP/3/nsubj/B-PER Lee/Lee/NNP/1/flat/I-PER planned/plan/VBD/0/root to/to/TO/5/mark meet/meet/VB/3/xcomp Bob/Bob/NNP/5/obj/B-PER Cole~/Cole/NNP/6/flat/I-PER ././PCT/3/punct`,
			[]string{"Ann Lee plans to meet Bob Cole asserted", "Ann Lee meets Bob Cole planned"}},
		{"what is denied is the deed",
			`Norway/Norway/NNP/2/nsubj/B-LOC accused/accuse/VBD/0/root Russia/Russia/NNP/2/obj/B-LOC of/of/IN/5/mark arming/arm/VBG/2/advcl Hamas~/Hamas/NNP/5/obj/B-ORG ,/,/PCT/10/punct which/which/WDT/10/obj Moscow/Moscow/NNP/10/nsubj/B-LOC denies~/deny/VBZ/6/acl:relcl ././PCT/2/punct`,
			[]string{"Norway accuses Russia asserted", "Russia arms Hamas alleged < Norway", "Russia denies arming Hamas asserted"}},
		{"who resigned after talks took part in them",
			`Ann/Ann/NNP/3/nsubj/B-PER Lee/Lee/NNP/1/flat/I-PER resigned/resign/VBD/0/root after/after/IN/5/case talks/talk/NNS/3/obl with/with/IN/7/case Bob/Bob/NNP/5/nmod/B-PER Cole~/Cole/NNP/7/flat/I-PER ././PCT/3/punct`,
			[]string{"Ann Lee resign_after talks asserted", "Ann Lee resign_after_talk_with Bob Cole asserted", "Ann Lee negotiates_with Bob Cole asserted"}},
		{"nobody took part in the talks of others",
			`Ann/Ann/NNP/3/nsubj/B-PER Lee/Lee/NNP/1/flat/I-PER resigned/resign/VBD/0/root after/after/IN/7/case Poland~/Poland/NNP/7/nmod:poss/B-LOC 's/'s/POS/5/case talks/talk/NNS/3/obl with/with/IN/9/case Bob/Bob/NNP/7/nmod/B-PER Cole~/Cole/NNP/9/flat/I-PER ././PCT/3/punct`,
			[]string{"Ann Lee resign_after Poland's talks asserted", "Ann Lee resign_after_talk_of Poland asserted", "Ann Lee resign_after_talk_with Bob Cole asserted", "Poland negotiates_with Bob Cole asserted"}},
		{"a plan is somebody's",
			`Russia~/Russia/NNP/3/nmod:poss/B-LOC 's/'s/POS/1/case offer/offer/NN/7/nsubj to/to/TO/5/mark leave/leave/VB/3/acl Poland/Poland/NNP/5/obj/B-LOC pleased/please/VBD/0/root Norway~/Norway/NNP/7/obj/B-LOC ././PCT/7/punct`,
			[]string{"Russia leaves_place Poland planned", "Russia please Norway asserted", "Russia offers to leave Poland asserted"}},
		{"not guilty",
			`Ann/Ann/NNP/3/nsubj/B-PER Lee/Lee/NNP/1/flat/I-PER pleaded/plead/VBD/0/root not/not/RB/5/advmod guilty/guilty/JJ/3/xcomp to/to/IN/7/case fraud~/fraud/NN/5/obl ././PCT/3/punct`,
			[]string{"Ann Lee admits fraud negated", "Ann Lee plead not guilty asserted"}},
		{"one of the founders",
			`Ann/Ann/NNP/11/nsubj/B-PER Lee~/Lee/NNP/1/flat/I-PER ,/,/PCT/4/punct one/one/CD/1/appos/B-CARDINAL of/of/IN/7/case the/the/DT/7/det founders/founder/NNS/4/nmod of/of/IN/9/case Nokia~/Nokia/NNP/7/nmod/B-ORG ,/,/PCT/1/punct left/leave/VBD/0/root Poland~/Poland/NNP/11/obj/B-LOC ././PCT/11/punct`,
			[]string{"Ann Lee leaves_place Poland asserted", "Ann Lee founded Nokia asserted", "Ann Lee is one of the founders of Nokia asserted"}},
		{"whose assets",
			`Norway/Norway/NNP/2/nsubj/B-LOC thanked/thank/VBD/0/root Nokia~/Nokia/NNP/2/obj/B-ORG ,/,/PCT/8/punct whose/whose/WP$/6/nmod:poss assets/asset/NNS/8/obj Russia/Russia/NNP/8/nsubj/B-LOC seized~/seize/VBD/3/acl:relcl ././PCT/2/punct`,
			[]string{"Norway thanks Nokia asserted", "Russia freezes_assets_of Nokia asserted"}},
		{"quoted words are no description",
			`Norway/Norway/NNP/2/nsubj/B-LOC called/call/VBD/0/root Ann/Ann/NNP/2/obj/B-PER Lee/Lee/NNP/3/flat/I-PER "~/"/PCT/7/punct a/a/DT/7/det spy/spy/NN/2/xcomp for/for/IN/9/case Russia~/Russia/NNP/7/nmod/B-LOC "~/"/PCT/7/punct ././PCT/2/punct`,
			[]string{"Norway calls Ann Lee asserted", "Ann Lee be_called a spy for Russia reported < Norway", "Ann Lee spies_for Russia reported < Norway"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, claims := extract(t, []string{c.spec})
			if diff := cmp.Diff(c.want, brief(claims)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestExtractCircumstances reads times and places.
func TestExtractCircumstances(t *testing.T) {
	t.Parallel()
	_, claims := extract(t, []string{attack, visit})
	byPredicate := map[string]schema.Claim{}
	for _, c := range claims {
		byPredicate[c.Predicate] = c
	}
	if got := byPredicate["attacks"].Time; got == nil || got.Value != "2019" || got.Precision != "year" || !strings.Contains(got.Text, "2019") {
		t.Errorf("time of the attack: %+v", got)
	}
	if q := byPredicate["attacks"].Quantities; len(q) > 0 {
		t.Errorf("a year is no amount: %v", q)
	}
	if got := byPredicate["meets"].Place; got == nil || got.Label != "Warsaw" {
		t.Errorf("place of the meeting: %+v", got)
	}
}

// TestExtractLoan: who lends a country an amount of money lends it to the country.
func TestExtractLoan(t *testing.T) {
	t.Parallel()
	_, claims := extract(t, []string{loan})
	n := slices.IndexFunc(claims, func(c schema.Claim) bool { return c.Predicate == "loans" })
	if n < 0 {
		t.Fatalf("got %v, want Russia loans Poland", brief(claims))
	}
	if c := claims[n]; c.Object.Entity == nil || c.Object.Entity.Type != "Country" {
		t.Errorf("object %+v", c.Object)
	}
	want := []schema.Quantity{{Value: 1.5e9, Unit: "USD", Text: "$1.5 billion"}}
	if diff := cmp.Diff(want, claims[n].Quantities); diff != "" {
		t.Error(diff)
	}
}

// TestExtractTwice: what an article says twice is one claim with two pieces of evidence; in another voice or
// negated it is another claim.
func TestExtractTwice(t *testing.T) {
	t.Parallel()
	doc, claims := extract(t, []string{noAttack, mayAttack}, []string{saidAttack}, []string{noAttack})
	var got []string
	for n, line := range brief(claims) {
		got = append(got, fmt.Sprintf("%s x%d", line, len(claims[n].Evidence)))
	}
	want := []string{
		"Russia attacks Poland negated x2", "Russia attacks Poland possible x1",
		"Norway says Russia attacked Poland asserted x1", "Norway speaks_of Russia asserted x1", "Russia attacks Poland reported < Norway x1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("(-want +got)\n%s", diff)
	}
	first, second := claims[0].Evidence[0], claims[0].Evidence[1]
	if first.Start != 0 || second.End != len([]rune(doc.Text)) || first.Quote != second.Quote {
		t.Errorf("evidence %+v and %+v", first, second)
	}
}

// TestExtractHolds checks what every claim of every story must keep.
func TestExtractHolds(t *testing.T) {
	t.Parallel()
	doc, claims := extract(t, []string{attack, noAttack}, []string{saidAttack, mayAttack, accusation}, []string{victory, loan}, []string{visit, self, attack})
	text := []rune(doc.Text)
	ids := map[string]bool{}
	for n, c := range claims {
		line := brief(claims)[n]
		if c.ID != c.Key() {
			t.Errorf("%s: ID %s, key %s", line, c.ID, c.Key())
		}
		if ids[c.ID] {
			t.Errorf("%s: given twice", line)
		}
		ids[c.ID] = true
		if c.Object.Entity != nil && c.Object.Entity.ID == c.Subject.ID {
			t.Errorf("%s: one thing at both ends", line)
		}
		if c.Factuality == schema.Asserted && len(c.Attribution) > 0 {
			t.Errorf("%s: asserted, yet somebody else's word", line)
		}
		if c.Factuality != schema.Furthest(c.Flags...) || !slices.IsSorted(c.Flags) || slices.Contains(c.Flags, schema.Asserted) {
			t.Errorf("%s: flags %v", line, c.Flags)
		}
		if c.Confidence <= 0 || c.Confidence > 1 || c.Relation == "" || c.Rule == "" {
			t.Errorf("%s: confidence %v, relation %q, rule %q", line, c.Confidence, c.Relation, c.Rule)
		}
		for _, e := range c.Evidence {
			if e.Document != doc.ID || string(text[e.Start:e.End]) != e.Quote {
				t.Errorf("%s: evidence %+v", line, e)
			}
		}
	}
	starts := make([]int, len(claims))
	for n, c := range claims {
		starts[n] = c.Evidence[0].Start
	}
	if !slices.IsSorted(starts) {
		t.Errorf("not in the order of the first evidence: %v", starts)
	}
}

// TestExtractConcurrently uses one extractor from several goroutines: the same claims each time.
func TestExtractConcurrently(t *testing.T) {
	t.Parallel()
	doc, sents, ents := story(t, []string{attack, saidAttack}, []string{accusation, victory, loan, visit})
	e := reader(t)
	want := e.Extract(doc, sents, ents)
	got := make([][]schema.Claim, 8)
	var running sync.WaitGroup
	for n := range got {
		running.Go(func() { got[n] = e.Extract(doc, sents, ents) })
	}
	running.Wait()
	for n := range got {
		if diff := cmp.Diff(want, got[n]); diff != "" {
			t.Fatalf("run %d differs:\n%s", n, diff)
		}
	}
}

func TestExtractNothing(t *testing.T) {
	t.Parallel()
	doc, claims := extract(t)
	if len(claims) > 0 || doc.Text != "" {
		t.Errorf("%v of nothing", brief(claims))
	}
}

// TestObjectHasWords: a mark that the tagger took for a noun is no object.
func TestObjectHasWords(t *testing.T) {
	t.Parallel()
	_, claims := extract(t, []string{"Ann/Ann/NNP/5/nsubj/B-PER Lee~/Lee/NNP/1/flat/I-PER ,/,/,/1/punct –/–/NN/1/appos left/leave/VBD/0/root Rome~/Rome/NNP/5/obj/B-LOC ././PCT/5/punct"})
	for n, c := range claims {
		if c.Object.Entity == nil && c.Object.Literal == "" {
			t.Errorf("the object of %q has no words", brief(claims)[n])
		}
	}
}

func TestMerge(t *testing.T) {
	t.Parallel()
	one, two := schema.Evidence{Document: "d", Start: 0, End: 5}, schema.Evidence{Document: "d", Start: 9, End: 14}
	minsk := &schema.Entity{ID: "Minsk"}
	amount := []schema.Quantity{{Value: 3, Text: "3"}}
	for _, c := range []struct {
		name           string
		into, c, wants schema.Claim
	}{
		{"new evidence is added", schema.Claim{Confidence: 0.8, Relation: "a", Evidence: []schema.Evidence{one}}, schema.Claim{Confidence: 0.5, Relation: "b", Evidence: []schema.Evidence{two}},
			schema.Claim{Confidence: 0.8, Relation: "a", Evidence: []schema.Evidence{one, two}}},
		{"the same evidence is not", schema.Claim{Evidence: []schema.Evidence{one}}, schema.Claim{Evidence: []schema.Evidence{one}}, schema.Claim{Evidence: []schema.Evidence{one}}},
		{"the surer words stay", schema.Claim{Confidence: 0.5, Relation: "a", Rule: "conj"}, schema.Claim{Confidence: 0.8, Relation: "b", Rule: "svo"}, schema.Claim{Confidence: 0.8, Relation: "b", Rule: "svo"}},
		{"place and amounts are filled in", schema.Claim{}, schema.Claim{Place: minsk, Quantities: amount}, schema.Claim{Place: minsk, Quantities: amount}},
		{"place and amounts known stay", schema.Claim{Place: minsk, Quantities: amount}, schema.Claim{Place: &schema.Entity{ID: "Brest"}, Quantities: []schema.Quantity{{Value: 4}}}, schema.Claim{Place: minsk, Quantities: amount}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			merge(&c.into, c.c)
			if diff := cmp.Diff(c.wants, c.into); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTidy(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                        "",
		"the deal":                "the deal",
		" , the deal –":           "the deal",
		"“the deal”":              "the deal",
		"‘the deal’":              "the deal",
		`"the deal"`:              "the deal",
		"(the deal)":              "the deal",
		"“the deal":               "the deal",
		"the deal”":               "the deal",
		"“the deal” of the day":   "“the deal” of the day",
		"the people’s deal":       "the people’s deal",
		"the deal (now void)":     "the deal (now void)",
		"“one” and “two”":         "“one” and “two”",
		"-":                       "",
		"the workers’ and ‘bread": "the workers’ and ‘bread",
	} {
		if got := tidy(in); got != want {
			t.Errorf("tidy(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSnake(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   []string
		want string
	}{
		{[]string{"be", "located", "in"}, "be_located_in"},
		{[]string{"Set Up", "", "out-of"}, "set_up_out_of"},
		{[]string{"can't", "x!"}, "cant_x"},
		{[]string{"_a_", "42"}, "a_42"},
		{[]string{"été"}, "été"},
		{[]string{"!", " "}, ""},
	} {
		if got := snake(c.in...); got != c.want {
			t.Errorf("snake(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

// TestSnakeMarks: how an article writes its marks does not name another relation.
func TestSnakeMarks(t *testing.T) {
	t.Parallel()
	if got, want := snake("can’t"), snake("can't"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestNewErrors: a damaged lexicon is refused with its file and line.
func TestNewErrors(t *testing.T) {
	t.Parallel()
	goodCue := "say\tV\tccomp\treported\tsubj\tHe said so.\n"
	for _, c := range []struct{ name, cues, implied, want string }{
		{"good", goodCue, "# nothing\n", ""},
		{"too few columns", goodCue + "\n# comment\nsay\tV\n", "", cueFile + ":4: 2 columns, want 6"},
		{"no such factuality", "say\tV\tccomp\tsure\tsubj\tHe said so.\n", "", cueFile + `:1: unknown factuality "sure"`},
		{"implied, columns", goodCue, "claims_victory_in\twon_election\n", impliedFile + ":1: 2 columns, want 3"},
		{"implied, factuality", goodCue, "\nclaims_victory_in\twon_election\tsure\n", impliedFile + `:2: unknown factuality "sure"`},
		{"implied, predicate", goodCue, "claims_victory_in\twins_everything\talleged\r\n", impliedFile + `:1: unknown predicate "wins_everything"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := New(fstest.MapFS{cueFile: {Data: []byte(c.cues)}, impliedFile: {Data: []byte(c.implied)}, ConfidenceFile: {}}, schema.Default())
			got := ""
			if err != nil {
				got = err.Error()
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	if _, err := New(fstest.MapFS{}, schema.Default()); err == nil || !strings.Contains(err.Error(), cueFile) {
		t.Errorf("no files: %v", err)
	}
	if _, err := New(data.FS, schema.Default()); err != nil {
		t.Error(err)
	}
}

func TestEventOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		event string
		f     schema.Factuality
		want  string
	}{
		{"AID", schema.Planned, "AGREE"}, {"AID", schema.Asserted, "AID"}, {"RETREAT", schema.Planned, "CONCEDE"},
		{"ASSAULT", schema.Planned, "ASSAULT"}, {"CONSULT", schema.Negated, "CONSULT"}, {"", schema.Planned, ""},
	} {
		if got := eventOf(c.event, c.f); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.event, c.f, got, c.want)
		}
	}
}

// TestOnlyCounted: a passive without an agent, a place or a time still says how many.
func TestOnlyCounted(t *testing.T) {
	t.Parallel()
	const killed = "At/at/IN/2/case least/least/JJS/3/nmod 23/23/CD/4/nummod people/people/NNS/6/nsubj:pass were/be/VBD/6/aux:pass killed~/kill/VBN/0/root ././PCT/6/punct"
	_, claims := extract(t, []string{killed})
	n := slices.IndexFunc(claims, func(c schema.Claim) bool { return c.Predicate == "has_status" && c.Object.Literal == "killed" })
	if n < 0 {
		t.Fatalf("got %v, want people has_status killed", brief(claims))
	}
	if c := claims[n]; len(c.Quantities) != 1 || c.Quantities[0].Value != 23 || c.Quantities[0].Bound != "min" {
		t.Errorf("quantities %+v", c.Quantities)
	}
}
