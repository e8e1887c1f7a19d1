package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
)

// ID names a record for ever: a UUID.
type ID [16]byte

// NewID makes the id of a record that a person creates: a UUIDv7 (RFC 9562) of the given time in milliseconds and ten
// random bytes.
func NewID(now time.Time, random [10]byte) ID {
	var id ID
	ms := uint64(now.UnixMilli())
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	copy(id[6:], random[:])
	return id.marked(7)
}

// RegisterID makes the id of a record that comes from an imported register: a UUIDv8 of the SHA-256 of the source's
// name, the kind and the key columns, so that the same register imported on two laptops gives the same records.
func RegisterID(source, kind string, keys ...string) ID {
	var id ID
	sum := sha256.Sum256(canonical([]any{"coopatlas register record 1", source, kind, keys}))
	copy(id[:], sum[:])
	return id.marked(8)
}

func (id ID) marked(version byte) ID {
	id[6] = id[6]&0x0f | version<<4
	id[8] = id[8]&0x3f | 0x80
	return id
}

// ParseID reads the usual text of a UUID.
func ParseID(text string) (ID, error) {
	id, err := uuid.Parse(text)
	if err != nil || len(text) != 36 {
		return ID{}, fmt.Errorf("%q is not the id of a record", text)
	}
	return ID(id), nil
}

// String returns the usual text of the UUID.
func (id ID) String() string { return uuid.UUID(id).String() }

// MarshalText writes the id as String does, so that JSON holds what commands take.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText wrote; its errors are those of ParseID.
func (id *ID) UnmarshalText(text []byte) error {
	parsed, err := ParseID(string(text))
	if err == nil {
		*id = parsed
	}
	return err
}

// IsZero tells whether there is no id.
func (id ID) IsZero() bool { return id == ID{} }

// Compare orders ids by their bytes.
func (id ID) Compare(other ID) int { return bytes.Compare(id[:], other[:]) }

// Hash is a SHA-256: the id of a revision or a commit, or a commitment to a value.
type Hash [sha256.Size]byte

// String returns the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// ParseHash reads what String wrote.
func ParseHash(text string) (Hash, error) {
	data, err := hex.DecodeString(text)
	if err != nil || len(data) != sha256.Size {
		return Hash{}, fmt.Errorf("%q is not a SHA-256 in hexadecimal", text)
	}
	return Hash(data), nil
}

// IsZero tells whether there is no hash.
func (h Hash) IsZero() bool { return h == Hash{} }

// Compare orders hashes by their bytes.
func (h Hash) Compare(other Hash) int { return bytes.Compare(h[:], other[:]) }

// Key is an author's Ed25519 public key.
type Key [32]byte

// String returns the key in hexadecimal.
func (k Key) String() string { return hex.EncodeToString(k[:]) }

// Path names a field of a record: a question's path in its questionnaire ("members/total"), with the row's id after
// each repeat on the way ("votes[0190…]/share"). A row itself is named by its repeat with its id ("votes[0190…]").
type Path string

// Row returns the path of a row of the repeat at path p.
func (p Path) Row(row ID) Path { return p + Path("["+row.String()+"]") }

// Question returns the path without row ids: the path of the question in its questionnaire.
func (p Path) Question() string {
	text := string(p)
	if !strings.Contains(text, "[") {
		return text
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, text, _ = strings.Cut(rest, "]")
	}
}

// Within tells whether p is the field other, or lies in the row or group that other names.
func (p Path) Within(other Path) bool {
	if other == "" || p == other {
		return true
	}
	rest, found := strings.CutPrefix(string(p), string(other))
	return found && (rest[0] == '/' || rest[0] == '[')
}

// SplitRow splits the path of a row into its repeat and the row's id; ok is false where p does not name a row.
func (p Path) SplitRow() (repeat Path, row ID, ok bool) {
	text, found := strings.CutSuffix(string(p), "]")
	open := strings.LastIndexByte(text, '[')
	if !found || open < 1 {
		return "", ID{}, false
	}
	row, err := ParseID(text[open+1:])
	return Path(text[:open]), row, err == nil
}
