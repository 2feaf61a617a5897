package workspace_test

import (
	"testing"
	"time"

	"newsgraph/ingest/source"
	"newsgraph/server/workspace"
)

// FuzzIngest takes any bytes through the whole house: reading, language, claims, names, graph. Whatever
// comes in either fails as an article, by name, or leaves a graph in which every quote holds.
func FuzzIngest(f *testing.F) {
	for _, a := range samples(f)[:3] {
		f.Add(a.text)
	}
	for _, text := range []string{
		"", "!", "\x00", "Mr. ! said.", "He said she said they said it.", "\"", "\u00a0Putin\u00a0's 'loan'", "Ministry of of the of.",
		"---\ntitle: x\npublished: 2020-02-30\n---\nMinsk said on Monday.", "<html><body><p>Russia gave Belarus $1.5billion.</p></body></html>",
		"1.5 million people, 20 per cent, between 3 and 5 October 2020, said", "Smith, 54, of the BBC, in a U.N.-backed, Moscow-led move",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4<<10 {
			return // time grows with the text; the limits of the parts have tests of their own
		}
		started := time.Now()
		w, err := workspace.Open(t.Context(), workspace.Options{Dir: "fuzz", InMemory: true, Pipeline: pipeline})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		in := []article{{name: "fuzz.txt", text: text, options: source.Options{Published: "2020-09-14"}}}
		ingest(t, w, append(in, in...), workspace.IngestOptions{Workers: 2, Batch: 1, Again: true})
		report, err := w.Graph().Verify(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range report.Problems {
			t.Error(p)
		}
		if took := time.Since(started); took > 20*time.Second {
			t.Errorf("took %s", took)
		}
	})
}
