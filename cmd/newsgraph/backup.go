package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"newsgraph/server/workspace"
)

func (a *app) backupCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "backup DEST",
		Short: "Copy the store, and check the copy",
		Long: `backup copies the store into the folder DEST, which must not exist, and verifies the copy: it is a store of its own, and shares
no file with this one. Others may read and write meanwhile; the copy is the store as it was when backup began. DEST
appears when it is whole, or not at all.`,
		Example: `  newsgraph backup backups/2026-11-26
  newsgraph show Russia --store backups/2026-11-26`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.backup(args[0]) },
	}
	addStore(cmd.Flags())
	return cmd
}

func (a *app) backup(dest string) error {
	if err := a.folderOnly("backup", "pg_dump copies a database: pg_dump --format custom --table 'newsgraph_*' --file news.dump ADDRESS"); err != nil {
		return err
	}
	c, err := workspace.Backup(a.ctx, a.settings.Text("store.path"), dest)
	if errors.Is(err, fs.ErrExist) {
		return &failure{"usage", dest + " exists", "name a folder that does not", exitUsage}
	}
	if err != nil {
		return err
	}
	return a.show(copiedResult("copied to", c))
}

// copiedResult tells of a copy that was made.
func copiedResult(what string, c workspace.Copied) result {
	return result{whole: c, rows: []any{c}, table: func(p *printer) {
		p.line("%s %s: %d quads, %d records, %s", what, oneLine(c.Store), c.Quads, c.Records, bytesText(c.Bytes))
	}}
}

// bytesText gives a size as people read it.
func bytesText(n int64) string {
	const kilo = 1000
	units := []string{"kB", "MB", "GB", "TB"}
	if n < kilo {
		return fmt.Sprintf("%d bytes", n)
	}
	x, i := float64(n)/kilo, 0
	for x >= kilo && i < len(units)-1 {
		x, i = x/kilo, i+1
	}
	return fmt.Sprintf("%.1f %s", x, units[i])
}
