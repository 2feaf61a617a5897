package ingest_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"newsgraph/data"
	"newsgraph/schema"
)

// minCues is the share of the lexicon's examples that must give a predicate the factuality of their cue.
// The rest are lost to the parser.
const minCues = 0.8

// TestCueExamples reads the example sentence of every line of the lexicon of factuality as an article.
func TestCueExamples(t *testing.T) {
	b, err := fs.ReadFile(data.FS, "lexicon/factuality.tsv")
	if err != nil {
		t.Fatal(err)
	}
	right, all := 0, 0
	for line := range strings.Lines(string(b)) {
		col := strings.Split(strings.TrimSpace(line), "\t")
		if len(col) < 6 || strings.HasPrefix(line, "#") {
			continue
		}
		effect, ok := schema.ParseFactuality(col[3])
		if !ok {
			t.Fatalf("%q: no factuality", line)
		}
		all++
		if got, ok := hasFactuality(t, col[5], effect); ok {
			right++
		} else {
			t.Logf("%s %s %s: %q gives %v, want %s", col[0], col[1], col[2], col[5], got, effect)
		}
	}
	t.Logf("%d of %d examples", right, all)
	if float64(right) < minCues*float64(all) {
		t.Errorf("%d of %d examples, want %.0f %%", right, all, 100*minCues)
	}
}

// hasFactuality reports whether a predicate of the sentence carries the flag, or is asserted.
func hasFactuality(t *testing.T, sentence string, want schema.Factuality) (got []string, ok bool) {
	t.Helper()
	p := load(t)
	for _, s := range p.Language().Parse(sentence, nil) {
		for _, j := range p.Claims().Judge(s) {
			got = append(got, fmt.Sprintf("%s%v", s.Tokens[j.Token].Form, j.Flags))
			ok = ok || slices.Contains(j.Flags, want) || want == schema.Asserted && len(j.Flags) == 0
		}
	}
	return got, ok
}

// TestDoubtfulDeeds reads sentences that speak of a deed without asserting it; the deed's verb must carry a flag.
func TestDoubtfulDeeds(t *testing.T) {
	for _, c := range []struct{ sentence, deed string }{
		{"Prosecutors say the minister took bribes.", "took"},
		{"The minister is accused of taking bribes from Siemens.", "taking"},
		{"Reports that the minister had robbed the bank were false.", "robbed"},
		{"It is not true that Israel bombed the hospital.", "bombed"},
		{"He was charged with murdering his wife.", "murdering"},
		{"Witnesses described how soldiers shot civilians.", "shot"},
		{"Iran was suspected of supplying drones to Russia.", "supplying"},
		{"The army is believed to have killed 20 villagers.", "killed"},
		{"Fears grew that China would invade Taiwan.", "invade"},
		{"China could invade Taiwan by 2027, the general warned.", "invade"},
		{"Hamas should release the hostages, Biden said.", "release"},
		{"The allegation that Trump paid the actress was denied.", "paid"},
		{"Trump denied paying the actress.", "paying"},
		{"If Russia attacks Moldova, NATO will respond.", "attacks"},
		{"Had Russia attacked Moldova, NATO would have helped Chisinau.", "attacked"},
		{"No one believes that Assad used chemical weapons.", "used"},
		{"A plan by Rwanda to annex Goma was leaked.", "annex"},
		{"Did Egypt close the border?", "close"},
		{"Rwanda rejected claims that it supports the rebels.", "supports"},
		{"The president was said to have fled to Cuba.", "fled"},
		{"Ukraine is said to have struck the bridge.", "struck"},
		{"He pretended to support the king.", "support"},
		{"The EU wants Serbia to recognise Kosovo.", "recognise"},
		{"Serbia must recognise Kosovo.", "recognise"},
		{"Sudan's army, which denies that it killed civilians, bombed Nyala.", "killed"},
		{"Google is rumoured to be buying Fitbit.", "buying"},
		{"The court heard that Smith stabbed Jones.", "stabbed"},
		{"Smith allegedly stabbed Jones and robbed the shop.", "robbed"},
		{"The paper published claims by the opposition that Orban rigged the election.", "rigged"},
		{"The bank was to have bought its rival.", "bought"},
		{"Police foiled a plot to bomb the parliament.", "bomb"},
		{"The U.N. cast doubt on whether Mali had killed the hostages.", "killed"},
		{"Kenya never attacked Somalia.", "attacked"},
		{"Neither France nor Germany recognised the government.", "recognised"},
		{"Moody's has yet to publish the report.", "publish"},
		{"Shareholders are due to vote on the deal on Friday.", "vote"},
		{"Scholz is set to visit Berlin on Thursday.", "visit"},
		{"Britons voted to leave the union.", "leave"},
		{"Toledo was jailed for taking bribes from Odebrecht.", "taking"},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			p := load(t)
			for _, s := range p.Language().Parse(c.sentence, nil) {
				for _, j := range p.Claims().Judge(s) {
					if s.Tokens[j.Token].Form == c.deed && len(j.Flags) == 0 {
						t.Errorf("%q is asserted", c.deed)
					}
				}
			}
		})
	}
}
