package source

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// maxFrontMatter is the size of the largest front-matter block read, in bytes.
const maxFrontMatter = 64 << 10

var (
	yamlKey  = regexp.MustCompile(`^\s*["']?[A-Za-z_][A-Za-z0-9_ -]*["']?\s*:(\s|$)`)
	yamlLine = regexp.MustCompile(`line (\d+): `)
)

// splitFrontMatter cuts the block between two lines "---" at the very start of a file, which says in
// YAML what the text does not, and returns what follows it. A file that begins with a rule and then
// prose has no front matter.
func splitFrontMatter(text string) (metadata, string, error) {
	rest, ok := strings.CutPrefix(text, "---\n")
	first, _, _ := strings.Cut(rest, "\n")
	if !ok || !(yamlKey.MatchString(first) || strings.HasPrefix(first, "#")) {
		return metadata{}, text, nil
	}
	end, after := closingLine(rest)
	if end < 0 {
		return metadata{}, "", &lineError{1, errors.New("front matter: no closing ---")}
	}
	m, err := parseFrontMatter(rest[:end])
	return m, rest[after:], err
}

// closingLine finds the line that ends the block: where it begins and where the next line does.
func closingLine(rest string) (end, after int) {
	for at := 0; at < min(len(rest), maxFrontMatter); {
		line, _, found := strings.Cut(rest[at:], "\n")
		next := at + len(line)
		if found {
			next++
		}
		if l := strings.TrimRight(line, " \t"); l == "---" || l == "..." {
			return at, next
		}
		at = next
	}
	return -1, -1
}

func parseFrontMatter(block string) (metadata, error) {
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(block), &root); err != nil {
		return metadata{}, yamlError(err)
	}
	var m metadata
	if len(root.Content) == 0 {
		return m, nil
	}
	if root.Content[0].Kind != yaml.MappingNode {
		return m, &lineError{2, errors.New("front matter: want lines of the form key: value")}
	}
	pairs := root.Content[0].Content
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := m.set(strings.ToLower(pairs[i].Value), pairs[i+1]); err != nil {
			return m, &lineError{pairs[i].Line + 1, fmt.Errorf("front matter: %s: %w", pairs[i].Value, err)}
		}
	}
	return m, nil
}

// yamlError turns the library's "yaml: line 3: ..." into an error at that line of the file.
func yamlError(err error) error {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if m := yamlLine.FindStringSubmatchIndex(msg); m != nil {
		if n, err := strconv.Atoi(msg[m[2]:m[3]]); err == nil {
			line, msg = n+1, msg[:m[0]]+msg[m[1]:]
		}
	}
	return &lineError{line, fmt.Errorf("front matter: %s", msg)}
}

// set stores the value of one key; keys that mean nothing here are left alone.
func (m *metadata) set(key string, value *yaml.Node) error {
	var to *string
	check := func(s string) (string, error) { return s, nil }
	switch key {
	case "title", "headline":
		to = &m.Title
	case "publisher":
		to = &m.Publisher
	case "author", "authors":
		to = &m.Author
	case "published", "date":
		to, check = &m.Published, ParseDate
	case "url", "link":
		to, check = &m.URL, orError(webAddress, "an http or https address")
	case "language", "lang":
		to, check = &m.Language, orError(languageTag, "a language tag")
	default:
		return nil
	}
	text, err := scalar(value)
	if err != nil || text == "" || *to != "" {
		return err
	}
	*to, err = check(text)
	return err
}

// orError makes a check of a function that answers "" for what it cannot use.
func orError(f func(string) string, want string) func(string) (string, error) {
	return func(s string) (string, error) {
		if out := f(s); out != "" {
			return out, nil
		}
		return "", fmt.Errorf("%q is not %s", s, want)
	}
}

// scalar returns the text of a plain value, or of a list of them joined by commas.
func scalar(n *yaml.Node) (string, error) {
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return "", nil
		}
		return inline(n.Value), nil
	case yaml.SequenceNode:
		var parts []string
		for _, item := range n.Content {
			if item.Kind != yaml.ScalarNode {
				return "", errors.New("want a list of plain values")
			}
			parts = append(parts, inline(item.Value))
		}
		return strings.Join(parts, ", "), nil
	}
	return "", errors.New("want a plain value")
}
