package source_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsgraph/ingest/source"
)

// numbered joins n pieces made of their number.
func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// TestHostile reads inputs made to be slow. Each ends within a second or two on one core; the limit here is
// far higher, so that only what is not linear fails on a busy machine.
func TestHostile(t *testing.T) {
	t.Parallel()
	const limit = 30 * time.Second
	words := strings.Repeat("Rain and words, and more. ", 1000)
	tests := map[string]string{
		"nested elements":        "<html><body>" + strings.Repeat("<div>", 100_000) + "Rain",
		"elements at the limit":  "<html><body>" + strings.Repeat("<div>", 490) + strings.Repeat("<p>Rain, and, more, rain fell on the town.</p>", 19_000),
		"much text, deep":        "<html><body>" + strings.Repeat("<div>", 400) + strings.Repeat(words, 100),
		"attributes":             "<html><body " + numbered("a%d=x ", 100_000) + "><p>Rain",
		"bodies with attributes": "<html>" + numbered("<body a%d=x>", 19_000) + "Rain",
		"long attributes":        "<html><body>" + strings.Repeat("<div class='"+strings.Repeat("a ", 500)+"'>Rain</div>", 1000),
		"unclosed formatting":    "<html><body>" + strings.Repeat("<a><b><i>Rain", 200_000),
		"nested lists":           "<html><body>" + strings.Repeat("<ul><li>Rain", 240) + strings.Repeat("<li>Rain", 15_000),
		"comment":                "<html><!--" + strings.Repeat("-x", 1_000_000) + "--><p>Rain",
		"angle brackets":         "<html><p>Rain" + strings.Repeat("<", 1_000_000),
		"unclosed script":        "<html><p>Rain<script>" + strings.Repeat("<", 1_000_000),
		"entities":               "<html><p>Rain" + strings.Repeat("&amp;&#65;&x;", 500_000),
		"deep JSON-LD":           "<html><script type='application/ld+json'>" + strings.Repeat("[", 100_000) + "</script><p>Rain",
		"meta elements":          "<html>" + numbered("<meta name=a%d content=x>", 200_000) + "<p>Rain",
		"NUL bytes":              "<html><p>Ra" + strings.Repeat("\x00", 1_000_000) + "in",
		"line ends":              strings.Repeat("\n", 4_000_000) + "Rain",
		"short lines":            "Rain" + strings.Repeat("a\n", 1_000_000),
		"one word":               "Rain" + strings.Repeat("a", 4_000_000),
		"aliases":                "---\na: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n---\nRain",
	}
	for name, in := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			doc := mustRead(t, "in", in, source.Options{})
			if took := time.Since(start); took > limit {
				t.Errorf("%v, want less than %v", took, limit)
			}
			if !strings.Contains(doc.Text, "Rain") {
				t.Error("the text is lost")
			}
		})
	}
}

// TestReadIsDeterministic reads the same page many times.
func TestReadIsDeterministic(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join("testdata", "articles", "news.html"))
	if err != nil {
		t.Fatal(err)
	}
	want := mustRead(t, "news.html", string(raw), source.Options{})
	for range 50 {
		if diff := cmp.Diff(want, mustRead(t, "news.html", string(raw), source.Options{})); diff != "" {
			t.Fatalf("differs (-first +later):\n%s", diff)
		}
	}
}

// FuzzRead holds what documents promise for any bytes, and that reading is a function of them.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/articles/*.*")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(filepath.Base(file), raw)
	}
	f.Add("a", []byte("<p>a<div><table>b<td>c</p><svg><title>d</title>"))
	f.Add("a.txt", []byte("---\ntitle: [a, b]\ndate: 1 May 2020\n---\nx\n\ny\u00A0z"))
	f.Add("a.html", []byte("<script type=application/ld+json>[{\"@type\":\"NewsArticle\",\"author\":{\"@id\":\"x\"}}]</script>\xff\xfe<br><br>z"))
	f.Fuzz(func(t *testing.T, name string, raw []byte) {
		read := func(name, text string) string {
			docs, err := source.Read(context.Background(), name, strings.NewReader(text), source.Options{MaxBytes: 1 << 20})
			if err != nil {
				return ""
			}
			check(t, docs[0])
			return docs[0].Text
		}
		first := read(name, string(raw))
		if again := read(name, string(raw)); again != first {
			t.Fatalf("read twice:\n%q\n%q", first, again)
		}
		plain := "a\n" + first // so that it has no front matter and is no HTML
		if again := read("a.txt", plain); again != plain {
			t.Fatalf("plain text changes when it is read again:\n%q\n%q", plain, again)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	article, err := os.ReadFile(filepath.Join("testdata", "articles", "news.html"))
	if err != nil {
		b.Fatal(err)
	}
	para := "<p>The ministers of seven countries agreed on Friday that they would meet again in May, said one of them, <b>Ann Chair</b>.</p>\n"
	page := strings.Replace(string(article), "<blockquote>", strings.Repeat(para, 60)+"<blockquote>", 1)
	text := strings.Repeat("The ministers of seven countries agreed on Friday that they would meet again in May.\n\n", 100)
	for name, in := range map[string]string{"html": page, "text": text, "large.html": "<html>" + strings.Repeat(para, 30_000), "large.txt": strings.Repeat(text, 500)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(in)))
			for b.Loop() {
				if _, err := source.Read(context.Background(), name, strings.NewReader(in), source.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
