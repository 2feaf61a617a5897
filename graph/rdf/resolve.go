package rdf

import "strings"

// reference is an IRI reference in its five parts (RFC 3986, section 3); the flags tell an empty part from a missing one.
type reference struct {
	scheme, authority, path, query, fragment string
	hasAuthority, hasQuery, hasFragment      bool
}

// splitReference takes a reference apart as RFC 3986, appendix B does.
func splitReference(s string) (r reference) {
	s, r.fragment, r.hasFragment = strings.Cut(s, "#")
	s, r.query, r.hasQuery = strings.Cut(s, "?")
	if n := schemeLen(s); n > 0 {
		r.scheme, s = s[:n], s[n+1:]
	}
	if rest, ok := strings.CutPrefix(s, "//"); ok {
		r.hasAuthority = true
		n := strings.IndexByte(rest, '/')
		if n < 0 {
			n = len(rest)
		}
		r.authority, s = rest[:n], rest[n:]
	}
	r.path = s
	return r
}

// resolve returns the IRI that the reference ref means under base, strictly as RFC 3986, section 5.2.2, but that an IRI
// that is absolute stays as it is, dots and all, so that what a writer wrote is what a reader gets.
func resolve(base reference, ref string) string {
	if schemeLen(ref) > 0 {
		return ref
	}
	r := splitReference(ref)
	switch {
	case r.hasAuthority:
		r.path = removeDots(r.path)
	case r.path == "":
		r.path = base.path
		if !r.hasQuery {
			r.query, r.hasQuery = base.query, base.hasQuery
		}
	case r.path[0] == '/':
		r.path = removeDots(r.path)
	default:
		r.path = removeDots(mergePath(base, r.path))
	}
	if !r.hasAuthority {
		r.authority, r.hasAuthority = base.authority, base.hasAuthority
	}
	r.scheme = base.scheme
	return r.String()
}

// mergePath puts a relative path in the place of the last segment of the base's path (section 5.2.3).
func mergePath(base reference, path string) string {
	if base.hasAuthority && base.path == "" {
		return "/" + path
	}
	return base.path[:strings.LastIndexByte(base.path, '/')+1] + path
}

// removeDots takes the segments "." and ".." out of a path (section 5.2.4).
func removeDots(path string) string {
	if !strings.Contains(path, ".") {
		return path
	}
	var out []byte
	for path != "" {
		switch {
		case strings.HasPrefix(path, "../"):
			path = path[3:]
		case strings.HasPrefix(path, "./"):
			path = path[2:]
		case strings.HasPrefix(path, "/./"):
			path = path[2:]
		case path == "/.":
			path = "/"
		case strings.HasPrefix(path, "/../"):
			path, out = path[3:], dropSegment(out)
		case path == "/..":
			path, out = "/", dropSegment(out)
		case path == "." || path == "..":
			path = ""
		default:
			n := strings.IndexByte(path[1:], '/') + 1
			if n == 0 {
				n = len(path)
			}
			out, path = append(out, path[:n]...), path[n:]
		}
	}
	return string(out)
}

func dropSegment(path []byte) []byte {
	for n := len(path) - 1; n >= 0; n-- {
		if path[n] == '/' {
			return path[:n]
		}
	}
	return nil
}

// String puts the parts together again (section 5.3).
func (r reference) String() string {
	var b strings.Builder
	if r.scheme != "" {
		b.WriteString(r.scheme + ":")
	}
	if r.hasAuthority {
		b.WriteString("//" + r.authority)
	}
	b.WriteString(r.path)
	if r.hasQuery {
		b.WriteString("?" + r.query)
	}
	if r.hasFragment {
		b.WriteString("#" + r.fragment)
	}
	return b.String()
}
