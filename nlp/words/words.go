// Package words tells what can be known of a word by itself: its shape, its ends, and, from a table
// made before, the parts of speech it can be and whether it is a name.
package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Suffixes and Prefixes are the greatest lengths of the ends of a word, in code points.
const (
	Suffixes = 5
	Prefixes = 4
)

// Info is what a word brings with it: atoms for features. 0 always stands for "none" or "unknown".
type Info struct {
	Low    uint32 // the word in lower case, digits as 0
	Suffix [Suffixes]uint32
	Prefix [Prefixes]uint32
	Shape  uint32 // Xx, XX, xx-xx, 00.0 ...: runs shortened to two
	Case   uint32 // 1 lower, 2 first letter capital, 3 all capitals, 4 mixed, 5 digits, 6 other
	Flags  uint32 // what the table says of Low: see Noun
}

// Flags of a word.
const (
	Noun uint32 = 1 << iota // WordNet has it, or its base form, as a noun
	Verb
	Adj
	Adv
	Male    // a man's given name
	Female  // a woman's given name
	Demonym // WordNet: someone from a place, or of a place
	Capital // mostly with a capital in running text
	Place   // part of the name of a place
	Surname // part of the name of a person
	Group   // name or acronym of an organisation
)

// Case values of Info.
const (
	Lower uint32 = iota + 1
	Title
	Upper
	Mixed
	Digits
	Other
)

// escapes are the Penn Treebank's names of marks, and typographic marks, as the treebanks write them.
var escapes = strings.NewReplacer(
	"-LRB-", "(", "-RRB-", ")", "-LSB-", "[", "-RSB-", "]", "-LCB-", "{", "-RCB-", "}",
	"``", `"`, "''", `"`, "“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`,
	"’", "'", "‘", "'", "`", "'", "…", "...", "‑", "-", `\/`, "/", `\*`, "*")

// Normal returns the form that features see: plain quotes and brackets in place of typographic ones and
// of Penn Treebank escapes.
func Normal(form string) string {
	if plain(form) {
		return form
	}
	return escapes.Replace(form)
}

func plain(form string) bool {
	for i := 0; i < len(form); i++ {
		c := form[i]
		if c >= utf8.RuneSelf || c == '-' || c == '`' || c == '\'' || c == '\\' {
			return false
		}
	}
	return true
}

// Look returns what is known of a word of running text.
func (t *Table) Look(form string) Info {
	form = Normal(form)
	low := strings.ToLower(form)
	info := Info{Flags: t.Find(low)}
	low = zeros(low)
	info.Low = Atom(low)
	info.Shape, info.Case = shape(form)
	ends(low, &info)
	return info
}

// zeros makes every digit a 0.
func zeros(s string) string {
	if strings.IndexFunc(s, unicode.IsDigit) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return r
	}, s)
}

func ends(low string, info *Info) {
	cut := 0
	for i := range info.Prefix {
		_, n := utf8.DecodeRuneInString(low[cut:])
		cut += n
		if cut >= len(low) {
			break
		}
		info.Prefix[i] = Atom(low[:cut])
	}
	cut = len(low)
	for i := range info.Suffix {
		_, n := utf8.DecodeLastRuneInString(low[:cut])
		cut -= n
		if cut <= 0 {
			break
		}
		info.Suffix[i] = Atom(low[cut:])
	}
}

func shape(form string) (uint32, uint32) {
	var b [24]byte
	n, run := 0, 0
	var upper, lower, digit, other int
	for _, r := range form {
		c := byte('x')
		switch {
		case unicode.IsUpper(r):
			c = 'X'
			upper++
		case unicode.IsLetter(r):
			lower++
		case unicode.IsDigit(r):
			c = '0'
			digit++
		case r < utf8.RuneSelf:
			c = byte(r)
			other++
		default:
			c = '?'
			other++
		}
		if n > 0 && b[n-1] == c {
			run++
		} else {
			run = 0
		}
		if run < 2 && n < len(b) {
			b[n] = c
			n++
		}
	}
	return Atom(string(b[:n])), caseOf(b[:n], upper, lower, digit)
}

func caseOf(shape []byte, upper, lower, digit int) uint32 {
	switch {
	case upper == 0 && lower > 0:
		return Lower
	case upper == 1 && shape[0] == 'X':
		return Title
	case upper > 0 && lower == 0:
		return Upper
	case upper > 0:
		return Mixed
	case digit > 0:
		return Digits
	}
	return Other
}
