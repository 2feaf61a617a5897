package rdf

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"newsgraph/schema"
)

// ErrSymmetric says that blank nodes look too much alike to be told apart within the budget. It takes a graph made for the
// purpose: one of many nodes that all have the same neighbours, but no two of which can be exchanged.
var ErrSymmetric = errors.New("blank nodes cannot be told apart")

// Isomorphic says whether two sets of quads are equal but for the labels of blank nodes. The error is ErrSymmetric.
func Isomorphic(a, b []schema.Quad) (bool, error) {
	x, err := Canonical(a)
	if err != nil {
		return false, err
	}
	y, err := Canonical(b)
	if err != nil {
		return false, err
	}
	Sort(x)
	Sort(y)
	return slices.Equal(slices.Compact(x), slices.Compact(y)), nil
}

// Canonical returns the quads, in their order, with labels of blank nodes that follow from what the quads say and from
// nothing else: two sets that are isomorphic come out equal. Blank nodes that quads tie together make a component, and a label
// is a hash of its component and a number in it, so that a component has the same labels whatever else is in the set; a second
// component that says the same as the first gets a number more. The error is ErrSymmetric.
func Canonical(quads []schema.Quad) ([]schema.Quad, error) {
	components := componentsOf(quads)
	seen := map[string]int{}
	labels := map[string]string{}
	for _, c := range components {
		form, order, err := c.canonical()
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256([]byte(form))
		hash := "c" + hex.EncodeToString(sum[:10])
		seen[hash]++
		if n := seen[hash]; n > 1 {
			hash += "x" + strconv.Itoa(n)
		}
		for node, at := range order {
			labels[c.names[node]] = hash + "n" + strconv.Itoa(at)
		}
	}
	out := slices.Clone(quads)
	for i := range out {
		for _, t := range blankPlaces(&out[i]) {
			if t.Kind == schema.Blank {
				t.Value = labels[t.Value]
			}
		}
	}
	return out, nil
}

// blankPlaces are the places of a quad where a blank node can stand.
func blankPlaces(q *schema.Quad) [3]*schema.Term {
	return [3]*schema.Term{&q.Subject, &q.Object, &q.Graph}
}

// component is blank nodes that quads tie together, by number, and those quads.
type component struct {
	names []string // of the nodes
	lines []line
	arcs  [][]arc
	first []string // of each node, what its quads say of it alone
	// around is equal for two nodes with the same neighbours: they can be exchanged, whatever the partition.
	around []string

	best  string  // the smallest form so far
	order []int   // the numbering that gives it, node to number
	path  []int   // the choices that led to it
	same  [][]int // maps of the nodes that leave the component as it is
	spent int
}

// line is a quad with its blank nodes taken out: nodes[i] is the one at the i-th of blankPlaces, or -1.
type line struct {
	quad  schema.Quad
	mask  string
	nodes [3]int
}

// arc leads from a node to another in the same quad; kind is equal for two arcs that are alike but for the nodes.
type arc struct{ to, kind int }

// componentsOf takes the quads with blank nodes apart, each quad once.
func componentsOf(quads []schema.Quad) []*component {
	joined := map[string]string{} // union-find over labels
	find := func(x string) string {
		for joined[x] != x {
			joined[x] = joined[joined[x]]
			x = joined[x]
		}
		return x
	}
	set := map[schema.Quad]bool{}
	var list []schema.Quad
	for _, q := range quads {
		first := ""
		for _, t := range blankPlaces(&q) {
			if t.Kind != schema.Blank {
				continue
			}
			if _, ok := joined[t.Value]; !ok {
				joined[t.Value] = t.Value
			}
			if first == "" {
				first = t.Value
			}
			joined[find(first)] = find(t.Value)
		}
		if first != "" && !set[q] {
			set[q] = true
			list = append(list, q)
		}
	}
	byRoot := map[string]*builder{}
	var out []*component
	for _, q := range list {
		root := ""
		for _, t := range blankPlaces(&q) {
			if t.Kind == schema.Blank {
				root = find(t.Value)
			}
		}
		b := byRoot[root]
		if b == nil {
			b = &builder{component: &component{}, at: map[string]int{}}
			byRoot[root] = b
			out = append(out, b.component)
		}
		b.add(q)
	}
	for _, c := range out {
		c.link()
	}
	return out
}

// builder numbers the nodes of a component.
type builder struct {
	*component
	at map[string]int
}

func (b *builder) add(q schema.Quad) {
	l := line{quad: q}
	for i, t := range blankPlaces(&q) {
		l.nodes[i] = -1
		if t.Kind != schema.Blank {
			continue
		}
		n, ok := b.at[t.Value]
		if !ok {
			n = len(b.names)
			b.at[t.Value] = n
			b.names = append(b.names, t.Value)
		}
		l.nodes[i], t.Value = n, "b"
	}
	l.mask = string(appendQuad(nil, q))
	b.lines = append(b.lines, l)
}

