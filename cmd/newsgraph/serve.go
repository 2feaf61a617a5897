package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"newsgraph/internal/settings"
	"newsgraph/server"
	"newsgraph/server/sandbox"
	"newsgraph/server/workspace"
)

// serveFlags are the flags of serve that no setting stands for.
type serveFlags struct {
	readOnly  bool
	token     string
	hosts     []string
	origins   []string
	logFormat string
}

// tokenVariable is the environment variable that may hold the token.
const tokenVariable = settings.EnvPrefix + "_TOKEN"

func (a *app) serveCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:     "serve",
		Aliases: []string{"http"},
		Short:   "Serve the graph over HTTP, with a page to explore it",
		Long: `serve opens the graph to a browser, to programs (the JSON API is described at /api/openapi.yaml) and to clients of Cayley
(/api/v1, /api/v2). It runs until it is interrupted, and then finishes what is under way.

It listens on this machine only. Another address needs a token, which every request must then bear: from --token-file,
the variable ` + tokenVariable + `, or --token, which other users of the machine can see. While it runs, no other command
can change the store; articles go in through the page or the API. With --read-only nothing can be changed. With --backend
memstore the graph is empty at first and in memory alone: a server to try things on, of which nothing is kept.`,
		Example: `  newsgraph serve
  newsgraph serve --read-only --bind 127.0.0.1:8080
  newsgraph serve --backend memstore
  newsgraph serve --bind 0.0.0.0:64210 --token-file /etc/newsgraph/token --allow-host news.example.org`,
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(*cobra.Command, []string) error { return a.serve(f) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.readOnly, "read-only", false, "change nothing")
	flags.StringVar(&f.token, "token", "", "`TOKEN` that requests must bear; better from a file or the environment")
	flags.StringSliceVar(&f.hosts, "allow-host", nil, "`NAMES` under which the server is reached beside its address")
	flags.StringSliceVar(&f.origins, "cors", nil, "`ORIGINS` of foreign pages that may call the API (https://app.example.org)")
	flags.StringVar(&f.logFormat, "log-format", "text", "`WORD`: text or json, for what is logged on standard error; --verbose logs every request")
	for _, key := range []string{"server.bind", "server.token_file", "server.query_rows", "server.max_body", "ingest.workers", "ingest.max_bytes",
		"query.timeout", "graph.base_iri", "store.path", "store.backend"} {
		addSetting(flags, key)
	}
	flags.SetNormalizeFunc(cayleyFlag)
	return cmd
}

// cayleyFlag takes the names that cayley http has for flags of serve.
func cayleyFlag(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	if name == "host" {
		name = "bind"
	}
	return pflag.NormalizedName(strings.ReplaceAll(name, "_", "-"))
}

// minToken is the length of the shortest token: what can be guessed is none.
const minToken = 16

// serveToken finds the token: the flag's, the file's, then that of the environment.
func (a *app) serveToken(f serveFlags) (string, error) {
	token, from := f.token, "--token"
	if path := a.settings.Text("server.token_file"); token == "" && path != "" {
		text, err := os.ReadFile(path)
		if err != nil {
			return "", fmt.Errorf("read the token: %w", err)
		}
		token, from = strings.TrimSpace(string(text)), path
		if token == "" {
			return "", &failure{"usage", path + " is empty", "it must hold the token", exitUsage}
		}
	}
	if token == "" {
		token, from = os.Getenv(tokenVariable), tokenVariable
	}
	if token != "" && len(token) < minToken {
		return "", &failure{"usage", fmt.Sprintf("the token from %s is shorter than %d characters", from, minToken), "openssl rand -hex 20 makes a good one", exitUsage}
	}
	return token, nil
}

