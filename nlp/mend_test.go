package nlp_test

import (
	"strconv"
	"strings"
	"testing"

	"newsgraph/nlp"
)

// tokens reads "form/lemma/UPOS/XPOS/head/deprel[/NER]" with heads from 1, 0 for the root.
func tokens(t *testing.T, s string) []nlp.Token {
	t.Helper()
	var out []nlp.Token
	for w := range strings.FieldsSeq(s) {
		c := strings.Split(w, "/")
		head, err := strconv.Atoi(c[4])
		if err != nil {
			t.Fatalf("%q: %v", w, err)
		}
		tok := nlp.Token{Form: c[0], Lemma: c[1], UPOS: c[2], XPOS: c[3], Head: head - 1, Deprel: c[5]}
		if len(c) > 6 {
			tok.NER = c[6]
		}
		out = append(out, tok)
	}
	return out
}

func TestMend(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"subject before the preposition of a gerund",
			"They/they/PRON/PRP/2/nsubj accuse/accuse/VERB/VBP/0/root him/he/PRON/PRP/5/nsubj of/of/SCONJ/IN/5/mark lying/lie/VERB/VBG/2/advcl",
			"2:nsubj 0:root 2:obj 5:mark 2:advcl"},
		{"subject with a preposition beside another",
			"Per/per/ADP/IN/2/case Oxfam/Oxfam/PROPN/NNP/5/nsubj war/war/NOUN/NN/5/nsubj has/have/AUX/VBZ/5/aux grown/grow/VERB/VBN/0/root",
			"2:case 5:obl 5:nsubj 5:aux 0:root"},
		{"have makes no passive",
			"Troops/troop/NOUN/NNS/3/nsubj:pass have/have/AUX/VBP/3/aux left/leave/VERB/VBN/0/root",
			"3:nsubj 3:aux 0:root"},
		{"a passive stays one",
			"Troops/troop/NOUN/NNS/4/nsubj:pass have/have/AUX/VBP/4/aux been/be/AUX/VBN/4/aux:pass sent/send/VERB/VBN/0/root",
			"4:nsubj:pass 4:aux 4:aux:pass 0:root"},
		{"of-complement of the verb",
			"She/she/PRON/PRP/2/nsubj accused/accuse/VERB/VBD/0/root Rao/Rao/PROPN/NNP/2/obj of/of/ADP/IN/5/case theft/theft/NOUN/NN/3/nmod",
			"2:nsubj 0:root 2:obj 5:case 2:obl"},
		{"an indirect object alone",
			"It/it/PRON/PRP/2/nsubj sent/send/VERB/VBD/0/root troops/troops/NOUN/NNS/2/iobj",
			"2:nsubj 0:root 2:obj"},
		{"no passive without an auxiliary",
			"Leader/leader/NOUN/NN/2/nsubj:pass called/call/VERB/VBN/0/root for/for/ADP/IN/4/case talks/talk/NOUN/NNS/2/obl ././PUNCT/./2/punct",
			"2:nsubj 0:root 4:case 2:obl 2:punct"},
		{"a headline's passive",
			"Man/man/NOUN/NN/2/nsubj:pass killed/kill/VERB/VBN/0/root in/in/ADP/IN/4/case crash/crash/NOUN/NN/2/obl",
			"2:nsubj:pass 0:root 4:case 2:obl"},
		{"a conjunction at the second subject",
			"Crowds/crowd/NOUN/NNS/2/nsubj came/come/VERB/VBD/0/root and/and/CCONJ/CC/4/cc police/police/NOUN/NNS/5/nsubj fired/fire/VERB/VBD/2/conj",
			"2:nsubj 0:root 5:cc 5:nsubj 2:conj"},
		{"a subject read as joined to the noun before",
			"Men/man/NOUN/NNS/2/nsubj entered/enter/VERB/VBD/0/root Oslo/Oslo/PROPN/NNP/2/obj and/and/CCONJ/CC/5/cc police/police/NOUN/NNS/3/conj fired/fire/VERB/VBD/2/conj",
			"2:nsubj 0:root 2:obj 6:cc 6:nsubj 2:conj"},
		{"two objects and a verb that has its own conjunction",
			"Men/man/NOUN/NNS/2/nsubj saw/see/VERB/VBD/0/root Oslo/Oslo/PROPN/NNP/2/obj and/and/CCONJ/CC/5/cc Bergen/Bergen/PROPN/NNP/3/conj and/and/CCONJ/CC/7/cc left/leave/VERB/VBD/2/conj",
			"2:nsubj 0:root 2:obj 5:cc 3:conj 7:cc 2:conj"},
		{"a second object after an apposition",
			"It/it/PRON/PRP/2/nsubj gave/give/VERB/VBD/0/root rivals/rival/NOUN/NNS/2/obj ,/,/PUNCT/,/5/punct Ann/Ann/PROPN/NNP/3/appos ,/,/PUNCT/,/8/punct " +
				"10/10/NUM/CD/8/nummod votes/vote/NOUN/NNS/3/nmod",
			"2:nsubj 0:root 2:iobj 5:punct 3:appos 8:punct 8:nummod 2:obj"},
		{"no second object with a preposition",
			"It/it/PRON/PRP/2/nsubj gave/give/VERB/VBD/0/root rivals/rival/NOUN/NNS/2/obj ,/,/PUNCT/,/5/punct Ann/Ann/PROPN/NNP/3/appos ,/,/PUNCT/,/8/punct " +
				"of/of/ADP/IN/8/case Oslo/Oslo/PROPN/NNP/3/nmod",
			"2:nsubj 0:root 2:obj 5:punct 3:appos 8:punct 8:case 3:nmod"},
		{"a name in two pieces",
			"Chief/chief/NOUN/NN/4/nsubj Ann/Ann/PROPN/NNP/1/appos/B-PER Lee/Lee/PROPN/NNP/4/nsubj/I-PER left/leave/VERB/VBD/0/root",
			"4:nsubj 1:appos 2:flat 0:root"},
		{"titles read as a name",
			"to/to/ADP/IN/2/case Peruvian/Peruvian/PROPN/NNP/6/obl President/President/PROPN/NNP/2/flat Ann/Ann/PROPN/NNP/2/flat/B-PER Lee/Lee/PROPN/NNP/4/flat/I-PER spoke/speak/VERB/VBD/0/root",
			"4:case 3:compound 4:nmod:desc 6:obl 4:flat 0:root"},
		{"a day before the subject",
			"On/on/ADP/IN/3/case Monday/Monday/PROPN/NNP/3/compound/B-DATE Peru/Peru/PROPN/NNP/4/nsubj/B-LOC voted/vote/VERB/VBD/0/root",
			"2:case 4:obl 4:nsubj 0:root"},
		{"a place before a week",
			"He/he/PRON/PRP/2/nsubj visits/visit/VERB/VBZ/0/root Rome/Rome/PROPN/NNP/5/compound next/next/ADJ/JJ/5/amod week/week/NOUN/NN/2/obl:unmarked",
			"2:nsubj 0:root 2:obj 5:amod 2:obl:unmarked"},
		{"the infinitive of an order",
			"It/it/PRON/PRP/2/nsubj voids/void/VERB/VBZ/0/root orders/order/NOUN/NNS/2/obj to/to/PART/TO/5/mark fire/fire/VERB/VB/2/advcl",
			"2:nsubj 0:root 2:obj 5:mark 3:acl"},
		{"the name of who holds an office",
			"The/the/DET/DT/2/det head/head/NOUN/NN/7/nsubj of/of/ADP/IN/4/case Rome/Rome/PROPN/NNP/2/nmod/B-LOC ,/,/PUNCT/,/6/punct Ann/Ann/PROPN/NNP/4/appos/B-PER left/leave/VERB/VBD/0/root",
			"2:det 7:nsubj 4:case 2:nmod 6:punct 2:appos 0:root"},
		{"a that with an object beside it",
			"claims/claim/NOUN/NNS/0/root that/that/PRON/WDT/4/obj he/he/PRON/PRP/4/nsubj stole/steal/VERB/VBD/1/acl:relcl it/it/PRON/PRP/4/obj",
			"0:root 4:mark 4:nsubj 1:acl 4:obj"},
		{"according to, read as a clause",
			"It/it/PRON/PRP/2/nsubj fell/fall/VERB/VBD/0/root according/accord/VERB/VBG/2/advcl to/to/ADP/IN/5/case Tass/Tass/PROPN/NNP/3/obl",
			"2:nsubj 0:root 5:case 3:fixed 2:obl"},
		{"a clause between others",
			"He/he/PRON/PRP/2/nsubj ran/run/VERB/VBD/0/root ,/,/PUNCT/,/5/punct she/she/PRON/PRP/5/nsubj said/say/VERB/VBD/2/conj",
			"2:nsubj 0:root 5:punct 5:nsubj 2:parataxis"},
		{"a sentence without a verb",
			"Dozens/dozen/NOUN/NNS/0/root of/of/ADP/IN/3/case men/man/NOUN/NNS/1/nmod marched/march/VERB/VBN/3/acl in/in/ADP/IN/6/case Oslo/Oslo/PROPN/NNP/4/obl ././PUNCT/./1/punct",
			"4:nsubj 3:case 1:nmod 0:root 6:case 4:obl 4:punct"},
		{"a condition",
			"It/it/PRON/PRP/2/nsubj ends/end/VERB/VBZ/0/root if/if/SCONJ/IN/5/mark he/he/PRON/PRP/5/nsubj resigns/resign/VERB/VBZ/2/ccomp",
			"2:nsubj 0:root 5:mark 5:nsubj 2:advcl"},
		{"a question",
			"It/it/PRON/PRP/2/nsubj asks/ask/VERB/VBZ/0/root if/if/SCONJ/IN/5/mark he/he/PRON/PRP/5/nsubj resigns/resign/VERB/VBZ/2/ccomp",
			"2:nsubj 0:root 5:mark 5:nsubj 2:ccomp"},
		{"a charge behind a relative clause",
			"They/they/PRON/PRP/2/nsubj accuse/accuse/VERB/VBP/0/root Ito/Ito/PROPN/NNP/2/obj ,/,/PUNCT/,/6/punct who/who/PRON/WP/6/nsubj ruled/rule/VERB/VBD/3/acl:relcl ,/,/PUNCT/,/9/punct of/of/SCONJ/IN/9/mark lying/lie/VERB/VBG/6/advcl",
			"2:nsubj 0:root 2:obj 6:punct 6:nsubj 3:acl:relcl 9:punct 9:mark 2:advcl"},
		{"a relative clause behind a date",
			"He/he/PRON/PRP/2/nsubj led/lead/VERB/VBD/0/root coups/coup/NOUN/NNS/2/obj in/in/ADP/IN/5/case 2012/2012/NUM/CD/2/obl/B-DATE which/which/PRON/WDT/7/nsubj failed/fail/VERB/VBD/5/acl:relcl",
			"2:nsubj 0:root 2:obj 5:case 2:obl 7:nsubj 3:acl:relcl"},
		{"a poll that they say was rigged",
			"polls/poll/NOUN/NNS/0/root that/that/SCONJ/IN/4/obj they/they/PRON/PRP/4/nsubj say/say/VERB/VBP/1/acl:relcl were/be/AUX/VBD/6/aux:pass rigged/rig/VERB/VBN/1/acl:relcl",
			"0:root 6:nsubj:pass 4:nsubj 1:acl:relcl 6:aux:pass 4:ccomp"},
		{"whom the court barred",
			"Moi/Moi/PROPN/NNP/7/nsubj ,/,/PUNCT/,/1/punct whom/whom/PRON/WP/7/nsubj courts/court/NOUN/NNS/7/nsubj barred/bar/VERB/VBD/4/acl ,/,/PUNCT/,/4/punct left/leave/VERB/VBD/0/root",
			"7:nsubj 1:punct 5:obj 5:nsubj 1:acl:relcl 4:punct 0:root"},
		{"allegations, brought by him, that",
			"tried/try/VERB/VBN/0/root over/over/ADP/IN/3/case allegations/allegation/NOUN/NNS/1/obl ,/,/PUNCT/,/5/punct brought/bring/VERB/VBN/1/conj ,/,/PUNCT/,/9/punct that/that/SCONJ/IN/9/mark he/he/PRON/PRP/9/nsubj lied/lie/VERB/VBD/5/advcl",
			"0:root 3:case 1:obl 5:punct 1:conj 9:punct 9:mark 9:nsubj 3:acl"},
		{"the agent behind an as",
			"banned/ban/VERB/VBN/0/root is/be/AUX/VBZ/1/aux:pass as/as/ADP/IN/4/case terrorists/terrorist/NOUN/NNS/1/obl by/by/ADP/IN/6/case India/India/PROPN/NNP/4/nmod",
			"0:root 1:aux:pass 4:case 1:obl 6:case 1:obl:agent"},
		{"nine and a half years",
			"jailed/jail/VERB/VBN/0/root for/for/ADP/IN/3/case nine/nine/NUM/CD/1/obl and/and/CCONJ/CC/7/cc a/a/DET/DT/7/det half/half/NOUN/NN/7/amod years/year/NOUN/NNS/3/conj",
			"0:root 7:case 7:nummod 3:cc 6:det 3:conj 1:obl"},
		{"corruption and money laundering",
			"guilty/guilty/ADJ/JJ/0/root of/of/ADP/IN/3/case fraud/fraud/NOUN/NN/1/nmod and/and/CCONJ/CC/5/cc money/money/NOUN/NN/3/conj laundering/launder/VERB/VBG/1/nmod",
			"0:root 3:case 1:nmod 6:cc 6:compound 3:conj"},
		{"after the quake sent a wave",
			"It/it/PRON/PRP/2/nsubj fell/fall/VERB/VBD/0/root after/after/ADP/IN/4/case quakes/quake/NOUN/NNS/5/obl shook/shake/VERB/VBD/2/advcl it/it/PRON/PRP/5/obj",
			"2:nsubj 0:root 5:mark 5:nsubj 2:advcl 5:obj"},
		{"after an inquiry found that",
			"He/he/PRON/PRP/2/nsubj quit/quit/VERB/VBD/0/root after/after/ADP/IN/4/case inquiries/inquiry/NOUN/NNS/2/obl found/find/VERB/VBD/2/advcl that/that/SCONJ/IN/7/mark ended/end/VERB/VBD/5/ccomp",
			"2:nsubj 0:root 5:mark 5:nsubj 2:advcl 7:mark 5:ccomp"},
		{"is to succeed",
			"He/he/PRON/PRP/4/nsubj is/be/AUX/VBZ/4/cop to/to/PART/TO/4/mark succeed/succeed/VERB/VB/0/root her/she/PRON/PRP/4/obj",
			"4:nsubj 4:aux 4:mark 0:root 4:obj"},
		{"killed at least 41 people",
			"It/it/PRON/PRP/2/nsubj killed/kill/VERB/VBD/0/root at/at/ADP/IN/6/case least/least/ADJ/JJS/3/nmod 41/41/NUM/CD/6/nummod people/people/NOUN/NNS/2/obl",
			"2:nsubj 0:root 4:case 6:nmod 6:nummod 2:obj"},
		{"verbs join the nearest",
			"A/a/PRON/PRP/2/nsubj came/come/VERB/VBD/0/root and/and/CCONJ/CC/5/cc B/b/PRON/PRP/5/nsubj sang/sing/VERB/VBD/2/conj or/or/CCONJ/CC/7/cc wept/weep/VERB/VBD/2/conj",
			"2:nsubj 0:root 5:cc 5:nsubj 2:conj 7:cc 5:conj"},
		{"his deputy is the last one",
			"A/a/PROPN/NNP/6/nsubj/B-PER and/and/CCONJ/CC/3/cc B/b/PROPN/NNP/1/conj/B-PER ,/,/PUNCT/,/5/punct deputy/deputy/NOUN/NN/1/appos left/leave/VERB/VBD/0/root",
			"6:nsubj 3:cc 1:conj 5:punct 3:appos 0:root"},
		{"his wife's name",
			"A/a/PROPN/NNP/6/nsubj/B-PER and/and/CCONJ/CC/3/cc wife/wife/NOUN/NN/1/conj ,/,/PUNCT/,/5/punct Eve/Eve/PROPN/NNP/1/conj/B-PER left/leave/VERB/VBD/0/root",
			"6:nsubj 3:cc 1:conj 5:punct 3:appos 0:root"},
		{"admitted in a deal that",
			"It/it/PRON/PRP/2/nsubj admitted/admit/VERB/VBD/0/root in/in/ADP/IN/4/case deals/deal/NOUN/NNS/2/obl that/that/SCONJ/IN/7/mark it/it/PRON/PRP/7/nsubj paid/pay/VERB/VBD/4/acl:relcl",
			"2:nsubj 0:root 4:case 2:obl 7:mark 7:nsubj 2:ccomp"},
		{"are due to vote",
			"They/they/PRON/PRP/5/nsubj are/be/AUX/VBP/5/cop due/due/ADJ/JJ/5/case to/to/PART/TO/3/fixed vote/vote/VERB/VB/0/root",
			"3:nsubj 3:cop 0:root 5:mark 3:xcomp"},
		{"whose president",
			"A/A/PROPN/NNP/6/nsubj/B-LOC ,/,/PUNCT/,/4/punct whose/whose/PRON/WP$/4/nmod:poss head/head/NOUN/NN/6/nsubj ,/,/PUNCT/,/6/punct backs/back/VERB/VBZ/0/root it/it/PRON/PRP/6/obj ,/,/PUNCT/,/9/punct hosted/host/VERB/VBN/10/amod talks/talk/NOUN/NNS/6/obj",
			"9:nsubj 4:punct 4:nmod:poss 6:nsubj 6:punct 1:acl:relcl 6:obj 9:punct 0:root 9:obj"},
		{"the lawyer who asked",
			"A/A/PROPN/NNP/0/root/B-PER ,/,/PUNCT/,/3/punct lawyer/lawyer/NOUN/NN/1/appos for/for/ADP/IN/5/case families/family/NOUN/NNS/3/nmod ,/,/PUNCT/,/8/punct who/who/PRON/WP/8/nsubj asked/ask/VERB/VBD/5/acl:relcl",
			"0:root 3:punct 1:appos 5:case 3:nmod 8:punct 8:nsubj 1:acl:relcl"},
		{"what a semicolon parts",
			"A/A/PROPN/NNP/2/nsubj helped/help/VERB/VBD/5/ccomp ;/;/PUNCT/:/5/punct B/B/PROPN/NNP/5/nsubj said/say/VERB/VBD/0/root she/she/PRON/PRP/7/nsubj left/leave/VERB/VBD/5/ccomp",
			"2:nsubj 0:root 5:punct 5:nsubj 2:parataxis 7:nsubj 5:ccomp"},
		{"not what was said before the semicolon",
			"A/A/PROPN/NNP/2/nsubj said/say/VERB/VBD/0/root it/it/PRON/PRP/4/nsubj held/hold/VERB/VBD/2/ccomp ;/;/PUNCT/:/7/punct B/B/PROPN/NNP/7/nsubj spoke/speak/VERB/VBD/4/conj",
			"2:nsubj 0:root 4:nsubj 2:ccomp 7:punct 7:nsubj 2:parataxis"},
		{"the leader of the gang",
			"A/A/PROPN/NNP/0/root/B-PER ,/,/PUNCT/,/3/punct leader/leader/NOUN/NN/1/appos of/of/ADP/IN/5/case B/B/PROPN/NNP/3/nmod/B-ORG ,/,/PUNCT/,/7/punct gang/gang/NOUN/NN/1/appos",
			"0:root 3:punct 1:appos 5:case 3:nmod 7:punct 5:appos"},
		{"from Belgium, where",
			"video/video/NOUN/NN/0/root from/from/ADP/IN/3/case A/A/PROPN/NNP/1/nmod/B-LOC ,/,/PUNCT/,/7/punct where/where/ADV/WRB/7/advmod he/he/PRON/PRP/7/nsubj lives/live/VERB/VBZ/1/acl:relcl",
			"0:root 3:case 1:nmod 7:punct 7:advmod 7:nsubj 3:acl:relcl"},
		{"the attorney general's office",
			"attorney/attorney/NOUN/NN/4/nmod:poss general/general/NOUN/NN/4/nmod:poss 's/'s/PART/POS/2/case office/office/NOUN/NN/0/root",
			"2:compound 4:nmod:poss 2:case 0:root"},
		{"the committee, whose head had asked",
			"A/A/PROPN/NNP/2/nsubj saw/see/VERB/VBD/0/root B/B/PROPN/NNP/2/obj/B-ORG ,/,/PUNCT/,/8/punct whose/whose/PRON/WP$/6/nmod:poss head/head/NOUN/NN/8/nsubj had/have/AUX/VBD/8/aux asked/ask/VERB/VBN/2/ccomp",
			"2:nsubj 0:root 2:obj 8:punct 6:nmod:poss 8:nsubj 8:aux 3:acl:relcl"},
		{"title with an of",
			"Secretary/secretary/PROPN/NNP/6/nsubj/B-PER of/of/ADP/IN/4/case State/State/PROPN/NNP/4/compound Ann/Ann/PROPN/NNP/1/nmod/I-PER Lee/Lee/PROPN/NNP/4/flat/I-PER left/leave/VERB/VBD/0/root",
			"4:nmod:desc 3:case 1:nmod 6:nsubj 4:flat 0:root"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := tokens(t, c.in)
			var got []string
			for _, tok := range nlp.Mend(in) {
				got = append(got, strconv.Itoa(tok.Head+1)+":"+tok.Deprel)
			}
			if g := strings.Join(got, " "); g != c.want {
				t.Errorf("got  %s\nwant %s", g, c.want)
			}
		})
	}
}
