package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/graph"
	"newsgraph/graph/path"
	"newsgraph/graph/postgres"
	"newsgraph/graph/query"
	"newsgraph/graph/store"
	"newsgraph/ingest/source"
	"newsgraph/internal/settings"
	"newsgraph/server/workspace"
)

// The exit codes. The root command's help lists them.
const (
	exitOK          = 0
	exitError       = 1
	exitUsage       = 2
	exitNotFound    = 3
	exitPartial     = 4
	exitMismatch    = 5
	exitTimeout     = 124
	exitInterrupted = 130
)

// failure is what the user is told of an error: one line, a hint where one helps, and the exit code.
type failure struct {
	Code string `json:"code"`
	Msg  string `json:"message"`
	Hint string `json:"hint,omitempty"`
	exit int
}

func (f *failure) Error() string { return f.Msg }

// report tells the user what went wrong, as JSON where --format json or jsonl was asked for, and
// returns the exit code.
func (a *app) report(cmd *cobra.Command, err error) int {
	f := a.classify(cmd, err)
	if format, _ := cmd.Flags().GetString("format"); format == "json" || format == "jsonl" {
		line, _ := json.Marshal(map[string]*failure{"error": f})
		fmt.Fprintf(a.stderr, "%s\n", line)
		return f.exit
	}
	fmt.Fprintf(a.stderr, "newsgraph: %s\n", strings.TrimSpace(f.Msg))
	if f.Hint != "" {
		fmt.Fprintf(a.stderr, "hint: %s\n", strings.ReplaceAll(f.Hint, "\n", "\n      "))
	}
	return f.exit
}

// classify finds the code and the hint of an error.
func (a *app) classify(cmd *cobra.Command, err error) *failure {
	var own *failure
	var setting *settings.Error
	var base *workspace.BaseError
	var unknown *graph.UnknownNameError
	var ambiguous *graph.AmbiguousNameError
	var none *path.NoPathError
	var decisions *workspace.DecisionsError
	var conflict *workspace.ConflictError
	var choice *workspace.ChoiceError
	var language *query.UnknownLanguageError
	var document *graph.UnknownDocumentError
	var several *workspace.AmbiguousDocumentError
	var predicate *graph.UnknownPredicateError
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &setting) && strings.HasPrefix(err.Error(), "flag --format:"):
		return &failure{"usage", err.Error(), "export writes claims as csv, tsv, N-Quads and more; query its rows as csv and tsv", exitUsage}
	case errors.As(err, &setting):
		return &failure{"usage", err.Error(), "newsgraph config show --origin lists the settings", exitUsage}
	case !a.started:
		return usageFailure(cmd, err)
	case errors.As(err, &unknown):
		return &failure{"not_found", fmt.Sprintf("no entity is called %q", unknown.Name), nearHint(unknown.Near), exitNotFound}
	case errors.As(err, &ambiguous):
		msg := fmt.Sprintf("%q may mean %d entities", ambiguous.Name, len(ambiguous.Candidates))
		return &failure{"ambiguous", msg, candidatesHint(ambiguous.Candidates), exitUsage}
	case errors.As(err, &none):
		return &failure{"not_found", oneLine(err.Error()), "", exitNotFound}
	case errors.Is(err, path.ErrBudget):
		return &failure{"budget", oneLine(err.Error()), "--max-steps allows more; fewer --max-hops and more filters need less", exitError}
	case errors.As(err, &language):
		return &failure{"usage", language.Error(), "", exitUsage}
	case errors.As(err, &choice):
		return &failure{"usage", choice.Error(), choice.Hint, exitUsage}
	case errors.As(err, &several):
		return &failure{"ambiguous", oneLine(several.Error()), "give the ID", exitUsage}
	case errors.As(err, &document):
		return &failure{"not_found", oneLine(document.Error()), "", exitNotFound}
	case errors.As(err, &base):
		return &failure{"error", err.Error(), "load it into a store of its own", exitError}
	case errors.As(err, &conflict):
		return &failure{"error", err.Error(), "newsgraph merge list and merge undo take decisions of the store back; load --skip-decisions leaves out those of the file", exitError}
	case errors.As(err, &decisions):
		return &failure{"error", err.Error(), "", exitError}
	case errors.Is(err, workspace.ErrIdle):
		return &failure{"usage", err.Error(), "newsgraph merge list lists the decisions", exitUsage}
	case errors.Is(err, workspace.ErrSame):
		return &failure{"usage", err.Error(), "name two entities", exitUsage}
	case errors.Is(err, source.ErrOption):
		return usageFailure(cmd, err)
	case errors.As(err, &predicate):
		return &failure{"not_found", fmt.Sprintf("no claim has the predicate %q", predicate.Name), didYouMean(predicate.Near), exitNotFound}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, query.ErrDeadline):
		msg := "no answer within " + a.settings.Duration("query.timeout").String()
		return &failure{"timeout", msg, "--timeout sets a longer time", exitTimeout}
	case errors.Is(err, context.Canceled):
		return &failure{"interrupted", "interrupted", "", exitInterrupted}
	}
	return &failure{"error", err.Error(), storeHint(err), exitError}
}

