package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
)

// Scope is the part of an entity's ID that keeps things without a name in their own article: eight hexadecimal
// digits of the SHA-256 of the document's ID.
func Scope(document string) string {
	sum := sha256.Sum256([]byte(document))
	return hex.EncodeToString(sum[:4])
}

var scoped = regexp.MustCompile(`_[0-9a-f]{8}(?:_|$)`)

// Scoped tells whether an entity's ID has a Scope in it: it is known from one article alone.
func Scoped(entity string) bool { return scoped.MatchString(entity) }
