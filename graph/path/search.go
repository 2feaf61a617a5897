package path

import (
	"math"
	"slices"

	"newsgraph/graph"
)

// search is one search for paths in a web. It goes breadth first from both ends until they meet, then marks on the
// entities between how many hops may be left there, and last grows paths along the marks, the best first.
type search struct {
	*web
	*sieve
	o        Options
	from, to []int32
	via      int32 // -1 for none
	ends     map[int32]end
	ahead    ball // around the beginning
	back     ball // around the end
	shortest int  // the distance between the ends; 0 when it is not known
	marks    []mark
	marked   []int32
	met      map[int32][]arm // see onward; nil until it is needed for the present marks
	ties     map[[2]int32]tie
}

// end says at which ends of the paths an entity stands.
type end uint8

const (
	atStart end = 1 << iota
	atEnd
)

// ball is what lies within some hops of one end.
type ball struct {
	side  graph.Side // on which an entity stands in the links to go by
	dist  []int8     // hops, plus 1; 0 for what is not reached
	edge  []int32
	depth int
	inner []int32 // all whose links were read, in the order of their distance
}

func (b *ball) of(i int32) (hops int, ok bool) {
	if int(i) >= len(b.dist) || b.dist[i] == 0 {
		return 0, false
	}
	return int(b.dist[i]) - 1, true
}

func (b *ball) put(i int32, hops int) {
	if int(i) >= len(b.dist) {
		b.dist = append(b.dist, make([]int8, int(i)+1-len(b.dist)+len(b.dist)/2)...)
	}
	b.dist[i] = int8(hops + 1)
}

// mark says with how many hops left a path may pass an entity: bit n for n hops. behind is for when the entity to go via
// lies behind, or there is none; before is for when it is still to come.
type mark struct{ behind, before uint32 }

func (w *web) search(from, to []string, o Options) (*search, error) {
	exempt := slices.Concat(from, to)
	if o.Via != "" {
		exempt = append(exempt, o.Via)
	}
	v, err := w.sieve(o.Filter, exempt...)
	if err != nil {
		return nil, err
	}
	s := &search{web: w, sieve: v, o: o, via: -1, ends: map[int32]end{}, ties: map[[2]int32]tie{}}
	if s.from, err = w.entities(from); err != nil {
		return nil, err
	}
	if s.to, err = w.entities(to); err != nil {
		return nil, err
	}
	for _, i := range s.from {
		s.ends[i] |= atStart
		s.ahead.put(i, 0)
	}
	for _, i := range s.to {
		s.ends[i] |= atEnd
		s.back.put(i, 0)
	}
	s.ahead.side, s.back.side = graph.EitherSide, graph.EitherSide
	if o.Directed {
		s.ahead.side, s.back.side = graph.AsSubject, graph.AsObject
	}
	s.ahead.edge, s.back.edge = slices.Clone(s.from), slices.Clone(s.to)
	return s, s.setVia()
}

// setVia finds the entity to go through. One that no claim names leaves no path.
func (s *search) setVia() error {
	if s.o.Via == "" {
		return nil
	}
	at, err := s.entities([]string{s.o.Via})
	if err != nil {
		return err
	}
	if len(at) == 0 {
		s.ahead.edge = nil
	} else if s.ends[at[0]] == 0 { // at an end it is on every path
		s.via = at[0]
	}
	return nil
}

// forwards says whether a link may be gone from this node; backwards whether towards it.
func (s *search) forwards(l graph.Link, from int32) bool {
	return !s.o.Directed || l.From == s.nodes[from].id
}

func (s *search) backwards(l graph.Link, to int32) bool {
	return !s.o.Directed || l.To == s.nodes[to].id
}

// find returns the last steps of the paths, best first, those of Options.Offset among them.
func (s *search) find() ([]*partial, error) {
	want := s.o.Offset + s.o.Paths
	if s.o.Paths < 0 {
		want = math.MaxInt
	}
	hops := 2 // the least that a way through an entity has
	if s.via < 0 {
		var err error
		if hops, err = s.meet(); err != nil || hops == 0 {
			return nil, err
		}
	}
	if s.o.Order == Supported {
		return s.grow(s.o.MaxHops, want)
	}
	var found []*partial
	for ; hops <= s.o.MaxHops && len(found) < want; hops++ {
		more, err := s.grow(hops, want-len(found))
		found = append(found, more...)
		if err != nil {
			return found, err
		}
	}
	return found, nil
}

// length returns the length of the shortest path, 0 when there is none within MaxHops.
func (s *search) length() (int, error) {
	if s.via < 0 {
		return s.meet()
	}
	s.o.Paths, s.o.Offset, s.o.Order = 1, 0, Shortest
	found, err := s.find()
	if len(found) == 0 {
		return 0, err
	}
	return found[0].hops, nil
}

// meet widens the smaller ball until the two touch.
func (s *search) meet() (int, error) {
	for s.ahead.depth+s.back.depth < s.o.MaxHops {
		met, ok, err := s.widenOne()
		if err != nil || !ok {
			return 0, err
		}
		if met {
			s.shortest = s.ahead.depth + s.back.depth
			return s.shortest, nil
		}
	}
	return 0, nil
}

