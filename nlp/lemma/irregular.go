package lemma

import "strings"

// irregular holds past tenses and participles of irregular verbs, one verb after another: lemma, then its
// forms. They stand before what the treebanks say, which has slips ("fled" as "flead").
const irregular = `arise arose arisen;awake awoke awoken;bear bore borne;beat beat beaten;become became;begin began begun;behold beheld;
bend bent;bet bet;bid bade bidden;bind bound;bite bit bitten;bleed bled;blow blew blown;break broke broken;breed bred;bring brought;
broadcast broadcast;build built;burst burst;buy bought;cast cast;catch caught;choose chose chosen;cling clung;come came;creep crept;cut cut;
deal dealt;dig dug;draw drew drawn;drink drank drunk;drive drove driven;dwell dwelt;eat ate eaten;fall fell fallen;feed fed;feel felt;fight fought;
find found;flee fled;fling flung;fly flew flown;forbid forbade forbidden;forecast forecast;foresee foresaw foreseen;forget forgot forgotten;forgive forgave forgiven;
forsake forsook forsaken;freeze froze frozen;get got gotten;give gave given;go went gone;grind ground;grow grew grown;hang hung;hear heard;hide hid hidden;
hit hit;hold held;hurt hurt;keep kept;kneel knelt;know knew known;lay laid;lead led;lean leaned leant;leap leapt;leave left;lend lent;let let;
lose lost;make made;mean meant;meet met;mislead misled;mistake mistook mistaken;outdo outdid outdone;overcome overcame;overrun overran;oversee oversaw overseen;overtake overtook overtaken;
overthrow overthrew overthrown;partake partook partaken;pay paid;prove proved proven;put put;quit quit;read read;rebuild rebuilt;repay repaid;rethink rethought;rid rid;ride rode ridden;
ring rang rung;rise rose risen;run ran;say said;see saw seen;seek sought;sell sold;send sent;set set;shake shook shaken;shed shed;shine shone;
shoot shot;show showed shown;shrink shrank shrunk;shut shut;sing sang sung;sink sank sunk;sit sat;slay slew slain;sleep slept;slide slid;speak spoke spoken;speed sped;
spend spent;spin spun;split split;spread spread;spring sprang sprung;stand stood;steal stole stolen;stick stuck;sting stung;strike struck stricken;strive strove striven;swear swore sworn;
sweep swept;swell swelled swollen;swim swam swum;swing swung;take took taken;teach taught;tear tore torn;tell told;think thought;throw threw thrown;thrust thrust;
undergo underwent undergone;understand understood;undertake undertook undertaken;undo undid undone;unwind unwound;uphold upheld;upset upset;wake woke woken;wear wore worn;weave wove woven;weep wept;
win won;withdraw withdrew withdrawn;withhold withheld;withstand withstood;wring wrung;write wrote written`

// irregulars maps a form to its lemma.
var irregulars = readIrregular(irregular)

func readIrregular(s string) map[string]string {
	m := map[string]string{}
	for verb := range strings.SplitSeq(s, ";") {
		forms := strings.Fields(verb)
		for _, f := range forms[1:] {
			m[f] = forms[0]
		}
	}
	return m
}

// bases are past forms that are also the base of another verb.
const bases = " found saw fell lay ground bound wound rose felt left shed bore stove hung lent spat wore "

// ofIrregular gives the lemma of the past form of an irregular verb, also where the tagger took it for the
// base form, unless another verb has that base.
func ofIrregular(form, tag string) (string, bool) {
	low := strings.ToLower(form)
	switch tag {
	case "VERB VBD", "VERB VBN":
	case "VERB VB", "VERB VBP":
		if strings.Contains(bases, " "+low+" ") {
			return "", false
		}
	default:
		return "", false
	}
	l, ok := irregulars[low]
	return l, ok
}
