package neural

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestKernels holds that the kernels of this machine give the bits of those in Go.
func TestKernels(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	signed := func(n, most int) []int8 {
		out := make([]int8, n)
		for i := range out {
			out[i] = int8(rnd.IntN(2*most+1) - most)
		}
		return out
	}
	for range 200 {
		rows, k := 4*(1+rnd.IntN(9)), 32*(1+rnd.IntN(15))
		scale, add := make([]float32, rows), make([]float32, rows)
		for i := range scale {
			scale[i], add[i] = rnd.Float32()*1e-3, rnd.Float32()-0.5
		}
		bytes, words, pairs := make([]uint8, k), make([]int16, k), make([]int16, rows*k)
		for i := range bytes {
			bytes[i], words[i] = uint8(rnd.IntN(128)), int16(rnd.IntN(4096)-2048)
		}
		for i := range pairs {
			pairs[i] = int16(rnd.IntN(4096) - 2048)
		}
		got, want := make([]float32, rows), make([]float32, rows)
		w := signed(rows*k, 63)
		timesBytes(got, scale, add, w, bytes)
		bytesGo(want, scale, add, w, bytes)
		if !slices.Equal(got, want) {
			t.Fatalf("bytes, %d rows of %d: got %v, want %v", rows, k, got, want)
		}
		sums, whole := make([]int32, rows), make([]int32, rows)
		timesPairs(sums, pairs, words)
		pairsGo(whole, pairs, words)
		if !slices.Equal(sums, whole) {
			t.Fatalf("pairs: got %v, want %v", sums, whole)
		}
	}
}

// TestKernelLimits holds that the greatest numbers do not overflow.
func TestKernelLimits(t *testing.T) {
	t.Parallel()
	fill := func(rows, k, most int) []int8 {
		w := make([]int8, rows*k)
		for i := range w {
			w[i] = int8(most - 2*most*(i/k%2))
		}
		return w
	}
	ones, none := []float32{1, 1, 1, 1}, make([]float32, 4)
	check := func(name string, got []float32, most float32) {
		t.Helper()
		if want := []float32{most, -most, most, -most}; !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
	got := make([]float32, 4)
	timesBytes(got, ones, none, fill(4, 448, one), slices.Repeat([]uint8{zero + one}, 448))
	check("bytes", got, 448*(zero+one)*one)
	sums := make([]int32, 4)
	timesPairs(sums, slices.Repeat([]int16{hiddenMax}, 4*160), slices.Repeat([]int16{hiddenMax}, 160))
	if want := int32(160 * hiddenMax * hiddenMax); sums[0] != want {
		t.Errorf("pairs: got %d, want %d", sums[0], want)
	}
}

func TestCell(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(3, 4))
	const h = 24
	gates := make([]float32, 4*h)
	c1, c2 := make([]float32, h), make([]float32, h)
	o1, o2 := make([]uint8, h), make([]uint8, h)
	for range 500 {
		for i := range gates {
			gates[i] = float32(rnd.NormFloat64() * 3)
		}
		cell(gates, c1, o1)
		cellGo(gates, c2, o2)
		if !slices.Equal(c1, c2) || !slices.Equal(o1, o2) {
			t.Fatalf("got %v %v\nwant %v %v", c1, o1, c2, o2)
		}
	}
}

func TestSquash(t *testing.T) {
	t.Parallel()
	for x := -12.0; x <= 12; x += 0.01 {
		if got, want := float64(squash(float32(x))), math.Tanh(x); math.Abs(got-want) > 2e-4 || math.Abs(got) > 1 {
			t.Errorf("squash(%g) = %g, want %g", x, got, want)
		}
	}
}