func (a *app) serve(f serveFlags) error {
	token, err := a.serveToken(f)
	if err != nil {
		return err
	}
	logger, err := a.logger(f.logFormat)
	if err != nil {
		return err
	}
	for _, origin := range f.origins {
		if !strings.HasPrefix(origin, "http://") && !strings.HasPrefix(origin, "https://") || strings.Count(origin, "/") != 2 {
			return &failure{"usage", fmt.Sprintf("%q is no origin", origin), "an origin is scheme, host and port: https://app.example.org", exitUsage}
		}
	}
	o, err := a.servePlace(f)
	if err != nil {
		return err
	}
	return a.withStoreOf(a.ctx, o, func(w *workspace.Workspace) error {
		s, err := server.New(a.ctx, server.Options{Workspace: w, ReadOnly: f.readOnly, Token: token,
			Hosts: f.hosts, Origins: f.origins, Worker: a.queryWorker, QueryTimeout: a.settings.Duration("query.timeout"),
			QueryRows: a.settings.Count("server.query_rows"), MaxBody: int64(a.settings.Count("server.max_body")),
			MaxArticle: int64(a.settings.Count("ingest.max_bytes")), Workers: a.settings.Count("ingest.workers"), Log: logger, Requests: a.verbose})
		if err != nil {
			return err
		}
		return a.listen(s, w.Name(), token)
	})
}

// servePlace is where the store is, which for serve may be in memory.
func (a *app) servePlace(f serveFlags) (o workspace.Options, err error) {
	if a.settings.Text("store.backend") != settings.Memory {
		o, err = a.place()
		o.Create = !f.readOnly
		return o, err
	}
	switch {
	case f.readOnly:
		return o, &failure{"usage", "a graph in memory is empty at first, and --read-only lets nothing in", "leave out one of the two", exitUsage}
	case a.byFlag("store.path"):
		return o, &failure{"usage", "--store names a folder, but store.backend is memstore, which keeps nothing", "leave out one of the two", exitUsage}
	}
	return workspace.Options{Dir: "a graph in memory, which goes when this ends", InMemory: true, Create: true}, nil
}

// listen serves until the interrupt.
func (a *app) listen(s *server.Server, name, token string) error {
	bind := a.settings.Text("server.bind")
	l, err := net.Listen("tcp", bind)
	if err != nil {
		return errors.Join(fmt.Errorf("listen on %s: %w", bind, err), s.Close(a.ctx))
	}
	if addr, ok := l.Addr().(*net.TCPAddr); ok && !addr.IP.IsLoopback() && token == "" {
		return errors.Join(&failure{"usage", fmt.Sprintf("%s can be reached from other machines, so a token is needed", bind),
			"--token-file FILE, or listen on 127.0.0.1", exitUsage}, l.Close(), s.Close(a.ctx))
	}
	if !a.quiet {
		fmt.Fprintf(a.stderr, "newsgraph: serving %s at http://%s/ (Ctrl-C ends it)\n", name, l.Addr())
	}
	return s.Serve(a.ctx, l)
}

// logger logs on standard error.
func (a *app) logger(format string) (*slog.Logger, error) {
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(a.stderr, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(a.stderr, nil)), nil
	}
	return nil, &failure{"usage", fmt.Sprintf("unknown log format %q", format), "--log-format is text or json", exitUsage}
}

// queryWorker is the command of a process for queries: this program over again.
func (a *app) queryWorker(dir string) []string {
	exe, err := os.Executable()
	if err != nil {
		exe = os.Args[0]
	}
	command := []string{exe, os.Args[0], "query-worker"}
	if a.settings.Text("store.backend") == settings.Postgres {
		return append(command, a.storeFlags()...) // there is no copy
	}
	return append(command, a.folderFlags(dir)...)
}

// workerCommand is the worker's half of the queries of serve.
func (a *app) workerCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "query-worker",
		Short:   "Answer queries for serve, under limits",
		Example: "  newsgraph query-worker --store COPY",
		Hidden:  true,
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := limitProcess(0); err != nil {
				return fmt.Errorf("set limits: %w", err)
			}
			// Signals are for the server: it ends the worker.
			ctx := context.WithoutCancel(a.ctx)
			return a.withStore(ctx, false, func(w *workspace.Workspace) error {
				return sandbox.Serve(ctx, os.Stdin, a.stdout, w.Graph())
			})
		},
	}
	addStore(cmd.Flags())
	return cmd
}
