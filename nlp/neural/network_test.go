package neural_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsgraph/data"
	"newsgraph/nlp/neural"
	"newsgraph/nlp/words"
)

var shipped = sync.OnceValues(func() ([]byte, error) { return data.FS.ReadFile("models/network.bin") })

func load(t testing.TB) (*neural.Network, *words.Table) {
	t.Helper()
	file, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	n, err := neural.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := data.FS.Open("models/words.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, err := words.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return n, table
}

func look(table *words.Table, text string) (out []words.Info) {
	for _, f := range strings.Fields(text) {
		out = append(out, table.Look(f))
	}
	return out
}

func TestAnalyse(t *testing.T) {
	t.Parallel()
	n, table := load(t)
	a := n.Analyse(look(table, "The Norwegian minister sent aid to Kenya on Tuesday ."))
	if diff := cmp.Diff([]int{3, 3, 4, 0, 4, 7, 4, 9, 4, 4}, a.Heads); diff != "" {
		t.Errorf("heads (-want +got)\n%s", diff)
	}
	if got := n.Rels[a.Rels[2]] + " " + n.Rels[a.Rels[4]] + " " + n.Rels[a.Rels[3]]; got != "nsubj obj root" {
		t.Errorf("relations %s", got)
	}
	if got := n.Names[a.Names[6]]; got != "B-LOC" {
		t.Errorf("Kenya is %s", got)
	}
	if got := n.Analyse(nil); got.Heads != nil {
		t.Errorf("of no words: %v", got)
	}
}

// TestSameScratch holds that a sentence's analysis does not depend on those before it.
func TestSameScratch(t *testing.T) {
	t.Parallel()
	n, table := load(t)
	short := look(table, "He left .")
	want := n.Analyse(short)
	for k := range 40 {
		n.Analyse(look(table, strings.Repeat("and they said that the bank of the river was high ", 1+k%7)))
		if diff := cmp.Diff(want, n.Analyse(short)); diff != "" {
			t.Fatalf("(-first +later)\n%s", diff)
		}
	}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	file, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	head := 8 + int(binary.LittleEndian.Uint32(file[4:]))
	for name, bad := range map[string][]byte{
		"empty": nil, "magic": []byte("NGN0....{}"), "no header": file[:8], "cut header": file[:head-1], "cut": file[:len(file)-1],
		"longer":     append(bytes.Clone(file), 0),
		"huge":       fmt.Appendf([]byte("NGN1\x16\x00\x00\x00"), `{"Words":4000000000.0}`),
		"words":      bytes.Join([][]byte{file[:head], file[head+4 : head+8], file[head : head+4], file[head+8:]}, nil),
		"dimensions": bytes.Replace(file, []byte(`"Hidden": 2`), []byte(`"Hidden": 3`), 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := neural.Read(bad); !errors.Is(err, neural.ErrFormat) {
				t.Errorf("error %v, want ErrFormat", err)
			}
		})
	}
}

// small is the smallest file that is a network: all weights are 0.
func small() []byte {
	file := fmt.Appendf([]byte("NGN1\xff\x00\x00\x00"), "%-255s", `{"Words":1,"WordDim":16,"SubDim":16,"Layers":1,"Hidden":32,"Arc":32,"Rel":32,"NameHidden":32,"TagLayer":1,"PairUnit":1,"Tags":["X X"],"Rels":["root","dep"],"Names":["O"]}`)
	// One word's hash and vector, the parts, one layer, the heads, the root, and the layer for names.
	matrix := func(rows, k int) int { return (rows + 3) / 4 * 4 * (k + 8) }
	size := 4 + 16 + 16*neural.Buckets + matrix(8*32, 32) + 2*matrix(4*32, 32) + matrix(1, 64) + 2*matrix(32, 64) + matrix(33, 32) +
		2*matrix(32, 64) + matrix(2, 32) + 2*4*32 + matrix(8*32, 32) + matrix(8*32, 64) + 2*matrix(4*32, 32) + matrix(1, 64) + 4
	return append(file, make([]byte, size)...)
}

// TestSmall holds that a network of zeros gives every sentence a tree.
func TestSmall(t *testing.T) {
	t.Parallel()
	n, err := neural.Read(small())
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range [][]words.Info{make([]words.Info, 1), make([]words.Info, 300)} {
		roots := 0
		for _, h := range n.Analyse(words).Heads {
			if h == 0 {
				roots++
			}
		}
		if roots != 1 {
			t.Errorf("%d words: %d roots", len(words), roots)
		}
	}
}

// FuzzRead holds that no file makes Read panic.
func FuzzRead(f *testing.F) {
	f.Add([]byte("NGN1\x02\x00\x00\x00{}"))
	f.Add(small())
	f.Fuzz(func(_ *testing.T, file []byte) {
		if n, err := neural.Read(file); err == nil {
			n.Analyse(make([]words.Info, 3))
		}
	})
}

// BenchmarkAnalyse measures the network alone in words a second on one core.
func BenchmarkAnalyse(b *testing.B) {
	n, table := load(b)
	ws := look(table, "The foreign ministers of the three countries , who met in Vienna on Monday , said that they would send observers to the border .")
	count := 0
	b.ReportAllocs()
	for b.Loop() {
		n.Analyse(ws)
		count += len(ws)
	}
	b.ReportMetric(float64(count)/b.Elapsed().Seconds(), "words/s")
}
