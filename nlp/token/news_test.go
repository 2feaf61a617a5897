package token_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/nlp/token"
)

// TestNews holds what newspapers write and must not break sentences.
func TestNews(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, in, want string }{
		{"headline in capitals", "MINISTER QUITS OVER LEAK AS OPPOSITION CALLS FOR VOTE\n\nHe left.", "MINISTER QUITS OVER LEAK AS OPPOSITION CALLS FOR VOTE\nHe left ."},
		{"capitals", "TROOPS WOULD LEAVE, HE SAID. THE OPPOSITION REJECTED IT. \"IT IS TOO LATE,\" MR. KOVAC SAID.",
			"TROOPS WOULD LEAVE , HE SAID .\nTHE OPPOSITION REJECTED IT .\n\" IT IS TOO LATE , \" MR. KOVAC SAID ."},
		{"dateline", "KYIV, Ukraine (AP) — Forces attacked the city on Monday. Three people died.",
			"KYIV , Ukraine ( AP ) — Forces attacked the city on Monday .\nThree people died ."},
		{"dateline with a day", "LAGOS, March 3 (Reuters) - The U.S. Senate passed the bill.", "LAGOS , March 3 ( Reuters ) - The U.S. Senate passed the bill ."},
		{"caption", "Protesters gather in Tbilisi, Nov. 3, 2024. (AP Photo/John Smith)", "Protesters gather in Tbilisi , Nov. 3 , 2024 .\n( AP Photo / John Smith )"},
		{"quotation goes on", "“We will not give up,” Ms. Adu said. “The fight goes on.” She left.", "“ We will not give up , ” Ms. Adu said .\n“ The fight goes on . ”\nShe left ."},
		{"question quoted", "\"Are you ready?\" asked Gen. Smith. \"Yes!\" shouted the crowd.", "\" Are you ready ? \" asked Gen. Smith .\n\" Yes ! \" shouted the crowd ."},
		{"speech after a colon", "The mayor said: The works will end in May.", "The mayor said : The works will end in May ."},
		{"dash", "Of course, safety is still a major concern – Singh says it is.", "Of course , safety is still a major concern – Singh says it is ."},
		{"spaces missing", "The army took the town.The mayor fled on Friday.Rebels left.", "The army took the town .\nThe mayor fled on Friday .\nRebels left ."},
		{"abbreviation at the end", "They met in Washington, D.C. The deal is near.", "They met in Washington , D.C.\nThe deal is near ."},
		{"title after a full stop", "He was born in St. Petersburg. Lt. Col. Ivanov was there.", "He was born in St. Petersburg .\nLt. Col. Ivanov was there ."},
		{"initials after a full stop", "It is worth $2.5bn. J. R. Smith signed it.", "It is worth $ 2.5 bn .\nJ. R. Smith signed it ."},
		{"name with a mark", "Officials said Jimmy Kimmel Live! is suspended.", "Officials said Jimmy Kimmel Live ! is suspended ."},
		{"Korean names", "Leader Kim Jong-un met Ban Ki-moon.", "Leader Kim Jong-un met Ban Ki-moon ."},
		{"two countries", "joint Saudi–U.S. strikes", "joint Saudi – U.S. strikes"},
		{"product", "The shares of eBay fell. iPhone sales rose.", "The shares of eBay fell .\niPhone sales rose ."},
		{"decimal places", "He hit .322 and sold a “.com” domain", "He hit .322 and sold a “ .com ” domain"},
		{"omission", "Yields are consistent [...] in all", "Yields are consistent [...] in all"},
		{"list end", "They sell wine, cheese, etc.", "They sell wine , cheese , etc ."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, render(tc.in)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestInformal holds what letters and notes on the web write.
func TestInformal(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, in, want string }{
		{"smileys", "Great pizza :) thanks;-) bye:-).", "Great pizza :) thanks ;-) bye :-) ."},
		{"marks in a row", "why?? it is all about the $$$", "why ??\nit is all about the $$$"},
		{"arrows", "<< here >>", "<< here >>"},
		{"apostrophes left out", "im sure its the best, dont worry, alot of us cant", "i m sure it s the best , do nt worry , a lot of us ca nt"},
		{"its own", "The dog and its owner", "The dog and its owner"},
		{"address in angles", "mail \"Jo\"<jo.x@example.org> or mailto:a@example.org", "mail \" Jo \" < jo.x@example.org > or mailto:a@example.org"},
		{"file", "see report_v2-3.doc, please", "see report_v2-3.doc , please"},
		{"telephone", "call 345-9945 or 3-5213 or +44 20", "call 345-9945 or 3-5213 or +44 20"},
		{"shorthand", "nice b/c it is w/o cost", "nice b/c it is w/o cost"},
		{"number sign", "issue #3 and #vote", "issue # 3 and #vote"},
		{"broken off", "the th- the man", "the th- the man"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, render(tc.in)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestTrainBoundaries holds that training learns something and does it twice alike.
func TestTrainBoundaries(t *testing.T) {
	t.Parallel()
	text := []rune("He left. She came. They slept.")
	x := []token.Example{{Text: text, Ends: map[int]bool{8: true, 18: true, len(text): true}}}
	o := token.TrainOptions{Epochs: 5, Seed: 1, Rate: 0.1}
	a, b := token.TrainBoundaries(x, o), token.TrainBoundaries(x, o)
	if string(a) != string(b) {
		t.Error("the same input gave other bytes")
	}
	if string(a) == string(make([]byte, len(a))) {
		t.Error("nothing learned")
	}
}
