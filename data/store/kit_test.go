package store

import (
	"context"
	"encoding/binary"
	"math/rand/v2"
	"testing"
	"time"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

var start = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// clock is a clock that goes on by a second each time it is read.
func clock() func() time.Time {
	now := start
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}

func seeded(seed uint64) *rand.ChaCha8 {
	var s [32]byte
	binary.LittleEndian.PutUint64(s[:], seed)
	return rand.NewChaCha8(s)
}

func identity(seed byte) record.Identity {
	return record.NewIdentity("Author", [32]byte{seed})
}

// cooperative, mapping and person are small questionnaires; every question that a test needs is in one of them.
func cooperative() *form.Form {
	f := &form.Form{ID: "cooperative", Version: "1", Root: &form.Group{Name: "data"}, Settings: map[string]string{"lifecycle": "none"}}
	links := &form.Group{Name: "links", Path: "links", Repeat: true, Parent: f.Root}
	note := &form.Group{Name: "note", Path: "links/note", Parent: links}
	f.Questions = []*form.Question{
		{Name: "name", Path: "name", Type: form.TypeText, ListOrder: 1, Parent: f.Root},
		{Name: "country", Path: "country", Type: form.TypeSelectOne, List: "countries", Concept: "country", ListOrder: 2, Parent: f.Root},
		{Name: "founded", Path: "founded", Type: form.TypeInteger, Concept: "founded", Parent: f.Root},
		{Name: "sectors", Path: "sectors", Type: form.TypeSelectMultiple, List: "sectors", ListOrder: 3, Parent: f.Root},
		{Name: "link_kind", Path: "links/link_kind", Type: form.TypeSelectOne, Concept: "link_kind", Parent: links},
		{Name: "link_to", Path: "links/link_to", Type: form.TypeSelectOne, Kind: "cooperative", Concept: "link_to", Parent: links},
		{Name: "link_date", Path: "links/note/link_date", Type: form.TypeDate, Concept: "link_date", Parent: note},
	}
	return f
}

func mapping() *form.Form {
	f := &form.Form{ID: "mapping", Version: "3", Root: &form.Group{Name: "data"}}
	members := &form.Group{Name: "members", Path: "members", Parent: f.Root}
	f.Questions = []*form.Question{
		{Name: "subject", Path: "subject", Type: form.TypeSelectOne, Kind: "cooperative", Concept: "subject", ListOrder: 1, Parent: f.Root},
		{Name: "year", Path: "year", Type: form.TypeInteger, Concept: "year", ListOrder: 2, Parent: f.Root},
		{Name: "total", Path: "members/total", Type: form.TypeInteger, Concept: "members", Parent: members},
		{Name: "turnover", Path: "turnover", Type: form.TypeDecimal, Decimals: 2, Concept: "turnover", ListOrder: 3, Parent: f.Root},
		{Name: "fiscal_end", Path: "fiscal_end", Type: form.TypeDate, Concept: "fiscal_end", Parent: f.Root},
		{Name: "remarks", Path: "remarks", Type: form.TypeText, Parent: f.Root},
		{Name: "thanks", Path: "thanks", Type: form.TypeNote, Parent: f.Root},
	}
	return f
}

func person() *form.Form {
	f := &form.Form{ID: "person", Version: "1", Root: &form.Group{Name: "data"}, NamePersonal: true}
	contact := &form.Group{Name: "contact", Path: "contact", Parent: f.Root, Personal: true}
	f.Questions = []*form.Question{
		{Name: "name", Path: "name", Type: form.TypeText, ListOrder: 1, Personal: true, Parent: f.Root},
		{Name: "email", Path: "contact/email", Type: form.TypeText, Parent: contact},
		{Name: "role", Path: "role", Type: form.TypeText, ListOrder: 2, Parent: f.Root},
		{Name: "photo", Path: "photo", Type: form.TypeImage, Parent: f.Root},
	}
	return f
}

func config(forms ...*form.Form) Config {
	if len(forms) == 0 {
		forms = []*form.Form{cooperative(), mapping(), person()}
	}
	return Config{Forms: forms, Now: clock(), Random: seeded(1)}
}

func create(t testing.TB, cfg Config) *Store {
	t.Helper()
	s, err := Create(t.TempDir(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func answers(pairs ...any) map[record.Path]record.Answer {
	set := map[record.Path]record.Answer{}
	for i := 0; i < len(pairs); i += 2 {
		set[record.Path(pairs[i].(string))] = answer(pairs[i+1])
	}
	return set
}

// answer makes an answer of a Go value: a whole number, a text, a list, or an answer itself.
func answer(v any) record.Answer {
	switch v := v.(type) {
	case record.Answer:
		return v
	case record.Value:
		return record.Answer{Value: v}
	case int:
		return record.Answer{Value: record.Int(int64(v))}
	case []string:
		return record.Answer{Value: record.List(v)}
	case record.ID:
		return record.Answer{Value: record.Text(v.String())}
	}
	return record.Answer{Value: record.Text(v.(string))}
}

func number(text string) record.Answer {
	d, err := record.ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return record.Answer{Value: record.Number(d)}
}

func save(t testing.TB, s *Store, c Change) record.Revision {
	t.Helper()
	r, err := s.Save(context.Background(), identity(1), c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func state(t testing.TB, s *Store, id record.ID) record.State {
	t.Helper()
	st, err := s.State(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func verified(t testing.TB, s *Store) Report {
	t.Helper()
	report, err := s.Verify(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Problems) > 0 {
		t.Fatalf("verify: %q", report.Problems)
	}
	return report
}
