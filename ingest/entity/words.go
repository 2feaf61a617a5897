package entity

import (
	"strconv"
	"strings"
)

// oneOf tells whether a word is in a list of words with blanks between.
func oneOf(word, list string) bool {
	if word == "" || strings.IndexByte(word, ' ') >= 0 {
		return false
	}
	for from := 0; ; {
		i := strings.Index(list[from:], word)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(word)
		if (i == 0 || list[i-1] == ' ') && (end == len(list) || list[end] == ' ') {
			return true
		}
		from = end
	}
}

// Closed lists of the grammar and of the calendar. What is open (titles, nouns, names) is in the gazetteer.
const (
	times = "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august " +
		"september october november december today yesterday tomorrow tonight day week weekend month year decade century " +
		"hour minute second morning afternoon evening night moment noon midnight time spring summer autumn winter fall " +
		"jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun am pm"
	calendar = "monday tuesday wednesday thursday friday saturday sunday january february april june july august " +
		"september october november december jan feb apr jun jul aug sept sep oct nov dec"
	courtesy = "mr mrs ms miss dr sir dame lord lady madam madame mister professor prof sheikh sheikha"
	regnal   = "pope king queen prince princess emperor empress sultan sheikh saint emir"
	// restrictive adjectives and prefixes make another office of an office.
	restrictive = "former ex deputy vice acting late then-president one-time onetime new next previous incoming outgoing interim " +
		"assistant associate junior shadow caretaker honorary self-proclaimed self-declared would-be other first second another " +
		"future past current same presidential"
	quantifiers = "number lot group crowd pair couple bunch dozen hundred thousand million billion score handful majority minority " +
		"half quarter third rest part all some many most several few one two three four five six seven eight nine ten any none " +
		"each both another series range host variety type kind sort tens dozens hundreds thousands millions scores crowds"
	corporate = "inc corp corporation ltd limited llc plc co company group ag sa se nv gmbh holdings holding ab asa oyj spa srl bv pte pty kk kgaa ou oü"
	saying    = "say tell add claim state declare announce insist argue note warn write tweet reply respond ask explain admit " +
		"suggest stress acknowledge recall continue conclude comment remark observe maintain assert allege deny report " +
		"think believe hope fear feel call describe joke quip shout cry urge vow promise pledge confirm exclaim point " +
		"emphasise emphasize underline reiterate testify concede complain lament agree read quote cite"
	top = "leader president premier chancellor king queen emperor ruler strongman head dictator chief emir sultan monarch"
)

// personals are words that are never a name or a noun phrase by themselves.
const personals = "I i me my mine myself we us our ours ourselves you your yours he him his himself she her hers herself it its itself " +
	"they them their theirs themselves who whom whose which that"

// Mentions of the classes of things, by the words of the vocabulary.
const (
	organizations = "Organization Government Party SecurityForce Company Media"
	places        = "Country City Region Place"
	collectives   = organizations + " Group Country"
	things        = "Event Document Law Agreement Product Work Concept"
)

// The names of bodies that many countries have, put together from these words alone, mean nobody in particular.
const (
	generalFirst = "national supreme constitutional federal high central democratic social christian labour labor republican " +
		"conservative liberal socialist communist green people peoples people's workers worker's progressive popular justice " +
		"freedom civil election electoral defence defense interior foreign health finance education justice general district " +
		"appeals criminal military state royal upper lower the of and for affairs house representatives deputies commons"
	generalLast = "assembly court guard council parliament senate congress party police army navy bank commission committee ministry " +
		"department union force forces house chamber government cabinet representatives deputies commons affairs service defence " +
		"defense interior justice health finance education alliance movement front coalition"
)

// general tells whether a folded name is one that bodies of many countries have: "national assembly", "labour party".
func general(key string) bool {
	words := strings.Fields(key)
	if len(words) == 0 || !oneOf(words[len(words)-1], generalLast) {
		return false
	}
	for _, w := range words[:len(words)-1] {
		if !oneOf(w, generalFirst) && !oneOf(w, generalLast) {
			return false
		}
	}
	return true
}

// bodies are the nouns of which a country has one.
const bodies = "opposition government regime authority parliament army military police judiciary presidency cabinet ministry " +
	"constitution economy leadership"

// kin groups nouns by which news speaks of the same thing in turn; one synonym only leads back
// from a definite phrase ("the poll") to what came before ("an election").
const kin = "protester demonstrator marcher;election poll vote ballot;summit meeting talk negotiation;" +
	"rally demonstration protest march;accord agreement deal pact treaty;company firm business corporation;" +
	"soldier troop trooper force;attack assault strike raid;war conflict fighting;law bill legislation act;" +
	"report study survey document;movie film;rebel insurgent militant fighter;blast explosion bombing;" +
	"officer policeman policewoman cop;police officer;murder killing;crisis situation;inquiry investigation probe;" +
	"supporter follower backer;drill exercise manoeuvre maneuver;physician doctor;lawyer attorney;child kid;statement announcement"

// kinOf maps each noun of kin to the keys of its groups.
func kinOf() map[string][]string {
	out := map[string][]string{}
	for n, group := range strings.Split(kin, ";") {
		for _, w := range strings.Fields(group) {
			out[w] = append(out[w], "\x00"+strconv.Itoa(n))
		}
	}
	return out
}

// petNames are given names, each with those that are short for it.
var petNames = [][2]string{
	{"joseph", "joe joey"}, {"william", "bill billy will willie"}, {"robert", "bob bobby rob"}, {"michael", "mike mick mickey"}, {"james", "jim jimmy jamie"},
	{"thomas", "tom tommy"}, {"anthony", "tony"}, {"richard", "dick rick ricky"}, {"edward", "ed eddie ted"}, {"daniel", "dan danny"}, {"david", "dave"},
	{"stephen", "steve steven"}, {"benjamin", "ben benny"}, {"nicholas", "nick"}, {"christopher", "chris"}, {"elizabeth", "liz beth betty"},
	{"katherine", "kate kathy"}, {"margaret", "maggie peggy"}, {"andrew", "andy drew"}, {"matthew", "matt"}, {"gregory", "greg"},
	{"jeffrey", "jeff"}, {"kenneth", "ken"}, {"ronald", "ron"}, {"donald", "don"}, {"timothy", "tim"}, {"charles", "charlie chuck"},
	{"lawrence", "larry"}, {"patrick", "pat paddy"}, {"samuel", "sam"}, {"peter", "pete"}, {"bernard", "bernie"}, {"gerald", "gerry jerry"},
	{"deborah", "debbie"}, {"susan", "sue"}, {"barbara", "barb"}, {"alexandra", "sandra"}, {"leonard", "len lenny"}, {"philip", "phil"},
}

// currencies are the nouns of money.
const currencies = "dollar euro pound crown krona krone koruna rouble ruble yen yuan renminbi rupee rupiah hryvnia franc peso real rand lira dinar dirham riyal " +
	"shekel zloty forint leu lev baht ringgit won shilling naira cedi birr tenge som manat lari dram afghani taka dong kwacha pula cent penny pence"
