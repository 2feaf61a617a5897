package main

import (
	"github.com/spf13/cobra"

	"newsgraph/server/workspace"
)

func (a *app) compactCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "compact",
		Short: "Make the store's files small",
		Long: `compact rewrites the store: what was replaced or removed takes no room any more, and the rest is packed more tightly than
ingest leaves it. It needs room for a second copy meanwhile, and the store for itself. A store that an older version of
newsgraph made is brought up to the present format.`,
		Example: "  newsgraph compact --store news.db",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.compact() },
	}
	addStore(cmd.Flags())
	return cmd
}

func (a *app) compact() error {
	if err := a.folderOnly("compact", "psql ADDRESS -c 'VACUUM (FULL, ANALYZE)' makes a database small"); err != nil {
		return err
	}
	c, err := workspace.Compact(a.ctx, a.settings.Text("store.path"))
	if err != nil {
		return err
	}
	return a.show(result{whole: c, rows: []any{c}, table: func(p *printer) {
		p.line("%s: %s, was %s", oneLine(c.Store), bytesText(c.After), bytesText(c.Before))
	}})
}
