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
var prefixes = set(`anti co non pre pro post re ex mid semi multi pan cross e mini un ultra sub inter intra counter
	pseudo neo trans micro macro mega meta over under proto para hyper bio electro socio psycho geo`)

// short are words that begin with an apostrophe.
var short = set(`'s 're 've 'll 'd 'm 't 'em 'til 'cause 'tis 'twas 'bout 'n`)

// faces are whole words.
var faces = set(`:) :( ;) :-) :-( ;-) :D :P :-D :-P ;P ;D :/ <3 ^^ ^_^ :'( =) =( (: :)) :] [...] […]`)

// shorthands are words with a slash.
var shorthands = set(`w/o w/out w/in b/c n/a l/c i/c`)

// maxFace is the greatest length of a face.
const maxFace = 5

// extensions end names of files, domains those of hosts.
var (
	extensions = set(`doc docx xls xlsx ppt pptx pdf txt rtf htm html jpg jpeg gif png zip csv xml mp3 mp4`)
	domains    = set(`com net org edu gov mil int info biz co uk de fr io tv`)
)

// heads and tails are how syllables of Korean and Chinese names may begin and end.
var (
	heads = set(`b c ch d f g gw h hs hw hy j k kh kw ky l m my n p q r s sh sw t ts w x y z zh`)
	tails = set(`h k l m n ng p rk t`)
)

// units follow a number without a space.
var units = set(`billion million trillion thousand hundred bn tn km kg cm mm mg ml kw mw gw kwh mwh mph kph k m p km/h ft lb lbs oz hz khz mhz ghz
	am pm gmt bce ad bc kb mb gb tb usd eur gbp hrs mins secs percent pc`)

// moneyUnits do so after an amount of money alone.
var moneyUnits = set(`m k b bn mn mln bln t tn`)

// merged are words that are several: where the second and later ones begin.
var merged = map[string][]int{
	"cannot": {3}, "gonna": {3}, "gotta": {3}, "wanna": {3}, "outta": {3}, "lotta": {3}, "dunno": {2, 3}, "i'ma": {1, 3}, "alot": {1}, "dont": {2}, "didnt": {3}, "doesnt": {4},
	"isnt": {2}, "wasnt": {3}, "wouldnt": {5}, "couldnt": {5}, "shouldnt": {6}, "havent": {4}, "hasnt": {3}, "arent": {3}, "werent": {4}, "wont": {2},
	"cant": {2}, "aint": {2}, "arnt": {2}, "im": {1}, "ive": {1}, "hes": {2}, "shes": {3}, "youre": {3}, "youll": {3}, "youve": {3}, "theyre": {4}, "theyve": {4},
	"weve": {2}, "thats": {4}, "theres": {5}, "whats": {4}, "wheres": {5}, "hows": {3}, "heres": {4},
}

// maxMerged is the greatest length of such a word.
const maxMerged = 8

// halves are words that may stand for two, the second of one letter, and what follows then.
var halves = map[string]map[string]bool{
	"its": set(`a an the not all so just still your my his her our very too no only really like been that this in on at for to with
		is are illegal easy hard good great going gonna because pretty really always never`),
	"your": set(`a an the not in on at going gonna welcome`),
	"lets": set(`see say go get face hope call just not all try make have talk do be`),
}

type abbreviation uint8

const (
	_           abbreviation = iota
	always                   // keeps its full stop; a sentence may end there
	title                    // a name follows: no sentence ends there
	beforeDigit              // when a number follows
	beforeName               // when a capital follows
	day                      // when it has a capital and a number or a name follows
	unlessStart              // unless a capital follows
	smallOnly                // written small
)

var abbreviations = newAbbreviations()

func newAbbreviations() map[string]abbreviation {
	m := map[string]abbreviation{}
	for kind, list := range map[abbreviation]string{
		title: `mr mrs ms mx dr prof gen col lt maj capt cpt cmdr adm brig sgt sen rep reps sens drs gov rev hon pres supt insp messrs mme mlle fr
			msgr st mt ft amb sec dep vs cf viz approx eg ie e.g i.e p.s lt-gen lt-col maj-gen`,
		always: `jr sr inc corp co ltd bros etc esq ph.d m.sc b.sc dept attn ect ave blvd rd assn univ
			plc llc u.s.a`,
		beforeDigit: `no nos art p pp vol fig para sect ch`,
		beforeName:  `ste pvt det cllr ps`,
		day:         `mon tue tues wed thu thur thurs fri sat sun`,
		smallOnly:   `ca al`,
		unlessStart: `jan feb mar apr jun jul aug sep sept oct nov dec ext mins hrs yrs sts lbs arrv esp`,
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
	chanting yelled quipped tweeted posted called insisted demanded wondered screamed grins laughs laughed explained explains concludes concluded continued jokes joked`)
