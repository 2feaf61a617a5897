package schema

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// EscapeLocal turns any text into the local part of an IRI: letters and digits of any script and the
// marks that a path segment may hold (RFC 3987, ipchar) stay, every other byte is percent-encoded.
// UnescapeLocal gives the text back.
func EscapeLocal(s string) string {
	if plainLocal(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if localRune(r) && (r != utf8.RuneError || n > 1) {
			b.WriteString(s[i : i+n])
		} else {
			escapeBytes(&b, s[i:i+n])
		}
		i += n
	}
	return b.String()
}

func plainLocal(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || !localRune(rune(c)) {
			return false
		}
	}
	return true
}

func escapeBytes(b *strings.Builder, s string) {
	const digits = "0123456789ABCDEF"
	for i := 0; i < len(s); i++ {
		b.WriteByte('%')
		b.WriteByte(digits[s[i]>>4])
		b.WriteByte(digits[s[i]&15])
	}
}

// localRune says whether r may stand unescaped: unreserved, sub-delims, ":" and "@" of RFC 3986, and the
// ucschar of RFC 3987 without blanks, controls and invisible marks of direction.
func localRune(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return true
	case r < utf8.RuneSelf:
		return strings.ContainsRune("-._~!$&'()*+,;=:@", r)
	}
	return ucschar(r) && !unicode.IsSpace(r) && !invisible(r)
}

func ucschar(r rune) bool {
	switch {
	case 0xA0 <= r && r <= 0xD7FF, 0xF900 <= r && r <= 0xFDCF, 0xFDF0 <= r && r <= 0xFFEF:
		return true
	}
	return 0x10000 <= r && r < 0xF0000 && r&0xFFFF < 0xFFFE && (r < 0xE0000 || r >= 0xE1000)
}

func invisible(r rune) bool {
	switch {
	case r == 0xAD, r == 0x061C, r == 0x180E, 0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E,
		0x2060 <= r && r <= 0x206F, r == 0xFEFF:
		return true
	}
	return false
}

// UnescapeLocal is the inverse of EscapeLocal; a "%" without two hex digits stays as it is.
func UnescapeLocal(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && hexDigit(s[i+1]) >= 0 && hexDigit(s[i+2]) >= 0 {
			b = append(b, byte(hexDigit(s[i+1])<<4|hexDigit(s[i+2])))
			i += 2
			continue
		}
		b = append(b, s[i])
	}
	return string(b)
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
