package record

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
)

// ErrIdentity is wrapped where a file is not a signing identity.
var ErrIdentity = errors.New("not a Coopatlas identity")

// Identity is a person's signing identity: an Ed25519 key pair and the name that histories show.
type Identity struct {
	Name    string
	private ed25519.PrivateKey
}

// NewIdentity makes the identity of the 32 random bytes of seed.
func NewIdentity(name string, seed [ed25519.SeedSize]byte) Identity {
	return Identity{Name: name, private: ed25519.NewKeyFromSeed(seed[:])}
}

// Key returns the public key: the author of the revisions that this identity saves.
func (id Identity) Key() Key { return Key(id.private.Public().(ed25519.PublicKey)) }

// IsZero tells whether there is no identity.
func (id Identity) IsZero() bool { return len(id.private) == 0 }

// Commit signs revisions, which must be sealed and have this identity as their author, as the commit after previous.
func (id Identity) Commit(previous Hash, revisions []Revision) (Commit, error) {
	c := Commit{CommitHeader: CommitHeader{Author: id.Key(), Previous: previous}, Revisions: revisions}
	for _, r := range revisions {
		if r.ID.IsZero() || r.Author != c.Author {
			return Commit{}, fmt.Errorf("%w: a revision of record %s is not sealed, or by another author", ErrRevision, r.Record)
		}
		c.Revised = append(c.Revised, r.ID)
	}
	message := c.signed()
	c.ID = sha256.Sum256(message)
	c.Signature = ed25519.Sign(id.private, message)
	return c, nil
}

type identityFile struct {
	Version int    `json:"coopatlas_identity"`
	Name    string `json:"name"`
	Seed    string `json:"seed"`
}

// Marshal returns the identity as its file holds it. The file must be kept with mode 0600 and outside workspaces.
func (id Identity) Marshal() []byte {
	file := identityFile{Version: 1, Name: id.Name, Seed: base64.StdEncoding.EncodeToString(id.private.Seed())}
	data, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		panic(err) // three plain fields
	}
	return append(data, '\n')
}

// ParseIdentity reads what Marshal wrote.
func ParseIdentity(data []byte) (Identity, error) {
	var file identityFile
	if err := json.Unmarshal(data, &file); err != nil {
		return Identity{}, fmt.Errorf("%w: %w", ErrIdentity, err)
	}
	if file.Version != 1 {
		return Identity{}, fmt.Errorf("%w: version %d, this program knows 1; get a newer Coopatlas", ErrIdentity, file.Version)
	}
	seed, err := base64.StdEncoding.DecodeString(file.Seed)
	if err != nil || len(seed) != ed25519.SeedSize {
		return Identity{}, fmt.Errorf("%w: its key is damaged; restore the file from a copy", ErrIdentity)
	}
	return NewIdentity(file.Name, [ed25519.SeedSize]byte(seed)), nil
}
