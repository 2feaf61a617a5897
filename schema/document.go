package schema

// Document is one article: its text and what is known about it.
type Document struct {
	// ID is the local name in the doc: namespace. It is made of the URL where there is one,
	// else of publisher, title and date, so that a changed text replaces the old one.
	ID        string `json:"id"`
	Title     string `json:"title,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Author    string `json:"author,omitempty"`
	URL       string `json:"url,omitempty"`
	// Published is an ISO 8601 date or date-time, or empty: no date is ever invented.
	Published string `json:"published,omitempty"`
	Language  string `json:"language,omitempty"`
	// Agency is the news agency whose text the article says it prints, or empty.
	Agency string `json:"agency,omitempty"`
	// CopyOf is the ID of the document whose text it prints, as far as the set of documents shows; empty for a
	// text of its own. It follows from all documents, like canonical names.
	CopyOf string `json:"copy_of,omitempty"`
	// Excerpt says that perhaps only some of the claims found in it are told, under names that are given.
	Excerpt bool `json:"excerpt,omitempty"`
	// Text is the normalised article text that all offsets (code points) refer to.
	Text string `json:"text"`
	// SHA256 is the lower-case hex digest of Text as UTF-8.
	SHA256 string `json:"sha256"`
	// Blocks are the paragraphs, headings and captions of Text in order, as half-open ranges of code
	// points; a sentence never crosses a block.
	Blocks []Block `json:"blocks,omitempty"`
}

// Block is a run of text that stands by itself in the layout.
type Block struct {
	Start int       `json:"start"`
	End   int       `json:"end"`
	Kind  BlockKind `json:"kind,omitempty"`
}

// BlockKind says what a block is in the layout; empty is a paragraph.
type BlockKind string

// The kinds of blocks.
const (
	Paragraph BlockKind = ""
	Headline  BlockKind = "headline"
	Caption   BlockKind = "caption"
)
