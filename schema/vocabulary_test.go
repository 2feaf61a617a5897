package schema_test

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"newsgraph/schema"
)

func TestVocabularyLoads(t *testing.T) {
	t.Parallel()
	v := schema.Default()
	if n := v.Frames(); n < 250 {
		t.Errorf("%d frames, want at least 250", n)
	}
	for _, name := range []string{"loans", "fled_to", "meets", "head_of_state_of"} {
		if _, ok := v.Predicate(name); !ok {
			t.Errorf("no predicate %s", name)
		}
	}
	if len(v.Events()) != 16 {
		t.Errorf("%d PLOVER event types, want 16", len(v.Events()))
	}
}

func TestIsA(t *testing.T) {
	t.Parallel()
	v := schema.Default()
	tests := []struct {
		class, ancestor string
		want            bool
	}{
		{"Country", "Place", true}, {"Country", "Agent", true}, {"Person", "Agent", true}, {"Agent", "Person", false},
		{"Party", "Organization", true}, {"Law", "Document", true}, {"Person", "Person", true}, {"", "Person", false},
		{"Person", "", false}, {"Dragon", "Agent", false}, {"Place", "Agent", false},
	}
	for _, tt := range tests {
		if got := v.IsA(tt.class, tt.ancestor); got != tt.want {
			t.Errorf("IsA(%q, %q) = %v", tt.class, tt.ancestor, got)
		}
	}
}

var bracketed = regexp.MustCompile(`\b([XY])\[([^\]]+)\]`)

// irregular forms of triggers, for the check that an example uses its frame's word.
var irregular = map[string]string{
	"went": "go", "sat": "sit", "held": "hold", "had": "have", "paid": "pay", "is": "be", "was": "be", "were": "be", "are": "be",
	"took": "take", "spoke": "speak", "said": "say", "told": "tell", "wrote": "write", "gave": "give", "stood": "stand", "stands": "stand",
	"won": "win", "sent": "send", "made": "make", "held_": "hold", "fell": "fall", "sought": "seek", "left": "leave", "broke": "break",
	"began": "begin", "tore": "tear", "met": "meet", "lent": "lend", "fled": "flee", "swore": "swear", "came": "come", "became": "become",
	"has": "have", "shot": "shoot", "fought": "fight", "bought": "buy", "sold": "sell", "led": "lead", "ran": "run", "lost": "lose",
	"beat": "beat", "withdrew": "withdraw", "struck": "strike", "overthrew": "overthrow", "cut": "cut", "grew": "grow", "threw": "throw",
	"leant": "lean", "brought": "bring", "put": "put", "drove": "drive", "rose": "rise", "stole": "steal", "found": "find", "froze": "freeze",
	"shut": "shut", "set": "set", "taught": "teach", "chose": "choose", "drew": "draw", "hid": "hide", "built": "build", "laid": "lay",
	"spent": "spend", "kept": "keep", "hit": "hit", "bore": "bear", "born": "bear", "slew": "slay", "forgave": "forgive", "bled": "bleed",
	"died": "die", "retook": "retake", "spied": "spy", "flew": "fly", "dying": "die", "lies": "lie", "lay": "lie", "aged": "age", "caught": "catch", "hung": "hang", "upheld": "uphold", "saw": "see",
}

func TestFrameExamples(t *testing.T) {
	t.Parallel()
	v := schema.Default()
	for i := range v.Frames() {
		f := v.Frame(i)
		found := bracketed.FindAllStringSubmatch(f.Example, -1)
		if len(found) != 2 || found[0][1] == found[1][1] {
			t.Errorf("%s %q: example %q does not name X and Y once each", f.Predicate, f.Pattern, f.Example)
			continue
		}
		if !usesTrigger(v, f) {
			t.Errorf("%s %q: example %q lacks the word of the frame", f.Predicate, f.Pattern, f.Example)
		}
	}
}

// usesTrigger says whether some word of the example looks like a form of one of the frame's words.
func usesTrigger(v *schema.Vocabulary, f schema.Frame) bool {
	words := regexp.MustCompile(`[a-z]+`).FindAllString(strings.ToLower(f.Example), -1)
	for _, lemma := range v.Triggers(f) {
		first, _, _ := strings.Cut(lemma, "_")
		first, _, _ = strings.Cut(first, "-")
		stem := first[:min(len(first), max(3, len(first)-2))]
		for _, w := range words {
			if strings.HasPrefix(w, stem) || irregular[w] == first {
				return true
			}
		}
	}
	return false
}

