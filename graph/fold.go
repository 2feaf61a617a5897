package graph

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold brings names that people take for the same to one form: lower case, no accents, full stops and
// apostrophes dropped ("U.S." is "us"), other punctuation as blanks, no "the" in front.
func fold(s string) string {
	var b strings.Builder
	blank := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '.', r == '\'', r == '\u2019', r == '\u2018', r == '\u02bc':
			continue
		case !unicode.IsLetter(r) && !unicode.IsNumber(r):
			blank = true
			continue
		}
		if blank && b.Len() > 0 {
			b.WriteByte(' ')
		}
		blank = false
		b.WriteString(foldLetter(unicode.ToLower(r)))
	}
	out := b.String()
	if rest, ok := strings.CutPrefix(out, "the "); ok {
		return rest
	}
	return out
}

// foldLetter spells Latin letters that have no decomposition with plain ones.
func foldLetter(r rune) string {
	switch r {
	case 'ł':
		return "l"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ı':
		return "i"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	}
	return string(r)
}

// distance returns the edit distance of a and b in code points (insert, delete, replace, swap of
// neighbours), or limit+1 when it is greater than limit.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+differ(a[i-1], b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

func differ(a, b rune) int {
	if a == b {
		return 0
	}
	return 1
}

// Fold brings names that people take for the same to one form, by which look-ups compare them.
func Fold(s string) string { return fold(s) }
