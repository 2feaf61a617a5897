package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/data"
	"newsgraph/nlp"
	"newsgraph/nlp/eval"
)

func (a *app) evalCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "Score the language analysis and claims against gold, and measure speed",
		Long: `eval reproduces the figures of the language models and of the claims from files that you give it: treebanks in CoNLL-U,
files of names, exported claims and facts that they should say, gzipped or not. Figures are per cent. --format csv and tsv
write one table of all, with a column that names each part's table.`,
		Example: "  newsgraph eval trees en_ewt-dev.conllu.gz",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.evalTreesCommand(), a.evalTextCommand(), a.evalNamesCommand(), a.evalClaimsCommand(), a.evalSpeedCommand())
	for _, sub := range cmd.Commands() {
		if sub.Args == nil {
			sub.Args = cobra.ExactArgs(1)
		}
		sub.ValidArgsFunction = cobra.FixedCompletions(nil, cobra.ShellCompDirectiveDefault)
		addTableFormat(sub)
	}
	return cmd
}

func (a *app) evalTreesCommand() *cobra.Command {
	var relations bool
	var errors uint
	cmd := &cobra.Command{
		Use:   "trees GOLD.conllu|-",
		Short: "Score tags, lemmas and trees of gold words",
		Long: `trees analyses the words of a treebank anew and gives the share of words whose UPOS, XPOS, features (all of a word's),
lemma (case aside), head (UAS), head and relation (LAS), head and relation without its subtype (LAS-BASE) are right.
Punctuation counts. There is a row for each genre that the ids of sentences or documents tell (GUM_news_..., weblog-...).
--relations adds P, R, F1 of each relation: head and relation right. --errors adds the most frequent confusions, with
the first word seen and its line: of tags, of relations whatever the head, and right relations at a wrong head.`,
		Example: `  newsgraph eval trees en_gum-dev.conllu.gz
  newsgraph eval trees en_ewt-dev.conllu --relations --errors 20
  newsgraph eval trees en_ewt-dev.conllu --format csv -o trees.csv`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.eval(cmd, args[0], func(p *nlp.Pipeline, in io.Reader) ([]eval.Table, error) {
				t, err := eval.ScoreTrees(a.ctx, in, p.Annotate)
				if err != nil {
					return nil, err
				}
				tables := []eval.Table{t.Table()}
				if relations {
					tables = append(tables, t.Relations())
				}
				if errors > 0 {
					tables = append(tables, t.Errors(int(min(errors, math.MaxInt32))))
				}
				return tables, nil
			})
		},
	}
	cmd.Flags().BoolVar(&relations, "relations", false, "F1 of each relation, too")
	cmd.Flags().UintVar(&errors, "errors", 0, "the `N` most frequent confusions of each kind, too")
	return cmd
}

func (a *app) evalTextCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "text GOLD.conllu|-",
		Short: "Score the whole analysis of raw text",
		Long: `text rebuilds the raw text of each document of a treebank (# text, a blank line before # newpar), parses it and gives
F1 as the CoNLL 2018 shared task defines it: tokens, words and sentences by their bounds; UPOS, XPOS, head (UAS), head
and relation (LAS) on words that are found. The task's own LAS is LAS-BASE. newsgraph finds words, not the tokens that
join them: "don't" is one token of gold, two of ours.`,
		Example: "  newsgraph eval text en_gum-dev.conllu.gz",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.eval(cmd, args[0], func(p *nlp.Pipeline, in io.Reader) ([]eval.Table, error) {
				t, err := eval.ScoreText(a.ctx, in, p.Parse)
				if err != nil {
					return nil, err
				}
				return []eval.Table{t.Table()}, nil
			})
		},
	}
}

func (a *app) evalNamesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "names GOLD|-",
		Short: "Score the names in gold words",
		Long: `names analyses the words of a file of names anew and gives P, R and F1 of people (PER), places (LOC) and organisations
(ORG): bounds and kind right; other kinds are left out. It reads Universal NER (number, word, tag), CoNLL columns (word
first, the last BIO tag counts) and the same with spaces (wikigold). I-X after another tag begins a name.`,
		Example: `  newsgraph eval names en_ewt-dev.iob2.gz
  zcat wikigold.conll.gz | newsgraph eval names - --format jsonl`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.eval(cmd, args[0], func(p *nlp.Pipeline, in io.Reader) ([]eval.Table, error) {
				t, err := eval.ScoreNames(a.ctx, in, p.ParseTokens)
				if err != nil {
					return nil, err
				}
				return []eval.Table{t.Table()}, nil
			})
		},
	}
}

func (a *app) evalSpeedCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "speed FILE|-",
		Short: "Measure the parse of raw text on one core, and memory",
		Long: `speed reads plain text, loads the models and parses the text on one core, again and again for at least two seconds.
Each figure says what it is of. Nothing else should run beside it; a longer text than a page gives steadier figures.`,
		Example: "  newsgraph eval speed articles.txt",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.evalWith(cmd, args[0], func(in io.Reader) ([]eval.Table, error) {
				text, err := a.readText(in)
				if err != nil {
					return nil, err
				}
				s, err := eval.MeasureSpeed(a.ctx, text, loadModels)
				if err != nil {
					return nil, err
				}
				return []eval.Table{s.Table()}, nil
			})
		},
	}
}

// eval opens the file, loads the models and shows what score finds.
func (a *app) eval(cmd *cobra.Command, name string, score func(p *nlp.Pipeline, in io.Reader) ([]eval.Table, error)) error {
	return a.evalWith(cmd, name, func(in io.Reader) ([]eval.Table, error) {
		p, err := loadModels()
		if err != nil {
			return nil, err
		}
		return score(p, in)
	})
}

// evalWith opens the file, packed or not, and shows what score finds.
func (a *app) evalWith(cmd *cobra.Command, name string, score func(in io.Reader) ([]eval.Table, error)) error {
	format := cmd.Flag("format").Value.String()
	if !slices.Contains(tableFormats, format) {
		hint := "--format is one of " + strings.Join(tableFormats, ", ")
		return &failure{"usage", fmt.Sprintf("unknown format %q", format), hint, exitUsage}
	}
	file, err := a.open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	in, err := eval.Open(file)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	tables, err := score(in)
	if err != nil {
		return fmt.Errorf("eval %s: %w", name, err)
	}
	return a.write(func(w io.Writer) error { return writeTables(w, tables, format, a.color()) })
}

// loadModels loads the models that ship with the program.
func loadModels() (*nlp.Pipeline, error) {
	p, err := nlp.Load(data.FS)
	if err != nil {
		return nil, fmt.Errorf("load the models: %w", err)
	}
	return p, nil
}
