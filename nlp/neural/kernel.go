package neural

import "math"

// The kernels in Go. Those in assembly give the same bits: sums are of whole numbers, and what is not whole is
// rounded after each operation, in the same order. So an analysis does not depend on the machine. The assembly
// takes four rows at a time, 32 bytes or 16 wider numbers of a row, and eight units of a cell.

// States of an LSTM are bytes: zero stands for 0, and one for each part of 1.
const (
	zero = 64
	one  = 63
)

// bytesGo sets dst[r] to the product of row r of w and x, times scale[r], plus add[r]. Bytes of x are below 128 and
// those of w at most 63 from zero.
func bytesGo(dst, scale, add []float32, w []int8, x []uint8) {
	k := len(x)
	for r := 0; r < len(dst); r += 4 {
		a, b, c, d := w[r*k:][:k], w[(r+1)*k:][:k], w[(r+2)*k:][:k], w[(r+3)*k:][:k]
		var sums [4]int32
		for i, v := range x {
			y := int32(v)
			sums[0] += int32(a[i]) * y
			sums[1] += int32(b[i]) * y
			sums[2] += int32(c[i]) * y
			sums[3] += int32(d[i]) * y
		}
		finish(dst[r:r+4], scale[r:], add[r:], sums[:])
	}
}

// finish makes sums numbers.
func finish(dst, scale, add []float32, sums []int32) {
	scale, add, sums = scale[:len(dst)], add[:len(dst)], sums[:len(dst)]
	for i := range dst {
		dst[i] = float32(float32(sums[i])*scale[i]) + add[i]
	}
}

// pairsGo sets dst[r] to the product of row r of w and x.
func pairsGo(dst []int32, w, x []int16) {
	k := len(x)
	for r := range dst {
		row := w[r*k:][:k]
		sum := int32(0)
		for i, v := range x {
			sum += int32(row[i]) * int32(v)
		}
		dst[r] = sum
	}
}

// cellGo takes one step of an LSTM of len(c) units, a multiple of 8. gates holds what goes into the gates, one after
// the other: input, forget, output, new. c is the cells' content before and after, out the new state.
func cellGo(gates, c []float32, out []uint8) {
	h := len(c)
	for i := range c {
		add := float32(logistic(gates[i]) * squash(gates[3*h+i]))
		keep := float32(logistic(gates[h+i]) * c[i])
		c[i] = keep + add
		state := float32(logistic(gates[2*h+i]) * squash(c[i]))
		out[i] = uint8(math.RoundToEven(float64(float32(state*one))) + zero)
	}
}

// limit is where squash stops growing.
const limit = 4.97

// squash is tanh to 4 digits: Lambert's continued fraction, cut after x^7.
func squash(x float32) float32 {
	x = max(min(x, limit), -limit)
	y := float32(x * x)
	up := float32(y + 378)
	up = float32(up*y) + 17325
	up = float32(up*y) + 135135
	up = float32(up * x)
	down := float32(y*28) + 3150
	down = float32(down*y) + 62370
	down = float32(down*y) + 135135
	return up / down
}

func logistic(x float32) float32 { return float32(squash(float32(x*0.5))*0.5) + 0.5 }
