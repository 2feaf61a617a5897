package eval

import (
	"context"
	"errors"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"newsgraph/nlp"
)

// Speed is what one core takes for the whole parse of a raw text.
type Speed struct {
	Bytes, Words, Sentences int           // of the text
	Load                    time.Duration // from no model to the first sentence
	Passes                  int           // over the text
	Wall, CPU               time.Duration // of all passes; CPU is 0 where the system does not tell
	Models                  uint64        // bytes on the heap once the models are read and garbage is collected
	Heap                    uint64        // the same after the last pass, its result still held
	Peak                    uint64        // bytes of memory that the process took at most, 0 where the system does not tell
}

// enough is how long MeasureSpeed measures at least.
const enough = 2 * time.Second

// warmUp is the sentence that is parsed before anything is measured, as the end of loading.
const warmUp = "The ministers met in Oslo."

// MeasureSpeed loads the models and parses the text again and again until two seconds are over, with one core for
// the whole process (GOMAXPROCS, set back at the end): nothing else should run beside it.
func MeasureSpeed(ctx context.Context, text string, load func() (*nlp.Pipeline, error)) (Speed, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	s := Speed{Bytes: len(text)}
	start := time.Now()
	p, err := load()
	if err != nil {
		return s, err
	}
	p.Parse(warmUp, nil)
	s.Load, s.Models = time.Since(start), heap()
	var last []nlp.Sentence
	from, cpu := time.Now(), cpuTime()
	for s.Wall < enough {
		if err := ctx.Err(); err != nil {
			return s, err
		}
		last = p.Parse(text, nil)
		s.Passes++
		s.Wall = time.Since(from)
	}
	s.CPU = cpuTime() - cpu
	s.Heap, s.Peak = heap(), peak()
	s.count(last)
	if s.Words == 0 {
		return s, errors.New("no words in it")
	}
	runtime.KeepAlive(p)
	return s, nil
}

func (s *Speed) count(parsed []nlp.Sentence) {
	s.Sentences = len(parsed)
	for i := range parsed {
		s.Words += len(parsed[i].Tokens)
	}
}

// heap is the number of bytes in use on the heap after a collection.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// peak is the most memory that the process had resident (VmHWM of Linux), in bytes.
func peak() uint64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, _ := strconv.ParseUint(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kib << 10
		}
	}
	return 0
}

// Table has a row for each figure, and says what it is.
func (s *Speed) Table() Table {
	out := Table{Name: "speed", Columns: []string{"figure", "value", "unit", "of"}}
	row := func(figure string, value any, unit, of string) {
		out.Rows = append(out.Rows, []any{figure, value, unit, of})
	}
	passes, mib := float64(s.Passes), func(n uint64) any { return fixed(float64(n)/(1<<20), 1) }
	row("words", fixed(passes*float64(s.Words)/s.Wall.Seconds(), 0), "1/s", "parse of raw text, one core, wall time")
	row("sentences", fixed(passes*float64(s.Sentences)/s.Wall.Seconds(), 0), "1/s", "the same")
	if s.CPU > 0 {
		row("words_cpu", fixed(passes*float64(s.Words)/s.CPU.Seconds(), 0), "1/s", "the same by the core's time, less that of other programs")
	}
	row("load", fixed(s.Load.Seconds(), 3), "s", "reading the models and the first sentence, one core")
	row("models", mib(s.Models), "MiB", "heap with the models only")
	row("heap", mib(s.Heap), "MiB", "heap with the parse of the text")
	if s.Peak > 0 {
		row("peak", mib(s.Peak), "MiB", "most resident memory of the process")
	}
	row("text_bytes", s.Bytes, "", "length of the text")
	row("text_words", s.Words, "", "words found in it")
	row("text_sentences", s.Sentences, "", "sentences found in it")
	row("passes", s.Passes, "", "times it was parsed, in "+strconv.FormatFloat(s.Wall.Seconds(), 'f', 2, 64)+" s")
	return out
}
