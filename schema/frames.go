package schema

import "slices"

// Slot is one dependent of a clause's head word.
type Slot struct {
	// Role is "subj", "obj", "iobj", "comp" (the head of an xcomp, ccomp or of-doing clause, or the second
	// predicate of "elected him president"), "poss", "demonym" ("Russian"), "compound" (a name before a
	// noun: "the NATO chief") or a preposition ("to", "on_behalf_of").
	Role string
	// Head is the lower-case lemma of the filler's head word.
	Head string
	// Class is the filler's class, "Value" for amounts and dates, empty when not known.
	Class string
	// Ref is the caller's own index.
	Ref int
	// Slots are the filler's own dependents or, for "comp", the slots of that clause.
	Slots []Slot
}

// Clause is a head word with its dependents. Passives are already turned active: the agent is "subj", the
// passive subject "obj". For nouns and adjectives "subj" is the one that is it ("Putin" of "Putin,
// president of Russia").
type Clause struct {
	// Kind is "verb", "noun" or "adj".
	Kind string
	// Lemma is lower case, a phrasal verb or compound noun joined by "_" ("set_up", "prime_minister").
	Lemma string
	Slots []Slot
}

// Match is a canonical claim that a frame finds in a clause.
type Match struct {
	Predicate string
	// X and Y are the Refs of subject and object.
	X, Y int
	// Frame is the number of the frame, for Vocabulary.Frame.
	Frame int
	// Cued says that the claim is read out of the trigger's object ("promised a loan to", "refused talks
	// with"), so that what the trigger says of its object's factuality holds for the claim.
	Cued bool
	// Beside says that the claim stands beside another one of the same pair ("sent jets to Oman for joint drills" is both).
	Beside bool
}

// maxFillers is how many X or Y a frame takes from one clause: more conjuncts than that are left out.
const maxFillers = 16

// fillers are the refs captured for X or Y.
type fillers struct {
	refs [maxFillers]int
	n    int
}

func (f *fillers) add(ref int) {
	if f.n < len(f.refs) {
		f.refs[f.n] = ref
		f.n++
	}
}

// Frame returns the frame of that number, as Match numbers them.
func (v *Vocabulary) Frame(i int) Frame { return v.frames[i].source }

// Frames returns how many frames there are.
func (v *Vocabulary) Frames() int { return len(v.frames) }

// Match returns the canonical claims in a clause, the most specific first, at most one for each pair of X
// and Y and one Beside it. A filler whose class is known must suit the predicate's domain or range; one whose class is
// not known is let pass. Conjuncts (several slots of one role) give one claim each.
func (v *Vocabulary) Match(c Clause) []Match {
	var key [64]byte
	k := append(append(append(key[:0], c.Kind...), ' '), c.Lemma...)
	var out []Match
	for _, id := range v.index[string(k)] {
		f := &v.frames[id]
		m := matcher{v: v, frame: f}
		if !m.all(f.constraints, c.Slots) {
			continue
		}
		out = m.pairs(out, int(id))
	}
	return out
}

// matcher is one try of one frame.
type matcher struct {
	v     *Vocabulary
	frame *frame
	x, y  fillers
}

// pairs appends a match for each X and Y, unless a more specific frame has claimed the pair. What is
// symmetric is said once.
func (m *matcher) pairs(out []Match, id int) []Match {
	for _, x := range m.x.refs[:m.x.n] {
		for _, y := range m.y.refs[:m.y.n] {
			taken := x == y || slices.ContainsFunc(out, func(o Match) bool {
				same := o.X == x && o.Y == y || m.frame.symmetric && o.X == y && o.Y == x
				return same && o.Beside == m.frame.beside
			})
			if !taken {
				out = append(out, Match{Predicate: m.frame.source.Predicate, X: x, Y: y, Frame: id, Cued: m.frame.cued, Beside: m.frame.beside})
			}
		}
	}
	return out
}

// all says whether the slots meet every constraint; what they capture is kept only then.
func (m *matcher) all(cs []constraint, slots []Slot) bool {
	nx, ny := m.x.n, m.y.n
	for i := range cs {
		if !m.one(&cs[i], slots) {
			m.x.n, m.y.n = nx, ny
			return false
		}
	}
	return true
}

func (m *matcher) one(c *constraint, slots []Slot) bool {
	found := m.among(c, slots)
	if c.near {
		for i := range slots {
			if slots[i].Role != "subj" && m.among(c, slots[i].Slots) {
				found = true
			}
		}
	}
	return found != (c.want == wantAbsent)
}

func (m *matcher) among(c *constraint, slots []Slot) bool {
	found := false
	for i := range slots {
		s := &slots[i]
		if plays(c.roles, s, slots) && m.fits(c, s) && m.all(c.nested, s.Slots) {
			found = true
			switch c.want {
			case wantX:
				m.x.add(s.Ref)
			case wantY:
				m.y.add(s.Ref)
			}
		}
	}
	return found
}

// plays says whether the slot has one of the roles. Parsers call the one who is "urged to resign" an iobj:
// where there is no obj, an iobj is one.
func plays(roles []string, s *Slot, slots []Slot) bool {
	if slices.Contains(roles, s.Role) {
		return true
	}
	return s.Role == "iobj" && slices.Contains(roles, "obj") &&
		!slices.ContainsFunc(slots, func(o Slot) bool { return o.Role == "obj" })
}

// fits checks the filler's head word and class.
func (m *matcher) fits(c *constraint, s *Slot) bool {
	if len(c.words) > 0 {
		if _, in := slices.BinarySearch(c.words, s.Head); in == c.not {
			return false
		}
	}
	var ends mask
	switch c.want {
	case wantX:
		ends = m.frame.domain
	case wantY:
		ends = m.frame.rang
	default:
		return true
	}
	class := m.v.mask(s.Class)
	if class == 0 {
		return !c.known
	}
	return (ends == 0 || class&ends != 0) && (c.class == 0 || (class&c.class != 0) != c.other)
}

// Triggers returns the lemmas that set the frame off, sets expanded; nil for a frame not of this vocabulary.
func (v *Vocabulary) Triggers(f Frame) []string {
	for i := range v.frames {
		if v.frames[i].source == f {
			return v.frames[i].lemmas
		}
	}
	return nil
}
