package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"newsgraph/nlp"
	"newsgraph/nlp/conllu"
)

func (a *app) parseCommand() *cobra.Command {
	var isCoNLLU bool
	cmd := &cobra.Command{
		Use:   "parse FILE|-",
		Short: "Analyse the language of a text, as CoNLL-U",
		Long: `parse writes CoNLL-U: lemmas, tags, features, heads and relations (Universal Dependencies 2, English), and names
as NER= in the last column. Plain text is split into sentences and words, with # text = and TokenRange=start:end in code
points of the file. With --conllu the file's words are kept as they are, multiword tokens, empty nodes and comments too.`,
		Example: `  newsgraph parse speech.txt
  newsgraph parse --conllu en_ewt-dev.conllu -o parsed.conllu`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: cobra.FixedCompletions(nil, cobra.ShellCompDirectiveDefault),
		RunE: func(_ *cobra.Command, args []string) error {
			if isCoNLLU {
				return a.parse(args[0], annotate)
			}
			return a.parse(args[0], a.parseText)
		},
	}
	cmd.Flags().BoolVar(&isCoNLLU, "conllu", false, "the file is CoNLL-U: keep its words, write own annotation")
	return cmd
}

// parse opens the file, loads the models and lets f write.
func (a *app) parse(name string, f func(p *nlp.Pipeline, in io.Reader, out io.Writer) error) error {
	in, err := a.open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	pipeline, err := loadModels()
	if err != nil {
		return err
	}
	return a.write(func(w io.Writer) error {
		if err := f(pipeline, in, w); err != nil {
			return fmt.Errorf("parse %s: %w", name, err)
		}
		return nil
	})
}

// annotate gives the words of a CoNLL-U file our own annotation.
func annotate(p *nlp.Pipeline, in io.Reader, out io.Writer) error {
	for r := conllu.NewReader(in); ; {
		s, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		p.Annotate(&s.Sentence)
		if err := conllu.Write(out, s); err != nil {
			return err
		}
	}
}

// parseText analyses plain text.
func (a *app) parseText(p *nlp.Pipeline, in io.Reader, out io.Writer) error {
	text, err := a.readText(in)
	if err != nil {
		return err
	}
	points := []rune(text)
	for _, s := range p.Parse(text, nil) {
		if err := a.ctx.Err(); err != nil {
			return err
		}
		if err := conllu.Write(out, conllu.FromText(s, points)); err != nil {
			return err
		}
	}
	return nil
}

// readText reads UTF-8 text of at most ingest.max_bytes.
func (a *app) readText(in io.Reader) (string, error) {
	most := int64(a.settings.Count("ingest.max_bytes"))
	text, err := io.ReadAll(io.LimitReader(in, most+1))
	switch {
	case err != nil:
		return "", err
	case int64(len(text)) > most:
		return "", fmt.Errorf("more than %d bytes (ingest.max_bytes)", most)
	case !utf8.Valid(text):
		return "", errors.New("not UTF-8 text")
	}
	return string(text), nil
}

// open opens a file for reading; - is standard input.
func (a *app) open(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(a.stdin), nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err // says "open NAME: why"
	}
	return file, nil
}