// widenOne widens the ball with the fewer entities at its edge; ok is false when one of them cannot grow.
func (s *search) widenOne() (met, ok bool, err error) {
	if len(s.ahead.edge) == 0 || len(s.back.edge) == 0 {
		return false, false, nil
	}
	if len(s.ahead.edge) <= len(s.back.edge) {
		met, err = s.widen(&s.ahead, &s.back, s.forwards)
	} else {
		met, err = s.widen(&s.back, &s.ahead, s.backwards)
	}
	return met, true, err
}

// widen goes one hop from each entity at the edge of a ball, and says whether the other ball was met.
func (s *search) widen(b, other *ball, usable func(graph.Link, int32) bool) (met bool, err error) {
	edge := b.edge
	slices.SortFunc(edge, func(x, y int32) int { // the order of the disk
		if s.nodes[x].id < s.nodes[y].id {
			return -1
		}
		return 1
	})
	b.inner = append(b.inner, edge...)
	b.edge = nil
	b.depth++
	for _, i := range edge {
		arms, err := s.arms(i, b.side)
		if err != nil {
			return false, err
		}
		for _, a := range arms {
			if _, seen := b.of(a.to); seen || !usable(a.link, i) {
				continue
			}
			if ok, err := s.fits(a.link); err != nil || !ok {
				if err != nil {
					return false, err
				}
				continue
			}
			b.put(a.to, b.depth)
			b.edge = append(b.edge, a.to)
			if _, ok := other.of(a.to); ok && !met {
				name, err := s.name(a.to)
				if err != nil {
					return false, err
				}
				met = name != ""
			}
		}
	}
	return met, nil
}

// markAll marks every entity through which a walk of at most so many hops may go from the beginning to the end. It
// reads nothing that the balls have not read: where a walk is nearer to its end, it is followed from the end on; where it
// is nearer to its beginning, from there.
func (s *search) markAll(hops int) error {
	for s.ahead.depth+s.back.depth < hops {
		if _, ok, err := s.widenOne(); err != nil {
			return err
		} else if !ok {
			break
		}
	}
	s.met = nil
	for _, i := range s.marked {
		s.marks[i] = mark{}
	}
	s.marked = s.marked[:0]
	if len(s.marks) < len(s.nodes) {
		s.marks = append(s.marks, make([]mark, len(s.nodes)-len(s.marks))...)
	}
	for _, i := range s.to {
		s.mark(i, mark{behind: 1})
	}
	level, err := slices.Clone(s.to), error(nil)
	for left := 1; left <= hops && len(level) > 0; left++ {
		if hops-left >= s.ahead.depth {
			level, err = s.push(level, left, hops)
		} else {
			level, err = s.pull(left, hops)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mark adds to the marks of an entity.
func (s *search) mark(i int32, m mark) {
	if i == s.via {
		m.before |= m.behind
	}
	was := &s.marks[i]
	if *was == (mark{}) {
		s.marked = append(s.marked, i)
	}
	was.behind |= m.behind
	was.before |= m.before
}

// before returns the marks of one more hop before an entity with left-1 hops left: none at the beginning of a path, and
// before the entity to go via, nothing lies behind it.
func (s *search) before(i int32, left int) mark {
	bit := uint32(1) << (left - 1)
	m := mark{s.marks[i].behind & bit << 1, s.marks[i].before & bit << 1}
	if i == s.via {
		m.behind = 0
	}
	if s.ends[i]&atStart != 0 {
		return mark{}
	}
	return m
}

// push marks the entities one hop before those of a level.
func (s *search) push(level []int32, left, hops int) (next []int32, err error) {
	for _, i := range level {
		m := s.before(i, left)
		if m == (mark{}) {
			continue
		}
		arms, err := s.arms(i, s.back.side)
		if err != nil {
			return nil, err
		}
		s.marks = append(s.marks, make([]mark, len(s.nodes)-len(s.marks))...)
		for _, a := range arms {
			away, ok := s.ahead.of(a.to)
			if !ok {
				away = s.ahead.depth + 1
			}
			if away > hops-left || s.ends[a.to]&atEnd != 0 || !s.backwards(a.link, i) || s.marks[a.to].has(m) {
				continue
			}
			if ok, err := s.fits(a.link); err != nil {
				return nil, err
			} else if ok {
				s.mark(a.to, m)
				next = append(next, a.to)
			}
		}
	}
	return next, nil
}

func (m mark) has(n mark) bool { return m.behind&n.behind == n.behind && m.before&n.before == n.before }

// pull marks those entities near the beginning from which one hop leads to one of the level before.
func (s *search) pull(left, hops int) (level []int32, err error) {
	for _, i := range s.ahead.inner {
		if away, _ := s.ahead.of(i); away > hops-left {
			break // they are in the order of their distance
		}
		if s.ends[i]&atEnd != 0 {
			continue
		}
		any := false
		for _, a := range s.nodes[i].arms {
			m := s.before(a.to, left)
			if m == (mark{}) || s.marks[i].has(m) || !s.forwards(a.link, i) {
				continue
			}
			if ok, err := s.fits(a.link); err != nil {
				return nil, err
			} else if ok {
				s.mark(i, m)
				any = true
			}
		}
		if any {
			level = append(level, i)
		}
	}
	return level, nil
}
