package record

import (
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
)

// ErrSignature is wrapped where a commit is not what its author signed.
var ErrSignature = errors.New("the signature does not fit")

// Commit is a list of revisions that an author saved together and signed. Previous is the author's commit before this
// one, zero for the first. The signature covers author, previous and the ids of the revisions, so that it can be
// checked when only some of the revisions are at hand.
type Commit struct {
	CommitHeader
	Revisions []Revision
}

// CommitHeader is what the signature of a commit covers, and the signature.
type CommitHeader struct {
	ID        Hash
	Author    Key
	Previous  Hash
	Revised   []Hash // the ids of the revisions, in order
	Signature []byte
}

const commitMark = "coopatlas commit 1"

func (h CommitHeader) signed() []byte {
	return canonical([]any{commitMark, h.Author, h.Previous, h.Revised})
}

// Verify checks id, signature, and that each revision at hand is listed in its place and by the commit's author.
func (c Commit) Verify() error {
	if err := c.CommitHeader.Verify(); err != nil {
		return err
	}
	if len(c.Revisions) != len(c.Revised) {
		return fmt.Errorf("commit %s: %w: it lists %d revisions and holds %d", c.ID, ErrSignature, len(c.Revised), len(c.Revisions))
	}
	for i, r := range c.Revisions {
		if r.ID != c.Revised[i] || r.Author != c.Author || sha256.Sum256(EncodeRevision(r)) != r.ID {
			return fmt.Errorf("commit %s: %w: revision %d is not the one that was signed", c.ID, ErrSignature, i+1)
		}
	}
	return nil
}

// Verify checks the id and the signature over author, previous commit and the ids of the revisions.
func (h CommitHeader) Verify() error {
	message := h.signed()
	if sha256.Sum256(message) != h.ID {
		return fmt.Errorf("commit %s: %w: its contents have another hash", h.ID, ErrSignature)
	}
	if !ed25519.Verify(h.Author[:], message, h.Signature) {
		return fmt.Errorf("commit %s: %w: author %s did not sign it", h.ID, ErrSignature, h.Author)
	}
	return nil
}
