// Package lint makes the rules of style tests, so that `go test ./...` is the whole gate.
package lint_test

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"newsgraph/internal/repo"
)

func TestGofmt(t *testing.T) {
	t.Parallel()
	for _, file := range repo.GoFiles(t) {
		text := read(t, file)
		formatted, err := format.Source(text)
		if err != nil {
			t.Errorf("%s: %v", file, err)
		} else if !bytes.Equal(text, formatted) {
			t.Errorf("%s is not as gofmt leaves it: run gofmt -w %s", file, file)
		}
	}
}

func TestVet(t *testing.T) {
	t.Parallel()
	cmd := exec.Command("go", "vet", "./...")
	cmd.Dir = repo.Root()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go vet: %v\n%s", err, out)
	}
}

// TestDocComments asks for a comment on every package and every exported name, beginning with the
// name; in a group of constants or variables, the group's own comment serves.
func TestDocComments(t *testing.T) {
	t.Parallel()
	documented := map[string]bool{}
	for _, file := range repo.GoFiles(t) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), filepath.Join(repo.Root(), file), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Dir(file)
		documented[dir] = documented[dir] || tree.Doc != nil
		for _, decl := range tree.Decls {
			for _, name := range undocumented(decl) {
				t.Errorf("%s: %s has no comment that begins with its name", file, name)
			}
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: init(): pass things in instead", file)
			}
		}
	}
	for dir, ok := range documented {
		if !ok {
			t.Errorf("package %s has no comment", dir)
		}
	}
}

// undocumented lists the exported names that the declaration leaves without a comment.
func undocumented(decl ast.Decl) []string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if exported(d) && !begins(d.Doc, d.Name.Name) {
			return []string{d.Name.Name}
		}
	case *ast.GenDecl:
		var names []string
		for _, spec := range d.Specs {
			names = append(names, undocumentedSpec(d, spec)...)
		}
		return names
	}
	return nil
}

func undocumentedSpec(group *ast.GenDecl, spec ast.Spec) []string {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() && !begins(s.Doc, s.Name.Name) && !begins(group.Doc, s.Name.Name) {
			return []string{s.Name.Name}
		}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			if name.IsExported() && group.Doc == nil && s.Doc == nil && s.Comment == nil {
				return []string{name.Name}
			}
		}
	}
	return nil
}

// exported reports whether the function can be named from outside. Methods whose meaning their
// interface fixes need no comment.
func exported(f *ast.FuncDecl) bool {
	switch f.Name.Name {
	case "Error", "Unwrap", "String", "Len", "Less", "Swap", "Push", "Pop":
		return false
	}
	return f.Name.IsExported() && (f.Recv == nil || ast.IsExported(receiver(f)))
}

func receiver(f *ast.FuncDecl) string {
	typ := f.Recv.List[0].Type
	for {
		switch t := typ.(type) {
		case *ast.StarExpr:
			typ = t.X
		case *ast.IndexExpr:
			typ = t.X
		case *ast.IndexListExpr:
			typ = t.X
		case *ast.Ident:
			return t.Name
		default:
			return ""
		}
	}
}

func begins(doc *ast.CommentGroup, name string) bool {
	if doc == nil {
		return false
	}
	text := doc.Text()
	for _, article := range []string{"A ", "An ", "The "} {
		text = strings.TrimPrefix(text, article)
	}
	return strings.HasPrefix(text, name) || strings.HasPrefix(text, "Deprecated:")
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repo.Root(), file))
	if err != nil {
		t.Fatal(err)
	}
	return text
}
