package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"strconv"
)

// keyBytes is the part of the digest that a claim's ID keeps: 96 bits, so that a store of 2^32 claims
// holds two with one ID with a chance below 2^-32.
const keyBytes = 12

// Key returns the ID of a claim: 24 lower-case hex digits of a hash of what it says, which is subject,
// predicate, object, factuality, chain of sources and the value of a time that words say. Evidence, wording,
// confidence, inferred time, place and quantities belong to the claim as one document tells it, and do not count.
func (c *Claim) Key() string {
	h := sha256.New()
	keyPart(h, c.Subject.ID)
	keyPart(h, c.Predicate)
	c.Object.keyParts(h)
	keyPart(h, c.Factuality.String())
	keyPart(h, strconv.Itoa(len(c.Attribution)))
	for _, a := range c.Attribution {
		keyPart(h, a.ID)
	}
	if c.Time != nil && c.Time.Text != "" { // a time that no words say is no part of what is claimed
		keyPart(h, c.Time.Value)
	} else {
		keyPart(h, "")
	}
	return hex.EncodeToString(h.Sum(nil)[:keyBytes])
}

func (v Value) keyParts(h hash.Hash) {
	if v.Entity != nil {
		keyPart(h, "entity")
		keyPart(h, v.Entity.ID)
		return
	}
	datatype := v.Datatype
	if datatype == XSDString {
		datatype = ""
	}
	keyPart(h, "literal")
	keyPart(h, v.Literal)
	keyPart(h, datatype)
}

// keyPart hashes s with its length before it, so that no two lists of parts run together.
func keyPart(h hash.Hash, s string) {
	h.Write([]byte(strconv.Itoa(len(s)) + ":" + s))
}