func TestLoadVocabularyErrors(t *testing.T) {
	t.Parallel()
	good := map[string]string{
		"classes.tsv":    "Agent\t-\t-\tg\t-\nPerson\tAgent\t-\tg\t-\n",
		"events.tsv":     "AID\tM-coop\t-\tg\n",
		"terms.tsv":      "Factuality\tclass\t-\t-\tg\nasserted\tFactuality\t-\t-\tg\n",
		"predicates.tsv": "loans\tX lends to Y\tAgent\tAgent\t-\tAID\t-\t-\n",
		"exclusive.tsv":  "total\tloans\t-\tw\n",
		"sets.tsv":       "give\tgive|grant\n",
		"frames.tsv":     "loans\tverb\tlend to:Y\tX[A] lent to Y[B].\n",
	}
	tests := []struct{ name, file, text, want string }{
		{"good", "sets.tsv", "give\tgive\n", ""},
		{"fields", "classes.tsv", "Agent\t-\n", "classes.tsv:1: 2 fields"},
		{"class above", "classes.tsv", "Person\tAgent\t-\tg\t-\n", `unknown class "Agent"`},
		{"event", "predicates.tsv", "loans\tg\tAgent\t-\t-\tHELP\t-\t-\n", `predicates.tsv:1: unknown event type "HELP"`},
		{"own term", "terms.tsv", "x\tproperty\t-\t-\tg\ny\tz\t-\t-\tg\n", `terms.tsv:2: unknown kind of term "z"`},
		{"own term twice", "terms.tsv", "x\tclass\t-\t-\tg\nx\tx\t-\t-\tg\n", `term "x" twice`},
		{"own term that is a class", "terms.tsv", "Agent\tclass\t-\t-\tg\n", `term "Agent" is a class`},
		{"mapped term", "predicates.tsv", "loans\tX lends to Y\tAgent\tAgent\t-\t-\t-\t^foaf:x\n", `unknown mapped term "^foaf:x"`},
		{"mapped class", "classes.tsv", "Agent\t-\t-\tg\twd:\n", `unknown mapped term "wd:"`},
		{"symmetric", "predicates.tsv", "loans\tX lends to Y\tAgent\t-\tsymmetric\t-\t-\t-\n", "symmetric and differs"},
		{"mode", "predicates.tsv", "loans\tg\tAgent\t-\t-\tAID\tx\t-\n", `unknown mode of AID "x"`},
		{"domain", "predicates.tsv", "loans\tg\tRobot\t-\t-\t-\t-\t-\n", `unknown class "Robot"`},
		{"inverse", "predicates.tsv", "loans\tg\t-\t-\towes\t-\t-\t-\n", `unknown predicate "owes"`},
		{"exclusion", "exclusive.tsv", "sole\tloans\t-\tw\n", `exclusive.tsv:1: unknown kind of exclusion "sole"`},
		{"opposed to nothing", "exclusive.tsv", "opposed\tloans\t-\tw\n", "1 opposed predicates, want 2"},
		{"excluded predicate", "exclusive.tsv", "total\tlends\t-\tw\n", `unknown predicate "lends"`},
		{"excluded class", "exclusive.tsv", "one_object\tloans:Robot\t-\tw\n", `unknown class "Robot"`},
		{"tolerance", "exclusive.tsv", "total\tloans\tx\tw\n", `"x" is no tolerance`},
		{"predicate", "frames.tsv", "#\nlends\tverb\tlend to:Y\tx\n", `frames.tsv:2: unknown predicate "lends"`},
		{"kind", "frames.tsv", "loans\tadverb\tlend to:Y\tx\n", `unknown kind of frame "adverb"`},
		{"set", "frames.tsv", "loans\tverb\tlend obj:@money to:Y\tx\n", `unknown set "money"`},
		{"no Y", "frames.tsv", "loans\tverb\tlend obj:money\tx\n", "X 1 times and Y 0 times"},
		{"two Y", "frames.tsv", "loans\tverb\tlend obj:Y to:Y\tx\n", "Y 2 times"},
		{"bracket", "frames.tsv", "loans\tverb\tlend obj:money(to:Y\tx\n", "no closing bracket"},
		{"left over", "frames.tsv", "loans\tverb\tlend to:Y)\tx\n", "left over"},
		{"brace", "frames.tsv", "loans\tverb\tlend to:Y{Agent\tx\n", "no closing brace"},
		{"colon", "frames.tsv", "loans\tverb\tlend Y\tx\n", "no colon"},
		{"lemma", "frames.tsv", "loans\tverb\tLend to:Y\tx\n", `unknown lemma "Lend"`},
		{"filler class", "frames.tsv", "loans\tverb\tlend to:Y{Robot}\tx\n", `unknown class "Robot"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fsys := fstest.MapFS{}
			for name, text := range good {
				fsys[name] = &fstest.MapFile{Data: []byte(text)}
			}
			fsys[tt.file] = &fstest.MapFile{Data: []byte(tt.text)}
			_, err := schema.LoadVocabulary(fsys)
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("error %v, want none", err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

// A fault in frames.tsv is an error, never a panic, and what loads can be matched.
func FuzzFrames(f *testing.F) {
	f.Add("loans\tverb\tlend|loan subj:X iobj|to:Y\tx")
	f.Add("loans\tnoun\tloan? from:X{+Agent} ~to:Y!=bank|@give obj:!x(of:*)\tx")
	f.Add("loans\tverb\tlend obj:Y{!Agent} (\tx")
	fsys := fstest.MapFS{
		"classes.tsv":    {Data: []byte("Agent\t-\t-\tg\t-\n")},
		"events.tsv":     {Data: []byte("AID\tM-coop\t-\tg\n")},
		"terms.tsv":      {Data: []byte("Factuality\tclass\t-\t-\tg\n")},
		"predicates.tsv": {Data: []byte("loans\tX lends to Y\tAgent\tAgent\t-\tAID\t-\t-\n")},
		"exclusive.tsv":  {},
		"sets.tsv":       {Data: []byte("give\tgive|grant\n")},
	}
	f.Fuzz(func(t *testing.T, frames string) {
		files := fstest.MapFS{"frames.tsv": {Data: []byte(frames)}}
		for name, file := range fsys {
			files[name] = file
		}
		v, err := schema.LoadVocabulary(files)
		if err != nil {
			return
		}
		slots := []schema.Slot{{Role: "subj", Ref: 1}, {Role: "obj", Ref: 2, Slots: []schema.Slot{{Role: "to", Ref: 3}}}}
		for i := range v.Frames() {
			for _, lemma := range v.Triggers(v.Frame(i)) {
				v.Match(schema.Clause{Kind: v.Frame(i).Kind, Lemma: lemma, Slots: slots})
			}
		}
	})
}
