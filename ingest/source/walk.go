package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"newsgraph/schema"
)

// Item is one file of a walk: its document, or the reason why there is none.
type Item struct {
	Name  string // the path as walked to; "stdin" for standard input
	Doc   schema.Document
	Err   error // names the file
	Total int   // how many items the walk will have
	stdin bool
}

// Walk reads the files named and hands each to f, in the order of the arguments; f's error ends the walk. An
// argument is a file, read whatever its name; a directory, read recursively and sorted by path; or "-" for stdin. In
// directories only files that end in .txt, .text, .md, .html, .htm or .xhtml are read; hidden
// ones, README, LICENSE and the like are not, and links to directories are not followed. A file reached twice is read once.
//
// A file that cannot be read is an Item with Err. Options that cannot be used, among them a title or a
// URL for more than one file, are an error of the walk (ErrOption), before anything is read.
func Walk(ctx context.Context, args []string, stdin io.Reader, o Options, f func(Item) error) error {
	if _, err := o.metadata(); err != nil {
		return err
	}
	items, err := list(ctx, args)
	if err != nil {
		return err
	}
	if len(items) > 1 && (o.Title != "" || o.URL != "") {
		return fmt.Errorf("%w: title and url are for one article, not for %d", ErrOption, len(items))
	}
	for _, item := range items {
		if err := ctx.Err(); err != nil {
			return err
		}
		item.Total = len(items)
		for _, read := range readItem(ctx, item, stdin, o) {
			if err := f(read); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

func readItem(ctx context.Context, item Item, stdin io.Reader, o Options) []Item {
	if item.Err != nil {
		return []Item{item}
	}
	docs, err := item.read(ctx, stdin, o)
	if err != nil {
		item.Err = err
		return []Item{item}
	}
	var out []Item
	for _, doc := range docs {
		item.Doc = doc
		out = append(out, item)
	}
	return out
}

func (i Item) read(ctx context.Context, stdin io.Reader, o Options) ([]schema.Document, error) {
	if i.stdin {
		return Read(ctx, i.Name, stdin, o)
	}
	file, err := os.Open(i.Name)
	if err != nil {
		return nil, pathError(i.Name, err)
	}
	defer file.Close()
	return Read(ctx, i.Name, file, o)
}

// pathError names the file once: the errors of package os name it too, with the call that failed.
func pathError(name string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return inFile(name, err)
}

// list expands the arguments into items without documents.
func list(ctx context.Context, args []string) ([]Item, error) {
	var items []Item
	seen := map[string]bool{}
	add := func(found ...Item) {
		for _, item := range found {
			key := filepath.Clean(item.Name)
			if item.stdin {
				key = "-"
			}
			if !seen[key] {
				seen[key] = true
				items = append(items, item)
			}
		}
	}
	for _, arg := range args {
		if arg == "-" {
			add(Item{Name: "stdin", stdin: true})
			continue
		}
		info, err := os.Stat(arg)
		switch {
		case err != nil:
			add(Item{Name: arg, Err: pathError(arg, err)})
		case info.IsDir():
			found, err := listDir(ctx, arg)
			if err != nil {
				return nil, err
			}
			add(found...)
		default:
			add(Item{Name: arg})
		}
	}
	return items, nil
}

// listDir finds the articles below a directory, sorted by path. It returns an error only when the
// context is done.
func listDir(ctx context.Context, root string) ([]Item, error) {
	var items []Item
	// The slash lets a link to a directory be walked when it is the argument itself.
	err := filepath.WalkDir(root+string(filepath.Separator), func(path string, d fs.DirEntry, err error) error {
		path = filepath.Clean(path)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			items = append(items, Item{Name: path, Err: pathError(path, err)})
			return nil
		}
		hidden := strings.HasPrefix(d.Name(), ".") && path != filepath.Clean(root)
		switch {
		case d.IsDir() && hidden:
			return fs.SkipDir
		case d.IsDir() || hidden || !isArticleName(d.Name()):
			return nil
		}
		if info, err := os.Stat(path); err != nil {
			items = append(items, Item{Name: path, Err: pathError(path, err)})
		} else if info.Mode().IsRegular() {
			items = append(items, Item{Name: path})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(items) == 0 {
		return []Item{{Name: root, Err: inFile(root, errors.New("no articles (.txt, .text, .md, .html, .htm, .xhtml) in the directory"))}}, nil
	}
	slices.SortFunc(items, func(a, b Item) int { return strings.Compare(a.Name, b.Name) })
	return items, nil
}

// isArticleName reports whether a file in a directory is one to read.
func isArticleName(name string) bool {
	ext := filepath.Ext(name)
	switch strings.ToLower(ext) {
	case ".txt", ".text", ".md", ".html", ".htm", ".xhtml":
	default:
		return false
	}
	switch strings.ToLower(strings.TrimSuffix(name, ext)) {
	case "readme", "license", "licence", "notice", "copying", "changelog":
		return false
	}
	return true
}
