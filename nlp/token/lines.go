package token

import "unicode"

// paragraphs divides text at blank lines, and at single line ends unless the lines are one text wrapped to a width.
func paragraphs(text []rune, from, to int) []Span {
	var out []Span
	var lines []Span
	flush := func() {
		out = append(out, joined(text, lines)...)
		lines = lines[:0]
	}
	for i := from; i < to; {
		end := i
		for end < to && !lineEnd(text[end]) {
			end++
		}
		if blank(text[i:end]) {
			flush()
		} else {
			lines = append(lines, Span{i, end})
		}
		i = end + 1
		if end+1 < to && text[end] == '\r' && text[end+1] == '\n' {
			i++
		}
	}
	flush()
	return out
}

func lineEnd(r rune) bool {
	return r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\f' || r == '\v'
}

func blank(line []rune) bool {
	for _, r := range line {
		if !space(r) {
			return false
		}
	}
	return true
}

// minWidth is the least width that text is taken to be wrapped to.
const minWidth = 40

// joined returns lines as one paragraph when they look wrapped: no line had room for the first word of the next, or
// the next goes on in lower case. Else every line is a paragraph, but for those that go on in lower case.
func joined(text []rune, lines []Span) []Span {
	width := 0
	for _, l := range lines {
		width = max(width, l.End-l.Start)
	}
	wrapped := width >= minWidth
	for i := 0; i+1 < len(lines); i++ {
		l, next := trim(text, lines[i]), lines[i+1]
		room := l.End-l.Start+1+firstWord(text[next.Start:next.End]) <= width
		wrapped = wrapped && (!room || goesOn(text, next)) && !bullet(text[next.Start])
	}
	var out []Span
	for i, l := range lines {
		if i > 0 && (wrapped || goesOn(text, l)) {
			out[len(out)-1].End = l.End
		} else {
			out = append(out, l)
		}
	}
	return out
}

// goesOn tells whether a line begins in lower case.
func goesOn(text []rune, l Span) bool {
	for i := l.Start; i < l.End; i++ {
		if !space(text[i]) {
			return unicode.IsLower(text[i])
		}
	}
	return false
}

func trim(text []rune, l Span) Span {
	for l.End > l.Start && space(text[l.End-1]) {
		l.End--
	}
	return l
}

func firstWord(line []rune) int {
	n := 0
	for _, r := range line {
		if unicode.IsSpace(r) && n > 0 {
			break
		}
		n++
	}
	return n
}

func bullet(r rune) bool {
	return r == '-' || r == '*' || r == '•' || r == '·' || r == '–' || r == '>'
}