// usageFailure is wrong use of a command. Cobra puts its suggestions into the error, lines below the first.
func usageFailure(cmd *cobra.Command, err error) *failure {
	msg, more, _ := strings.Cut(err.Error(), "\n")
	if f := argumentFailure(cmd, msg); f != nil {
		return f
	}
	msg = parseTail.ReplaceAllString(msg, ": it is no number")
	hint := cmd.CommandPath() + " --help shows how to use it"
	if _, names, ok := strings.Cut(more, "Did you mean this?"); ok {
		hint = didYouMean(strings.Fields(names))
	}
	return &failure{"usage", msg, hint, exitUsage}
}

// parseTail is what Go says of a value that is no number.
var parseTail = regexp.MustCompile(`: strconv\.Parse(?:Float|Int): parsing "(?:[^"\\]|\\.)*": (?:invalid syntax|value out of range)$`)

// counted is what cobra says of a wrong number of arguments: how many it wants, and how many there are.
var counted = regexp.MustCompile(`^(accepts|requires at least|accepts at most) (\d+) arg\(s\), (?:only )?received (\d+)$`)

// argumentFailure says in words of ours that a command has too many arguments or too few; nil for any other error.
func argumentFailure(cmd *cobra.Command, msg string) *failure {
	m := counted.FindStringSubmatch(msg)
	if m == nil {
		return nil
	}
	wanted := map[string]string{"accepts": "", "requires at least": "at least ", "accepts at most": "at most "}[m[1]]
	n, _ := strconv.Atoi(m[2]) // digits
	_, arguments, _ := strings.Cut(cmd.Use, " ")
	return &failure{"usage", fmt.Sprintf("%s wants %s%s, not %s", cmd.CommandPath(), wanted, count(n, "argument"), m[3]),
		strings.TrimSpace(cmd.CommandPath() + " " + arguments), exitUsage}
}

// nearHint lists names that are spelt nearly as an unknown one.
func nearHint(near []graph.Candidate) string {
	var names []string
	for _, c := range near {
		names = append(names, oneLine(c.Label))
	}
	return didYouMean(names)
}

func didYouMean(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "did you mean " + strings.Join(names, ", ") + "?"
}

// candidatesHint lists the entities that a name may mean, one a line.
func candidatesHint(candidates []graph.Candidate) string {
	var b strings.Builder
	b.WriteString("give the id:")
	for _, c := range candidates {
		fmt.Fprintf(&b, "\nent:%s  %s %s (%s)", c.ID, c.Type, oneLine(c.Label), count(c.Claims, "claim"))
	}
	return b.String()
}

// storeHint says what to do about an error of the store.
func storeHint(err error) string {
	var connect *postgres.ConnectError
	var address *postgres.AddressError
	switch {
	case errors.As(err, &connect):
		return connect.Hint
	case errors.As(err, &address):
		return "store.address stands in the settings file or in NEWSGRAPH_STORE_ADDRESS"
	case errors.Is(err, workspace.ErrNoStore):
		return "newsgraph ingest FILE makes one; --store names another"
	case errors.Is(err, store.ErrLocked):
		return "another newsgraph has it open; wait for it to end, or name another store with --store"
	case errors.Is(err, store.ErrCorrupt):
		return "newsgraph verify says what is damaged; the articles can be ingested again into a new store"
	case errors.Is(err, store.ErrVersion):
		return "newsgraph compact brings a store of an older version up to date; for one of a newer version, update newsgraph"
	}
	return ""
}
