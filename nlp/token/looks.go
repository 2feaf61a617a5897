package token

import "unicode"

// class says what a word looks like; words of the same looks behave alike at the end of a sentence.
type class uint8

const (
	edge class = iota // before the first word, after the last
	small
	capital
	upper
	initial
	digital
	mixed
	fullStop
	cry
	question
	ellipsis
	comma
	colon
	dash
	openQuote
	closeQuote
	openBracket
	closeBracket
	drawing
	address
	shortened
	honoured
	other
)

// groups says to which of eight kinds a class belongs.
var groups = [other + 1]uint{
	small: 0, capital: 1, upper: 1, initial: 1, shortened: 1, honoured: 1, digital: 2, mixed: 2, fullStop: 3, cry: 3, question: 3,
	ellipsis: 3, comma: 4, colon: 5, dash: 6, drawing: 6, address: 7, other: 7, openQuote: 7, closeQuote: 7, openBracket: 7, closeBracket: 7,
}

// describe fills in what the features of words are made of.
func describe(text []rune, words []word) {
	for i := range words {
		w := &words[i]
		form := text[w.Start:w.End]
		w.id, w.suffix = hash(form), hash(form[max(0, len(form)-3):])
		w.class = classify(form, w.kind)
		w.opens = (w.class == capital || w.class == initial) && starterHashes[w.id]
		if r := form[0]; len(form) <= 2 && (r == '"' || apostrophe(r)) {
			w.class = closeQuote
			if next := i+1 < len(words) && words[i+1].glued; next && !w.glued || r == '`' || r == '‘' && next {
				w.class = openQuote
			}
		}
		if w.class == openQuote || w.class == closeQuote {
			w.id = uint32(w.class)
		}
	}
}

var starterHashes, sayingHashes = hashes(starters), hashes(sayings)

func hashes(words map[string]bool) map[uint32]bool {
	m := map[uint32]bool{}
	for w := range words {
		m[hash([]rune(w))] = true
	}
	return m
}

// hash is that of a form without regard to case, all digits alike.
func hash(form []rune) uint32 {
	h := uint32(2166136261)
	for _, r := range form {
		switch {
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case '0' <= r && r <= '9':
			r = '0'
		case r == '’' || r == '‘':
			r = '\''
		case r > 127:
			r = unicode.ToLower(r)
		}
		h = (h ^ uint32(r)) * 16777619
	}
	return h ^ h>>15
}

func classify(form []rune, k kind) class {
	switch k {
	case abbrev:
		return shortened
	case honorific:
		return honoured
	}
	r := form[0]
	switch {
	case unicode.IsLetter(r):
		return letters(form)
	case unicode.IsDigit(r):
		for _, r := range form {
			if unicode.IsLetter(r) {
				return mixed
			}
		}
		return digital
	}
	return punctuation(form)
}

func letters(form []rune) class {
	big, low := 0, 0
	for _, r := range form {
		switch {
		case unicode.IsUpper(r):
			big++
		case unicode.IsLetter(r):
			low++
		case unicode.IsDigit(r):
			return mixed
		case r == '@' || r == '/' || r == '.':
			return address
		}
	}
	switch {
	case big == 1 && low == 0:
		return initial
	case low == 0:
		return upper
	case big > 0:
		return capital
	}
	return small
}

func punctuation(form []rune) class {
	last := form[len(form)-1]
	switch r := form[0]; {
	case last == '?':
		return question
	case last == '!' || last == '‽':
		return cry
	case r == '…' || r == '.' && len(form) > 1 && last == '.':
		return ellipsis
	case r == '.' && len(form) == 1 || r == '。':
		return fullStop
	case r == ',':
		return comma
	case r == ':' || r == ';':
		if len(form) == 1 {
			return colon
		}
	case r == '-' || r == '–' || r == '—':
		if len(form) <= 3 {
			return dash
		}
		return drawing
	case r == '“' || r == '«' || r == '„':
		return openQuote
	case r == '”' || r == '»':
		return closeQuote
	case r == '(' || r == '[' || r == '{':
		return openBracket
	case r == ')' || r == ']' || r == '}':
		return closeBracket
	}
	if len(form) > 2 {
		return drawing
	}
	return other
}

// textStyle says how a text is written: how many capitals it has, whether sentences begin in lower case, whether it
// has addresses of the web.
func textStyle(text []rune) uint32 {
	big, small, stops, lows, addresses := 0, 0, 0, 0, 0
	for i, r := range text {
		switch {
		case 'a' <= r && r <= 'z' || r > 127 && unicode.IsLower(r):
			small++
		case 'A' <= r && r <= 'Z' || r > 127 && unicode.IsUpper(r):
			big++
		case (r == '.' || r == '!' || r == '?') && i+2 < len(text) && text[i+1] == ' ':
			stops++
			if unicode.IsLower(text[i+2]) {
				lows++
			}
		case r == '@' || r == '/' && i > 0 && text[i-1] == '/':
			addresses++
		}
	}
	style := uint32(0)
	if big > small {
		style = 1
	} else if big*100 < small {
		style = 2
	}
	if lows*3 > stops+3 {
		style += 3
	}
	if addresses > 0 {
		style += 6
	}
	return style
}

// paragraphStyle says how a paragraph is written: whether sentences begin in lower case, whether the last ends in
// a mark, whether most words have capitals.
func paragraphStyle(words []word) uint32 {
	stops, lows, titles, uppers, named := 0, 0, 0, 0, 0
	for i := range words {
		switch words[i].class {
		case fullStop, cry, question:
			if i+1 < len(words) {
				stops++
				if words[i+1].class == small {
					lows++
				}
			}
		case capital:
			titles++
		case upper:
			uppers++
		case small:
			named++
		}
	}
	style := uint32(0)
	if lows > 0 {
		style = 1
	}
	if lows*2 > stops {
		style = 2
	}
	if stops == 0 {
		style = 3
	}
	if uppers > named {
		style |= 4
	} else if titles > named {
		style |= 8
	}
	if len(words) > 0 {
		switch words[len(words)-1].class {
		case fullStop, cry, question, ellipsis, closeQuote, closeBracket:
			style |= 16
		}
	}
	return style
}
