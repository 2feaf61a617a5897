// Command calibrate fits the confidence of claims to labels: claims that a reader of their article has marked right or
// wrong. docs/evaluation.md says how the labels were made and how good the result is.
//
//	go run ./internal/calibrate                                fit data/lexicon/confidence.tsv, report on it
//	go run ./internal/calibrate -traits                        first read the labels' traits anew, after a change of the extractor
//	go run ./internal/calibrate -sample 50 ARTICLE.txt ...     claims to label, evenly over rules and confidence
//
// The same labels give the same bytes.
package main

import (
	"flag"
	"log"
	"os"
)

// labelFile holds the labels, one JSON object a line.
const labelFile = "ingest/claim/testdata/calibration/labels.jsonl"

func main() {
	sample := flag.Int("sample", 0, "write this many claims of the articles named, to be labelled, and fit nothing")
	traits := flag.Bool("traits", false, "read the traits of the labels anew from their articles")
	flag.Parse()
	if err := run(*sample, *traits, flag.Args()); err != nil {
		log.Fatal(err)
	}
}

func run(sample int, traits bool, files []string) error {
	if sample > 0 {
		return writeSample(os.Stdout, sample, files)
	}
	labels, err := readLabels(labelFile)
	if err != nil {
		return err
	}
	if traits {
		if err := renew(labels); err != nil {
			return err
		}
		if err := writeLabels(labelFile, labels); err != nil {
			return err
		}
	}
	if err := writeModel(fit(labels)); err != nil {
		return err
	}
	report(os.Stdout, labels)
	return nil
}
