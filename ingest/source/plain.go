package source

import (
	"strings"
	"unicode"

	"newsgraph/schema"
)

const (
	// longLine is the length in code points past which a line was not wrapped by hand, so that each
	// line is a paragraph.
	longLine = 160
	// longTitle is the length in code points past which a first line is no title.
	longTitle = 150
)

// readPlain keeps the code points of the text one to one. Odd spaces and control characters become
// plain spaces and line ends; characters without a width stay, since to drop them would move what follows.
func readPlain(text string, markdown bool) article {
	runes := []rune(text)
	for i, r := range runes {
		runes[i] = plainRune(r)
	}
	p := paragraphs{text: runes, markdown: markdown}
	p.run()
	a := article{text: string(runes), blocks: p.blocks}
	if len(p.blocks) > 1 && p.isTitle(p.blocks[0]) {
		first := &a.blocks[0]
		first.Kind = schema.Headline
		a.meta.Title = inline(string(runes[first.Start:first.End]))
	}
	return a
}

// plainRune maps a code point to the one that stands for it in normalised text.
func plainRune(r rune) rune {
	switch {
	case r == '\n':
		return r
	case r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
		return '\n'
	case unicode.IsSpace(r), unicode.IsControl(r), r == '\u200B', r == '\uFEFF':
		return ' '
	}
	return r
}

// paragraphs finds the blocks of plain text: runs of lines between blank ones. Where a line is too long to have been
// wrapped by hand, each line is a block, and so is each item of a bulleted list.
type paragraphs struct {
	text     []rune
	markdown bool
	open     schema.Block // the paragraph being read; empty for none
	each     bool         // one of its lines is too long to have been wrapped by hand
	bullets  bool         // all its lines are items
	blocks   []schema.Block
}

func (p *paragraphs) run() {
	p.eachLine(0, len(p.text), func(line schema.Block) {
		if line.Start < line.End {
			p.line(line)
		} else {
			p.flush()
		}
	})
	p.flush()
}

// eachLine calls f with the lines from start to end, trimmed.
func (p *paragraphs) eachLine(start, end int, f func(schema.Block)) {
	for at := start; at < end; {
		stop := at
		for stop < end && p.text[stop] != '\n' {
			stop++
		}
		f(p.trim(at, stop))
		at = stop + 1
	}
}

func (p *paragraphs) trim(start, end int) schema.Block {
	for start < end && p.text[start] == ' ' {
		start++
	}
	for end > start && p.text[end-1] == ' ' {
		end--
	}
	return schema.Block{Start: start, End: end}
}

func (p *paragraphs) line(line schema.Block) {
	if p.markdown && p.text[line.Start] == '#' {
		p.flush()
		if heading := p.heading(line); heading.Start < heading.End {
			p.blocks = append(p.blocks, heading)
		}
		return
	}
	if p.open.End == 0 {
		p.open, p.each, p.bullets = line, false, true
	}
	p.open.End = line.End
	p.each = p.each || line.End-line.Start > longLine
	p.bullets = p.bullets && p.isBullet(line)
}

// heading cuts the marks of a Markdown heading off.
func (p *paragraphs) heading(line schema.Block) schema.Block {
	start := line.Start
	for start < line.End && p.text[start] == '#' {
		start++
	}
	block := p.trim(start, line.End)
	block.Kind = schema.Headline
	return block
}

func (p *paragraphs) flush() {
	switch open := p.open; {
	case open.End == 0:
	case p.each || p.bullets:
		p.eachLine(open.Start, open.End, func(line schema.Block) { p.blocks = append(p.blocks, line) })
	default:
		p.blocks = append(p.blocks, open)
	}
	p.open = schema.Block{}
}

func (p *paragraphs) isBullet(line schema.Block) bool {
	return line.End-line.Start > 1 && strings.ContainsRune("-*•–", p.text[line.Start]) && p.text[line.Start+1] == ' '
}

// isTitle reports whether the first block reads as a headline: a Markdown heading, or one short line
// that no full stop, comma or colon ends.
func (p *paragraphs) isTitle(b schema.Block) bool {
	if b.Kind == schema.Headline {
		return true
	}
	words := strings.TrimRight(string(p.text[b.Start:b.End]), `"'’”»)] `)
	if words == "" || b.End-b.Start > longTitle || strings.ContainsRune(words, '\n') {
		return false
	}
	return !strings.ContainsRune(".,:;", rune(words[len(words)-1])) && strings.IndexFunc(words, unicode.IsLetter) >= 0 &&
		p.blankAfter(b)
}

// blankAfter reports whether the line after the block is blank.
func (p *paragraphs) blankAfter(b schema.Block) bool {
	ends := 0
	for _, r := range p.text[b.End:] {
		if r == '\n' {
			ends++
		} else if r != ' ' {
			break
		}
	}
	return ends > 1
}
