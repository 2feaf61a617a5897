package entity

import "newsgraph/nlp"

// findQuotes marks the tokens inside quotation marks, and finds who says each quotation.
func (a *article) findQuotes() {
	type open struct {
		mark  string
		quote int
	}
	var cur *open
	for s := range a.trees {
		t := &a.trees[s]
		if s > 0 && a.trees[s-1].block != t.block {
			cur = nil
		}
		for i, tok := range t.tokens {
			switch {
			case cur != nil && closes(cur.mark, tok.Form):
				cur = nil
			case cur != nil:
				t.quote[i] = cur.quote
			case a.opens(t, s, i):
				a.speakers = append(a.speakers, -1)
				cur = &open{tok.Form, len(a.speakers) - 1}
			}
		}
	}
	for q, s := range a.quoteSentences() {
		a.speakers[q] = a.speaker(q, s)
	}
	a.carrySpeakers()
	a.findTurns()
}

// findTurns makes each turn of a transcript a quotation, but for what is quoted in it.
func (a *article) findTurns() {
	var last *nlp.Speech
	for s := range a.trees {
		t := &a.trees[s]
		if t.speech == nil {
			continue
		}
		if t.speech != last {
			a.speakers = append(a.speakers, a.named(t.speech.Speaker))
			last = t.speech
		}
		for i := range t.quote {
			if t.quote[i] < 0 {
				t.quote[i] = len(a.speakers) - 1
			}
		}
	}
}

// named is the mention that the text has at the place, -1 for none.
func (a *article) named(at nlp.Block) int {
	for s := range a.trees {
		for i, tok := range a.trees[s].tokens {
			if tok.Start >= at.Start && tok.End <= at.End {
				if m := a.at(s, i); m >= 0 {
					return m
				}
			}
		}
	}
	return -1
}

// closes tells whether a mark ends a quotation that another one opened.
func closes(open, form string) bool {
	switch open {
	case "“", "\"", "``", "„", "''", "”":
		return form == "”" || form == "\"" || form == "''" || form == "“" && open == "„"
	case "«":
		return form == "»"
	}
	return form == "’" || form == "'" || form == "‘"
}

// opens tells whether a token opens a quotation: a closing one does too where nothing is open and a word follows
// without a blank, as articles do that set their quotes by machine.
func (a *article) opens(t *tree, sent, i int) bool {
	if !isQuote(t.tokens[i].Form) || i+1 >= len(t.tokens) {
		return false
	}
	if i > 0 && !t.tokens[i-1].SpaceAfter && t.tokens[i].SpaceAfter {
		return false // an apostrophe, or an end without a beginning
	}
	switch t.tokens[i].Form {
	case "’", "'", "”", "''", "»":
		return !t.tokens[i].SpaceAfter && t.tokens[i+1].UPOS != "PART" && !(t.tokens[i].UPOS == "PART")
	}
	return true
}

// quoteSentences gives, for each quotation, the sentences it touches, as the first and the last.
func (a *article) quoteSentences() [][2]int {
	out := make([][2]int, len(a.speakers))
	for q := range out {
		out[q] = [2]int{-1, -1}
	}
	for s := range a.trees {
		for _, q := range a.trees[s].quote {
			if q < 0 {
				continue
			}
			if out[q][0] < 0 {
				out[q][0] = s
			}
			out[q][1] = s
		}
	}
	return out
}

// speaker is the mention that is the subject of the verb of saying that stands outside the quotation in one of
// its sentences; -1 when there is none.
func (a *article) speaker(q int, sents [2]int) int {
	if sents[0] < 0 {
		return -1
	}
	for _, s := range []int{sents[0], sents[1]} {
		t := &a.trees[s]
		for i := range t.tokens {
			if t.quote[i] == q || t.quote[i] >= 0 || !oneOf(t.lemma(i), saying) || t.tokens[i].UPOS != "VERB" {
				continue
			}
			if subj := t.kid(i, "nsubj"); subj >= 0 && t.quote[subj] < 0 && a.governs(t, i, q) {
				if m := a.at(s, subj); m >= 0 {
					return m
				}
			}
		}
	}
	return -1
}

// governs tells whether the quotation hangs on the verb, or the verb on the quotation.
func (a *article) governs(t *tree, verb, q int) bool {
	if h := t.tokens[verb].Head; h >= 0 && t.quote[h] == q {
		return true
	}
	for i := range t.tokens {
		if t.quote[i] != q {
			continue
		}
		for k, n := t.tokens[i].Head, 0; k >= 0 && n < 4; k, n = t.tokens[k].Head, n+1 {
			if k == verb {
				return true
			}
		}
	}
	return false
}

// carrySpeakers gives a quotation without a verb of saying the speaker of the one before it in the same block.
func (a *article) carrySpeakers() {
	at := a.quoteSentences()
	for q := 1; q < len(a.speakers); q++ {
		if a.speakers[q] >= 0 || at[q][0] < 0 || at[q-1][0] < 0 {
			continue
		}
		if a.trees[at[q][0]].block == a.trees[at[q-1][0]].block && a.wholeSentence(q, at[q]) {
			a.speakers[q] = a.speakers[q-1]
		}
	}
}

// wholeSentence tells whether the quotation holds the root of one of its sentences: it is speech, not a word
// in quotation marks.
func (a *article) wholeSentence(q int, sents [2]int) bool {
	for s := sents[0]; s <= sents[1]; s++ {
		t := &a.trees[s]
		for i := range t.tokens {
			if t.tokens[i].Head < 0 && t.quote[i] == q {
				return true
			}
		}
	}
	return false
}

// speakerAt is the mention of who says the words at a token; -1 outside quotations or when not known.
func (a *article) speakerAt(sent, tok int) int {
	if q := a.trees[sent].quote[tok]; q >= 0 {
		return a.speakers[q]
	}
	return -1
}

// joinSpeakers leads "I" and "we" inside a quotation to its speaker.
func (a *article) joinSpeakers() {
	for i := range a.refs {
		r := &a.refs[i]
		if r.Kind != Pronoun || !oneOf(r.head, "i me my mine myself we us our ours ourselves") {
			continue
		}
		if s := a.speakerAt(r.Sent, r.Head); s >= 0 && a.known(s) {
			a.union(s, i)
		}
	}
}
