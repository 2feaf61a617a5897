package entity

// opening is how many sentences of an article say whom it is about: the headline and the first ones.
const opening = 3

// findHero is a mention of the person whom the article is about: named at its beginning, and nobody more often; -1 for nobody.
func (a *article) findHero() int {
	names := map[int]int{} // root to how often it is named
	for i := range a.refs {
		if r := &a.refs[i]; r.Kind == Name && a.group(i).class == "Person" && a.group(i).number != 'p' {
			names[a.root(i)]++
		}
	}
	best, most := -1, 1
	for i := range a.refs {
		if g := a.root(i); names[g] > most {
			best, most = i, names[g]
		}
	}
	if best < 0 || a.refs[best].Sent >= opening {
		return -1
	}
	return best
}
