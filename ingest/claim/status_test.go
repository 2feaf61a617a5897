package claim

import (
	"slices"
	"strings"
	"testing"

	"newsgraph/schema"
)

// TestJudge reads trees made by hand. A judgement is written "word flag flag < source source", the flags
// sorted and the source nearest to the article first.
func TestJudge(t *testing.T) {
	t.Parallel()
	e := reader(t)
	for _, c := range []struct {
		name, spec string
		want       []string
	}{
		{name: "the article's own voice",
			spec: "The/the/DT/2/det army/army/NN/3/nsubj shelled/shell/VBD/0/root Brest/Brest/NNP/3/obj",
			want: []string{"shelled"}},

		// Sources.
		{name: "said that",
			spec: "Officials/official/NNS/2/nsubj said/say/VBD/0/root that/that/IN/5/mark troops/troop/NNS/5/nsubj left/leave/VBD/2/ccomp",
			want: []string{"said", "left reported < Officials", "troops reported < Officials"}},
		{name: "RIA quoted the ministry as saying",
			spec: "RIA/RIA/NNP/2/nsubj quoted/quote/VBD/0/root the/the/DT/4/det ministry/ministry/NN/2/obj as/as/IN/6/mark saying/say/VBG/2/advcl that/that/IN/9/mark troops/troop/NNS/9/nsubj left/leave/VBD/6/ccomp",
			want: []string{"quoted", "left reported < RIA ministry"}},
		{name: "said that somebody claimed that",
			spec: "Tass/Tass/NNP/2/nsubj said/say/VBD/0/root the/the/DT/4/det envoy/envoy/NN/5/nsubj claimed/claim/VBD/2/ccomp that/that/IN/8/mark troops/troop/NNS/8/nsubj left/leave/VBD/5/ccomp",
			want: []string{"claimed reported < Tass", "left reported alleged < Tass envoy"}},
		{name: "said, citing",
			spec: "Tass/Tass/NNP/2/nsubj said/say/VBD/0/root troops/troop/NNS/4/nsubj left~/leave/VBD/2/ccomp ,/,/,/2/punct citing/cite/VBG/2/advcl the/the/DT/8/det ministry/ministry/NN/6/obj",
			want: []string{"left reported < Tass ministry"}},
		{name: "according to, before",
			spec: "According/accord/VBG/4/case to/to/IN/1/fixed the/the/DT/4/det ministry~/ministry/NN/7/obl ,/,/,/4/punct troops/troop/NNS/7/nsubj left/leave/VBD/0/root",
			want: []string{"left reported < ministry"}},
		{name: "according to, after",
			spec: "Troops/troop/NNS/2/nsubj left~/leave/VBD/0/root ,/,/,/2/punct according/accord/VBG/6/case to/to/IN/4/fixed ministry/ministry/NN/2/obl",
			want: []string{"left reported < ministry"}},
		{name: "according to, of the inner clause only",
			spec: "He/he/PRP/2/nsubj resigned/resign/VBD/0/root after/after/IN/5/mark troops/troop/NNS/5/nsubj fled/flee/VBD/2/advcl according/accord/VBG/8/case to/to/IN/6/fixed Tass/Tass/NNP/5/obl",
			want: []string{"resigned", "fled reported < Tass"}},
		{name: "postposed said",
			spec: "Troops/troop/NNS/2/nsubj left~/leave/VBD/0/root ,/,/,/2/punct the/the/DT/5/det ministry/ministry/NN/6/nsubj said/say/VBD/2/parataxis",
			want: []string{"left reported < ministry", "said"}},
		{name: "said in the middle",
			spec: "Troops~/troop/NNS/7/nsubj ,/,/,/5/punct the/the/DT/4/det ministry/ministry/NN/5/nsubj said~/say/VBD/7/parataxis ,/,/,/5/punct left/leave/VBD/0/root",
			want: []string{"left reported < ministry"}},
		{name: "as the ministry said",
			spec: "Troops/troop/NNS/2/nsubj left~/leave/VBD/0/root ,/,/,/2/punct as/as/IN/7/mark the/the/DT/6/det ministry/ministry/NN/7/nsubj said/say/VBD/2/advcl",
			want: []string{"left reported < ministry"}},
		{name: "postposed claimed",
			spec: "Troops/troop/NNS/2/nsubj left~/leave/VBD/0/root ,/,/,/2/punct he/he/PRP/5/nsubj claimed/claim/VBD/2/parataxis",
			want: []string{"left alleged < he"}},
		{name: "the other clause of a report is the article's",
			spec: "Officials/official/NNS/2/nsubj said/say/VBD/0/root troops/troop/NNS/4/nsubj left/leave/VBD/2/ccomp and/and/CC/7/cc shops/shop/NNS/7/nsubj closed/close/VBD/2/conj",
			want: []string{"left reported < Officials", "closed"}},
		{name: "both clauses of a report",
			spec: "Officials/official/NNS/2/nsubj said/say/VBD/0/root troops/troop/NNS/4/nsubj left/leave/VBD/2/ccomp and/and/CC/7/cc shops/shop/NNS/7/nsubj closed/close/VBD/4/conj",
			want: []string{"left reported < Officials", "closed reported < Officials"}},
		{name: "a relative clause inside a report",
			spec: "Officials/official/NNS/2/nsubj said/say/VBD/0/root troops/troop/NNS/7/nsubj who/who/WP/5/nsubj rebelled/rebel/VBD/3/acl:relcl had/have/VBD/7/aux left/leave/VBN/2/ccomp",
			want: []string{"rebelled reported < Officials"}},
		{name: "passive said to have",
			spec: "He/he/PRP/3/nsubj:pass is/be/VBZ/3/aux:pass said/say/VBN/0/root to/to/TO/6/mark have/have/VB/6/aux fled/flee/VBN/3/xcomp",
			want: []string{"fled alleged"}},
		{name: "the claim that",
			spec: "The/the/DT/2/det claim/claim/NN/6/nsubj that/that/IN/5/mark troops/troop/NNS/5/nsubj left/leave/VBD/2/acl spread/spread/VBD/0/root",
			want: []string{"left alleged", "spread"}},
		{name: "its claim that",
			spec: "Its/its/PRP$/2/nmod:poss claim/claim/NN/6/nsubj that/that/IN/5/mark troops/troop/NNS/5/nsubj left/leave/VBD/2/acl spread/spread/VBD/0/root",
			want: []string{"left alleged < Its"}},
		{name: "accused of",
			spec: "Kyiv/Kyiv/NNP/2/nsubj accused/accuse/VBD/0/root Moscow/Moscow/NNP/2/obj of/of/IN/5/mark lying/lie/VBG/2/advcl",
			want: []string{"accused", "lying alleged < Kyiv"}},
		{name: "accused of, passive with an agent",
			spec: "He/he/PRP/3/nsubj:pass was/be/VBD/3/aux:pass accused/accuse/VBN/0/root of/of/IN/5/mark lying/lie/VBG/3/advcl by/by/IN/7/case Kyiv/Kyiv/NNP/3/obl:agent",
			want: []string{"accused", "lying alleged < Kyiv"}},
		{name: "allegedly",
			spec: "Troops/troop/NNS/3/nsubj allegedly/allegedly/RB/3/advmod left/leave/VBD/0/root",
			want: []string{"left alleged"}},
		{name: "reportedly, of a conjunct without a subject",
			spec: "He/he/PRP/3/nsubj reportedly/reportedly/RB/3/advmod fled/flee/VBD/0/root and/and/CC/5/cc died/die/VBD/3/conj",
			want: []string{"fled reported", "died reported"}},

		// Denial.
		{name: "denied that",
			spec: "Moscow/Moscow/NNP/2/nsubj denied/deny/VBD/0/root that/that/IN/5/mark jets/jet/NNS/5/nsubj crossed/cross/VBD/2/ccomp",
			want: []string{"denied", "crossed negated < Moscow"}},
		{name: "denied doing",
			spec: "Moscow/Moscow/NNP/2/nsubj denied/deny/VBD/0/root bombing/bomb/VBG/2/xcomp Brest/Brest/NNP/3/obj",
			want: []string{"bombing negated < Moscow"}},
		{name: "refused to",
			spec: "He/he/PRP/2/nsubj refused/refuse/VBD/0/root to/to/TO/4/mark sign/sign/VB/2/xcomp",
			want: []string{"refused", "sign negated"}},
		{name: "prevented from",
			spec: "Police/police/NNS/2/nsubj prevented/prevent/VBD/0/root them/they/PRP/2/obj from/from/IN/5/mark leaving/leave/VBG/2/advcl",
			want: []string{"prevented", "leaving negated"}},
		{name: "without doing",
			spec: "She/she/PRP/2/nsubj left/leave/VBD/0/root without/without/IN/4/mark paying/pay/VBG/2/advcl",
			want: []string{"left", "paying negated"}},
		{name: "not",
			spec: "Troops/troop/NNS/4/nsubj did/do/VBD/4/aux not/not/RB/4/advmod leave/leave/VB/0/root",
			want: []string{"leave negated"}},
		{name: "never",
			spec: "Troops/troop/NNS/3/nsubj never/never/RB/3/advmod left/leave/VBD/0/root",
			want: []string{"left negated"}},
		{name: "no troops",
			spec: "No/no/DT/2/det troops/troop/NNS/3/nsubj left/leave/VBD/0/root",
			want: []string{"left negated", "troops negated"}},
		{name: "found no proof",
			spec: "Police/police/NNS/2/nsubj found/find/VBD/0/root no/no/DT/4/det arms/arm/NNS/2/obj",
			want: []string{"found negated"}},
		{name: "nobody",
			spec: "Nobody/nobody/NN/2/nsubj left/leave/VBD/0/root",
			want: []string{"left negated"}},
		{name: "none of the troops",
			spec: "None/none/NN/4/nsubj of/of/IN/3/case them/they/PRP/1/nmod left/leave/VBD/0/root",
			want: []string{"left negated"}},
		{name: "neither side",
			spec: "Neither/neither/DT/2/det side/side/NN/3/nsubj won/win/VBD/0/root",
			want: []string{"won negated"}},
		{name: "neither nor",
			spec: "Troops/troop/NNS/3/nsubj neither/neither/CC/3/cc:preconj left/leave/VBD/0/root nor/nor/CC/5/cc fired/fire/VBD/3/conj",
			want: []string{"left negated", "fired negated"}},
		{name: "has yet to",
			spec: "Rome/Rome/NNP/2/nsubj has/have/VBZ/0/root yet/yet/RB/2/advmod to/to/TO/5/mark publish/publish/VB/2/xcomp",
			want: []string{"publish negated"}},
		{name: "not shared by a conjunct with a subject of its own",
			spec: "Troops/troop/NNS/4/nsubj did/do/VBD/4/aux not/not/RB/4/advmod leave/leave/VB/0/root but/but/CC/7/cc rebels/rebel/NNS/7/nsubj fled/flee/VBD/4/conj",
			want: []string{"leave negated", "fled"}},
		{name: "did not say",
			spec: "He/he/PRP/4/nsubj did/do/VBD/4/aux not/not/RB/4/advmod say/say/VB/0/root that/that/IN/7/mark troops/troop/NNS/7/nsubj left/leave/VBD/4/ccomp",
			want: []string{"say negated", "left reported possible < He"}},
		{name: "did not manage to",
			spec: "He/he/PRP/4/nsubj did/do/VBD/4/aux not/not/RB/4/advmod manage/manage/VB/0/root to/to/TO/6/mark win/win/VB/4/xcomp",
			want: []string{"manage negated", "win negated"}},
		{name: "managed to",
			spec: "He/he/PRP/2/nsubj managed/manage/VBD/0/root to/to/TO/4/mark win/win/VB/2/xcomp",
			want: []string{"managed", "win"}},

		// Trying and planning.
		{name: "tried to",
			spec: "He/he/PRP/2/nsubj tried/try/VBD/0/root to/to/TO/4/mark win/win/VB/2/xcomp",
			want: []string{"tried", "win attempted"}},
		{name: "an attempt to",
			spec: "Police/police/NNS/2/nsubj filmed/film/VBD/0/root an/a/DT/4/det attempt/attempt/NN/2/obj to/to/TO/6/mark kill/kill/VB/4/acl him/he/PRP/6/obj",
			want: []string{"filmed", "kill attempted"}},
		{name: "plans to",
			spec: "Rome/Rome/NNP/2/nsubj plans/plan/VBZ/0/root to/to/TO/4/mark build/build/VB/2/xcomp",
			want: []string{"plans", "build planned"}},
		{name: "ordered them to",
			spec: "Rome/Rome/NNP/2/nsubj ordered/order/VBD/0/root them/they/PRP/2/obj to/to/TO/5/mark leave/leave/VB/2/xcomp",
			want: []string{"ordered", "leave planned"}},
		{name: "planned to try to",
			spec: "Rome/Rome/NNP/2/nsubj planned/plan/VBD/0/root to/to/TO/4/mark try/try/VB/2/xcomp to/to/TO/6/mark leave/leave/VB/4/xcomp",
			want: []string{"try planned", "leave planned attempted"}},
		{name: "a purpose",
			spec: "They/they/PRP/2/nsubj met/meet/VBD/0/root to/to/TO/4/mark discuss/discuss/VB/2/advcl aid/aid/NN/4/obj",
			want: []string{"met", "discuss planned"}},
		{name: "will",
			spec: "Rome/Rome/NNP/3/nsubj will/will/MD/3/aux vote/vote/VB/0/root",
			want: []string{"vote planned"}},
		{name: "would in reported speech",
			spec: "Paris/Paris/NNP/2/nsubj said/say/VBD/0/root it/it/PRP/5/nsubj would/would/MD/5/aux send/send/VB/2/ccomp aid/aid/NN/5/obj",
			want: []string{"send reported planned < Paris"}},
		{name: "would before a postposed said",
			spec: "It/it/PRP/3/nsubj would/would/MD/3/aux pay~/pay/VB/0/root ,/,/,/3/punct Paris/Paris/NNP/6/nsubj said/say/VBD/3/parataxis",
			want: []string{"pay reported planned < Paris"}},
		{name: "would by itself",
			spec: "Paris/Paris/NNP/3/nsubj would/would/MD/3/aux pay/pay/VB/0/root",
			want: []string{"pay possible"}},
		{name: "conjuncts share will",
			spec: "Rome/Rome/NNP/3/nsubj will/will/MD/3/aux vote/vote/VB/0/root and/and/CC/5/cc pay/pay/VB/3/conj",
			want: []string{"vote planned", "pay planned"}},
		{name: "conjuncts share would in reported speech",
			spec: "Paris/Paris/NNP/2/nsubj said/say/VBD/0/root it/it/PRP/5/nsubj would/would/MD/5/aux arm/arm/VB/2/ccomp and/and/CC/7/cc train/train/VB/5/conj them/they/PRP/5/obj",
			want: []string{"arm reported planned < Paris", "train reported planned < Paris"}},
		{name: "a finite conjunct does not share will",
			spec: "Rome/Rome/NNP/3/nsubj will/will/MD/3/aux vote/vote/VB/0/root and/and/CC/6/cc Paris/Paris/NNP/6/nsubj paid/pay/VBD/3/conj",
			want: []string{"vote planned", "paid"}},
		{name: "set to",
			spec: "Rome/Rome/NNP/3/nsubj is/be/VBZ/3/cop set/set/JJ/0/root to/to/TO/5/mark vote/vote/VB/3/xcomp",
			want: []string{"vote planned"}},

		// Possibility.
		{name: "may",
			spec: "Rome/Rome/NNP/3/nsubj may/may/MD/3/aux vote/vote/VB/0/root",
			want: []string{"vote possible"}},
		{name: "an if-clause",
			spec: "Rome/Rome/NNP/3/nsubj will/will/MD/3/aux pay/pay/VB/0/root if/if/IN/6/mark Paris/Paris/NNP/6/nsubj votes/vote/VBZ/3/advcl",
			want: []string{"votes possible"}},
		{name: "an if-clause before",
			spec: "If/if/IN/3/mark Paris/Paris/NNP/3/nsubj votes~/vote/VBZ/6/advcl ,/,/,/3/punct Rome/Rome/NNP/6/nsubj pays/pay/VBZ/0/root",
			want: []string{"votes possible"}},
		{name: "what hangs on a condition",
			spec: "If/if/IN/3/mark Paris/Paris/NNP/3/nsubj votes~/vote/VBZ/6/advcl ,/,/,/3/punct Rome/Rome/NNP/6/nsubj pays/pay/VBZ/0/root",
			want: []string{"pays possible"}},
		{name: "a conjunct of an if-clause",
			spec: "Rome/Rome/NNP/3/nsubj will/will/MD/3/aux pay/pay/VB/0/root if/if/IN/6/mark Paris/Paris/NNP/6/nsubj votes/vote/VBZ/3/advcl and/and/CC/9/cc Oslo/Oslo/NNP/9/nsubj agrees/agree/VBZ/6/conj",
			want: []string{"agrees possible"}},
		{name: "unless",
			spec: "Rome/Rome/NNP/3/nsubj will/will/MD/3/aux pay/pay/VB/0/root unless/unless/IN/6/mark Paris/Paris/NNP/6/nsubj votes/vote/VBZ/3/advcl",
			want: []string{"votes possible"}},
		{name: "asked whether",
			spec: "He/he/PRP/2/nsubj asked/ask/VBD/0/root whether/whether/IN/5/mark Rome/Rome/NNP/5/nsubj paid/pay/VBD/2/ccomp",
			want: []string{"asked", "paid possible"}},
		{name: "a question",
			spec: "Did/do/VBD/3/aux Rome/Rome/NNP/3/nsubj pay~/pay/VB/0/root ?/?/PCT/3/punct",
			want: []string{"pay possible"}},
		{name: "a conjunct of a question",
			spec: "Did/do/VBD/3/aux Rome/Rome/NNP/3/nsubj pay/pay/VB/0/root or/or/CC/5/cc run~/run/VB/3/conj ?/?/PCT/3/punct",
			want: []string{"pay possible", "run possible"}},
		{name: "after is a fact",
			spec: "He/he/PRP/2/nsubj left/leave/VBD/0/root after/after/IN/5/mark police/police/NNS/5/nsubj came/come/VBD/2/advcl",
			want: []string{"left", "came"}},

		// Whose voice it is.
		{name: "an aside between commas inside a report is the article's",
			spec: "Judges/judge/NNS/2/nsubj found/find/VBD/0/root that/that/IN/11/mark Ek~/Ek/NNP/11/nsubj ,/,/PCT/7/punct who/who/WP/7/nsubj led/lead/VBD/4/acl:relcl it~/it/PRP/7/obj ,/,/PCT/4/punct was/be/VBD/11/cop guilty~/guilty/JJ/2/ccomp ././PCT/2/punct",
			want: []string{"led", "guilty reported < Judges"}},
		{name: "a clause that goes on with the report is the speaker's",
			spec: "He/he/PRP/2/nsubj said/say/VBD/0/root Rome/Rome/NNP/4/nsubj met/meet/VBD/2/ccomp Ek~/Ek/NNP/4/obj ,/,/PCT/8/punct who/who/WP/8/nsubj left~/leave/VBD/5/acl:relcl ././PCT/2/punct",
			want: []string{"met reported < He", "left reported < He"}},
		{name: "what is told of a source is not what it says",
			spec: "Dozens/dozen/NNS/2/nsubj died~/die/VBD/0/root ,/,/PCT/6/punct according/accord/VBG/6/case to/to/IN/4/fixed aides/aide/NNS/2/obl of/of/IN/8/case Ek~/Ek/NNP/6/nmod ,/,/PCT/11/punct who/who/WP/11/nsubj left~/leave/VBD/8/acl:relcl ././PCT/2/punct",
			want: []string{"died reported < aides", "left"}},
		{name: "grounds to believe",
			spec: "There/there/EX/2/expl was/be/VBD/0/root reason/reason/NN/2/nsubj to/to/TO/5/mark believe/believe/VB/3/acl that/that/IN/8/mark Ek/Ek/NNP/8/nsubj fled~/flee/VBD/5/ccomp ././PCT/2/punct",
			want: []string{"fled alleged"}},
		{name: "another figure behind a semicolon is no source of the first",
			spec: "The/the/DT/2/det bank/bank/NN/3/nsubj counts/count/VBZ/0/root 300~/300/CD/3/obj ;/;/PCT/7/punct Rome/Rome/NNP/7/nsubj says/say/VBZ/3/parataxis 10~/10/CD/7/obj ././PCT/3/punct",
			want: []string{"counts", "says"}},
		{name: "no longer possible to",
			spec: "It/it/PRP/5/expl is/be/VBZ/5/cop no/no/RB/4/advmod longer/long/RBR/5/advmod possible/possible/JJ/0/root to/to/TO/7/mark leave~/leave/VB/5/csubj ././PCT/5/punct",
			want: []string{"leave possible negated"}},
		{name: "not likely to is still open",
			spec: "Rome/Rome/NNP/4/nsubj is/be/VBZ/4/cop not/not/RB/4/advmod likely/likely/JJ/0/root to/to/TO/6/mark pay/pay/VB/4/xcomp",
			want: []string{"pay possible"}},
		{name: "said it would, if",
			spec: "He/he/PRP/2/nsubj said/say/VBD/0/root Oslo/Oslo/NNP/5/nsubj would/would/MD/5/aux pay/pay/VB/2/ccomp if/if/IN/8/mark Rome/Rome/NNP/8/nsubj paid~/pay/VBD/5/ccomp ././PCT/2/punct",
			want: []string{"pay reported possible < He"}},

		// Nouns.
		{name: "an alleged bomber",
			spec: "Police/police/NNS/2/nsubj held/hold/VBD/0/root the/the/DT/5/det alleged/alleged/JJ/5/amod bomber/bomber/NN/2/obj",
			want: []string{"held", "bomber alleged"}},
		{name: "a planned visit",
			spec: "He/he/PRP/2/nsubj announced/announce/VBD/0/root a/a/DT/5/det planned/planned/JJ/5/amod visit/visit/NN/2/obj",
			want: []string{"visit planned"}},
		{name: "a foiled coup",
			spec: "Police/police/NNS/2/nsubj foiled/foil/VBD/0/root a/a/DT/4/det coup/coup/NN/2/obj",
			want: []string{"foiled", "coup negated"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := parse(t, 0, c.spec)
			got := map[string]string{}
			for _, j := range e.Judge(s) {
				w := s.Tokens[j.Token].Form
				got[w] = w + written(j, func(i int) string { return s.Tokens[i].Form })
			}
			for _, want := range c.want {
				w, _, _ := strings.Cut(want, " ")
				if got[w] == want {
					continue
				}
				t.Errorf("%s: got %q, want %q", text(s), got[w], want)
			}
		})
	}
}

