package export

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"newsgraph/schema"
)

// figure is the picture of an entity among its neighbours: those that act on it to the left, those it acts on to the right.
type figure struct {
	Width, Height int
	Center        box
	Boxes         []box
	Lines         []stroke
	More          string // what the picture leaves out
}

type box struct {
	X, Y, Width, TextX, NameY, NoteY int
	Name, Full, Note, Short, Anchor  string
}

type stroke struct {
	Path, Mark, Width string
}

// The measures of a figure, in its own units.
const (
	figureWidth = 880
	boxWidth    = 248
	rowHeight   = 50
	rowsShown   = 8
	centerWidth = 216
)

func (s *selection) figure(center string, a *surroundings) figure {
	left, right := a.neighbours(false), a.neighbours(true)
	f := figure{Width: figureWidth}
	rows := max(min(len(left), rowsShown), min(len(right), rowsShown), 1)
	f.Height = rows*rowHeight + 10
	f.Center = box{X: (figureWidth - centerWidth) / 2, Y: f.Height/2 - 24, Width: centerWidth, TextX: figureWidth / 2, NameY: f.Height/2 + 5}
	f.Center.Full = plain(s.entity(center).Label)
	f.Center.Name = shortened(f.Center.Full, 22)
	hidden := 0
	for _, list := range [][]side{left, right} {
		shown := list[:min(len(list), rowsShown)]
		hidden += len(list) - len(shown)
		for i, t := range shown {
			y := 5 + (rows-len(shown))*rowHeight/2 + i*rowHeight
			b := s.box(t, a, y)
			f.Boxes = append(f.Boxes, b)
			f.Lines = append(f.Lines, line(b, f.Center, t.out, a.ties[t]))
		}
	}
	if hidden > 0 {
		f.More = fmt.Sprintf("%d more are in the list alone.", hidden)
	}
	return f
}

// neighbours are those on one side, the most claims first.
func (a *surroundings) neighbours(out bool) []side {
	list := slices.DeleteFunc(slices.Collect(maps.Keys(a.ties)), func(t side) bool { return t.out != out })
	slices.SortFunc(list, func(x, y side) int {
		return cmp.Or(cmp.Compare(a.ties[y].claims, a.ties[x].claims), cmp.Compare(x.neighbour, y.neighbour))
	})
	return list
}

func (s *selection) box(t side, a *surroundings, y int) box {
	b := box{X: 0, Y: y, Width: boxWidth, NameY: y + 17, NoteY: y + 32, Anchor: a.anchors[t.neighbour], Full: plain(s.entity(t.neighbour).Label)}
	if t.out {
		b.X = figureWidth - boxWidth
	}
	b.TextX = b.X + 12
	x := a.ties[t]
	names := slices.SortedFunc(maps.Keys(x.predicates), func(p, q string) int {
		return cmp.Or(cmp.Compare(x.predicates[q], x.predicates[p]), cmp.Compare(p, q))
	})
	for i := range names {
		names[i] = plain(strings.ReplaceAll(names[i], "_", " "))
	}
	b.Name, b.Note = shortened(b.Full, 28), strings.Join(names, ", ")
	if x.best != schema.Asserted {
		b.Note = strings.ToLower(markOf(x.best).Word) + ": " + b.Note
	}
	b.Short = shortened(b.Note, 37)
	return b
}

// line joins a box to the middle; it is the stronger the more claims there are.
func line(b, center box, out bool, x *strand) stroke {
	from, to := b.X+b.Width, center.X
	fromY, toY := b.Y+20, center.Y+24
	if out {
		from, fromY, to, toY = center.X+center.Width, toY, b.X, fromY
	}
	middle := (from + to) / 2
	return stroke{
		Path:  fmt.Sprintf("M%d %d C%d %d %d %d %d %d", from, fromY, middle, fromY, middle, toY, to, toY),
		Mark:  markOf(x.best).Name,
		Width: fmt.Sprintf("%.1f", min(4.5, 1.4+0.7*math.Log2(float64(x.claims)))),
	}
}

// shortened cuts a text to n characters.
func shortened(s string, n int) string {
	runes := []rune(oneLine(s))
	if len(runes) <= n {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}
