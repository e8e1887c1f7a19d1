package store

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"coopatlas/data/record"
)

// history is commits of several authors about a few records, with the openings of personal values.
type history struct {
	commits  []record.Commit
	openings []record.Opening
	byRecord map[record.ID][]record.Revision
}

// drawHistory makes a random history of persons and cooperatives. Every revision is made on some of the revisions
// there are of its record, as people do who have not heard of each other.
func drawHistory(t *rapid.T) history {
	h := history{byRecord: map[record.ID][]record.Revision{}}
	previous := map[byte]record.Hash{}
	ids := []record.ID{record.RegisterID("r", "cooperative", "1"), record.RegisterID("r", "cooperative", "2"), record.RegisterID("r", "person", "3")}
	steps := rapid.IntRange(1, 12).Draw(t, "commits")
	for n := range steps {
		author := rapid.SampledFrom([]byte{1, 2, 3}).Draw(t, "author")
		var revisions []record.Revision
		for range rapid.IntRange(1, 3).Draw(t, "revisions") {
			r := h.draw(t, identity(author).Key(), rapid.SampledFrom(ids).Draw(t, "record"), n, revisions)
			revisions = append(revisions, r)
		}
		c, err := identity(author).Commit(previous[author], revisions)
		if err != nil {
			t.Fatal(err)
		}
		previous[author] = c.ID
		h.commits = append(h.commits, c)
		for _, r := range revisions {
			h.byRecord[r.Record] = append(h.byRecord[r.Record], r)
		}
	}
	return h
}

func (h *history) draw(t *rapid.T, author record.Key, id record.ID, n int, beside []record.Revision) record.Revision {
	var parents []record.Parent
	for _, r := range h.byRecord[id] {
		if rapid.Bool().Draw(t, "parent") {
			parents = append(parents, record.Parent{ID: r.ID, Depth: r.Depth})
		}
	}
	kind := "cooperative"
	if id == record.RegisterID("r", "person", "3") {
		kind = "person"
	}
	r := record.Revision{Record: id, Kind: kind, Form: "1", Author: author, Time: start, Operation: record.Edit,
		Changes: record.Changes{Set: map[record.Path]record.Write{}, Note: fmt.Sprint(n, "/", len(beside))}}
	switch rapid.IntRange(0, 9).Draw(t, "what") {
	case 0:
		r.Operation = record.Erase
		r.Changes = record.Changes{Erase: []record.Path{rapid.SampledFrom([]record.Path{"", "name", "contact"}).Draw(t, "erase")}}
	case 1:
		r.Operation = rapid.SampledFrom([]record.Operation{record.Submit, record.Validate, record.Lock, record.Return, record.Reopen}).Draw(t, "stage")
	case 2:
		r.Operation = rapid.SampledFrom([]record.Operation{record.Delete, record.Restore}).Draw(t, "delete")
	default:
		row := record.Path("links").Row(record.ID{15: byte(rapid.IntRange(1, 2).Draw(t, "row"))})
		if kind == "cooperative" && rapid.Bool().Draw(t, "remove") {
			r.Changes.Remove = []record.Path{row}
		} else if kind == "cooperative" {
			r.Changes.Set[row+"/link_kind"] = record.Write{Answer: answer(rapid.StringMatching("[a-c]").Draw(t, "kind"))}
		}
	}
	text := rapid.StringMatching("[A-C]").Draw(t, "name")
	var opened []record.Opening
	if r.Operation != record.Erase && kind == "person" {
		salt := sha256.Sum256(fmt.Append(nil, id, n, len(beside)))
		commitment, value := record.Text(text).Commit(salt)
		r.Changes.Set["name"] = record.Write{Commitment: &commitment}
		opened = append(opened, record.Opening{Record: id, Path: "name", Salt: salt, Value: value})
	} else if r.Operation != record.Erase {
		r.Changes.Set["name"] = record.Write{Answer: answer(text)}
	}
	sealed, err := r.Sealed(parents)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range opened {
		o.Revision = sealed.ID
		h.openings = append(h.openings, o)
	}
	return sealed
}

