package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"newsgraph/server/workspace"
)

// editor reads lines from a terminal, with editing, history and completion. The terminal is raw only while a line is read, so
// that an interrupt reaches a query that runs.
type editor struct {
	terminal *term.Terminal
	history  *history
}

func newEditor(a *app, cmd *cobra.Command) (*editor, error) {
	h, err := openHistory()
	if err != nil {
		return nil, err
	}
	e := &editor{terminal: term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{os.Stdin, a.stdout}, ""), history: h}
	e.terminal.History = h
	e.terminal.AutoCompleteCallback = completer{
		names: func(prefix string) []string {
			return a.completions(cmd, func(w *workspace.Workspace) []string { return w.CompleteEntities(a.ctx, prefix, 50) })
		},
		predicates: func(prefix string) []string {
			return a.completions(cmd, func(w *workspace.Workspace) []string { return w.CompletePredicates(a.ctx, prefix, 50) })
		},
		show: func(words []string) { fmt.Fprintln(e.terminal, strings.Join(words, "  ")) },
	}.complete
	return e, nil
}

// completions asks the store.
func (a *app) completions(cmd *cobra.Command, f func(*workspace.Workspace) []string) []string {
	words, _ := a.complete(cmd, f)
	return words
}

func (e *editor) next(more bool) (string, error) {
	fd := int(os.Stdin.Fd())
	state, err := term.MakeRaw(fd)
	if err != nil {
		return "", fmt.Errorf("read the terminal: %w", err)
	}
	defer term.Restore(fd, state)
	if width, height, err := term.GetSize(fd); err == nil && width > 0 { // some terminals do not know
		_ = e.terminal.SetSize(width, height) // a line that is drawn askew is no reason to stop
	}
	e.terminal.SetPrompt(map[bool]string{false: "newsgraph> ", true: "       ... "}[more])
	line, err := e.terminal.ReadLine()
	if errors.Is(err, term.ErrPasteIndicator) {
		err = nil
	}
	return line, err
}

func (e *editor) close() error { return e.history.save() }

// maxHistory is how many lines are kept.
const maxHistory = 1000

// history is the lines of this session and of those before, the latest last. It is a term.History.
type history struct {
	path  string // empty: not kept
	lines []string
}

// openHistory reads the lines of earlier sessions from the user's folder for state.
func openHistory() (*history, error) {
	dir := os.Getenv("XDG_STATE_HOME")
	if dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return &history{}, nil // nowhere to keep it
		}
		dir = filepath.Join(home, ".local", "state")
	}
	h := &history{path: filepath.Join(dir, "newsgraph", "history")}
	text, err := os.ReadFile(h.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the history: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		h.Add(strings.TrimSuffix(line, "\n"))
	}
	return h, nil
}

// Add keeps a line, unless it is empty or the one before.
func (h *history) Add(line string) {
	if strings.TrimSpace(line) == "" || len(h.lines) > 0 && h.lines[len(h.lines)-1] == line {
		return
	}
	h.lines = append(h.lines, line)
	h.lines = h.lines[max(0, len(h.lines)-maxHistory):]
}

// Len counts the lines.
func (h *history) Len() int { return len(h.lines) }

// At returns a line, 0 being the latest.
func (h *history) At(i int) string { return h.lines[len(h.lines)-1-i] }

// save writes the lines for later sessions; others cannot read them.
func (h *history) save() error {
	if h.path == "" || len(h.lines) == 0 {
		return nil
	}
	err := os.MkdirAll(filepath.Dir(h.path), 0o700)
	if err == nil {
		err = os.WriteFile(h.path, []byte(strings.Join(h.lines, "\n")+"\n"), 0o600)
	}
	if err != nil {
		return fmt.Errorf("keep the history: %w", err)
	}
	return nil
}

// completer completes the word before the cursor.
type completer struct {
	names, predicates func(prefix string) []string
	show              func(words []string) // of which none is the only one
}

// gizmoMethods are what may stand behind a point in Gizmo.
var gizmoMethods = []string{"All()", "And(", "As(", "Back(", "Both(", "Count()", "Except(", "Filter(", "Follow(", "FollowR(",
	"FollowRecursive(", "ForEach(", "GetLimit(", "Has(", "HasR(", "In(", "InPredicates()", "Intersect(", "Is(", "LabelContext(", "Labels()",
	"Limit(", "Map(", "Or(", "Order()", "Out(", "OutPredicates()", "Save(", "SaveOpt(", "SaveR(", "Skip(", "Tag(", "TagArray()", "ToArray()",
	"ToValue()", "Union(", "Unique()", "V("}

// complete is a term.Terminal's callback: on Tab it puts what all words that fit have in common in the place of the one begun.
func (c completer) complete(line string, pos int, key rune) (string, int, bool) {
	if key != '\t' {
		return "", 0, false
	}
	before := line[:pos]
	begin, words := c.words(before)
	if len(words) == 0 {
		return line, pos, true
	}
	slices.Sort(words)
	words = slices.Compact(words)
	common := words[0]
	for _, w := range words[1:] {
		for !strings.HasPrefix(strings.ToLower(w), strings.ToLower(common)) {
			common = common[:len(common)-1]
		}
	}
	if len(words) > 1 && len(common) <= len(before)-begin {
		c.show(words)
		return line, pos, true
	}
	done := before[:begin] + strings.ToValidUTF8(common, "")
	return done + line[pos:], len(done), true
}

// words returns where the word before the cursor begins, and what it may become.
func (c completer) words(before string) (begin int, words []string) {
	fitting := func(prefix string, all []string) (list []string) {
		for _, w := range all {
			if strings.HasPrefix(strings.ToLower(w), strings.ToLower(prefix)) {
				list = append(list, w)
			}
		}
		return list
	}
	if strings.HasPrefix(before, ":") {
		return 0, fitting(before, replCommands)
	}
	if begin = openQuote(before); begin > 0 {
		prefix := before[begin:]
		return begin, append(c.predicates(prefix), fitting(prefix, c.names(prefix))...)
	}
	begin = strings.LastIndexByte(before, '.') + 1
	if begin > 0 && !strings.ContainsAny(before[begin:], "()\"' ") {
		return begin, fitting(before[begin:], gizmoMethods)
	}
	return 0, nil
}

// openQuote returns where the text of a string that is not closed begins, 0 for none.
func openQuote(s string) int {
	at := 0
	var quote byte
	for i := 0; i < len(s); i++ {
		switch {
		case quote == 0 && (s[i] == '"' || s[i] == '\''):
			quote, at = s[i], i+1
		case quote != 0 && s[i] == '\\':
			i++
		case s[i] == quote:
			quote, at = 0, 0
		}
	}
	return at
}
