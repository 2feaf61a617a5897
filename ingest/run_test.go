package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"newsgraph/ingest"
	"newsgraph/schema"
)

// read analyses a text; blank lines part its blocks.
func read(t testing.TB, text string) *ingest.Result {
	t.Helper()
	r, err := load(t).Analyse(context.Background(), document("story", text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func document(id, text string) schema.Document {
	doc := schema.Document{ID: id, Text: text, Published: "2024-05-28"}
	start := 0
	for part := range strings.SplitSeq(text, "\n\n") {
		end := start + len([]rune(part))
		if end > start {
			doc.Blocks = append(doc.Blocks, schema.Block{Start: start, End: end})
		}
		start = end + 2
	}
	return doc
}

// says is what a claim says, without how far it is from a fact.
func says(c schema.Claim) string {
	object := c.Object.Literal
	if c.Object.Entity != nil {
		object = c.Object.Entity.ID
	}
	return c.Subject.ID + " " + c.Predicate + " " + object
}

// asserted lists what an article itself says is so.
func asserted(claims []schema.Claim) map[string]bool {
	out := map[string]bool{}
	for _, c := range claims {
		if c.Factuality == schema.Asserted {
			out[says(c)] = true
		}
	}
	return out
}

// statement is a simple sentence: subject, verb and the rest, with the infinitive for negation.
type statement struct{ subject, past, base, rest string }

func (s statement) plain() string { return s.subject + " " + s.past + " " + s.rest }

// statements name known countries, cities, people and organisations, so that the models find their ends.
var statements = []statement{
	{"Israel", "attacked", "attack", "Iran"},
	{"Germany", "supported", "support", "Ukraine"},
	{"Turkey", "invaded", "invade", "Syria"},
	{"Sweden", "joined", "join", "NATO"},
	{"France", "recognised", "recognise", "Kosovo"},
	{"China", "criticised", "criticise", "Japan"},
	{"Angela Merkel", "visited", "visit", "Beijing"},
	{"Ethiopia", "signed", "sign", "a treaty with Eritrea"},
	{"Poland", "expelled", "expel", "the ambassador of Belarus"},
	{"Emmanuel Macron", "met", "meet", "Angela Merkel"},
	{"Canada", "imposed", "impose", "sanctions on Russia"},
	{"Serbia", "bought", "buy", "tanks from Italy"},
	{"Boris Johnson", "praised", "praise", "Narendra Modi"},
	{"Egypt", "threatened", "threaten", "Sudan"},
	{"Norway", "helped", "help", "Finland"},
	{"Hungary", "blocked", "block", "Montenegro"},
}

// change makes of a statement a sentence in which the article no longer vouches for it.
type change struct {
	name string
	wrap func(statement) string
	want schema.Factuality
	by   string // who must be among the sources; empty for anybody
	// least is of how many statements the changed claim must be found.
	least int
	bug   string
}

var changes = []change{
	{"negated", func(s statement) string { return s.subject + " did not " + s.base + " " + s.rest + "." }, schema.Negated, "", 15, ""},
	{"never", func(s statement) string { return s.subject + " never " + s.past + " " + s.rest + "." }, schema.Negated, "", 15, ""},
	{"not true that", func(s statement) string { return "It is not true that " + s.plain() + "." }, schema.Negated, "", 11, "a that-clause read as advcl of an adjective keeps the article's voice"},
	{"allegedly before the verb", func(s statement) string { return s.subject + " allegedly " + s.past + " " + s.rest + "." }, schema.Alleged, "", 14, ""},
	{"allegedly at the head", func(s statement) string { return "Allegedly, " + s.plain() + "." }, schema.Alleged, "", 15, ""},
	{"allegedly at the end", func(s statement) string { return s.plain() + ", allegedly." }, schema.Alleged, "", 12, ""},
	{"reportedly", func(s statement) string { return s.subject + " reportedly " + s.past + " " + s.rest + "." }, schema.Reported, "", 15, ""},
	{"said that", func(s statement) string { return "Reuters said that " + s.plain() + "." }, schema.Reported, "Reuters", 15, ""},
	{"said", func(s statement) string { return "Reuters said " + s.plain() + "." }, schema.Reported, "Reuters", 14, ""},
	{"said, after", func(s statement) string { return s.plain() + ", Reuters said." }, schema.Reported, "Reuters", 14, "a report read as advcl of a verb of saying keeps the article's voice"},
	{"according to, before", func(s statement) string { return "According to Reuters, " + s.plain() + "." }, schema.Reported, "Reuters", 14, ""},
	{"according to, after", func(s statement) string { return s.plain() + ", according to Reuters." }, schema.Reported, "Reuters", 14, "according read as a verb with an oblique names no source"},
	{"in quotation marks", func(s statement) string { return "“" + s.plain() + " last week,” Reuters said." }, schema.Reported, "Reuters", 14, ""},
	{"claimed that", func(s statement) string { return "Reuters claimed that " + s.plain() + "." }, schema.Alleged, "Reuters", 15, ""},
	{"denied that", func(s statement) string { return "Reuters denied that " + s.plain() + "." }, schema.Negated, "Reuters", 15, ""},
	{"may", func(s statement) string { return s.subject + " may " + s.base + " " + s.rest + "." }, schema.Possible, "", 15, ""},
	{"will", func(s statement) string { return s.subject + " will " + s.base + " " + s.rest + "." }, schema.Planned, "", 15, ""},
	{"plans to", func(s statement) string { return s.subject + " plans to " + s.base + " " + s.rest + "." }, schema.Planned, "", 12, ""},
	{"tried to", func(s statement) string { return s.subject + " tried to " + s.base + " " + s.rest + "." }, schema.Attempted, "", 15, ""},
	{"if", func(s statement) string { return "If " + s.plain() + ", Australia would protest." }, schema.Possible, "", 12, ""},
	{"asked whether", func(s statement) string { return "Reuters asked whether " + s.plain() + "." }, schema.Possible, "", 14, ""},
	{"question", func(s statement) string { return "Did " + s.subject + " " + s.base + " " + s.rest + "?" }, schema.Possible, "", 14, ""},
}

// TestMetamorphic changes statements so that the article no longer vouches for them: none of what the plain
// sentence asserts may be asserted then, and the factuality wanted must be found.
func TestMetamorphic(t *testing.T) {
	t.Parallel()
	for _, c := range changes {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			found := 0
			var leaks []string
			for _, s := range statements {
				hit, leaked := c.apply(t, s)
				if hit {
					found++
				}
				leaks = append(leaks, leaked...)
			}
			if c.bug != "" && (len(leaks) > 0 || found < c.least) {
				t.Log("once wrong: " + c.bug)
			}
			for _, l := range leaks {
				t.Error(l)
			}
			if found < c.least {
				t.Errorf("%d of %d statements found, want %d", found, len(statements), c.least)
			}
		})
	}
}

// apply reads a statement plain and changed: whether the changed claim is found, and what is still asserted.
func (c change) apply(t *testing.T, s statement) (found bool, leaks []string) {
	t.Helper()
	plain := asserted(read(t, s.plain()+".").Analysis.Claims)
	if len(plain) == 0 {
		t.Errorf("%q asserts nothing", s.plain())
	}
	for _, x := range read(t, c.wrap(s)).Analysis.Claims {
		switch {
		case !plain[says(x)]:
		case x.Factuality == schema.Asserted:
			leaks = append(leaks, fmt.Sprintf("%q asserts %s", c.wrap(s), says(x)))
		case slices.Contains(x.Flags, c.want) && (c.by == "" || spokenBy(x, c.by)):
			found = true
		}
	}
	if !found {
		t.Logf("%q has no %s claim", c.wrap(s), c.want)
	}
	return found, leaks
}

func spokenBy(c schema.Claim, label string) bool {
	return slices.ContainsFunc(c.Attribution, func(e schema.Entity) bool { return e.Label == label })
}

// TestLabelledSpeech: what stands after "X said:" is X's word, in a block of its own too.
func TestLabelledSpeech(t *testing.T) {
	t.Parallel()
	r := read(t, "The foreign ministry said: Israel attacked Iran.\n\nNorway helped Finland.")
	if asserted(r.Analysis.Claims)["Israel attacks Iran"] {
		t.Error("the attack is asserted, want reported")
	}
}

// TestUnrelatedParagraph: a paragraph about others, added at the end, leaves the claims before it as they are.
func TestUnrelatedParagraph(t *testing.T) {
	t.Parallel()
	for n, s := range statements {
		other := statements[(n+5)%len(statements)]
		first := s.plain() + "."
		want := read(t, first).Analysis.Claims
		var got []schema.Claim
		for _, c := range read(t, first+"\n\n"+other.plain()+".").Analysis.Claims {
			if c.Evidence[0].Start < len([]rune(first)) {
				got = append(got, c)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q before %q:\n%s", first, other.plain(), diff)
		}
	}
}

// TestSaidTwice: a caption printed twice gives one claim with two pieces of evidence.
func TestSaidTwice(t *testing.T) {
	t.Parallel()
	const caption = "Israel attacked Iran in April 2024."
	text := caption + "\n\nNorway helped Finland.\n\n" + caption
	var found []schema.Claim
	for _, c := range read(t, text).Analysis.Claims {
		if c.Predicate == "attacks" {
			found = append(found, c)
		}
	}
	if len(found) != 1 || len(found[0].Evidence) != 2 {
		t.Fatalf("%d claims: %+v", len(found), found)
	}
	a, b := found[0].Evidence[0], found[0].Evidence[1]
	if a.Start != 0 || b.End != len([]rune(text)) || a.Quote != caption || b.Quote != caption {
		t.Errorf("evidence %+v and %+v", a, b)
	}
}

// TestVictory: who claims victory has, by itself, not won.
func TestVictory(t *testing.T) {
	t.Parallel()
	won := 0
	for _, c := range read(t, "Nicolas Maduro claimed victory in the presidential election.").Analysis.Claims {
		if c.Predicate == "won_election" {
			won++
			if c.Factuality != schema.Alleged || len(c.Attribution) != 1 || c.Attribution[0].ID != c.Subject.ID {
				t.Errorf("%s by %v", c.Factuality, c.Attribution)
			}
		}
	}
	if won != 1 {
		t.Errorf("%d claims of having won, want 1", won)
	}
}

// dispatch is the longest text of testdata.
func dispatch(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("testdata/georgia.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestDeterminism analyses one article several times, one after the other and at once, in one pipeline and in
// another: the same result each time.
func TestDeterminism(t *testing.T) {
	t.Parallel()
	text := dispatch(t)
	want := read(t, text)
	if len(want.Analysis.Claims) == 0 {
		t.Fatal("no claims")
	}
	p := load(t)
	got := make([]*ingest.Result, 6)
	var running sync.WaitGroup
	for n := range got {
		running.Go(func() { got[n], _ = p.Analyse(context.Background(), document("story", text)) })
	}
	running.Wait()
	for n, r := range append(got, read(t, text)) {
		if r == nil {
			t.Fatalf("run %d failed", n)
		}
		if diff := cmp.Diff(want, r); diff != "" {
			t.Fatalf("run %d differs:\n%s", n, diff)
		}
	}
}

// TestClaimsHold checks what every claim of the dispatches must keep.
func TestClaimsHold(t *testing.T) {
	t.Parallel()
	for _, c := range read(t, dispatch(t)).Analysis.Claims {
		switch {
		case c.ID != c.Key():
			t.Errorf("%s: ID %s, key %s", says(c), c.ID, c.Key())
		case c.Factuality == schema.Asserted && len(c.Attribution) > 0:
			t.Errorf("%s: asserted, yet %s's word", says(c), c.Attribution[0].Label)
		case c.Factuality != schema.Furthest(c.Flags...):
			t.Errorf("%s: %s of %v", says(c), c.Factuality, c.Flags)
		case c.Object.Entity != nil && c.Object.Entity.ID == c.Subject.ID:
			t.Errorf("%s: one thing at both ends", says(c))
		}
	}
}

// documents gives n short articles of uneven length; it stops when the reader does.
func documents(n int) iter.Seq[schema.Document] {
	return func(yield func(schema.Document) bool) {
		for i := range n {
			text := strings.Repeat(statements[i%len(statements)].plain()+". ", 1+7*(i%3))
			if !yield(document(fmt.Sprint("d", i), text)) {
				return
			}
		}
	}
}

const endless = 1 << 30

func TestRunKeepsOrder(t *testing.T) {
	t.Parallel()
	for _, workers := range []int{0, 1, 2, 7} {
		t.Run(fmt.Sprint(workers), func(t *testing.T) {
			t.Parallel()
			var got, want []string
			err := load(t).Run(context.Background(), documents(30), workers, func(r *ingest.Result) error {
				got = append(got, r.Analysis.Document.ID)
				return nil
			})
			for i := range 30 {
				want = append(want, fmt.Sprint("d", i))
			}
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("%v\n%s", err, diff)
			}
		})
	}
}

// TestRunEnds runs in a bubble, which fails when a goroutine of Run is left.
func TestRunEnds(t *testing.T) {
	t.Parallel()
	errEnough := errors.New("enough")
	for _, c := range []struct {
		name string
		docs int
		f    func(n int, cancel func()) error // n counts the results from 1
		want error
		most int // results that may reach f
	}{
		{"no documents", 0, func(int, func()) error { return nil }, nil, 0},
		{"all documents", 5, func(int, func()) error { return nil }, nil, 5},
		{"first result refused", endless, func(int, func()) error { return errEnough }, errEnough, 1},
		{"a later result refused", endless, func(n int, _ func()) error {
			if n == 4 {
				return errEnough
			}
			return nil
		}, errEnough, 4},
		{"last result refused", 3, func(n int, _ func()) error {
			if n == 3 {
				return errEnough
			}
			return nil
		}, errEnough, 3},
		{"cancelled between results", endless, func(n int, cancel func()) error {
			if n == 2 {
				cancel()
			}
			return nil
		}, context.Canceled, endless},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := load(t)
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				n := 0
				err := p.Run(ctx, documents(c.docs), 3, func(*ingest.Result) error {
					n++
					return c.f(n, cancel)
				})
				if !errors.Is(err, c.want) || n > c.most {
					t.Errorf("%v after %d results, want %v after %d at most", err, n, c.want, c.most)
				}
			})
		})
	}
}