// scratch makes a store for one run of a property.
func scratch(t *rapid.T, dir string) *Store {
	at, err := os.MkdirTemp(dir, "run")
	if err != nil {
		t.Fatal(err)
	}
	s, err := Create(at, config())
	if err == nil { // a property makes hundreds of workspaces: waiting for the disk proves nothing here
		_, err = s.conn.ExecContext(background, "PRAGMA synchronous = OFF")
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func discard(t *rapid.T, s *Store) {
	if err := errors.Join(s.Close(), os.RemoveAll(s.Dir())); err != nil {
		t.Fatal(err)
	}
}

// shuffled gives the commits in another order, some of them twice and some divided into parts.
func shuffled(t *rapid.T, commits []record.Commit) []record.Commit {
	var out []record.Commit
	for _, c := range commits {
		out = append(out, c)
		if rapid.Bool().Draw(t, "divide") {
			part := c
			at := rapid.IntRange(0, len(c.Revisions)).Draw(t, "at")
			part.Revisions = c.Revisions[:at]
			out = append(out, part)
		}
	}
	random := rand.New(rand.NewPCG(uint64(rapid.Int().Draw(t, "order")), 1))
	random.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func check(t *rapid.T, s *Store) Report {
	report, err := s.Verify(background, nil)
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("verify: %q, %v", report.Problems, err)
	}
	return report
}

func TestOrderAndRepetitionOfArrivalChangeNothing(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		one, other := scratch(t, dir), scratch(t, dir)
		defer discard(t, one)
		defer discard(t, other)
		if _, err := one.Receive(background, h.commits, h.openings); err != nil {
			t.Fatal(err)
		}
		for _, c := range shuffled(t, h.commits) {
			if _, err := other.Receive(background, []record.Commit{c}, nil); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			if _, err := other.Receive(background, nil, h.openings); err != nil {
				t.Fatal(err)
			}
		}
		for id := range h.byRecord {
			a, errA := one.State(background, id)
			b, errB := other.State(background, id)
			if diff := gocmp.Diff(a, b); diff != "" || errA != nil || errB != nil {
				t.Fatalf("%s, %v, %v", diff, errA, errB)
			}
			opened, _ := one.Openings(background, id)
			also, _ := other.Openings(background, id)
			if diff := gocmp.Diff(opened, also); diff != "" {
				t.Fatalf("openings: %s", diff)
			}
		}
		check(t, one)
		check(t, other)
	})
}

func TestRebuildEqualsWhatWasKept(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		s := scratch(t, dir)
		defer discard(t, s)
		for _, c := range shuffled(t, h.commits) {
			if _, err := s.Receive(background, []record.Commit{c}, nil); err != nil {
				t.Fatal(err)
			}
		}
		before := check(t, s)
		sha, err := s.Rebuild(background, nil)
		if err != nil || sha != before.Derived {
			t.Fatalf("rebuilt %s, kept %s, %v", sha, before.Derived, err)
		}
		f, err := s.Frame(background)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		live, err := s.Count(background, "cooperative", []Condition{{Column: "alias", Compare: Blank}})
		if err != nil || f.Rows("cooperative") != live {
			t.Fatalf("the frame has %d rows, the list %d, %v", f.Rows("cooperative"), live, err)
		}
	})
}

func TestErasureWinsOverWhatItDoesNotDescendFrom(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		s := scratch(t, dir)
		defer discard(t, s)
		if _, err := s.Receive(background, shuffled(t, h.commits), h.openings); err != nil {
			t.Fatal(err)
		}
		for id, revisions := range h.byRecord {
			past := record.NewHistory(revisions)
			opened, err := s.Openings(background, id)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range h.openings {
				kept := slices.ContainsFunc(opened, func(k record.Opening) bool { return k.Revision == o.Revision && k.Path == o.Path })
				erased := slices.Contains(past.ErasedBy(o.Revision), o.Path)
				if o.Record == id && kept == erased {
					t.Fatalf("opening of %s: kept %t, erased %t", o.Revision, kept, erased)
				}
			}
		}
	})
}

