package source

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// sniffed is how many bytes are looked at to tell a format or an encoding.
const sniffed = 4096

// decode returns the bytes as UTF-8 with LF line ends and without a byte order mark. Text that is valid
// UTF-8 is UTF-8 whatever an HTML page declares, since other encodings are never so by chance; then a
// page's own declaration counts, then windows-1252 if the bytes could be that. Binary files are errors.
func decode(raw []byte, isHTML bool) (string, error) {
	text, err := toUTF8(raw, isHTML)
	if err != nil {
		return "", err
	}
	if at := strings.IndexByte(text, 0); at >= 0 && !isHTML {
		return "", &lineError{lineAt(text, at), errors.New("a NUL byte: the file is not text")}
	}
	text = strings.TrimPrefix(text, "\uFEFF")
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), nil
}

func toUTF8(raw []byte, isHTML bool) (string, error) {
	if enc := markedEncoding(raw); enc != nil {
		return transcode(raw, enc)
	}
	if utf8.Valid(raw) {
		return string(raw), nil
	}
	if isHTML {
		if enc := declaredEncoding(raw); enc != nil {
			return transcode(raw, enc)
		}
	}
	if mostlyUTF8(raw) {
		return strings.ToValidUTF8(string(raw), "\uFFFD"), nil
	}
	if at := implausible1252(raw); at >= 0 {
		err := fmt.Errorf("byte 0x%02X is neither UTF-8 nor windows-1252: the file is not text", raw[at])
		return "", &lineError{lineAt(string(raw), at), err}
	}
	return transcode(raw, charmap.Windows1252)
}

// markedEncoding tells UTF-16 from its byte order mark; nil for none.
func markedEncoding(raw []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	return nil
}

// declaredEncoding reads the meta element of a page; nil when it declares nothing that is known, or
// UTF-8, which the bytes are not.
func declaredEncoding(raw []byte) encoding.Encoding {
	enc, name, _ := charset.DetermineEncoding(raw[:min(len(raw), 1024)], "")
	if name == "utf-8" || name == "windows-1252" || enc == encoding.Replacement {
		return nil
	}
	return enc
}

func transcode(raw []byte, enc encoding.Encoding) (string, error) {
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return "", fmt.Errorf("decode text: %w", err)
	}
	return string(out), nil
}

// mostlyUTF8 reports whether the bytes are UTF-8 with a few broken places: at least ten good
// characters beyond ASCII for each bad byte.
func mostlyUTF8(raw []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good >= 10*bad
}

// implausible1252 returns the offset of the first byte that text in windows-1252 would not hold: a
// control character, or one of the five codes without a meaning. It is -1 when there is none; then, if more than
// three in ten bytes are above ASCII, the offset of the first of those.
func implausible1252(raw []byte) int {
	high, first := 0, -1
	for i, b := range raw {
		switch {
		case b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f',
			b == 0x81 || b == 0x8D || b == 0x8F || b == 0x90 || b == 0x9D:
			return i
		case b >= 0x80:
			if high++; first < 0 {
				first = i
			}
		}
	}
	if high*10 > len(raw)*3 {
		return first
	}
	return -1
}

// lineAt returns the line of the byte offset, counted from 1.
func lineAt(text string, at int) int { return 1 + strings.Count(text[:at], "\n") }
