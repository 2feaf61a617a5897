package nlp

import (
	"strings"

	"newsgraph/nlp/words"
)

// mark adds what rules find where the model found no name: DATE, MONEY, PERCENT, CARDINAL and NORP (nationalities), and
// EVENT, which goes before the model.
func mark(ts []Token, infos []words.Info) {
	for i := 0; i < len(ts); {
		kind, end := quantity(ts, i)
		if kind == "" {
			kind, end = nationality(ts, infos, i)
		}
		if at := event(ts, i); at > i && whole(ts, i, at) {
			kind, end = "EVENT", at
			clearNames(ts[i:end])
		}
		if kind == "" || !free(ts[i:end]) {
			i++
			continue
		}
		for k := i; k < end; k++ {
			ts[k].NER = "I-" + kind
		}
		ts[i].NER = "B-" + kind
		i = end
	}
}

// owners parts a person's name from the name of a body or a place that owns it: "Labour's Jess Whitby".
func owners(ts []Token, infos []words.Info) {
	for i := 1; i+1 < len(ts); i++ {
		if ts[i].XPOS != "POS" || ts[i].NER != "I-PER" || ts[i+1].NER != "I-PER" || infos[i+1].Flags&(words.Male|words.Female) == 0 {
			continue
		}
		for k := i - 1; k >= 0 && person(ts[k]); k-- {
			begins := ts[k].NER == "B-PER"
			ts[k].NER = ts[k].NER[:2] + "ORG"
			if begins {
				break
			}
		}
		ts[i].NER, ts[i+1].NER = "O", "B-PER"
	}
}

// continents are words that begin the names of bodies of many countries, and belong to them: "the European Data Protection Board".
var continents = wordSet(`European African Asian Arab Pan-American Inter-American Nordic Eurasian`)

// continental adds such a word to the name of a body that begins behind it.
func continental(ts []Token) {
	for i := 0; i+2 < len(ts); i++ {
		if continents[ts[i].Form] && ts[i].NER == "O" && ts[i+1].NER == "B-ORG" && ts[i+2].NER == "I-ORG" {
			ts[i].NER, ts[i+1].NER = "B-ORG", "I-ORG"
		}
	}
}

// whole tells whether no name reaches over the ends of the words from i to end.
func whole(ts []Token, i, end int) bool {
	return !strings.HasPrefix(ts[i].NER, "I-") && (end == len(ts) || !strings.HasPrefix(ts[end].NER, "I-"))
}

func clearNames(ts []Token) {
	for i := range ts {
		ts[i].NER = "O"
	}
}

func free(ts []Token) bool {
	for i := range ts {
		if ts[i].NER != "O" && ts[i].NER != "" {
			return false
		}
	}
	return true
}

// quantity finds a date or an amount that begins at i and returns its kind and end; "" for none.
func quantity(ts []Token, i int) (string, int) {
	if end := date(ts, i); end > i {
		return "DATE", end
	}
	if ts[i].XPOS == "$" {
		if end := number(ts, i+1); end > i+1 {
			return "MONEY", end
		}
		return "", i
	}
	end := number(ts, i)
	if end == i {
		return "", i
	}
	if end < len(ts) {
		switch low := strings.ToLower(ts[end].Form); {
		case low == "%" || low == "percent" || low == "pc":
			return "PERCENT", end + 1
		case low == "per" && end+1 < len(ts) && ts[end+1].Form == "cent":
			return "PERCENT", end + 2
		case currencies[low]:
			return "MONEY", end + 1
		}
	}
	return "CARDINAL", end
}

// number returns the end of the run of numerals that begins at i.
func number(ts []Token, i int) int {
	for i < len(ts) && ts[i].XPOS == "CD" {
		i++
	}
	return i
}

// date finds "14 September 2020", "September 14, 2020", "on Monday", "in 2020", "the 1990s".
func date(ts []Token, i int) int {
	form := ts[i].Form
	switch {
	case months[form] && ts[i].UPOS != "AUX" && ts[i].UPOS != "VERB":
		return afterMonth(ts, i+1)
	case weekdays[form]:
		return i + 1
	case isDay(form) && i+1 < len(ts) && months[ts[i+1].Form]:
		return year(ts, i+2)
	case isYear(form) && (i == 0 || ts[i-1].XPOS != "$") && (i+1 == len(ts) || ts[i+1].UPOS != "NOUN"):
		return i + 1
	case len(form) == 5 && strings.HasSuffix(form, "s") && isYear(form[:4]):
		return i + 1
	}
	return i
}

// afterMonth takes a day and a year after a month.
func afterMonth(ts []Token, i int) int {
	if i < len(ts) && isDay(ts[i].Form) {
		i++
		if i+1 < len(ts) && ts[i].Form == "," && isYear(ts[i+1].Form) {
			return i + 2
		}
	}
	return year(ts, i)
}

func year(ts []Token, i int) int {
	if i < len(ts) && isYear(ts[i].Form) {
		return i + 1
	}
	return i
}

func isYear(s string) bool {
	return len(s) == 4 && strings.Trim(s, "0123456789") == "" && (s[0] == '1' || s[0] == '2' && s[1] < '2')
}

func isDay(s string) bool {
	n := len(s)
	for _, end := range []string{"st", "nd", "rd", "th"} {
		s = strings.TrimSuffix(s, end)
	}
	return n <= 4 && len(s) >= 1 && len(s) <= 2 && strings.Trim(s, "0123456789") == ""
}

// nationality finds a word for people or things of a country: "Russian", "Belarusians".
func nationality(ts []Token, infos []words.Info, i int) (string, int) {
	if infos[i].Flags&words.Demonym == 0 || infos[i].Case != words.Title {
		return "", i
	}
	switch ts[i].XPOS {
	case "JJ", "NNPS", "NNS":
		return "NORP", i + 1
	case "NNP", "NN":
		if ts[i].Deprel != "flat" && ts[i].UPOS != "PROPN" {
			return "NORP", i + 1
		}
	}
	return "", i
}

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

var (
	months = wordSet(`January February March April May June July August September October November December
		Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sept. Sep. Oct. Nov. Dec.`)
	weekdays   = wordSet(`Monday Tuesday Wednesday Thursday Friday Saturday Sunday`)
	currencies = wordSet(`dollar dollars euro euros pound pounds rouble roubles ruble rubles yen yuan hryvnia hryvnias rupee rupees
		franc francs zloty lira lire krona kronor peso pesos cents won shekels riyals dirhams`)
)
