//go:build !amd64

package neural

func timesBytes(dst, scale, add []float32, w []int8, x []uint8) { bytesGo(dst, scale, add, w, x) }

func timesPairs(dst []int32, w, x []int16) { pairsGo(dst, w, x) }

func cell(gates, c []float32, out []uint8) { cellGo(gates, c, out) }
