package lemma

import (
	"sort"
	"strings"
)

// Example is one word of a treebank.
type Example struct{ Form, Tag, Lemma, Feats string }

// Train makes a model of the words of treebanks and of a dictionary, which the treebanks overrule and which says
// nothing of features. The same words in any order give the same model.
func Train(data, dictionary []Example) *Model {
	m := &Model{tables{Proper: proper(data)}}
	lemmas := m.lemmas(data, dictionary)
	m.t.Rules = m.rules(lemmas)
	m.t.Words = m.exceptions(lemmas)
	m.t.ByTag = majority(data, func(e Example) (string, string) { return e.Tag, e.Feats })
	m.t.Feats = m.oddFeats(data)
	return m
}

// proper finds the tags whose lemmas mostly keep a capital.
func proper(data []Example) map[string]bool {
	caps, all := map[string]int{}, map[string]int{}
	for _, e := range data {
		if low := strings.ToLower(e.Form); low != e.Form {
			all[e.Tag]++
			if strings.ToLower(e.Lemma) != e.Lemma {
				caps[e.Tag]++
			}
		}
	}
	out := map[string]bool{}
	for tag, n := range all {
		if caps[tag]*2 > n && strings.HasPrefix(tag, "PROPN") {
			out[tag] = true
		}
	}
	return out
}

// majority maps each key to the value seen most often with it, the smaller one among equals.
func majority(data []Example, f func(Example) (key, value string)) map[string]string {
	count := map[string]map[string]int{}
	for _, e := range data {
		k, v := f(e)
		if count[k] == nil {
			count[k] = map[string]int{}
		}
		count[k][v]++
	}
	out := map[string]string{}
	for k, vs := range count {
		out[k] = most(vs)
	}
	return out
}

func most(vs map[string]int) string {
	keys := make([]string, 0, len(vs))
	for v := range vs {
		keys = append(keys, v)
	}
	sort.Strings(keys)
	best := keys[0]
	for _, v := range keys {
		if vs[v] > vs[best] {
			best = v
		}
	}
	return best
}

// change returns how a lemma is made of a form: what is cut from its end and what is added.
func change(form, lemma string) string {
	n := 0
	for n < len(form) && n < len(lemma) && form[n] == lemma[n] {
		n++
	}
	for n > 0 && n < len(form) && form[n]&0xC0 == 0x80 {
		n--
	}
	return form[n:] + "\t" + lemma[n:]
}

// rules learns the most frequent change for each ending and tag from distinct words: a frequent word is no better
// a witness than a rare one. Endings that change nothing in what the shorter ending says are left out.
func (m *Model) rules(lemmas map[string]string) map[string]string {
	var list []Example
	for k, l := range lemmas {
		form, tag, _ := strings.Cut(k, "\t")
		list = append(list, Example{Form: form, Tag: tag, Lemma: change(form, l)})
	}
	out := map[string]string{}
	for n := 0; n <= MaxEnding; n++ {
		votes := map[string]map[string]int{}
		for _, e := range list {
			if len(e.Form) < n || cutsMore(e.Lemma, n) && n > 0 {
				continue
			}
			k := e.Form[len(e.Form)-n:] + "\t" + e.Tag
			if votes[k] == nil {
				votes[k] = map[string]int{}
			}
			votes[k][e.Lemma]++
		}
		m.t.Rules = out
		for _, k := range sorted(votes) {
			total := 0
			for _, c := range votes[k] {
				total += c
			}
			if r := most(votes[k]); n == 0 || total >= 2 && r != m.shorter(k) {
				out[k] = r
			}
		}
	}
	return out
}

// cutsMore tells whether a change cuts more than an ending of n bytes shows: such words are exceptions.
func cutsMore(rule string, n int) bool {
	cut, _, _ := strings.Cut(rule, "\t")
	return len(cut) > n+2
}

// shorter is the rule that a shorter ending already gives.
func (m *Model) shorter(k string) string {
	end, tag, _ := strings.Cut(k, "\t")
	for n := 1; n <= len(end); n++ {
		if r, ok := m.t.Rules[end[n:]+"\t"+tag]; ok {
			return r
		}
	}
	return ""
}

func sorted[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// exceptions keeps the words that the rules get wrong.
func (m *Model) exceptions(lemmas map[string]string) map[string]string {
	out := map[string]string{}
	for k, l := range lemmas {
		form, tag, _ := strings.Cut(k, "\t")
		if m.byRule(form, tag) != l {
			out[k] = l
		}
	}
	return out
}

// lemmas maps "form TAB tag" to the lemma seen most often.
func (m *Model) lemmas(data, dictionary []Example) map[string]string {
	f := func(e Example) (string, string) { return m.key(e.Form, e.Tag) + "\t" + e.Tag, e.Lemma }
	out := majority(dictionary, f)
	for k, l := range majority(data, f) {
		out[k] = l
	}
	return out
}

// oddFeats keeps the words whose features are not those of their tag.
func (m *Model) oddFeats(data []Example) map[string]string {
	out := majority(data, func(e Example) (string, string) { return strings.ToLower(e.Form) + "\t" + e.Tag, e.Feats })
	for k, f := range out {
		_, tag, _ := strings.Cut(k, "\t")
		if m.t.ByTag[tag] == f {
			delete(out, k)
		}
	}
	return out
}