func TestALifecycleOperationCoversItsAncestorsOnly(t *testing.T) {
	s := create(t, config())
	r := save(t, s, Change{Kind: "mapping", Operation: record.Submit, Set: answers("year", 2015)})
	base := []record.Parent{{ID: r.ID, Depth: 1}}
	stage := func(o record.Operation, parents []record.Parent) {
		save(t, s, Change{Record: r.Record, Kind: "mapping", Operation: o, Parents: parents})
	}
	stage(record.Validate, base)
	if st := state(t, s, r.Record); st.Lifecycle != record.Validated {
		t.Fatalf("validated: %s", st.Lifecycle)
	}
	save(t, s, Change{Record: r.Record, Kind: "mapping", Parents: base, Set: answers("turnover", number("5"))})
	if st := state(t, s, r.Record); st.Lifecycle != record.Submitted || len(st.Heads) != 2 {
		t.Errorf("an edit beside the validation: %s", st.Lifecycle)
	}
	if got := texts(t, frame(t, s), "mapping", "state"); !slices.Equal(got, []string{"submitted"}) {
		t.Errorf("frame: %q", got)
	}
	stage(record.Validate, state(t, s, r.Record).Heads)
	if st := state(t, s, r.Record); st.Lifecycle != record.Validated {
		t.Errorf("validated again: %s", st.Lifecycle)
	}
}

