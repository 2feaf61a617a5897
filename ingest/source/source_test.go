package source_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"newsgraph/data"
	"newsgraph/ingest/source"
	"newsgraph/internal/shared"
	"newsgraph/schema"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden reads each file of testdata/articles and compares the document, its blocks as text, with
// what was read before. go test -update rewrites.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/articles/*.*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no articles: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := render(t, mustRead(t, file, string(raw), source.Options{}))
			golden := filepath.Join("testdata", "golden", filepath.Base(file)+".json")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
		})
	}
}

func render(t *testing.T, doc schema.Document) string {
	t.Helper()
	type view struct {
		schema.Document
		Blocks []string `json:"blocks"`
	}
	v := view{Document: doc}
	runes := []rune(doc.Text)
	for _, b := range doc.Blocks {
		v.Blocks = append(v.Blocks, fmt.Sprintf("%d-%d %s: %s", b.Start, b.End, b.Kind, string(runes[b.Start:b.End])))
	}
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func mustRead(t testing.TB, name, text string, o source.Options) schema.Document {
	t.Helper()
	docs, err := source.Read(context.Background(), name, strings.NewReader(text), o)
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 1 {
		t.Fatalf("%d documents, want 1", len(docs))
	}
	check(t, docs[0])
	return docs[0]
}

// check holds what every document promises.
func check(t testing.TB, doc schema.Document) {
	t.Helper()
	if !utf8.ValidString(doc.Text) {
		t.Error("the text is not UTF-8")
	}
	sum := sha256.Sum256([]byte(doc.Text))
	if doc.SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("SHA256 %s is not that of the text", doc.SHA256)
	}
	if doc.ID == "" || strings.Trim(doc.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		t.Errorf("ID %q holds more than letters, digits and hyphens", doc.ID)
	}
	runes := []rune(doc.Text)
	end := 0
	for _, b := range doc.Blocks {
		if b.Start < end || b.End <= b.Start || b.End > len(runes) {
			t.Fatalf("block [%d, %d) after %d in a text of %d", b.Start, b.End, end, len(runes))
		}
		if text := string(runes[b.Start:b.End]); text != strings.TrimSpace(text) {
			t.Errorf("block %q has white space at its ends", text)
		}
		end = b.End
	}
	if doc.Published != "" {
		if again, err := source.ParseDate(doc.Published); err != nil || again != doc.Published {
			t.Errorf("published %q reads again as %q, %v", doc.Published, again, err)
		}
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file, in string
		options        source.Options
		want           schema.Document // fields compared when not empty
	}{
		{name: "one paragraph has no title", file: "a.txt", in: "Rain fell\n", want: schema.Document{Text: "Rain fell\n"}},
		{name: "title line", file: "a.txt", in: "Rain falls\n\nIt rained.", want: schema.Document{Title: "Rain falls"}},
		{name: "a sentence is no title", file: "a.txt", in: "Rain fell.\n\nIt rained.", want: schema.Document{Title: "-"}},
		{name: "a quoted sentence is no title", file: "a.txt", in: "“Rain fell.”\n\nIt rained.", want: schema.Document{Title: "-"}},
		{name: "a first line without a blank one is no title", file: "a.txt", in: "Rain falls\nIt rained.\n\nMore.", want: schema.Document{Title: "-"}},
		{name: "byte order mark", file: "a.txt", in: "\uFEFFRain fell.", want: schema.Document{Text: "Rain fell."}},
		{name: "line ends", file: "a.txt", in: "One.\r\n\r\nTwo.\rThree.", want: schema.Document{Text: "One.\n\nTwo.\nThree."}},
		{name: "odd spaces, one for one", file: "a.txt", in: "a\u00A0b\u2009c\td\u200Be\u2028f\u0007g\u00ADh", want: schema.Document{Text: "a b c d e\nf g\u00ADh"}},
		{name: "UTF-16 with a mark", file: "a.txt", in: "\xFF\xFER\x00a\x00i\x00n\x00", want: schema.Document{Text: "Rain"}},
		{name: "windows-1252", file: "a.txt", in: "The \x93caf\xe9\x94", want: schema.Document{Text: "The “café”"}},
		{name: "UTF-8 with one broken byte", file: "a.txt", in: strings.Repeat("é", 10) + "\xff", want: schema.Document{Text: strings.Repeat("é", 10) + "\uFFFD"}},
		{name: "HTML in a declared charset", file: "a.html", in: "<meta charset=windows-1251><p>\xcc\xe8\xed\xf1\xea", want: schema.Document{Text: "Минск"}},
		{name: "HTML that is UTF-8 whatever it declares", file: "a.html", in: "<meta charset=iso-8859-1><p>Café", want: schema.Document{Text: "Café"}},
		{name: "HTML told by its doctype", file: "-", in: "  <!-- x --><!DOCTYPE html><p>Rain", want: schema.Document{Text: "Rain"}},
		{name: "HTML fragment", file: "-", in: "<h1>Rain</h1><p>It rained.", want: schema.Document{Text: "Rain\n\nIt rained."}},
		{name: "text with tags is text", file: "a.txt", in: "<p>Rain</p>", want: schema.Document{Text: "<p>Rain</p>"}},
		{name: "NUL in HTML is dropped", file: "a.html", in: "<p>Ra\x00in", want: schema.Document{Text: "Rain"}},
		{name: "composed accents in HTML", file: "a.html", in: "<p>Cafe\u0301", want: schema.Document{Text: "Café"}},
		{name: "a rule is no front matter", file: "a.txt", in: "---\nRain fell, he said.\n", want: schema.Document{Text: "---\nRain fell, he said.\n"}},
		{name: "front matter before HTML", file: "a.html", in: "---\ntitle: Mine\n---\n<title>Theirs</title><p>Rain", want: schema.Document{Title: "Mine", Text: "Mine\n\nRain"}},
		{name: "flags win over front matter", file: "a.txt", in: "---\ntitle: a\npublished: 2020\n---\nRain",
			options: source.Options{Title: "b", Published: "14 September 2020"}, want: schema.Document{Title: "b", Published: "2020-09-14"}},
		{name: "flags head an HTML text", file: "a.html", in: "<title>Theirs</title><p>Rain",
			options: source.Options{Title: "Mine"}, want: schema.Document{Text: "Mine\n\nRain"}},
		{name: "empty front matter", file: "a.txt", in: "---\n# nothing\n---\nRain", want: schema.Document{Text: "Rain"}},
		{name: "unquoted date", file: "a.txt", in: "---\ndate: 2020-09-14\n---\nRain", want: schema.Document{Published: "2020-09-14"}},
		{name: "no date is invented", file: "a.txt", in: "Rain fell on 14 September 2020.", want: schema.Document{Published: "-"}},
		{name: "no date from a change", file: "a.html", in: `<meta property="article:modified_time" content="2020-09-14"><p>Rain`, want: schema.Document{Published: "-"}},
		{name: "two times in an article are no date", file: "a.html",
			in: `<article><time datetime=2020-09-14>a</time><time datetime=2020-09-15>b</time><p>Rain`, want: schema.Document{Published: "-"}},
		{name: "the time marked as published", file: "a.html",
			in: `<time datetime=2020-09-14>a</time><time itemprop=datePublished datetime=2020-09-15>b</time><p>Rain`, want: schema.Document{Published: "2020-09-15"}},
		{name: "unreadable dates are passed over", file: "a.html",
			in: `<meta name=date content="last week"><meta name=dc.date content=2020-09-14><p>Rain`, want: schema.Document{Published: "2020-09-14"}},
		{name: "title of svg", file: "a.html", in: `<body><svg><title>Icon</title></svg><title>Rain</title><p>It rained.`, want: schema.Document{Title: "Rain"}},
		{name: "relative canonical address", file: "a.html", in: `<link rel=canonical href=/a><meta property=og:url content=https://example.org/b><p>Rain`, want: schema.Document{URL: "https://example.org/b"}},
		{name: "JSON-LD list, type as address", file: "a.html",
			in:   `<script type="application/ld+json">[{"@type":"ItemList"},{"@type":"http://schema.org/ReportageNewsArticle","name":"Rain","inLanguage":{"name":"en"}}]</script><p>It rained.`,
			want: schema.Document{Title: "Rain", Language: "en"}},
		{name: "broken JSON-LD", file: "a.html", in: `<script type="application/ld+json">{"@type":</script><title>Rain</title><p>It rained.`, want: schema.Document{Title: "Rain"}},
		{name: "JSON-LD in a comment", file: "a.html", in: `<script type="application/ld+json"><!-- {"@type":"NewsArticle","headline":"Rain"} --></script><p>It rained.`, want: schema.Document{Title: "Rain"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := mustRead(t, tt.file, tt.in, tt.options)
			same(t, "Title", tt.want.Title, got.Title)
			same(t, "Published", tt.want.Published, got.Published)
			same(t, "URL", tt.want.URL, got.URL)
			same(t, "Language", tt.want.Language, got.Language)
			same(t, "Text", tt.want.Text, got.Text)
		})
	}
}

