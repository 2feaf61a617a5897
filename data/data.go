// Package data holds what ships with the program: sample articles, gazetteers, lexicons and trained
// models. Each folder's README says where its files come from and under which licence.
package data

import "embed"

// FS is rooted at this folder: "models/...", "gazetteer/...", "lexicon/...", "samples/...".
//
//go:embed models gazetteer lexicon samples
var FS embed.FS
