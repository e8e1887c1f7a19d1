package record

import (
	"crypto/sha256"
	"errors"
	"fmt"
)

// ErrOpening is wrapped where an opening does not fit the commitment it should open.
var ErrOpening = errors.New("the opening does not fit its commitment")

// Opening is a value that a revision only commits to: a personal answer, or the description of a file. Deleting it
// breaks no hash, signature or check.
type Opening struct {
	Record   ID
	Revision Hash
	Path     Path
	Salt     [32]byte
	Value    []byte // canonical encoding
}

// Commit returns the commitment of a value under a salt, SHA-256(salt ‖ canonical value), and the value's canonical
// encoding for its Opening.
func (v Value) Commit(salt [32]byte) (Hash, []byte) {
	encoded := v.Canonical()
	return commitment(salt, encoded), encoded
}

func commitment(salt [32]byte, encoded []byte) Hash {
	h := sha256.New()
	h.Write(salt[:])
	h.Write(encoded)
	return Hash(h.Sum(nil))
}

// Open returns the value where the opening fits the commitment, else an error that wraps ErrOpening.
func (o Opening) Open(to Hash) (Value, error) {
	if commitment(o.Salt, o.Value) != to {
		return Value{}, fmt.Errorf("record %s, %s: %w", o.Record, o.Path, ErrOpening)
	}
	return DecodeValue(o.Value)
}
