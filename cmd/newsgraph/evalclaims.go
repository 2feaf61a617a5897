package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"newsgraph/ingest/gold"
	"newsgraph/nlp/eval"
)

func (a *app) evalClaimsCommand() *cobra.Command {
	var misses bool
	cmd := &cobra.Command{
		Use:   "claims CLAIMS.jsonl|- GOLD.json",
		Short: "Score the claims of an article against the facts that people found in it",
		Long: `claims compares what "export --format jsonl" wrote of one article with facts written down from its text. A fact is found
when a claim has its subject, its object and a relation that shares a word with its relation or predicate; names count as the
gold lists them. Rows: recall of facts of importance 3 (must be there), 2, 1 and all; of those found, the share with the
right factuality, source (attribution) and day (dated). A second table counts claims, and those that must not be made.
--misses adds a row for each error: must-not claims, facts not found with the claims of their sentence and what the nearest of
them lacks, and what is wrong with facts found. The form of the gold is that of ingest/testdata/gold in the source.`,
		Example: `  newsgraph eval claims claims.jsonl kenya-2002.json
  newsgraph eval claims claims.jsonl kenya-2002.json --misses --format jsonl`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.evalWith(cmd, args[0], func(in io.Reader) ([]eval.Table, error) {
				claims, err := gold.ReadClaims(in)
				if err != nil {
					return nil, err
				}
				want, err := a.readGold(args[1])
				if err != nil {
					return nil, err
				}
				score := want.Score(claims)
				tables := []eval.Table{score.Table(), score.Counts()}
				if misses {
					tables = append(tables, score.Misses())
				}
				return tables, nil
			})
		},
	}
	cmd.Flags().BoolVar(&misses, "misses", false, "what is missed or wrong, too")
	return cmd
}

// readGold reads the facts of an article, packed or not.
func (a *app) readGold(name string) (*gold.Article, error) {
	file, err := a.open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	in, err := eval.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	want, err := gold.Read(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return want, nil
}
