package sandbox

import "bytes"

// Head is a writer that keeps the first Most bytes written to it: what a process says on its standard error.
type Head struct {
	Most int
	text bytes.Buffer
}

// Write keeps what there is room for, and takes all.
func (h *Head) Write(p []byte) (int, error) {
	h.text.Write(p[:min(len(p), h.Most-h.text.Len())])
	return len(p), nil
}

// Bytes are those kept.
func (h *Head) Bytes() []byte { return h.text.Bytes() }