func TestRunCancelledBefore(t *testing.T) {
	t.Parallel()
	p := load(t)
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		err := p.Run(ctx, documents(endless), 2, func(*ingest.Result) error { return nil })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want %v", err, context.Canceled)
		}
	})
}

func TestAnalyseCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r, err := load(t).Analyse(ctx, document("d", "Israel attacked Iran.")); r != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, %v", r, err)
	}
}

// maxFuzz keeps an input of the fuzz test to a paragraph or two.
const maxFuzz = 600

// FuzzExtract reads any text as an article: no panic, and every claim with its parts and its words.
func FuzzExtract(f *testing.F) {
	for _, s := range []string{
		"", "\n\n", "Israel attacked Iran, Reuters said.\n\n“We shall never leave,” Ann Lee told the BBC in Geneva.",
		"The bank lent 9e307 billion billion euros, 80 per cent of $20m, to Boeing 737 on 14 September 2020.",
		"Plea for help: Łódź’s mayor 'won't' go ‘home", "He said \"that she said “that they said 'no", "\xff\xfe Minsk \u202e, Belarus \x00 said it",
		"President President President of of of the the Russia, who who whom he he", "A's B's C's said said said that that that.",
	} {
		f.Add(s)
	}
	p := load(f)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > maxFuzz {
			t.Skip()
		}
		r, err := p.Analyse(context.Background(), document("fuzz", text))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range r.Analysis.Claims {
			checkClaim(t, []rune(text), c)
		}
	})
}