func TestReceiveWaitsForParents(t *testing.T) {
	from, to := create(t, config()), create(t, config())
	id := save(t, from, Change{Kind: "cooperative", Set: answers("name", "A")}).Record
	save(t, from, Change{Record: id, Kind: "cooperative", Parents: state(t, from, id).Heads, Set: answers("name", "B")})
	var commits []record.Commit
	err := from.Commits(background, 0, func(_ int64, c record.Commit) error {
		commits = append(commits, c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := to.Receive(background, commits[1:], nil)
	if err != nil || got != (Received{Revisions: 1, Pending: 1}) {
		t.Fatal(got, err)
	}
	if n, err := to.Count(background, "cooperative", nil); n != 0 || err != nil {
		t.Error("a record without its beginning is listed", n, err)
	}
	if report := verified(t, to); len(report.Pending) != 1 || len(report.Missing) != 1 || len(report.Gaps) != 1 {
		t.Errorf("%+v", report)
	}
	if got, err = to.Receive(background, commits, nil); err != nil || got != (Received{Revisions: 1, Known: 1}) {
		t.Error(got, err)
	}
	if st := state(t, to, id); st.Fields["name"].Value.String() != "B" || len(st.Missing) != 0 {
		t.Errorf("%+v", st)
	}
	if report := verified(t, to); len(report.Pending) != 0 || len(report.Gaps) != 0 {
		t.Errorf("%+v", report)
	}
	next := save(t, to, Change{Record: id, Kind: "cooperative", Parents: state(t, to, id).Heads, Set: answers("name", "C")})
	last := record.Commit{}
	_ = to.Commits(background, 0, func(_ int64, c record.Commit) error { last = c; return nil })
	if last.Revised[0] != next.ID || last.Previous != commits[1].ID {
		t.Errorf("the chain goes on from %s, not from %s", last.Previous, commits[1].ID)
	}
}

func TestReceiveRefusesWhatDoesNotFit(t *testing.T) {
	from := create(t, config())
	r := save(t, from, Change{Kind: "person", Set: answers("name", "Ana")})
	var c record.Commit
	if err := from.Commits(background, 0, func(_ int64, got record.Commit) error { c = got; return nil }); err != nil {
		t.Fatal(err)
	}
	openings, err := from.Openings(background, r.Record)
	if err != nil || len(openings) != 1 {
		t.Fatal(openings, err)
	}
	forged, altered := c, c
	forged.Signature = slices.Clone(c.Signature)
	forged.Signature[0]++
	changed := c.Revisions[0]
	changed.Changes.Note = "added later"
	altered.Revisions = []record.Revision{changed}
	lie := record.Revision{Record: r.Record, Kind: "person", Author: identity(2).Key(), Time: start, Operation: record.Edit}
	lie, _ = lie.Sealed([]record.Parent{{ID: r.ID, Depth: 40}})
	deep, _ := identity(2).Commit(record.Hash{}, []record.Revision{lie})
	wrong := openings[0]
	wrong.Value = record.Text("Eve").Canonical()
	for name, test := range map[string]struct {
		commits  []record.Commit
		openings []record.Opening
		want     error
	}{
		"forged":  {[]record.Commit{forged}, nil, record.ErrSignature},
		"altered": {[]record.Commit{altered}, nil, record.ErrSignature},
		"deep":    {[]record.Commit{c, deep}, nil, record.ErrRevision},
		"opening": {[]record.Commit{c}, []record.Opening{wrong}, record.ErrOpening},
	} {
		to := create(t, config())
		if _, err := to.Receive(background, test.commits, test.openings); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
		if got, err := to.Receive(background, []record.Commit{c}, openings); err != nil || got.Openings != 1 {
			t.Errorf("%s: afterwards %+v, %v", name, got, err)
		}
	}
	if got, err := create(t, config()).Receive(background, nil, openings); got.Dropped != 1 || err != nil {
		t.Error(got, err)
	}
}

// TestALieAboutDepthIsFoundWhenTheParentComes: the child came first, so its depth could not be checked then.
func TestALieAboutDepthIsFoundWhenTheParentComes(t *testing.T) {
	r := record.Revision{Record: record.ID{1}, Kind: "cooperative", Author: identity(2).Key(), Time: start, Operation: record.Edit,
		Changes: record.Changes{Note: "first"}}
	parent, _ := r.Sealed(nil)
	child, _ := r.Sealed([]record.Parent{{ID: parent.ID, Depth: 8}})
	one, _ := identity(2).Commit(record.Hash{}, []record.Revision{parent})
	two, _ := identity(2).Commit(one.ID, []record.Revision{child})
	s := create(t, config())
	if _, err := s.Receive(background, []record.Commit{two}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Receive(background, []record.Commit{one}, nil); !errors.Is(err, record.ErrRevision) {
		t.Error(err)
	}
}

// TestCrash: what was saved is there when the files are copied away from under the open store, as after a kill.
func TestCrash(t *testing.T) {
	s := create(t, config())
	id := save(t, s, Change{Kind: "cooperative", Set: answers("name", "A")}).Record
	d, err := s.OpenDraft(background, DraftOf{Kind: "mapping"})
	if err == nil {
		err = s.SetDraft(background, d.ID, "year", answer(2015))
	}
	if err != nil {
		t.Fatal(err)
	}
	dead := t.TempDir()
	for _, name := range []string{databaseName, databaseName + "-wal"} {
		if err := copyFile(filepath.Join(s.Dir(), name), filepath.Join(dead, name)); err != nil {
			t.Fatal(err)
		}
	}
	again, err := Open(dead, config())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if st := state(t, again, id); st.Fields["name"].Value.String() != "A" {
		t.Errorf("state: %+v", st)
	}
	if draft, err := again.Draft(background, d.ID); err != nil || !draft.Answers["year"].Equal(answer(2015)) {
		t.Errorf("draft: %+v, %v", draft, err)
	}
	verified(t, again)
}

func TestUpTo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, revisions := range drawHistory(t).byRecord {
			h := record.NewHistory(revisions)
			got := upTo(revisions, h.Heads())
			slices.SortFunc(got, func(a, b record.Revision) int { return cmp.Or(cmp.Compare(a.Depth, b.Depth), a.ID.Compare(b.ID)) })
			if len(record.NewHistory(got).Revisions) != len(h.Revisions) {
				t.Fatalf("%d revisions up to the heads, of %d", len(got), len(h.Revisions))
			}
		}
	})
}
