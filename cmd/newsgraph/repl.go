package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/graph/query"
)

// replHelp lists the commands of the prompt.
const replHelp = `A query ends with its line; one with open brackets goes on in the next. Commands:
  :lang LANGUAGE   gizmo, graphql or mql
  :limit N         most rows of a query; 0 for all
  :format WORD     table, json, jsonl, csv, tsv, nq
  :help            this
  :quit            end (also exit, or the end of the input)
Tab completes commands, the methods of Gizmo, and in quotes the names of entities and predicates.`

func (a *app) replCommand() *cobra.Command {
	f := queryFlags{}
	cmd := &cobra.Command{
		Use:   "repl",
		Short: "Query the graph at a prompt",
		Long: `repl reads queries line by line and answers each, as query does: within the limits on time and memory, in a process of its
own. On a terminal lines can be edited, Tab completes names, and the lines of earlier sessions come back with the arrow
keys; they are kept in $XDG_STATE_HOME/newsgraph/history. A mistake ends the query and not the session; with its input from
a pipe, the exit code is then 1.

` + replHelp,
		Example: `  newsgraph repl
  newsgraph repl --lang graphql --store news.db
  newsgraph repl --format csv < queries.js`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.repl(cmd, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.language, "lang", query.Languages()[0], "`LANGUAGE` to begin with: "+strings.Join(query.Languages(), ", "))
	for _, key := range []string{"query.timeout", "query.limit", "store.path", "store.backend"} {
		addSetting(flags, key)
	}
	_ = cmd.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(query.Languages(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// lines gives line after line, io.EOF at the end.
type lines interface {
	// next reads a line; more says that it goes on with the one before.
	next(more bool) (string, error)
	close() error
}

// session is one run of repl.
type session struct {
	a      *app
	cmd    *cobra.Command
	flags  queryFlags
	failed bool
}

func (a *app) repl(cmd *cobra.Command, f queryFlags) error {
	f.format, f.limit = a.format(), a.settings.Count("query.limit")
	s := &session{a: a, cmd: cmd, flags: f}
	if err := s.language(f.language); err != nil {
		return err
	}
	in, err := a.lines(cmd)
	if err != nil {
		return err
	}
	if err := errors.Join(s.run(in), in.close()); err != nil {
		return err
	}
	if _, piped := in.(*pipe); piped && s.failed {
		return &failure{"error", "some queries failed", "", exitError}
	}
	return nil
}

// run answers until the input ends.
func (s *session) run(in lines) error {
	text := ""
	for {
		line, err := in.next(text != "")
		if errors.Is(err, io.EOF) {
			if strings.TrimSpace(text) != "" {
				s.answer(text)
			}
			return nil
		}
		if err != nil {
			return err
		}
		if text == "" && s.command(line) {
			if quits(line) {
				return nil
			}
			continue
		}
		text += line + "\n"
		if open(text) && len(text) <= query.MaxText {
			continue
		}
		if strings.TrimSpace(text) != "" {
			s.answer(text)
		}
		text = ""
		if s.a.ctx.Err() != nil {
			return s.a.ctx.Err()
		}
	}
}

// open says whether brackets of a query are still open, those in strings not counted.
func open(text string) bool {
	depth, quote := 0, rune(0)
	escaped := false
	for _, r := range text {
		switch {
		case escaped:
			escaped = false
		case quote != 0:
			escaped = r == '\\'
			if r == quote || r == '\n' {
				quote = 0
			}
		case r == '"' || r == '\'':
			quote = r
		case strings.ContainsRune("([{", r):
			depth++
		case strings.ContainsRune(")]}", r):
			depth--
		}
	}
	return depth > 0
}

func (s *session) answer(text string) {
	if err := s.a.query(text, s.flags); err != nil {
		s.fail(err)
	}
}

func (s *session) fail(err error) {
	s.failed = true
	s.a.report(s.cmd, err)
}

func quits(line string) bool {
	return slices.Contains([]string{":quit", ":exit", ":q", "exit", "quit"}, strings.TrimSpace(line))
}

// replCommands are the commands of the prompt.
var replCommands = []string{":exit", ":format", ":help", ":lang", ":limit", ":quit"}

// command carries out a line that is a command; it says whether it is one.
func (s *session) command(line string) bool {
	words := strings.Fields(line)
	if quits(line) {
		return true
	}
	if len(words) == 0 || !strings.HasPrefix(words[0], ":") && line != "help" {
		return false
	}
	argument := strings.Join(words[1:], " ")
	var err error
	switch words[0] {
	case ":help", "help":
		fmt.Fprintln(s.a.stderr, replHelp)
	case ":lang":
		err = s.language(argument)
	case ":limit":
		var n int
		if n, err = strconv.Atoi(argument); err != nil || n < 0 {
			err = &failure{"usage", fmt.Sprintf(":limit wants a number, not %q", argument), "", exitUsage}
		} else {
			s.flags.limit = n
		}
	case ":format":
		if !slices.Contains(queryFormats, argument) {
			err = &failure{"usage", fmt.Sprintf("unknown format %q", argument), "there are " + strings.Join(queryFormats, ", "), exitUsage}
		} else {
			s.flags.format = argument
		}
	default:
		err = &failure{"usage", fmt.Sprintf("no command %s", words[0]), ":help lists them", exitUsage}
	}
	if err != nil {
		s.fail(err)
	}
	return true
}

func (s *session) language(name string) error {
	if !slices.Contains(query.Languages(), name) {
		return &query.UnknownLanguageError{Name: name}
	}
	s.flags.language = name
	return nil
}

// pipe reads lines from what is no terminal.
type pipe struct{ *bufio.Scanner }

func newPipe(r io.Reader) *pipe {
	s := bufio.NewScanner(r)
	s.Buffer(nil, query.MaxText+1)
	return &pipe{s}
}

func (p *pipe) next(bool) (string, error) {
	if p.Scan() {
		return p.Text(), nil
	}
	if err := p.Err(); err != nil {
		return "", fmt.Errorf("read the queries: %w", err)
	}
	return "", io.EOF
}

func (p *pipe) close() error { return nil }

// lines reads from the terminal, with editing, when both ends are one.
func (a *app) lines(cmd *cobra.Command) (lines, error) {
	if a.inTTY && a.outTTY && os.Getenv("TERM") != "dumb" {
		return newEditor(a, cmd)
	}
	return newPipe(a.stdin), nil
}
