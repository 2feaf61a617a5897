package gold

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// little are words that say too little to tell relations and phrases apart.
var little = set(`a an the of to in on at for from by with and or as be is are was were been being has have had
do does did will would could should may might must can his her its their he she it they him them that this
these those not no also just up out off over into about against after before during under between who which
s 's new his own more most very such than then there s`)

// light are stems of verbs that say little beside another word.
var light = set("provid giv mak tak hold put get bring com go becom call say want")

// symmetric are stems of relations that hold in both directions.
var symmetric = stemmed("meet meets discuss border neighbour union cooperates ally exercise link clash talk")

// irregular leads a form to its lemma where no ending does.
var irregular = map[string]string{
	"fled": "flee", "sent": "send", "met": "meet", "said": "say", "told": "tell", "held": "hold",
	"won": "win", "gave": "give", "given": "give", "took": "take", "taken": "take", "tore": "tear",
	"torn": "tear", "threw": "throw", "thrown": "throw", "led": "lead", "fought": "fight",
	"sought": "seek", "flew": "fly", "flown": "fly", "set": "set", "lent": "loan", "lend": "loan",
	"lends": "loan", "thought": "think", "became": "become", "began": "begin", "left": "leave",
	"killed": "kill", "neighbouring": "neighbour", "talks": "talk",
}

// endings are cut off words, the first that fits.
var endings = [][2]string{
	{"isation", "ise"}, {"ization", "ize"}, {"ations", ""}, {"ation", ""}, {"ingly", ""}, {"ings", ""}, {"ing", ""}, {"ies", "y"},
	{"ied", "y"}, {"ments", ""}, {"ment", ""}, {"ers", ""}, {"ed", ""}, {"es", ""}, {"er", ""}, {"ly", ""}, {"s", ""},
}

var (
	plainWord = regexp.MustCompile(`[a-z0-9]+`)
	humps     = regexp.MustCompile(`([a-z])([A-Z])`)
	article   = regexp.MustCompile(`^(the|a|an) `)
	plainMark = strings.NewReplacer("\u2019", "'", "\u2018", "'", "\u00a0", " ")
)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

func stemmed(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[stem(w)] = true
	}
	return out
}

// fold is lower case without accents, with plain quotes and single blanks.
func fold(s string) string {
	var b strings.Builder
	for _, r := range plainMark.Replace(norm.NFKD.String(s)) {
		if norm.NFKD.PropertiesString(string(r)).CCC() == 0 {
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(strings.ToLower(b.String())), " ")
}

// bare is fold without the article in front.
func bare(s string) string { return article.ReplaceAllString(fold(s), "") }

// stem is a crude one, enough to let "provides" meet "providing".
func stem(w string) string {
	if lemma, ok := irregular[w]; ok {
		w = lemma
	}
	for _, e := range endings {
		if root, ok := strings.CutSuffix(w, e[0]); ok && len(root) >= 3 {
			w = root + e[1]
			break
		}
	}
	if len(w) > 3 && w[len(w)-1] == 'e' {
		w = w[:len(w)-1]
	}
	if n := len(w); n > 3 && w[n-1] == w[n-2] {
		w = w[:n-1]
	}
	return w
}

// stems are those of the words of a phrase or of a predicate's name, without the little ones.
func stems(s string) map[string]bool {
	s = humps.ReplaceAllString(strings.ReplaceAll(s, "_", " "), "$1 $2")
	out := map[string]bool{}
	for _, w := range plainWord.FindAllString(fold(s), -1) {
		if !little[w] {
			out[stem(w)] = true
		}
	}
	return out
}

// shared counts what two sets have in common.
func shared(a, b map[string]bool) int {
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return n
}

// join is what is in either set.
func join(a, b map[string]bool) map[string]bool {
	out := map[string]bool{}
	for w := range a {
		out[w] = true
	}
	for w := range b {
		out[w] = true
	}
	return out
}
