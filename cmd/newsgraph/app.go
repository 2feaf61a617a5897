package main

import (
	"context"
	"io"
	"os"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"newsgraph/internal/settings"
)

// app is what the commands share: the streams, the settings and the flags that every command has.
type app struct {
	ctx                   context.Context // cancelled by the first interrupt
	stdin                 io.Reader
	stdout, stderr        io.Writer
	inTTY, outTTY, errTTY bool

	settings *settings.Settings
	config   string // --config
	output   string // --output
	quiet    bool
	verbose  bool
	noColor  bool
	started  bool   // the command line was in order and the command began
	newBase  string // base IRI of a store that the command makes, where the settings say none
}

func newApp() *app {
	return &app{
		ctx:   context.Background(),
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		inTTY: isatty.IsTerminal(os.Stdin.Fd()), outTTY: isatty.IsTerminal(os.Stdout.Fd()), errTTY: isatty.IsTerminal(os.Stderr.Fd()),
	}
}

// run carries out the command line and returns the exit code.
func (a *app) run(args []string) int {
	root := a.root()
	root.SetArgs(args)
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	cmd, err := root.ExecuteContextC(a.ctx)
	if err == nil {
		return exitOK
	}
	return a.report(cmd, err)
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "newsgraph",
		Short: "News articles into a knowledge graph with a quote on every edge",
		Long: `newsgraph reads news articles, extracts who did what to whom, when, where and according to whom, and
keeps it as a graph whose every edge can be traced to the exact words it came from.

Exit codes: 0 done, 1 error, 2 wrong use (also a name that fits several entities), 3 nothing found,
4 some articles failed, 5 verify found mismatches, 124 timeout, 130 interrupted.`,
		Example: `  newsgraph ingest articles/ --publisher "Daily News"
  newsgraph show "Alexander Lukashenko"
  newsgraph path Tikhanovskaya Putin`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: a.start,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	a.globalFlags(root.PersistentFlags())
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return err })
	root.AddCommand(a.backupCommand(), a.restoreCommand(), a.compactCommand())
	root.AddCommand(
		a.relatedCommand(), a.betweenCommand(), a.removeCommand(), a.replCommand(),
		a.ingestCommand(), a.showCommand(), a.claimsCommand(), a.pathCommand(), a.contradictionsCommand(), a.queryCommand(), a.exportCommand(),
		a.convertCommand(), a.loadCommand(), a.schemaCommand(),
		a.entitiesCommand(), a.mergeCommand(), a.splitCommand(),
		a.statsCommand(), a.verifyCommand(), a.parseCommand(), a.extractCommand(), a.evalCommand(),
		a.serveCommand(), a.workerCommand(),
		a.configCommand(), a.completionCommand(), a.versionCommand(),
	)
	return root
}

func (a *app) globalFlags(flags *pflag.FlagSet) {
	flags.StringVarP(&a.config, "config", "c", "", "settings `FILE` (else $NEWSGRAPH_CONFIG, ./config.yaml, ...)")
	flags.StringVarP(&a.output, "output", "o", "-", "write the result to `FILE`; - is standard output, .gz compresses")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "no progress and no summary")
	flags.BoolVarP(&a.verbose, "verbose", "v", false, "say more on standard error")
	flags.BoolVar(&a.noColor, "no-color", false, "no colour (as NO_COLOR and TERM=dumb do)")
	addSetting(flags, "output.format")
	addSetting(flags, "output.color")
}

// ownFlag marks a flag of a command that has a setting's flag name but another meaning.
const ownFlag = "newsgraph_own"

// start reads the settings; it runs before every command.
func (a *app) start(cmd *cobra.Command, _ []string) error {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Annotations[ownFlag] == nil {
			flags.AddFlag(f)
		}
	})
	s, err := settings.Load(a.config, flags)
	if err != nil {
		return err
	}
	a.settings, a.started = s, true
	return nil
}

// addSetting gives the flag set the flag of a setting.
func addSetting(flags *pflag.FlagSet, key string) {
	for _, s := range settings.All() {
		if s.Key == key {
			flags.StringP(s.Flag, shorthand(s.Flag), s.Default, "`"+placeholder(s)+"`: "+s.Usage)
		}
	}
}

// addStore gives the flag set the flags that name the store.
func addStore(flags *pflag.FlagSet) {
	addSetting(flags, "store.path")
	addSetting(flags, "store.backend")
}

func shorthand(flag string) string {
	switch flag {
	case "paths":
		return "k"
	case "limit":
		return "n"
	case "timeout":
		return "t"
	}
	return ""
}

func placeholder(s settings.Setting) string {
	switch {
	case s.Kind == settings.Count:
		return "N"
	case s.Kind == settings.Duration:
		return "TIME"
	case s.Kind == settings.Choice:
		return "WORD"
	case s.Key == "store.path":
		return "DIR"
	}
	return "TEXT"
}
