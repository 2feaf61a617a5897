package reprint

import (
	"cmp"
	"maps"
	"slices"

	"newsgraph/schema"
)

// Article is what grouping needs to know of an article.
type Article struct {
	ID        string `json:"-"`
	Published string `json:"published,omitempty"` // ISO 8601, or empty
	// Agency is the agency whose text it is, Own that the agency itself published it.
	Agency string `json:"agency,omitempty"`
	Own    bool   `json:"own,omitempty"`
	Sketch Sketch `json:"sketch"`
}

// Article gives what grouping needs of a document, whose agency is known.
func (a *Agencies) Article(doc schema.Document) Article {
	return Article{ID: doc.ID, Published: doc.Published, Agency: doc.Agency,
		Own: doc.Agency != "" && a.Known(doc.Publisher) == doc.Agency, Sketch: Of(doc)}
}

const (
	// same is the overlap from which two articles print one text, and least how many shingles they must share.
	// Measured on testdata/pairs.txt: the copies there, which were given another lead, cut, or edited lightly,
	// overlap by 0.60 and more; reports of one event in words of their own, with the same quotations, by 0.22 at most.
	same  = 0.42
	least = 12
	// sampled is the part of a long text's shingles, one in so many, by which it is looked up; texts of fewer than
	// short shingles are looked up by all of them.
	sampled = 4
	short   = 100
	// common is the number of texts with one shingle above which it is a phrase of everybody's; compared
	// is how many texts at most one is compared with.
	common   = 500
	compared = 8
)

// Originals gives, for every article that prints the text of another one, the ID of that one: of all that print a text,
// the one of the agency itself, else the earliest. Articles whose text stands for itself are left out.
//
// Texts are looked at the longest first, and each is compared with those before it that stand for themselves and share
// most with it, so a chain of ever more different texts is not one text.
func Originals(articles []Article) map[string]string {
	sorted := slices.Clone(articles)
	slices.SortFunc(sorted, func(x, y Article) int {
		return cmp.Or(cmp.Compare(len(y.Sketch), len(x.Sketch)), slices.Compare(x.Sketch, y.Sketch), cmp.Compare(x.ID, y.ID))
	})
	g := grouping{articles: sorted, holding: map[uint32][]int{}, members: map[int][]int{}}
	for i := range sorted {
		g.place(i)
	}
	out := map[string]string{}
	for _, root := range slices.Sorted(maps.Keys(g.members)) {
		group := g.members[root]
		first := slices.MinFunc(group, g.origin)
		for _, i := range group {
			if i != first {
				out[sorted[i].ID] = sorted[first].ID
			}
		}
	}
	return out
}

// grouping is a set of articles at work.
type grouping struct {
	articles []Article
	holding  map[uint32][]int // shingle to the texts that stand for themselves and are looked up by it
	members  map[int][]int    // text that stands for itself to all that print it
}

// place finds the text that article i prints, or lets it stand for itself.
func (g *grouping) place(i int) {
	s := g.articles[i].Sketch
	root := g.printed(s)
	if root >= 0 {
		g.members[root] = append(g.members[root], i)
		return
	}
	g.members[i] = []int{i}
	for _, h := range s {
		if len(s) < short || h%sampled == 0 {
			g.holding[h] = append(g.holding[h], i)
		}
	}
}

// printed is the text that a sketch is most like, when the two are one; -1 else.
func (g *grouping) printed(s Sketch) int {
	hits := map[int]int{}
	for _, h := range s {
		if holding := g.holding[h]; len(holding) <= common {
			for _, root := range holding {
				hits[root]++
			}
		}
	}
	roots := slices.SortedFunc(maps.Keys(hits), func(x, y int) int {
		return cmp.Or(cmp.Compare(hits[y], hits[x]), cmp.Compare(x, y))
	})
	best, most := -1, 0
	for _, root := range roots[:min(len(roots), compared)] {
		if n := shared(g.articles[root].Sketch, s); n > most && one(n, len(s), len(g.articles[root].Sketch)) {
			best, most = root, n
		}
	}
	return best
}

// one tells whether two texts with so many shingles, n of them shared, are one text.
func one(n, a, b int) bool {
	return n == a && n == b || n >= least && float64(n) >= same*float64(min(a, b))
}

// origin sorts the article that the others most likely have the text from first.
func (g *grouping) origin(i, j int) int {
	x, y := &g.articles[i], &g.articles[j]
	return cmp.Or(cmp.Compare(rank(!x.Own), rank(!y.Own)), cmp.Compare(rank(x.Published == ""), rank(y.Published == "")),
		cmp.Compare(x.Published, y.Published), cmp.Compare(len(y.Sketch), len(x.Sketch)), cmp.Compare(x.ID, y.ID))
}

// rank sorts false first.
func rank(b bool) int {
	if b {
		return 1
	}
	return 0
}
