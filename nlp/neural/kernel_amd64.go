package neural

import "golang.org/x/sys/cpu"

// fast tells whether the processor runs the kernels in assembly.
var fast = cpu.X86.HasAVX2

//go:noescape
func bytesAVX2(dst, scale, add *float32, w *int8, x *uint8, groups, k int)

//go:noescape
func pairsAVX2(dst *int32, w, x *int16, groups, k int)

//go:noescape
func cellAVX2(gates, c *float32, out *uint8, groups int)

func timesBytes(dst, scale, add []float32, w []int8, x []uint8) {
	if !fast {
		bytesGo(dst, scale, add, w, x)
		return
	}
	_, _, _ = w[len(dst)*len(x)-1], scale[len(dst)-1], add[len(dst)-1]
	bytesAVX2(&dst[0], &scale[0], &add[0], &w[0], &x[0], len(dst)/4, len(x)/32)
}

func timesPairs(dst []int32, w, x []int16) {
	if !fast {
		pairsGo(dst, w, x)
		return
	}
	_ = w[len(dst)*len(x)-1]
	pairsAVX2(&dst[0], &w[0], &x[0], len(dst)/4, len(x)/16)
}

func cell(gates, c []float32, out []uint8) {
	if !fast {
		cellGo(gates, c, out)
		return
	}
	_, _ = gates[4*len(c)-1], out[len(c)-1]
	cellAVX2(&gates[0], &c[0], &out[0], len(c)/8)
}
