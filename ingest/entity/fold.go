package entity

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// nameKey is the form in which whole names are compared: folded, with the names that begin those of many bodies
// brought to one form ("United States Navy", "U.S. Navy").
func nameKey(name string) string {
	key := fold(name)
	for _, w := range [...][2]string{{"united states ", "us "}, {"united nations ", "un "}, {"united kingdom ", "uk "}} {
		if rest, ok := strings.CutPrefix(key, w[0]); ok {
			return w[1] + rest
		}
	}
	return key
}

// strokes are the letters that decomposition leaves whole.
var strokes = strings.NewReplacer("ł", "l", "đ", "d", "ø", "o", "ß", "ss", "æ", "ae", "œ", "oe", "ı", "i", "þ", "th", "ð", "d")

// fold gives the form in which names are compared: lower case, no accents, full stops or apostrophes,
// every other run of signs one blank.
func fold(s string) string {
	if f, ok := foldASCII(s); ok {
		return f
	}
	s = strokes.Replace(strings.ToLower(s))
	var b strings.Builder
	blank := false
	for _, c := range norm.NFKD.String(s) {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			if blank && b.Len() > 0 {
				b.WriteByte(' ')
			}
			blank = false
			b.WriteRune(c)
		case c == '.' || c == '\'' || c == '’' || c == '‘' || c == 'ʼ' || unicode.Is(unicode.Mn, c):
		default:
			blank = true
		}
	}
	return b.String()
}

// foldASCII is fold for names in plain ASCII letters; false for the others.
func foldASCII(s string) (string, bool) {
	b := make([]byte, 0, len(s))
	blank := false
	for i := range len(s) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		switch {
		case c >= 0x80:
			return "", false
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			if blank && len(b) > 0 {
				b = append(b, ' ')
			}
			blank = false
			b = append(b, c)
		case c == '.' || c == '\'':
		default:
			blank = true
		}
	}
	return string(b), true
}

// slug gives a local name for an IRI: letters of any script, digits and hyphens kept, every other
// run of signs one underscore.
func slug(s string) string {
	var b strings.Builder
	gap := false
	for _, c := range norm.NFC.String(s) {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mn, c) || c == '-':
			if gap && b.Len() > 0 {
				b.WriteByte('_')
			}
			gap = false
			b.WriteRune(c)
		case c == '.' || c == '\'' || c == '’':
		default:
			gap = true
		}
	}
	return b.String()
}

// spellings brings the ways of writing Slavic and Arabic names in Latin letters closer to each other.
// The order matters: long patterns first.
var spellings = strings.NewReplacer(
	"skaya", "skaia", "skaja", "skaia", "ouskaya", "ovskaia", "auskaya", "ovskaia", "ouskaia", "ovskaia",
	"shch", "s", "tch", "c", "dzh", "j", "ts", "t", "tz", "t", "iy", "y", "ii", "y", "yj", "y", "ij", "y", "ks", "x", "kh", "h",
	"ou", "u", "oo", "u", "ck", "k", "ph", "f", "dz", "d", "zh", "z", "sz", "s", "sh", "s", "ch", "c", "cz", "c",
	"w", "v", "j", "y", "q", "k")

// sound is a coarse key: two spellings of one name from another script mostly share it.
func sound(folded string) string {
	s := spellings.Replace(folded)
	var b strings.Builder
	var last rune
	for _, c := range s {
		switch c {
		case 'a', 'o':
			c = 'a'
		case 'e', 'i', 'y':
			c = 'i'
		}
		if c != last || c == ' ' {
			b.WriteRune(c)
		}
		last = c
	}
	return b.String()
}
