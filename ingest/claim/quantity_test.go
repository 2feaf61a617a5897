package claim

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/schema"
)

func TestQuantities(t *testing.T) {
	t.Parallel()
	type q = schema.Quantity
	for _, c := range []struct {
		name, spec, head string
		want             []q
	}{
		{"dollars with a magnitude", "paid/pay/VBD/0/root $~/$/$/1/obj 1.5/1.5/CD/4/compound billion/billion/CD/2/nummod", "$", []q{{Value: 1.5e9, Unit: "USD", Text: "$1.5 billion"}}},
		{"magnitude without a blank", "paid/pay/VBD/0/root $~/$/$/1/obj 1.5~/1.5/CD/4/compound billion/billion/CD/2/nummod", "$", []q{{Value: 1.5e9, Unit: "USD", Text: "$1.5billion"}}},
		{"currency in words", "paid/pay/VBD/0/root 2/2/CD/3/compound million/million/CD/4/nummod euros/euro/NNS/1/obj", "euros", []q{{Value: 2e6, Unit: "EUR", Text: "2 million euros"}}},
		{"letter for the magnitude", "paid/pay/VBD/0/root £~/£/$/1/obj 20~/20/CD/4/compound m/million/CD/2/nummod", "£", []q{{Value: 2e7, Unit: "GBP", Text: "£20m"}}},
		{"bn", "paid/pay/VBD/0/root €~/€/$/1/obj 3~/3/CD/4/compound bn/billion/CD/2/nummod", "€", []q{{Value: 3e9, Unit: "EUR", Text: "€3bn"}}},
		{"no magnitude, commas", "paid/pay/VBD/0/root $~/$/$/1/obj 12,500/12500/CD/2/nummod", "$", []q{{Value: 12500, Unit: "USD", Text: "$12,500"}}},
		{"sign with letters", "paid/pay/VBD/0/root US$~/US$/$/1/obj 5/5/CD/4/compound billion/billion/CD/2/nummod", "US$", []q{{Value: 5e9, Unit: "USD", Text: "US$5 billion"}}},
		{"number word and currency", "paid/pay/VBD/0/root three/three/CD/3/compound million/million/CD/4/nummod roubles/rouble/NNS/1/obj", "roubles", []q{{Value: 3e6, Unit: "RUB", Text: "three million roubles"}}},
		{"bounded money", "paid/pay/VBD/0/root more/more/JJ/4/advmod than/than/IN/2/fixed $~/$/$/1/obj 3/3/CD/6/compound million/million/CD/4/nummod", "$", []q{{Value: 3e6, Unit: "USD", Bound: "min", Text: "more than $3 million"}}},

		{"count", "saw/see/VBD/0/root three/three/CD/3/nummod diplomats/diplomat/NNS/1/obj", "diplomats", []q{{Value: 3, Unit: "diplomat", Text: "three"}}},
		{"dozens", "saw/see/VBD/0/root two/two/CD/3/compound dozen/dozen/CD/4/nummod ships/ship/NNS/1/obj", "ships", []q{{Value: 24, Unit: "ship", Text: "two dozen"}}},
		{"thousands", "saw/see/VBD/0/root 40/40/CD/3/compound thousand/thousand/CD/4/nummod troops/troop/NNS/1/obj", "troops", []q{{Value: 40000, Unit: "troop", Text: "40 thousand"}}},
		{"a magnitude alone", "saw/see/VBD/0/root a/a/DT/3/det million/million/CD/4/nummod refugees/refugee/NNS/1/obj", "refugees", []q{{Value: 1e6, Unit: "refugee", Text: "million"}}},
		{"two counts of one noun phrase", "saw/see/VBD/0/root 3/3/CD/3/nummod ships/ship/NNS/1/obj with/with/IN/6/case 200/200/CD/6/nummod sailors/sailor/NNS/3/nmod", "ships", []q{{Value: 3, Unit: "ship", Text: "3"}, {Value: 200, Unit: "sailor", Text: "200"}}},

		{"per cent", "won/win/VBD/0/root 80/80/CD/4/nummod per/per/NN/4/compound cent/cent/NN/1/obj", "cent", []q{{Value: 80, Unit: "percent", Text: "80 per cent"}}},
		{"percent", "won/win/VBD/0/root 80/80/CD/3/nummod percent/percent/NN/1/obj", "percent", []q{{Value: 80, Unit: "percent", Text: "80 percent"}}},
		{"sign after a blank", "won/win/VBD/0/root 3/3/CD/3/nummod %/%/SYM/1/obj", "%", []q{{Value: 3, Unit: "percent", Text: "3 %"}}},
		{"sign, decimals", "won/win/VBD/0/root 84.2~/84.2/CD/3/nummod %/%/SYM/1/obj", "%", []q{{Value: 84.2, Unit: "percent", Text: "84.2%"}}},

		{"a year", "lost/lose/VBD/0/root in/in/IN/3/case 2020/2020/CD/1/obl", "2020", nil},
		{"the root", "2020/2020/CD/0/root", "2020", nil},
		{"a day and a year", "on/on/IN/2/case 14/14/CD/5/obl September/September/NNP/2/nmod:unmarked 2020/2020/CD/2/nmod:unmarked left/leave/VBD/0/root", "14", nil},
		{"a month and a day", "left/leave/VBD/0/root on/on/IN/3/case May/May/NNP/1/obl 3/3/CD/3/nummod", "May", nil},
		{"number of a name", "Boeing/Boeing/NNP/3/nsubj 737/737/CD/1/flat landed/land/VBD/0/root", "Boeing", nil},
		{"number of a resolution", "cited/cite/VBD/0/root Resolution/Resolution/NNP/1/obj 2758/2758/CD/2/nummod", "Resolution", nil},
		{"hundreds of", "saw/see/VBD/0/root hundreds/hundred/NNS/1/obj of/of/IN/4/case ships/ship/NNS/2/nmod", "hundreds", nil},
		{"compound adjective", "has/have/VBZ/0/root a/a/DT/4/det 10-year/10-year/JJ/4/amod plan/plan/NN/1/obj", "plan", nil},
		{"amount in a clause of the noun", "met/meet/VBD/0/root miners/miner/NNS/1/obj earning/earn/VBG/2/acl $~/$/$/3/obj 50/50/CD/4/nummod", "miners", nil},
		{"a conjunct is counted by itself", "saw/see/VBD/0/root 3/3/CD/3/nummod ships/ship/NNS/1/obj and/and/CC/6/cc 200/200/CD/6/nummod sailors/sailor/NNS/3/conj", "ships", []q{{Value: 3, Unit: "ship", Text: "3"}}},
		{"two amounts of money", "paid/pay/VBD/0/root $~/$/$/1/obj 20/20/CD/2/nummod and/and/CC/5/cc €~/€/$/2/conj 30/30/CD/5/nummod", "$", []q{{Value: 20, Unit: "USD", Text: "$20"}, {Value: 30, Unit: "EUR", Text: "€30"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := parse(t, 0, c.spec)
			got := newTree(&s).quantities(word(t, s, c.head))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s\n(-want +got)\n%s", text(s), diff)
			}
		})
	}
}

