package ingest_test

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"

	"newsgraph/ingest/source"
	"newsgraph/schema"
)

// claimsOf gives the claims of a text that came out on a day.
func claimsOf(t *testing.T, published, text string) []schema.Claim {
	t.Helper()
	docs, err := source.Read(context.Background(), "test.txt", bytes.NewReader([]byte("---\npublished: "+published+"\n---\n"+text)), source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := load(t).Analyse(context.Background(), docs[0])
	if err != nil {
		t.Fatal(err)
	}
	return r.Analysis.Claims
}

// TestConstructions reads sentences of one construction each with the models: a line is subject, predicate, object and
// factuality, parted by "|"; "!" forbids.
func TestConstructions(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"the office of a counterpart", "Foreign Minister Hakan Fidan met his Greek counterpart, George Gerapetritis, in Athens.",
			"George Gerapetritis|^minister_of|Greece|asserted"},
		{"resigned as", "Adel Karim resigned as Iraq's oil minister on Monday.",
			"Adel Karim|^minister_of|Iraq|asserted\nAdel Karim|resign|oil minister|asserted"},
		{"may resign as", "Anna Berg may resign as Norway's justice minister.",
			"Anna Berg|^minister_of|Norway|asserted\nAnna Berg|resign|justice minister|possible"},
		{"sworn in as", "Mwai Kibaki was sworn in as president of Kenya on Monday.", "Mwai Kibaki|^head_of_state_of|Kenya|asserted"},
		{"to be elected as", "Parliament will elect Ilze Ozola as Latvia's next president.",
			"Ilze Ozola|^head_of_state_of|Latvia|planned\n!Ilze Ozola|^head_of_state_of|Latvia|asserted"},
		{"as, in front", "As the former Polish prime minister, Donald Tusk was respected abroad.", "Donald Tusk|^head_of_government_of|Poland|asserted"},
		{"described as", "Ann Lee described Bob Cole as the president of Togo.", "!Bob Cole|^head_of_state_of|Togo|*\n!Ann Lee|^head_of_state_of|Togo|*"},
		{"members of a group", "Leaders of several African countries attended, among them William Ruto of Kenya and Yoweri Museveni of Uganda.",
			"William Ruto|^leader_of|Kenya|asserted\nYoweri Museveni|^leader_of|Uganda|asserted"},
		{"including", "The presidents of five states, including Luis Arce of Bolivia, sent messages.", "Luis Arce|^head_of_state_of|Bolivia|asserted"},
		{"a clause after a day", "She signed an agreement in Oslo on Monday that ends the strike.", "agreement|end|strike|asserted"},
		{"a name after 'in return'", "In return Egypt is to receive two ships.", "Egypt|^receives|two ships|planned"},
		{"where, of a city", "In Kisumu, the Kenyan city on Lake Victoria, where two people died on Friday, a strike went on.",
			"Kisumu|^located_in|Kenya|asserted\ntwo people|^died_in|Kisumu|asserted\n!city|go_on|*|*"},
		{"whose country", "President Gitanas Nauseda of Lithuania, whose country had never signed the treaty, resigned.", "Lithuania|sign|treaty|negated"},
		{"they, after two named together", "Emmanuel Macron and Olaf Scholz met in Berlin on Monday. They agreed to send tanks to Ukraine.",
			"Emmanuel Macron|^agrees_with|Olaf Scholz|asserted\nEmmanuel Macron|send|Ukraine|planned\nOlaf Scholz|send|Ukraine|planned"},
		{"they, after others", "Protesters threw stones at officers. They chanted slogans against the government.", "Protesters|chant|slogans|asserted"},
		{"the two, with a clause", "Abiy Ahmed and William Ruto shook hands in Addis Ababa. The two leaders, who had met in May, promised to open the border.",
			"Abiy Ahmed|shook hands|William Ruto|asserted\nWilliam Ruto|promise|*|asserted"},
		{"both sides", "Sudan and Chad signed a pact in Dakar. Both sides withdrew troops from Darfur.",
			"Sudan|^withdraws_from|Darfur|asserted\nChad|^withdraws_from|Darfur|asserted"},
		{"each other", "Sudan and Chad accused each other of harbouring rebels.", "Sudan|^accuses |Chad|asserted\nChad|^accuses |Sudan|asserted\n!*|.|each|*"},
		{"to war", "Ethiopia and Eritrea have gone to war twice.", "Ethiopia|^at_war_with|Eritrea|asserted"},
		{"their countries", "President Gitanas Nauseda of Lithuania and his Polish counterpart, Andrzej Duda, spoke for an hour. Their countries share a border.",
			"Lithuania|^borders|Poland|asserted"},
		{"the first to", "Mr Yoon is the first South Korean leader to visit Tokyo since 2011.", "Yoon|^visits|Tokyo|asserted\nYoon|^leader_of|South Korea|asserted"},
		{"would be the first to", "Michel Temer would be the first president to face a trial.", "!Michel Temer|face|trial|asserted"},
		{"planned for", "The summit in Brussels is planned for Thursday.", "summit|^takes_place_on|Thursday|planned\n!summit|^takes_place_on|*|asserted"},
		{"an apposition of two who meet", "The foreign ministers, Park Jin and Yoshimasa Hayashi, will meet in May.", "Park Jin|^meets|Yoshimasa Hayashi|planned"},
		{"who was and then", "Donald Tusk, who was prime minister from 2007 to 2014 and then president of the European Council, leads a coalition.",
			"Donald Tusk|^leads|coalition|asserted\nDonald Tusk|^leader_of|European Council|asserted\n!president|^leads|*|*"},
		{"voted out", "Parliament voted out the government.", "Parliament|^dismisses|government|asserted"},
		{"a name before an amount", "The court fined Meta Platforms 1.2 billion euros.", "court|^fines|Meta Platforms|asserted"},
		{"who is given time to do it", "The court gave Meta Platforms five months to stop the transfers.", "Meta Platforms|^ends|transfers|planned\n!court|^ends|*|*"},
		{"Brussels for the Union", "The European Union is angry. Brussels and Washington agreed on a new framework.", "European Union|agree|framework|asserted\n!Belgium|.|*|*"},
		{"Brussels for Belgium", "The European Union praised Belgium. Brussels and Washington agreed on a new framework.", "Belgium|agree|framework|asserted"},
		{"the place of what was not announced", "Officials had not announced the ceremony in Minsk.", "ceremony|^located_in|Minsk|asserted\n!ceremony|^located_in|Minsk|negated"},
		{"rather than", "Ann Lee resigned rather than sign the treaty.", "Ann Lee|^signs|treaty|negated\n!Ann Lee|^signs|treaty|asserted"},
		{"rather than, in front", "Rather than join the coalition, Kanu left parliament.", "Kanu|^joins|coalition|negated\n!Kanu|^joins|coalition|asserted"},
		{"the latter", "The Kremlin sent Dmitry Kozak and Igor Ivanov to Tbilisi. The latter met Nino Burjanadze.", "Igor Ivanov|^meets|Nino Burjanadze|asserted"},
		{"the latter thing", "The Kremlin sent Igor Ivanov to Tbilisi. The latter move angered Georgia.", "!Igor Ivanov|anger|Georgia|*"},
		{"a list behind a year", "The settlement, drawn up by the guarantors of the treaty of 1942, Brazil, Argentina and Chile, was signed.",
			"Brazil|^party_to|treaty of 1942|asserted\nChile|^party_to|treaty of 1942|asserted"},
		{"a subject before the verb behind and", "The World Bank is considering a loan to rebuild schools, and the government plans to move 4,000 families before winter.",
			"government|^plans|move 4,000 families|asserted\n!World Bank|^transports|*|*"},
		{"a name and its clause before the verb behind and", "Israel sent seven houses and Armenia, whose border with Turkey has been shut since 1993, flew in 40 tonnes of blankets.",
			"Armenia|fly_in|40 tonnes|asserted\n!Israel|fly_in|*|*\n!houses|^borders|*|*"},
		{"who denied it threatened", "Willy Ngoma denied that his fighters had looted the hospital, and threatened to march on Goma if air strikes continued.",
			"Willy Ngoma|^threatens|Goma|asserted\n!fighters|threaten|*|*"},
		{"worth", "The European Union warned that it could suspend aid to Kigali worth 260m euros.", "European Union|^cuts_off|Kigali|possible"},
		{"more than a number", "Rebels stormed the camp, killing at least 17 soldiers and wounding more than 40.", "Rebels|^kills|17 soldiers|asserted\nRebels|^wounds|40|asserted"},
		{"put at", "The ministry put the dead at 41.", "ministry|^estimates|41|asserted"},
		{"in charge of", "Beşir Atalay is in charge of the rescue.", "Beşir Atalay|^leads|rescue|asserted\n!Beşir Atalay|be_in|*|*"},
		{"out of the rubble", "Firemen pulled a girl from the rubble.", "Firemen|^rescues|girl|asserted\n!Firemen|^withdraws|*|*"},
		{"one of them", "Prosecutors arrested one of them, Salih Olmez, on suspicion of manslaughter.", "Prosecutors|^arrests|Salih Olmez|asserted"},
		{"the army of no country that comes up later", "LUSAKA, Zambia - The army shelled rebel positions. Rwanda sent aid. Rwanda denied it. The Rwandan army was not there.",
			"!Rwandan army|shell|*|*"},
		{"a city that people are moved to", "The government moved 4,000 families to Ankara.", "government|.|Ankara|asserted\n!government|.|Turkey|*"},
		{"wanted for", "Joseph Kony is wanted for murder.", "Joseph Kony|^suspected_of|murder|asserted"},
		{"without", "The storm left two million people without power.", "two million people|^needs|power|asserted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			claims := claimsOf(t, "2024-03-12", c.text)
			for line := range strings.SplitSeq(c.want, "\n") {
				col := strings.Split(strings.TrimPrefix(line, "!"), "|")
				f := fact{subject: col[0], predicate: regexp.MustCompile(col[1]), object: col[2], factuality: col[3]}
				if hit := f.in(claims); hit == strings.HasPrefix(line, "!") {
					t.Errorf("%q: %s: found %t", c.text, line, hit)
				}
			}
		})
	}
}
