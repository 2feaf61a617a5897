package linear_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"testing"

	"newsgraph/nlp/linear"
)

func TestTrainerAverages(t *testing.T) {
	t.Parallel()
	tr := linear.NewTrainer(1 << 12)
	f := []uint32{linear.F1(1, 5), linear.F2(2, 5, 6)}
	tr.Update(f, 1, 1)
	for range 9 {
		tr.Step()
	}
	tr.Update(f, 1, -1)
	out := []int32{0, 0}
	tr.Score(f, []uint16{0, 1}, out)
	if out[0] != 0 || out[1] != 0 {
		t.Errorf("after +1 and -1: %v", out)
	}
	table := linear.Quantize(tr.Average(), 0)
	out = []int32{0, 0}
	table.Score(f, []uint16{0, 1}, out)
	if out[0] != 0 || out[1] <= 0 {
		t.Errorf("averaged: %v, want class 1 above 0", out)
	}
	if s := table.Score3(f); s[1] != out[1] || s[0] != 0 || s[2] != 0 {
		t.Errorf("Score3 %v, Score %v", s, out)
	}
}

func TestQuantizeKeepsOrder(t *testing.T) {
	t.Parallel()
	ws := make([]float32, 1024)
	for i := range ws {
		ws[i] = float32(i-512) / 7
	}
	cells := linear.Quantize(ws, 0).Cells()
	for i := 1; i < len(cells); i++ {
		if cells[i] < cells[i-1] {
			t.Fatalf("cell %d is %d, the one before %d", i, cells[i], cells[i-1])
		}
	}
	if cells[0] != -127 {
		t.Errorf("least weight is %d, want -127", cells[0])
	}
	for _, c := range linear.Quantize(ws, 20).Cells() {
		if c != 0 && c > -20 && c < 20 {
			t.Fatalf("byte %d below the floor", c)
		}
	}
}

func TestFile(t *testing.T) {
	t.Parallel()
	type header struct{ Name string }
	cells := make([]int8, 2048)
	cells[7], cells[2000] = -3, 9
	var a, b bytes.Buffer
	for _, w := range []*bytes.Buffer{&a, &b} {
		if err := linear.Write(w, header{"x"}, linear.FromCells(cells)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two writes differ")
	}
	var h header
	table, err := linear.Read(&a, &h)
	if err != nil || h.Name != "x" || table.Cells()[7] != -3 || table.Cells()[2000] != 9 {
		t.Errorf("read %v %v", h, err)
	}
	if table, err := linear.Read(written(t, nil), &h); err != nil || table != nil {
		t.Errorf("no table: %v %v", table, err)
	}
}

func written(t *testing.T, table *linear.Table) *bytes.Buffer {
	t.Helper()
	var b bytes.Buffer
	if err := linear.Write(&b, struct{}{}, table); err != nil {
		t.Fatal(err)
	}
	return &b
}

func TestFileErrors(t *testing.T) {
	t.Parallel()
	for name, in := range map[string][]byte{
		"empty": nil, "no gzip": []byte("NGM1"), "no magic": zipped("NGMX\x00\x00\x00\x00"),
		"great header": zipped("NGM1\xff\xff\xff\xff"), "few cells": zipped("NGM1\x02\x00\x00\x00{}\x05\x00\x00\x00abcde"),
	} {
		var h struct{}
		if _, err := linear.Read(bytes.NewReader(in), &h); !errors.Is(err, linear.ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var h struct{}
	if _, err := linear.Read(bytes.NewReader(zipped("NGM1\x02\x00\x00\x00{}")), &h); err == nil {
		t.Error("cut file read")
	}
}

func zipped(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func FuzzRead(f *testing.F) {
	f.Add(zipped("NGM1\x02\x00\x00\x00{}\x00\x00\x00\x00"))
	f.Add([]byte("NGM1"))
	f.Fuzz(func(t *testing.T, in []byte) {
		var h map[string]any
		if table, err := linear.Read(bytes.NewReader(in), &h); err == nil && table != nil {
			table.Score3([]uint32{0, 1 << 31, 1<<32 - 1})
		}
	})
}
