package entity

// joinNames groups names that are spelt alike.
func (a *article) joinNames() {
	first := map[string]int{}
	for i := range a.refs {
		r := &a.refs[i]
		if r.Kind != Name && r.Kind != Demonym {
			continue
		}
		key := r.key
		if r.thing >= 0 {
			key = "\x00" + a.gaz.things[r.thing].id
		}
		if f, seen := first[key]; seen {
			a.union(f, i)
		} else {
			first[key] = i
		}
	}
}
