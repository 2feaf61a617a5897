package main

import (
	"github.com/spf13/cobra"

	"newsgraph/internal/settings"
)

func (a *app) configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "config",
		Short:   "Settings",
		Args:    cobra.NoArgs,
		Example: "  newsgraph config show --origin",
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.configShowCommand())
	return cmd
}

func (a *app) configShowCommand() *cobra.Command {
	var origin bool
	cmd := &cobra.Command{
		Use:   "show",
		Short: "Show every setting, its value and which layer set it",
		Long: `show prints every setting with the value in force. A flag wins over a NEWSGRAPH_* environment variable, that over
the settings file, that over the default; --origin names the one that won.`,
		Example: `  newsgraph config show --origin
  NEWSGRAPH_QUERY_LIMIT=7 newsgraph config show --origin --format json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.configShow(origin) },
	}
	cmd.Flags().BoolVar(&origin, "origin", false, "say which layer set the value")
	return cmd
}

// settingRow is one setting as config show gives it.
type settingRow struct {
	Key    string `json:"key"`
	Value  string `json:"value"`
	Origin string `json:"origin,omitempty"`
}

func (a *app) configShow(origin bool) error {
	var rows []settingRow
	for _, s := range settings.All() {
		row := settingRow{Key: s.Key, Value: a.settings.Shown(s.Key)}
		if origin {
			row.Origin = a.settings.Origin(s.Key)
		}
		rows = append(rows, row)
	}
	return a.show(result{whole: rows, rows: anys(rows), table: func(p *printer) {
		lines := [][]string{{"SETTING", "VALUE", ""}}
		if origin {
			lines[0][2] = "SET BY"
		}
		for _, r := range rows {
			lines = append(lines, []string{r.Key, r.Value, r.Origin})
		}
		p.table(lines)
	}})
}
