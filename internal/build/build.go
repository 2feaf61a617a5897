// Package build says what this program is: its version and the versions of the data it carries.
package build

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// Version is the program's version (semantic versioning).
const Version = "0.1.0"

// Part is one folder of embedded data.
type Part struct {
	Name string `json:"name"`
	// Version is 12 hex digits of SHA-256 over the names and bytes of the folder's files, the README apart.
	Version string `json:"version"`
	Files   int    `json:"files"`
	Bytes   int64  `json:"bytes"`
}

// Data returns the parts of fsys that decide what is found in an article, in order.
func Data(fsys fs.FS) ([]Part, error) {
	var parts []Part
	for _, name := range []string{"models", "gazetteer", "lexicon"} {
		part, err := digest(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read embedded data: %w", err)
		}
		parts = append(parts, part)
	}
	return parts, nil
}

// Fingerprint is one word for the program's version and all parts of its data: articles analysed under
// the same fingerprint need not be analysed again.
func Fingerprint(fsys fs.FS) (string, error) {
	parts, err := Data(fsys)
	if err != nil {
		return "", err
	}
	words := []string{Version}
	for _, p := range parts {
		words = append(words, p.Version)
	}
	return strings.Join(words, "-"), nil
}

func digest(fsys fs.FS, folder string) (Part, error) {
	part, sum := Part{Name: folder}, sha256.New()
	err := fs.WalkDir(fsys, folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Base(name) == "README.md" {
			return err
		}
		file, err := fsys.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		info, err := d.Info()
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s %d\n", name, info.Size())
		n, err := io.Copy(sum, file)
		part.Files++
		part.Bytes += n
		return err
	})
	part.Version = hex.EncodeToString(sum.Sum(nil))[:12]
	return part, err
}
