package problem

import "io"

// Begun is a writer that knows whether anything was written: an answer that has begun can no longer become a problem, only
// break off.
type Begun struct {
	io.Writer
	Yes bool
}

// Write passes p on.
func (b *Begun) Write(p []byte) (int, error) {
	b.Yes = true
	return b.Writer.Write(p)
}
