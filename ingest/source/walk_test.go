package source_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/ingest/source"
)

// tree writes files (name to text) into a new directory.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// walk lists what a walk hands out, as "name: text" or the error, with dir cut off.
func walk(t *testing.T, dir string, o source.Options, args ...string) []string {
	t.Helper()
	for i, arg := range args {
		if arg != "-" {
			args[i] = filepath.Join(dir, arg)
		}
	}
	var got []string
	err := source.Walk(context.Background(), args, strings.NewReader("piped"), o, func(item source.Item) error {
		line := item.Name + ": " + item.Doc.Text
		if item.Err != nil {
			line = "error " + item.Err.Error()
		}
		got = append(got, strings.ReplaceAll(strings.ReplaceAll(line, dir+string(filepath.Separator), ""), dir, "DIR"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestWalk(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{
		"b.txt": "b", "a.html": "<p>a", "c/d.MD": "d", "c/bad.txt": "\x00", ".hidden.txt": "x", ".git/e.txt": "x", "c/image.png": "x",
		"README.md": "x", "odd.name": "odd", "none/image.png": "x",
	})
	tests := []struct {
		name string
		args []string
		want []string
	}{
		{"directory", []string{"."}, []string{"a.html: a", "b.txt: b", "error c/bad.txt:1: a NUL byte: the file is not text", "c/d.MD: d"}},
		{"order of the arguments", []string{"b.txt", "-", "a.html"}, []string{"b.txt: b", "stdin: piped", "a.html: a"}},
		{"a file twice", []string{"b.txt", ".", "-", "-", "./b.txt"}, []string{"b.txt: b", "a.html: a", "error c/bad.txt:1: a NUL byte: the file is not text", "c/d.MD: d", "stdin: piped"}},
		{"any name when asked for", []string{"odd.name", "README.md", ".hidden.txt"}, []string{"odd.name: odd", "README.md: x", ".hidden.txt: x"}},
		{"missing file", []string{"nope.txt", "b.txt"}, []string{"error nope.txt: no such file or directory", "b.txt: b"}},
		{"directory without articles", []string{"none"}, []string{"error none: no articles (.txt, .text, .md, .html, .htm, .xhtml) in the directory"}},
		{"hidden directory when asked for", []string{".git"}, []string{".git/e.txt: x"}},
		{"nothing", nil, nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, walk(t, dir, source.Options{}, tt.args...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestWalkLinks(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"real/a.txt": "a", "elsewhere/b.txt": "b"})
	for link, target := range map[string]string{
		"real/up": "..", "real/self.txt": "self.txt", "real/gone.txt": "nowhere", "real/link.txt": "../elsewhere/b.txt", "linked": "real",
	} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	want := []string{"real/a.txt: a", "error real/gone.txt: no such file or directory", "real/link.txt: b", "error real/self.txt: too many levels of symbolic links"}
	if diff := cmp.Diff(want, walk(t, dir, source.Options{}, "real")); diff != "" {
		t.Errorf("directory (-want +got):\n%s", diff)
	}
	if got := walk(t, dir, source.Options{}, "linked"); len(got) != 4 || got[0] != "linked/a.txt: a" {
		t.Errorf("link to a directory: %q", got)
	}
}

func TestWalkEnds(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"a.txt": "a", "b.txt": "b"})
	stop := errors.New("stop")
	ctx, cancel := context.WithCancel(context.Background())
	tests := []struct {
		name    string
		options source.Options
		f       func(source.Item) error
		want    error
		seen    int
	}{
		{"f's error", source.Options{}, func(source.Item) error { return stop }, stop, 1},
		{"title for two", source.Options{Title: "x"}, func(source.Item) error { return nil }, source.ErrOption, 0},
		{"address for two", source.Options{URL: "https://example.org/"}, func(source.Item) error { return nil }, source.ErrOption, 0},
		{"date that is none", source.Options{Published: "x"}, func(source.Item) error { return nil }, source.ErrOption, 0},
		{"cancelled", source.Options{}, func(source.Item) error { cancel(); return nil }, context.Canceled, 1},
	}
	for _, tt := range tests {
		seen := 0
		err := source.Walk(ctx, []string{dir}, nil, tt.options, func(item source.Item) error {
			seen++
			if item.Total != 2 {
				t.Errorf("%s: total %d, want 2", tt.name, item.Total)
			}
			return tt.f(item)
		})
		if !errors.Is(err, tt.want) || seen != tt.seen {
			t.Errorf("%s: %v after %d items, want %v after %d", tt.name, err, seen, tt.want, tt.seen)
		}
	}
}
