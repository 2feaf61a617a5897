package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"newsgraph/ingest"
	"newsgraph/ingest/claim"
	"newsgraph/nlp"
	"newsgraph/server/workspace"
)

func (a *app) extractCommand() *cobra.Command {
	var sentences bool
	var style string
	cmd := &cobra.Command{
		Use:   "extract FILE|-",
		Short: "Extract open claims from sentences or text",
		Long: `extract writes what each sentence claims, in the sentence's own words, one claim a line:
sentence, confidence, relation, first argument, further arguments, with a tab between them.
With --sentences the file holds one tokenised sentence a line; else it is plain text.
The style wide keeps all arguments of a claim in one line; atomic gives one line for each.`,
		Example: `  newsgraph extract speech.txt
  newsgraph extract --sentences sentences.txt --style wide -o claims.tsv`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: cobra.FixedCompletions(nil, cobra.ShellCompDirectiveDefault),
		RunE:              func(_ *cobra.Command, args []string) error { return a.extract(args[0], sentences, style) },
	}
	cmd.Flags().BoolVar(&sentences, "sentences", false, "the file holds one tokenised sentence a line")
	cmd.Flags().StringVar(&style, "style", "atomic", "atomic or wide")
	return cmd
}

func (a *app) extract(name string, sentences bool, style string) error {
	styles := map[string]claim.Style{"atomic": claim.Atomic, "wide": claim.Wide}
	as, ok := styles[style]
	if !ok {
		return &failure{"usage", fmt.Sprintf("unknown style %q", style), "--style is atomic or wide", exitUsage}
	}
	in, err := a.open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	pipeline, err := workspace.LoadPipeline()
	if err != nil {
		return err
	}
	return a.write(func(w io.Writer) error {
		x := &tupleWriter{pipeline: pipeline, style: as, w: w}
		f := a.extractText
		if sentences {
			f = a.extractLines
		}
		if err := f(x, in); err != nil {
			return fmt.Errorf("extract %s: %w", name, err)
		}
		return nil
	})
}

// tupleWriter writes the claims of sentences.
type tupleWriter struct {
	pipeline *ingest.Pipeline
	style    claim.Style
	w        io.Writer
}

// extractLines reads one tokenised sentence a line.
func (a *app) extractLines(x *tupleWriter, in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if err := a.ctx.Err(); err != nil {
			return err
		}
		if forms := strings.Fields(lines.Text()); len(forms) > 0 {
			if err := x.write(lines.Text(), x.pipeline.Language().ParseTokens(forms)); err != nil {
				return err
			}
		}
	}
	return lines.Err()
}

// maxLine is the longest line of a file of sentences, in bytes.
const maxLine = 1 << 20

// extractText reads plain text.
func (a *app) extractText(x *tupleWriter, in io.Reader) error {
	text, err := a.readText(in)
	if err != nil {
		return err
	}
	points := []rune(text)
	for _, s := range x.pipeline.Language().Parse(text, nil) {
		if err := a.ctx.Err(); err != nil {
			return err
		}
		if err := x.write(string(points[s.Start:s.End]), s); err != nil {
			return err
		}
	}
	return nil
}

// write writes the claims of a sentence. A tab or a line end inside a word would break the columns, and
// becomes a space.
func (x *tupleWriter) write(sentence string, s nlp.Sentence) error {
	for _, t := range x.pipeline.Claims().Tuples(s, x.style) {
		columns := append([]string{sentence, strconv.FormatFloat(t.Confidence, 'f', 3, 64), t.Relation}, t.Args...)
		for i, c := range columns {
			columns[i] = strings.TrimSpace(breaks.Replace(c))
		}
		if _, err := fmt.Fprintln(x.w, strings.Join(columns, "\t")); err != nil {
			return err
		}
	}
	return nil
}

var breaks = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")
