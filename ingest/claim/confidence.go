package claim

import "newsgraph/schema"

// confidence guesses how likely the claim is right, from the rule, the parse, how its ends were found
// and how far the article stands from it.
func (v *view) confidence(c candidate, out schema.Claim) float64 {
	p := c.weight * map[string]float64{"svo": 1, "speech": 1, "relcl": 0.93, "conj": 0.92, "title": 1, "appos": 0.97, "acl": 0.9, "xcomp": 0.9, "advcl": 0.85}[c.rule]
	if p == 0 {
		p = c.weight * 0.85
	}
	for _, end := range []party{c.subj, c.obj} {
		if end.entity >= 0 && end.head >= 0 && v.upos(end.head) == "PRON" {
			p *= 0.85
		}
		if end.entity >= 0 && !v.local(end.entity).Named {
			p *= 0.93
		}
	}
	if n := v.end - v.start; n > 180 {
		p *= 0.95
	}
	p *= 0.85 + 0.15*v.margin
	return float64(int(p*1000)) / 1000
}
