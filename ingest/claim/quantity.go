package claim

import (
	"strconv"
	"strings"

	"newsgraph/schema"
)

// currencies maps signs and words to ISO 4217 codes.
var currencies = map[string]string{
	"$": "USD", "us$": "USD", "dollar": "USD", "€": "EUR", "euro": "EUR", "£": "GBP", "pound": "GBP", "¥": "JPY", "yen": "JPY",
	"yuan": "CNY", "renminbi": "CNY", "rouble": "RUB", "ruble": "RUB", "₽": "RUB", "rupee": "INR", "₹": "INR", "franc": "CHF", "hryvnia": "UAH",
	"zloty": "PLN", "won": "KRW", "₩": "KRW", "lira": "TRY", "₺": "TRY", "shekel": "ILS", "₪": "ILS", "naira": "NGN", "rand": "ZAR", "krona": "SEK", "kronor": "SEK", "krone": "NOK", "kroner": "NOK", "baht": "THB", "dirham": "AED",
	"c$": "CAD", "a$": "AUD", "hk$": "HKD", "r$": "BRL", "usd": "USD", "eur": "EUR", "gbp": "GBP", "rub": "RUB", "cny": "CNY", "jpy": "JPY",
}

// amountOf is true of the noun of an amount: "3 billion kronor", "14 per cent".
func (t *tree) amountOf(i int) bool {
	_, money := currencies[t.lemma(i)]
	return (money || t.lemma(i) == "cent" || t.lemma(i) == "percent") && t.kid(i, "nummod") >= 0
}

var magnitudes = map[string]float64{
	"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12, "k": 1e3, "dozen": 12,
}

var numberWords = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
	"twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
	"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "half": 0.5,
}

// bounds are the words before a number that bound it.
var bounds = []struct{ words, bound string }{
	{"at least", "min"}, {"more than", "min"}, {"over", "min"}, {"no fewer than", "min"}, {"no less than", "min"}, {"upwards of", "min"}, {"above", "min"},
	{"up to", "max"}, {"at most", "max"}, {"as many as", "max"}, {"as much as", "max"}, {"fewer than", "max"}, {"less than", "max"}, {"under", "max"}, {"nearly", "max"}, {"almost", "max"},
	{"about", "about"}, {"around", "about"}, {"some", "about"}, {"roughly", "about"}, {"approximately", "about"}, {"an estimated", "about"}, {"estimated", "about"}, {"close to", "about"},
}

// quantities reads the amounts in the noun phrase of head: "$1.5 billion", "at least 100,000
// protesters", "80 per cent of the vote". The unit of a count is the lemma of the noun counted.
func (t *tree) quantities(head int) []schema.Quantity {
	span := t.span(head, func(k int) bool { return t.is(k, "acl", "appos", "conj", "parataxis", "punct") && t.upos(k) != "SYM" })
	var out []schema.Quantity
	for n := 0; n < len(span); {
		q, next, ok := t.quantity(span, n)
		if ok {
			out = append(out, q)
		}
		n = next
	}
	return out
}

// quantity reads one amount at span[n:]; next is where to read on.
func (t *tree) quantity(span []int, n int) (q schema.Quantity, next int, ok bool) {
	start, unit := n, ""
	if c, is := currencies[t.lemma(span[n])]; is && n+1 < len(span) {
		unit, n = c, n+1
	}
	value, ok := t.number(span[n])
	if !ok || t.upos(span[n]) == "DET" {
		return q, start + 1, false
	}
	n++
	for n < len(span) {
		m, is := magnitudes[t.form(span[n])]
		if !is {
			break
		}
		value, n = value*m, n+1
		if value > 1e30 { // "billion billion billion": no amount that anyone means
			return q, n, false
		}
	}
	if unit == "" {
		unit, n = t.unit(span, n)
	}
	if unit == "" && t.dateNumber(span[start]) {
		return q, n, false
	}
	q.Value, q.Unit = value, unit
	start, q.Bound = t.bound(span, start)
	q.Text = t.text(span[start:n])
	return q, n, true
}

func (t *tree) number(i int) (float64, bool) {
	w := t.form(i)
	if v, ok := numberWords[w]; ok && t.upos(i) == "NUM" {
		return v, true
	}
	if v, ok := magnitudes[w]; ok && len(w) > 3 { // "hundreds of" has no amount; "a million" has
		return v, t.upos(i) == "NUM"
	}
	if len(w) > 24 || strings.Trim(w, "0123456789.,") != "" || w[0] < '0' || w[0] > '9' { // no exponents, no hexadecimal
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(w, ",", ""), 64)
	return v, err == nil
}

// unit reads what is counted: percent, a currency in words, or the noun that the number modifies.
func (t *tree) unit(span []int, n int) (string, int) {
	if n >= len(span) {
		return "", n
	}
	switch w := t.form(span[n]); {
	case w == "%" || w == "percent":
		return "percent", n + 1
	case w == "per" && n+1 < len(span) && t.form(span[n+1]) == "cent":
		return "percent", n + 2
	}
	if c, ok := currencies[t.lemma(span[n])]; ok && t.upos(span[n]) != "VERB" {
		return c, n + 1
	}
	h := span[n-1]
	for k := 0; k < 3 && t.is(h, "compound", "nummod"); k++ {
		if h = t.head(h); t.upos(h) == "NOUN" {
			return t.lemma(h), n
		}
	}
	return "", n
}

// dateNumber is true of numbers that are a year, a day or a name's part, not an amount.
func (t *tree) dateNumber(i int) bool {
	h := t.head(i)
	if h < 0 {
		return true
	}
	return !t.is(i, "nummod") || t.upos(h) == "PROPN"
}

func (t *tree) bound(span []int, start int) (int, string) {
	for _, b := range bounds {
		words := strings.Fields(b.words)
		if start < len(words) {
			continue
		}
		match := true
		for k, w := range words {
			match = match && t.form(span[start-len(words)+k]) == w
		}
		if match {
			return start - len(words), b.bound
		}
	}
	return start, ""
}