// same compares when something is wanted; "-" wants nothing there.
func same(t *testing.T, field, want, got string) {
	t.Helper()
	if want != "" && want != got && (want != "-" || got != "") {
		t.Errorf("%s = %q, want %q", field, got, want)
	}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file, in string
		options        source.Options
		want           string
		option         bool
	}{
		{name: "empty", file: "a.txt", in: "", want: "a.txt: no text"},
		{name: "white space", file: "a.txt", in: " \n\uFEFF\n ", want: "a.txt: no text"},
		{name: "front matter alone", file: "a.txt", in: "---\ntitle: a\n---\n", want: "a.txt: no text"},
		{name: "no text in HTML", file: "a.html", in: "<html><script>x</script>", want: "a.html: no article text in the page"},
		{name: "NUL", file: "a.txt", in: "One\nTwo\x00", want: "a.txt:2: a NUL byte: the file is not text"},
		{name: "binary", file: "a.txt", in: "\x89PNG\r\n\x1a\n\xff\xfe", want: "a.txt:2: byte 0x1A is neither UTF-8 nor windows-1252: the file is not text"},
		{name: "many high bytes", file: "a.txt", in: "ab\xe0\xe1\xe2", want: "a.txt:1: byte 0xE0 is neither UTF-8 nor windows-1252: the file is not text"},
		{name: "too large", file: "a.txt", in: "12345", options: source.Options{MaxBytes: 4}, want: "a.txt: larger than 4 bytes"},
		{name: "front matter without an end", file: "a.txt", in: "---\ntitle: a\ntext", want: "a.txt:1: front matter: no closing ---"},
		{name: "front matter not YAML", file: "a.txt", in: "---\ntitle: a\n\tb: [\n---\ntext", want: "a.txt:3: front matter: "},
		{name: "front matter date", file: "a.txt", in: "---\ntitle: a\ndate: soon\n---\ntext", want: `a.txt:3: front matter: date: "soon" is not a date`},
		{name: "front matter value", file: "a.txt", in: "---\ntitle: {a: b}\n---\ntext", want: "a.txt:2: front matter: title: want a plain value"},
		{name: "front matter address", file: "a.txt", in: "---\nurl: ftp://x/\n---\ntext", want: `a.txt:2: front matter: url: "ftp://x/" is not an http or https address`},
		{name: "date option", file: "a.txt", in: "text", options: source.Options{Published: "yesterday"}, want: `bad option: published: "yesterday" is not a date`, option: true},
		{name: "address option", file: "a.txt", in: "text", options: source.Options{URL: "example.org"}, want: `bad option: url: "example.org"`, option: true},
		{name: "language option", file: "a.txt", in: "text", options: source.Options{Language: "English!"}, want: `bad option: language: "English!"`, option: true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := source.Read(context.Background(), tt.file, strings.NewReader(tt.in), tt.options)
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("error %v, want %s", err, tt.want)
			}
			if errors.Is(err, source.ErrOption) != tt.option {
				t.Errorf("ErrOption is %v, want %v", !tt.option, tt.option)
			}
		})
	}
}

func TestReadStopsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := source.Read(ctx, "a.txt", strings.NewReader("text"), source.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

// TestIdentity holds when two files are the same article: a changed text replaces the old one.
func TestIdentity(t *testing.T) {
	t.Parallel()
	id := func(text string, o source.Options) string { return mustRead(t, "a.txt", text, o).ID }
	wire := source.Options{Title: "Rain", Publisher: "Wire", Published: "2020-09-14"}
	address := source.Options{URL: "https://example.org/rain"}
	tests := []struct {
		name string
		a, b string
		same bool
	}{
		{"same title, other text", id("One.", wire), id("Two.", wire), true},
		{"other publisher", id("One.", wire), id("One.", source.Options{Title: "Rain", Publisher: "Post", Published: "2020-09-14"}), false},
		{"same address, other text", id("One.", address), id("Two.", address), true},
		{"same address but for its fragment", id("One.", address), id("One.", source.Options{URL: "HTTPS://Example.org/rain#top"}), true},
		{"other address", id("One.", address), id("One.", source.Options{URL: "https://example.org/snow"}), false},
		{"publisher alone, other text", id("One.", source.Options{Publisher: "Wire"}), id("Two.", source.Options{Publisher: "Wire"}), false},
		{"nothing known, same text", id("One.", source.Options{}), id("One.", source.Options{}), true},
	}
	for _, tt := range tests {
		if (tt.a == tt.b) != tt.same {
			t.Errorf("%s: %s and %s", tt.name, tt.a, tt.b)
		}
	}
	if want, got := "wire-2020-09-14-rain-", id("One.", wire); !strings.HasPrefix(got, want) {
		t.Errorf("ID %s, want %s...", got, want)
	}
}

// TestReadAgain holds that the text of a document, read as plain text, is the same text.
func TestReadAgain(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("testdata/articles/*.*")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		first := mustRead(t, file, string(raw), source.Options{})
		if again := mustRead(t, "again.txt", first.Text, source.Options{}); again.Text != first.Text {
			t.Errorf("%s changes when it is read again", file)
		}
	}
}

