package main

import (
	"errors"
	"io/fs"

	"github.com/spf13/cobra"

	"newsgraph/server/workspace"
)

func (a *app) restoreCommand() *cobra.Command {
	yes := false
	cmd := &cobra.Command{
		Use:   "restore SRC",
		Short: "Put a backup in the place of the store",
		Long: `restore verifies the store in the folder SRC and puts a copy of it where --store says. A store that is there already is replaced
only with --yes, and stays as it is until the copy is whole; nobody else may have it open.`,
		Example: `  newsgraph restore backups/2026-11-26 --store new.db
  newsgraph restore backups/2026-11-26 --yes`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.restore(args[0], yes) },
	}
	addStore(cmd.Flags())
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "replace a store that is there")
	return cmd
}

func (a *app) restore(src string, replace bool) error {
	if err := a.folderOnly("restore", "pg_restore puts back what pg_dump copied: pg_restore --clean --if-exists --dbname ADDRESS news.dump"); err != nil {
		return err
	}
	to := a.settings.Text("store.path")
	c, err := workspace.Restore(a.ctx, src, to, replace)
	if errors.Is(err, fs.ErrExist) {
		return &failure{"usage", "there is a store at " + to, "--yes replaces it, --store names another place", exitUsage}
	}
	if err != nil {
		return err
	}
	return a.show(copiedResult("restored", c))
}
