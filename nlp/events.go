package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words that make a run of capitalised words the name of an event: as its last word, as its first, before "of", or by
// themselves.
var (
	eventLast = wordSet(`War Revolution Uprising Rebellion Games Cup Championship Championships Open Prix Marathon Tournament Summit
		Conference Festival Fair Carnival Massacre Genocide Crisis Famine Pandemic Earthquake Tsunami Spring Awards Inquiry Crusade
		Ceasefire Armistice Depression Accident Disaster Bowl Election Elections Referendum Census Day Week`)
	eventAlone = wordSet(`Intifada Olympics Paralympics Biennale Holocaust Crusades Conclave Jubilee Christmas Easter Ramadan Thanksgiving
		Halloween Passover Diwali Hanukkah`)
	eventFirst = wordSet(`Hurricane Typhoon Cyclone Operation Exercise Eurovision Euro`)
	eventOf    = wordSet(`Battle Siege Massacre Invasion Annexation Bombing Sack Blockade Liberation Partition`)
	numerals   = wordSet(`I II III IV V VI VII VIII IX X XI XII XX XXI`)
)

// event finds the name of an event that begins at i and returns its end, i for none: capitalised words the last of which
// is such as "War", which a number may follow ("World War II"), or the first such as "Hurricane", or "Battle of ...".
func event(ts []Token, i int) int {
	if !properWord(ts, i) || i > 0 && properWord(ts, i-1) && ts[i-1].UPOS == "PROPN" {
		return i
	}
	end, last := i, i
	for end < len(ts) && properWord(ts, end) {
		end++
		if w := ts[end-1].Form; eventLast[w] || eventAlone[w] {
			last = end
		}
	}
	switch {
	case eventFirst[ts[i].Form] && end > i+1:
		return end
	case eventOf[ts[i].Form] && end == i+1 && end+1 < len(ts) && ts[end].Form == "of":
		if at := nameEnd(ts, end+1); at > end+1 {
			return at
		}
	case last > i+1 || last == i+1 && ts[i].UPOS == "PROPN" && eventAlone[ts[i].Form]:
		if last < len(ts) && (isYear(ts[last].Form) || numerals[ts[last].Form] && ts[last].UPOS != "PRON") {
			last++
		}
		return last
	}
	return i
}

// nameEnd returns the end of the capitalised words at i, after an article.
func nameEnd(ts []Token, i int) int {
	at := i
	if at < len(ts) && ts[at].Form == "the" {
		at++
	}
	start := at
	for at < len(ts) && properWord(ts, at) {
		at++
	}
	if at == start {
		return i
	}
	return at
}

// properWord tells whether word i is capitalised and can be part of a name that is no date.
func properWord(ts []Token, i int) bool {
	t := &ts[i]
	if strings.HasSuffix(t.NER, "-DATE") || weekdays[t.Form] || months[t.Form] {
		return false
	}
	r, _ := utf8.DecodeRuneInString(t.Form)
	return unicode.IsUpper(r) && (t.UPOS == "PROPN" || t.UPOS == "ADJ" || t.UPOS == "NOUN" || t.UPOS == "NUM")
}