func TestSamples(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(data.FS, "samples/*.txt")
	if err != nil || len(files) != 12 {
		t.Fatalf("%d samples, %v", len(files), err)
	}
	ids := map[string]bool{}
	for _, file := range files {
		raw, err := data.FS.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc := mustRead(t, file, string(raw), source.Options{})
		if words := len(strings.Fields(doc.Text)); words < 120 || words > 250 {
			t.Errorf("%s has %d words", file, words)
		}
		if !strings.HasPrefix(doc.Publisher, "Sample ") || doc.Title == "" || doc.Author == "" || len(doc.Published) != 10 ||
			!strings.HasPrefix(doc.URL, "https://example.org/samples/") || !strings.Contains(string(raw), "written for newsgraph") {
			t.Errorf("%s does not say what it is: %+v", file, doc)
		}
		ids[doc.ID] = true
	}
	if len(ids) != 12 {
		t.Errorf("%d different documents, want 12", len(ids))
	}
}

// TestSharedArticle holds that a plain text keeps its code points one to one.
func TestSharedArticle(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join(shared.Dir(t), "seed", "article.txt"))
	if err != nil {
		t.Fatal(err)
	}
	doc := mustRead(t, "article.txt", string(raw), source.Options{Published: "2020-09-14", Publisher: "MailOnline"})
	if got, want := utf8.RuneCountInString(doc.Text), utf8.RuneCount(raw); got != want {
		t.Errorf("%d code points, want %d", got, want)
	}
	if doc.Title == "" || doc.Blocks[0].Kind != schema.Headline {
		t.Errorf("no title: %q, %+v", doc.Title, doc.Blocks[0])
	}
}