// link fills in arcs and first.
func (c *component) link() {
	var kinds []string
	for i := range c.lines {
		for _, a := range c.lines[i].arcs() {
			kinds = append(kinds, a.kind)
		}
	}
	slices.Sort(kinds)
	kinds = slices.Compact(kinds)
	c.arcs = make([][]arc, len(c.names))
	own := make([][]string, len(c.names))
	for i := range c.lines {
		l := &c.lines[i]
		for _, a := range l.arcs() {
			kind, _ := slices.BinarySearch(kinds, a.kind)
			c.arcs[a.from] = append(c.arcs[a.from], arc{a.to, kind})
		}
		for _, n := range l.distinct() {
			own[n] = append(own[n], l.places(n)+l.mask)
		}
	}
	c.first = make([]string, len(own))
	c.around = make([]string, len(own))
	for n, lines := range own {
		slices.Sort(lines)
		c.first[n] = strings.Join(lines, "")
		slices.SortFunc(c.arcs[n], func(a, b arc) int { return cmp.Or(cmp.Compare(a.to, b.to), cmp.Compare(a.kind, b.kind)) })
		c.around[n] = fmt.Sprint(c.arcs[n])
	}
}

// distinct returns the nodes of the line, each once.
func (l *line) distinct() []int {
	var out []int
	for _, n := range l.nodes {
		if n >= 0 && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// places says where in the line the node stands.
func (l *line) places(node int) string {
	b := [3]byte{'-', '-', '-'}
	for i, n := range l.nodes {
		if n == node {
			b[i] = '+'
		}
	}
	return string(b[:])
}

type namedArc struct {
	from, to int
	kind     string
}

func (l *line) arcs() []namedArc {
	var out []namedArc
	nodes := l.distinct()
	for _, x := range nodes {
		for _, y := range nodes {
			if x != y {
				out = append(out, namedArc{x, y, l.places(x) + l.places(y) + l.mask})
			}
		}
	}
	return out
}

// canonical numbers the nodes so that the lines, sorted, are the smallest that any numbering within reach of the refinement
// gives, and returns them as one text. It is McKay's search: refine the partition of the nodes by their neighbours; where
// nodes stay alike, try each of the first smallest cell, and leave out those that a symmetry found on the way maps to one
// already tried.
func (c *component) canonical() (form string, order []int, err error) {
	p := c.begin()
	if c.search(p, nil) < 0 {
		return "", nil, ErrSymmetric
	}
	return c.best, c.order, nil
}

// partition is the nodes in cells: color is the cell of each node.
type partition struct {
	color []int
	place []int // of each node in its cell
	cells [][]int
}

// begin puts nodes into one cell when their own quads say the same of them.
func (c *component) begin() *partition {
	byFirst := map[string][]int{}
	for n, f := range c.first {
		byFirst[f] = append(byFirst[f], n)
	}
	p := &partition{color: make([]int, len(c.names)), place: make([]int, len(c.names))}
	var work []int
	for _, f := range sortedKeys(byFirst) {
		work = append(work, len(p.cells))
		for i, n := range byFirst[f] {
			p.color[n], p.place[n] = len(p.cells), i
		}
		p.cells = append(p.cells, byFirst[f])
	}
	c.refine(p, work)
	return p
}

func sortedKeys[K int | string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// refine splits cells until all nodes of a cell have the same arcs to each cell. The largest part of a cell keeps its
// number, so that a long chain is not walked once for each of its nodes; work are the cells to look at.
func (c *component) refine(p *partition, work []int) {
	for len(work) > 0 {
		at := work[0]
		work = work[1:]
		kinds := map[int][]int{}
		for _, n := range p.cells[at] {
			c.spent += len(c.arcs[n]) + 1
			for _, a := range c.arcs[n] {
				kinds[a.to] = append(kinds[a.to], a.kind)
			}
		}
		touched := map[int]map[string][]int{} // cell to its parts by the arcs from the cell at hand
		for _, n := range sortedKeys(kinds) {
			k := kinds[n]
			slices.Sort(k)
			var sign []byte
			for _, x := range k {
				sign = strconv.AppendInt(append(sign, ' '), int64(x), 10)
			}
			parts := touched[p.color[n]]
			if parts == nil {
				parts = map[string][]int{}
				touched[p.color[n]] = parts
			}
			parts[string(sign)] = append(parts[string(sign)], n)
		}
		for _, cell := range sortedKeys(touched) {
			work = append(work, p.split(cell, touched[cell])...)
		}
	}
}

// split makes cells of the parts, and returns the new ones. Nodes of the cell in no part stay together.
func (p *partition) split(cell int, parts map[string][]int) (fresh []int) {
	in, largest := 0, ""
	for _, sign := range sortedKeys(parts) {
		in += len(parts[sign])
		if len(parts[sign]) > len(parts[largest]) {
			largest = sign
		}
	}
	if rest := len(p.cells[cell]) - in; rest >= len(parts[largest]) {
		largest = ""
	} else if rest > 0 {
		parts[""] = p.rest(cell, parts)
	}
	for _, sign := range sortedKeys(parts) {
		if sign == largest {
			continue
		}
		fresh = append(fresh, len(p.cells))
		p.move(parts[sign])
	}
	return fresh
}

// rest returns the nodes of the cell that are in no part.
func (p *partition) rest(cell int, parts map[string][]int) []int {
	in := map[int]bool{}
	for _, nodes := range parts {
		for _, n := range nodes {
			in[n] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(p.cells[cell]), func(n int) bool { return in[n] })
}

// move makes a new cell of nodes that were in one.
func (p *partition) move(nodes []int) {
	cell := make([]int, 0, len(nodes))
	for _, n := range nodes {
		old := p.cells[p.color[n]]
		last := old[len(old)-1]
		old[p.place[n]], p.place[last] = last, p.place[n]
		p.cells[p.color[n]] = old[:len(old)-1]
		p.color[n], p.place[n] = len(p.cells), len(cell)
		cell = append(cell, n)
	}
	p.cells = append(p.cells, cell)
}

func (p *partition) clone() *partition {
	q := &partition{slices.Clone(p.color), slices.Clone(p.place), make([][]int, len(p.cells), len(p.color))}
	for i, cell := range p.cells {
		q.cells[i] = slices.Clone(cell)
	}
	return q
}

// target returns the first of the smallest cells with more than one node, or -1.
func (p *partition) target() int {
	best := -1
	for i, cell := range p.cells {
		if len(cell) > 1 && (best < 0 || len(cell) < len(p.cells[best])) {
			best = i
		}
	}
	return best
}

// maxSpent bounds the work on one component, in nodes and arcs looked at for each of its own.
const maxSpent = 20000

// search tries the numberings that the partition leaves open; path are the nodes chosen so far. It returns the depth to go
// back to, and -1 when the budget is spent.
func (c *component) search(p *partition, path []int) (back int) {
	cell := p.target()
	for cell >= 0 && c.alike(p.cells[cell]) {
		for _, n := range slices.Clone(p.cells[cell][1:]) {
			p.move([]int{n})
		}
		cell = p.target()
	}
	if cell < 0 {
		return c.leaf(p.color, path)
	}
	var tried []int
	twins := map[string]bool{} // of those tried
	for _, n := range slices.Clone(p.cells[cell]) {
		if twins[c.around[n]] || c.mapped(n, tried, path) {
			continue
		}
		if c.spent += len(c.names); c.spent > maxSpent*(len(c.names)+len(c.lines)) {
			return -1
		}
		tried = append(tried, n)
		twins[c.around[n]] = true
		q := p.clone()
		q.move([]int{n})
		c.refine(q, []int{len(q.cells) - 1})
		if back = c.search(q, append(slices.Clone(path), n)); back < len(path) {
			return back
		}
	}
	return len(path)
}

// alike says whether the nodes have the same neighbours. Any order of them is as good as any other then, and to tell them
// apart tells nothing else apart.
func (c *component) alike(nodes []int) bool {
	for _, n := range nodes {
		if c.around[n] != c.around[nodes[0]] {
			return false
		}
	}
	return true
}

// leaf looks at a numbering. When it gives the same lines as the best one there is a symmetry, and the search goes back to
// where the ways to the two parted.
func (c *component) leaf(order, path []int) (back int) {
	form := c.form(order)
	switch {
	case c.order == nil || form < c.best:
		c.best, c.order, c.path = form, order, path
	case form == c.best:
		at := make([]int, len(order))
		for n, number := range order {
			at[number] = n
		}
		to := make([]int, len(order))
		for n, number := range c.order {
			to[n] = at[number]
		}
		c.same = append(c.same, to)
		common := 0
		for common < len(path) && path[common] == c.path[common] {
			common++
		}
		return common
	}
	return len(path)
}

// form returns the lines under a numbering.
func (c *component) form(order []int) string {
	lines := make([]string, len(c.lines))
	for i, l := range c.lines {
		for k, t := range blankPlaces(&l.quad) {
			if l.nodes[k] >= 0 {
				t.Value = strconv.Itoa(order[l.nodes[k]])
			}
		}
		lines[i] = string(appendQuad(nil, l.quad))
	}
	slices.Sort(lines)
	c.spent += len(lines)
	return strings.Join(lines, "")
}

// mapped says whether a symmetry that leaves the path alone maps a tried node to n.
func (c *component) mapped(n int, tried, path []int) bool {
	if len(tried) == 0 || len(c.same) == 0 {
		return false
	}
	reached := map[int]bool{n: true}
	for work := []int{n}; len(work) > 0; {
		at := work[0]
		work = work[1:]
		if slices.Contains(tried, at) {
			return true
		}
		for _, to := range c.same {
			c.spent += len(path) + 1
			if slices.ContainsFunc(path, func(x int) bool { return to[x] != x }) {
				continue
			}
			if next := to[at]; !reached[next] {
				reached[next] = true
				work = append(work, next)
			}
		}
	}
	return false
}
