package token

import "strings"

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// prefixes keep their hyphen: "pro-Kremlin", "re-elected".
var prefixes = set(`anti co non pre pro post re ex mid semi multi pan cross e mini un ultra sub inter intra counter quasi
	pseudo neo trans micro macro mega meta over under proto para hyper eco bio euro electro socio psycho geo`)

// short are words that begin with an apostrophe.
var short = set(`'s 're 've 'll 'd 'm 't 'em 'til 'cause 'tis 'twas 'bout 'n`)

// faces are whole words.
var faces = set(`:) :( ;) :-) :-( ;-) :D :P :-D :-P :/ <3 ^^ :'( =) =(`)

// units follow a number without a space.
var units = set(`billion million trillion thousand hundred bn tn km kg cm mm mg ml kw mw gw kwh mwh mph kph km/h ft lb lbs oz hz khz mhz ghz
	am pm gmt bce ad bc kb mb gb tb usd eur gbp hrs mins secs percent pc`)

// moneyUnits do so after an amount of money alone.
var moneyUnits = set(`m k b bn mn mln bln t tn`)

// merged are words that are two: where the second begins.
var merged = map[string]int{
	"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "dunno": 2, "dont": 2, "didnt": 3, "doesnt": 4, "isnt": 2, "wasnt": 3,
	"wouldnt": 5, "couldnt": 5, "shouldnt": 6, "havent": 4, "hasnt": 3, "arent": 3, "werent": 4,
}

type abbreviation uint8

const (
	_           abbreviation = iota
	always                   // keeps its full stop; a sentence may end there
	title                    // a name follows: no sentence ends there
	beforeDigit              // when a number follows
	beforeName               // when a capital follows
)

var abbreviations = newAbbreviations()

func newAbbreviations() map[string]abbreviation {
	m := map[string]abbreviation{}
	for kind, list := range map[abbreviation]string{
		title: `mr mrs ms mx dr prof gen col lt maj capt cpt cmdr adm brig sgt sen rep reps sens gov rev hon pres supt insp messrs mme mlle fr
			msgr st mt ft amb sec dep vs lt-gen lt-col maj-gen`,
		always: `jr sr inc corp co ltd bros etc al esq ph.d m.sc b.sc approx dept est cf viz ca eg ie ave blvd rd assn univ e.g i.e
			plc llc u.s.a`,
		beforeDigit: `no nos art p pp vol fig para sect ch mar jun jul apr jan feb aug sep sept oct nov dec`,
		beforeName:  `ste pvt det cllr`,
	} {
		for w := range set(list) {
			m[w] = kind
		}
	}
	return m
}

// starters begin a sentence after an abbreviation.
var starters = set(`The This That These Those There Then They He She It We I You In On At By For From With To As If When While After Before
	Since Although Though But And Or So Yet However Meanwhile Moreover His Her Its Their Our My Your A An Some Many Most Several Both All
	Such What Who Where Why How Not No One Two Three Also Now Last Earlier Later Under During Despite According Officials`)

// sayings are verbs that go on with a sentence after a quoted question or cry.
var sayings = set(`said says asked asks told tells added adds wrote writes shouted cried exclaimed replied replies declared chanted
	chanting yelled quipped tweeted posted called insisted demanded wondered screamed`)
