package record_test

import (
	"errors"
	"testing"
	"time"

	"coopatlas/data/record"
)

func TestCommitIsWhatItsAuthorSigned(t *testing.T) {
	ana, ben := record.NewIdentity("Ana", [32]byte{1}), record.NewIdentity("Ben", [32]byte{2})
	sealed := func(author record.Key, id byte) record.Revision {
		r, err := record.Revision{Record: record.ID{id}, Kind: "mapping", Author: author, Operation: record.Edit, Time: time.Unix(0, 0)}.Sealed(nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	revisions := []record.Revision{sealed(ana.Key(), 1), sealed(ana.Key(), 2)}
	commit, err := ana.Commit(record.Hash{3}, revisions)
	if err != nil || commit.Verify() != nil {
		t.Fatalf("a fresh commit: %v, %v", err, commit.Verify())
	}
	if _, err := ben.Commit(record.Hash{}, revisions); !errors.Is(err, record.ErrRevision) {
		t.Errorf("Ben signed what Ana wrote: %v", err)
	}
	for name, change := range map[string]func(*record.Commit){
		"another author":     func(c *record.Commit) { c.Author = ben.Key() },
		"another previous":   func(c *record.Commit) { c.Previous = record.Hash{} },
		"another id":         func(c *record.Commit) { c.ID[0] ^= 1 },
		"another signature":  func(c *record.Commit) { c.Signature = append([]byte{}, c.Signature...); c.Signature[0] ^= 1 },
		"no signature":       func(c *record.Commit) { c.Signature = nil },
		"a revision too few": func(c *record.Commit) { c.Revisions = c.Revisions[:1] },
		"revisions swapped":  func(c *record.Commit) { c.Revisions = []record.Revision{c.Revisions[1], c.Revisions[0]} },
		"contents were edited": func(c *record.Commit) {
			r := c.Revisions[0]
			r.Kind = "x"
			c.Revisions = []record.Revision{r, c.Revisions[1]}
		},
	} {
		forged := commit
		change(&forged)
		if err := forged.Verify(); !errors.Is(err, record.ErrSignature) {
			t.Errorf("%s: %v, want ErrSignature", name, err)
		}
	}
}

func TestIdentityFile(t *testing.T) {
	ana := record.NewIdentity("Ana Torres", [32]byte{1})
	back, err := record.ParseIdentity(ana.Marshal())
	if err != nil || back.Key() != ana.Key() || back.Name != ana.Name {
		t.Fatalf("read back %v, %v", back.Name, err)
	}
	for _, bad := range []string{"", "{}", `{"coopatlas_identity":2}`, `{"coopatlas_identity":1,"seed":"AAAA"}`} {
		if _, err := record.ParseIdentity([]byte(bad)); !errors.Is(err, record.ErrIdentity) {
			t.Errorf("%q: %v, want ErrIdentity", bad, err)
		}
	}
}

func TestOpeningFitsItsCommitmentOnly(t *testing.T) {
	value := record.Text("+34 600 000 000")
	commitment, encoded := value.Commit([32]byte{5})
	opening := record.Opening{Salt: [32]byte{5}, Value: encoded}
	if got, err := opening.Open(commitment); err != nil || !got.Equal(value) {
		t.Errorf("opened to %v, %v", got, err)
	}
	opening.Salt[0]++
	if _, err := opening.Open(commitment); !errors.Is(err, record.ErrOpening) {
		t.Errorf("another salt: %v", err)
	}
	if other, _ := value.Commit([32]byte{6}); other == commitment {
		t.Error("the salt does not enter the commitment")
	}
}

func FuzzParseIdentity(f *testing.F) {
	f.Add(record.NewIdentity("Ana", [32]byte{1}).Marshal())
	f.Fuzz(func(t *testing.T, data []byte) {
		if id, err := record.ParseIdentity(data); err == nil && id.IsZero() {
			t.Fatal("read an identity without a key")
		}
	})
}
