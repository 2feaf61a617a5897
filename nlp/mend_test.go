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
