package main

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"testing"

	"newsgraph/ingest/claim"
	"newsgraph/internal/repo"
)

func labelled(t *testing.T) []label {
	t.Helper()
	labels, err := readLabels(filepath.Join(repo.Root(), labelFile))
	if err != nil {
		t.Fatal(err)
	}
	return labels
}

// TestHeldOut holds that the confidence of claims of articles that the model has not seen means what it says.
func TestHeldOut(t *testing.T) {
	t.Parallel()
	labels := labelled(t)
	after := heldOut(labels)
	var before, flat []guess
	all := precision(after)
	for _, l := range labels {
		before, flat = append(before, guess{l.Before, l.Right}), append(flat, guess{all, l.Right})
	}
	if b := brier(after); b > brier(before)-0.02 || b > brier(flat)-0.01 {
		t.Errorf("Brier score %.4f, by hand %.4f, the same for all %.4f", b, brier(before), brier(flat))
	}
	if g := gain(after); g < 0.08 {
		t.Errorf("the surer half is right by %+.3f more often than all, want 0.08", g)
	}
	for _, b := range bins(after) {
		if off := math.Abs(b.said - b.found); b.n >= 50 && off > 0.06 {
			t.Errorf("of %d claims given %.2f on average, %.2f are right", b.n, b.said, b.found)
		}
	}
	if n, found := near(after, 0.8); n < 100 || math.Abs(found-0.8) > 0.05 {
		t.Errorf("of %d claims given about 0.8, %.2f are right", n, found)
	}
}

// near is how many guesses lie within 0.05 of p, and the share of right ones.
func near(gs []guess, p float64) (n int, found float64) {
	for _, g := range gs {
		if math.Abs(g.p-p) <= 0.05 {
			n++
			found += share(g.right)
		}
	}
	return n, found / float64(n)
}

// TestShippedModel holds that the weights are those of the labels.
func TestShippedModel(t *testing.T) {
	t.Parallel()
	got, err := os.ReadFile(filepath.Join(repo.Root(), "data", claim.ConfidenceFile))
	if err != nil {
		t.Fatal(err)
	}
	if want := modelText(fit(labelled(t))); !bytes.Equal(got, want) {
		t.Errorf("the weights are not those of the labels: go run ./internal/calibrate\n%s", want)
	}
}

// TestDistinct holds that the claims of the articles are told apart, and that the labels are of claims as they
// are found now: when many are lost, new ones are due (-sample).
func TestDistinct(t *testing.T) {
	t.Chdir(repo.Root())
	files, err := filepath.Glob(articles[0] + "/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	claims, err := extract(files)
	if err != nil {
		t.Fatal(err)
	}
	values := map[float64]bool{}
	for _, c := range claims {
		values[c.Before] = true
	}
	if len(values) < 200 {
		t.Errorf("%d claims have %d values of confidence, want 200", len(claims), len(values))
	}
	of, still := 0, 0
	for _, l := range labelled(t) {
		if _, err := os.Stat(filepath.Join(articles[0], l.Document)); err != nil {
			continue
		}
		of++
		for _, c := range claims {
			if l.same(c) {
				still++
				break
			}
		}
	}
	t.Logf("%d claims, %d values; %d of %d labelled claims are still found", len(claims), len(values), still, of)
	if 2*still < of {
		t.Errorf("only %d of %d labelled claims are still found", still, of)
	}
}

// TestFit gives back the weights that labels were drawn from.
func TestFit(t *testing.T) {
	t.Parallel()
	var labels []label
	for n := range 4000 {
		depth := n % 2
		right := n/2%5 < 4-2*depth // 4 of 5 at depth 0, 2 of 5 at depth 1
		labels = append(labels, label{Right: right, Traits: claim.Traits{Depth: depth, Margin: 0.5}})
	}
	m := fit(labels)
	for depth, want := range []float64{0.8, 0.4} {
		if p := m.Confidence(claim.Traits{Depth: depth, Margin: 0.5}); math.Abs(p-want) > 0.01 {
			t.Errorf("at depth %d: %v, want %v", depth, p, want)
		}
	}
}

func TestReadLabelsError(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "labels")
	if err := os.WriteFile(path, []byte("{\"right\":true}\nno\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readLabels(path); err == nil || !bytes.Contains([]byte(err.Error()), []byte(path+":2")) {
		t.Errorf("error %v, want one that names the line", err)
	}
}

// TestLabelsRoundTrip holds that reading and writing changes no byte.
func TestLabelsRoundTrip(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile(filepath.Join(repo.Root(), labelFile))
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := encode(&got, labelled(t)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Error("labels change when written again: go run ./internal/calibrate -traits")
	}
}