func checkClaim(t *testing.T, text []rune, c schema.Claim) {
	t.Helper()
	if c.Object.Entity == nil && c.Object.Literal == "" {
		t.Fatalf("the object of %s has no words", says(c))
		return
	}
	if c.Subject.ID == "" || c.Predicate == "" || c.Object.Entity == nil && strings.TrimSpace(c.Object.Literal) == "" || c.Object.Entity != nil && c.Object.Entity.ID == "" {
		t.Errorf("a part is missing: %+v", c)
	}
	if c.ID != c.Key() {
		t.Errorf("%s: ID %s, key %s", says(c), c.ID, c.Key())
	}
	if !(c.Confidence > 0 && c.Confidence <= 1) {
		t.Errorf("%s: confidence %v", says(c), c.Confidence)
	}
	if len(c.Evidence) == 0 {
		t.Errorf("%s: no evidence", says(c))
	}
	for _, e := range c.Evidence {
		if e.Start < 0 || e.Start >= e.End || e.End > len(text) || string(text[e.Start:e.End]) != e.Quote {
			t.Errorf("%s: evidence %+v", says(c), e)
		}
	}
}

// TestAnalyseSurvivesFaults gives a pipeline without its parts: the fault is an error that names the document.
func TestAnalyseSurvivesFaults(t *testing.T) {
	t.Parallel()
	_, err := new(ingest.Pipeline).Analyse(context.Background(), schema.Document{ID: "odd-article", Text: "Rain fell."})
	if err == nil || !strings.Contains(err.Error(), "odd-article") {
		t.Errorf("got %v, want an error that names the article", err)
	}
}
