package server

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"newsgraph/web"
)

// leastZipped is the size in bytes from which gzip is worth its header and the processor's time.
const leastZipped = 1400

// zips says whether an answer to the request may be gzipped: the client takes it, and is not on this machine, where packing
// costs more than it saves. A proxy on this machine that says for whom it asks is somebody elsewhere.
func zips(r *http.Request) bool {
	if !web.AcceptsGzip(r.Header.Get("Accept-Encoding")) {
		return false
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err != nil || !from.Addr().Unmap().IsLoopback() || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != ""
}

// zippable says whether answers of a media type get smaller by gzip. Events must arrive one by one, and archives are packed.
func zippable(kind string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	switch kind = strings.TrimSpace(kind); {
	case kind == "text/event-stream", kind == "application/zip", kind == "application/gzip", kind == "application/octet-stream":
		return false
	}
	return strings.HasPrefix(kind, "text/") || strings.HasPrefix(kind, "application/") || kind == "image/svg+xml"
}

// zipped packs what a handler answers, where that is worth it.
func zipped(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if !zips(r) {
			h.ServeHTTP(w, r)
			return
		}
		z := &zipper{ResponseWriter: w}
		h.ServeHTTP(z, r)
		z.end() // not after a panic: an answer that breaks off must not look whole
	})
}

// zipper holds the beginning of an answer back until it is known whether to pack it.
type zipper struct {
	http.ResponseWriter
	status  int
	held    bytes.Buffer
	decided bool
	packer  *gzip.Writer // nil unless the answer is packed
}

// WriteHeader notes the status; it is sent with the first of the body.
func (z *zipper) WriteHeader(status int) {
	if z.status == 0 {
		z.status = status
	}
}

func (z *zipper) Write(p []byte) (int, error) {
	if !z.decided {
		z.held.Write(p)
		if z.held.Len() < leastZipped {
			return len(p), nil
		}
		return len(p), z.decide(true)
	}
	if z.packer != nil {
		return z.packer.Write(p)
	}
	return z.ResponseWriter.Write(p)
}

// decide sends what was held back, packed if it is long enough and of a kind that gets smaller.
func (z *zipper) decide(long bool) error {
	z.decided = true
	if z.status == 0 {
		z.status = http.StatusOK
	}
	header := z.Header()
	pack := long && header.Get("Content-Encoding") == "" && zippable(header.Get("Content-Type"))
	if pack {
		header.Set("Content-Encoding", "gzip")
		header.Del("Content-Length")
	}
	z.ResponseWriter.WriteHeader(z.status)
	if z.held.Len() == 0 {
		return nil
	}
	if !pack {
		_, err := z.ResponseWriter.Write(z.held.Bytes())
		return err
	}
	z.packer = newPacker(z.ResponseWriter)
	_, err := z.packer.Write(z.held.Bytes())
	return err
}

// FlushError sends what there is, for http.ResponseController.
func (z *zipper) FlushError() error {
	if !z.decided {
		if err := z.decide(z.held.Len() > 0); err != nil {
			return err
		}
	}
	if z.packer != nil {
		if err := z.packer.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(z.ResponseWriter).Flush()
}

// end completes the answer. What fails is that the client has gone.
func (z *zipper) end() {
	if !z.decided && (z.status != 0 || z.held.Len() > 0) {
		_ = z.decide(false)
	}
	if z.packer != nil {
		_ = z.packer.Close()
	}
}

// Unwrap is for http.ResponseController.
func (z *zipper) Unwrap() http.ResponseWriter { return z.ResponseWriter }

// newPacker packs quickly: the next level is a tenth smaller and takes twice as long.
func newPacker(w io.Writer) *gzip.Writer {
	packer, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return packer
}

// pack packs a whole answer.
func pack(body []byte) []byte {
	var out bytes.Buffer
	packer := newPacker(&out)
	_, _ = packer.Write(body) // a buffer takes everything
	_ = packer.Close()
	return out.Bytes()
}

// tagged says whether an If-None-Match header names a tag (RFC 9110, 13.1.2).
func tagged(header, tag string) bool {
	return slices.ContainsFunc(strings.Split(header, ","), func(s string) bool {
		s = strings.TrimSpace(s)
		return s == "*" || strings.TrimPrefix(s, "W/") == tag
	})
}