func written(j Judgement, form func(int) string) string {
	var b strings.Builder
	for _, f := range j.Flags {
		b.WriteString(" " + f.String())
	}
	for n, i := range slices.Compact(j.Sources) {
		if n == 0 {
			b.WriteString(" <")
		}
		b.WriteString(" " + form(i))
	}
	return b.String()
}

// TestJudgeIsPure holds that a judgement depends on the sentence alone: the same twice, the tree untouched, the
// flags sorted and never Asserted.
func TestJudgeIsPure(t *testing.T) {
	t.Parallel()
	e := reader(t)
	const spec = "Tass/Tass/NNP/2/nsubj said/say/VBD/0/root Rome/Rome/NNP/6/nsubj would/would/MD/6/aux not/not/RB/6/advmod try/try/VB/2/ccomp to/to/TO/8/mark leave/leave/VB/6/xcomp"
	s := parse(t, 0, spec)
	before := slices.Clone(s.Tokens)
	first, second := e.Judge(s), e.Judge(s)
	if len(first) != 3 || len(second) != len(first) {
		t.Fatalf("%d and %d predicates, want 3", len(first), len(second))
	}
	for n, j := range first {
		if !slices.IsSorted(j.Flags) || slices.Contains(j.Flags, schema.Asserted) || !slices.Equal(j.Flags, second[n].Flags) || !slices.Equal(j.Sources, second[n].Sources) {
			t.Errorf("%+v, then %+v", j, second[n])
		}
	}
	if !slices.Equal(before, s.Tokens) {
		t.Error("the sentence was changed")
	}
}