// TestBounds reads the words before a count.
func TestBounds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ words, bound string }{
		{"at least", "min"}, {"At least", "min"}, {"more than", "min"}, {"over", "min"}, {"no fewer than", "min"},
		{"up to", "max"}, {"as many as", "max"}, {"fewer than", "max"}, {"nearly", "max"},
		{"about", "about"}, {"some", "about"}, {"roughly", "about"}, {"an estimated", "about"}, {"close to", "about"},
		{"exactly", ""}, {"the", ""},
	} {
		t.Run(c.words, func(t *testing.T) {
			t.Parallel()
			words := strings.Fields(c.words)
			n := strconv.Itoa(len(words) + 2)
			spec := ""
			for _, w := range words {
				spec += w + "/" + strings.ToLower(w) + "/RB/" + n + "/advmod "
			}
			s := parse(t, 0, spec+"100,000/100000/CD/"+n+"/nummod protesters/protester/NNS/0/root")
			want := schema.Quantity{Value: 100000, Unit: "protester", Bound: c.bound, Text: "100,000"}
			if c.bound != "" {
				want.Text = c.words + " 100,000"
			}
			if diff := cmp.Diff([]schema.Quantity{want}, newTree(&s).quantities(len(words)+1)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestQuantitiesAreFinite holds that an amount can be written as JSON whatever digits an article has.
func TestQuantitiesAreFinite(t *testing.T) {
	t.Parallel()
	nines := strings.Repeat("9", 308)
	for _, c := range []struct{ name, number string }{
		{"exponent", "9e307"}, {"many digits", nines}, {"too many digits", nines + "99"}, {"hexadecimal", "0x1p1023"}, {"not a number", "NaN"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := parse(t, 0, c.number+"/"+c.number+"/CD/2/compound billion/billion/CD/3/nummod euros/euro/NNS/0/root")
			got := newTree(&s).quantities(2)
			if len(got) == 1 && math.IsInf(got[0].Value, 0) {
				t.Error("the product of a number and its magnitudes overflows to +Inf")
			}
			if _, err := json.Marshal(got); err != nil {
				t.Errorf("%v: %v", got, err)
			}
		})
	}
}
