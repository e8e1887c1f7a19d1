package record_test

import (
	"reflect"
	"slices"
	"testing"

	"coopatlas/data/record"
	"pgregory.net/rapid"
)

var (
	somePaths = []record.Path{"x", "y", "p/x", record.Path("votes").Row(record.ID{2, 6: 0x70, 8: 0x80}) + "/share"}
	someRows  = []record.Path{record.Path("votes").Row(record.ID{2, 6: 0x70, 8: 0x80}), record.Path("votes").Row(record.ID{3, 6: 0x70, 8: 0x80})}
	someOps   = []record.Operation{record.Edit, record.Edit, record.Edit, record.Edit, record.Submit, record.Return, record.Validate, record.Lock, record.Reopen, record.Delete, record.Restore, record.Erase}
)

// someLines draws a history of up to a dozen revisions in which people save on whatever they happen to have.
func someLines(t *rapid.T) []line {
	names := "abcdefghijkl"
	lines := make([]line, rapid.IntRange(1, len(names)).Draw(t, "revisions"))
	for i := range lines {
		l := line{name: names[i : i+1], op: rapid.SampledFrom(someOps).Draw(t, "op"), set: fields{}}
		for range min(i, rapid.IntRange(0, 2).Draw(t, "parents")) {
			l.parents += string(names[rapid.IntRange(0, i-1).Draw(t, "parent")])
		}
		if l.op == record.Erase {
			l.erase = []record.Path{rapid.SampledFrom(append(somePaths, "p", "")).Draw(t, "erased")}
		}
		for range rapid.IntRange(0, 2).Draw(t, "writes") {
			l.set[rapid.SampledFrom(somePaths).Draw(t, "path")] = rapid.Int64Range(1, 3).Draw(t, "value")
		}
		if rapid.Bool().Draw(t, "rows") {
			l.add = []record.Path{rapid.SampledFrom(someRows).Draw(t, "added")}
		} else if rapid.Bool().Draw(t, "removal") {
			row := rapid.SampledFrom(someRows).Draw(t, "removed")
			delete(l.set, row+"/share")
			l.remove = []record.Path{row}
		}
		lines[i] = l
	}
	return lines
}

func TestOrderAndRepetitionChangeNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		_, all := write(t, someLines(rt))
		want := record.Merge(all)
		arrived := rapid.Permutation(slices.Concat(all, all[:rapid.IntRange(0, len(all)).Draw(rt, "repeated")])).Draw(rt, "order")
		if got := record.Merge(arrived); !reflect.DeepEqual(got, want) {
			rt.Fatalf("arrived otherwise:\n%+v\nwant\n%+v", got, want)
		}
	})
}

func TestConflictsAreListedOnceAndNothingIsDropped(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		_, all := write(t, someLines(rt))
		h := record.NewHistory(all)
		s := h.State()
		seen := map[string]bool{}
		for _, c := range s.Conflicts {
			key := string(c.Kind) + " " + string(c.Path)
			if seen[key] || len(c.Revisions) < 2 {
				rt.Fatalf("%s is listed twice, or by one revision: %+v", key, s.Conflicts)
			}
			seen[key] = true
		}
		for path, field := range s.Fields {
			if field.Conflict != seen["field "+string(path)] {
				rt.Fatalf("%s: conflict %v, listed %v", path, field.Conflict, seen["field "+string(path)])
			}
		}
		for _, head := range s.Heads {
			checkHeadIsHeard(rt, h, s, head)
		}
	})
}

// checkHeadIsHeard asserts that what a head wrote is shown, in conflict, erased, or in a removed row.
func checkHeadIsHeard(t *rapid.T, h *record.History, s record.State, head record.Parent) {
	i := slices.IndexFunc(h.Revisions, func(r record.Revision) bool { return r.ID == head.ID })
	for path, write := range h.Revisions[i].Changes.Set {
		field, shown := s.Fields[path]
		if !shown && path.Question() == "votes/share" {
			continue
		}
		if write.Equal(field.Write) || slices.Contains(h.ErasedBy(head.ID), path) {
			continue
		}
		c := slices.IndexFunc(s.Conflicts, func(c record.Conflict) bool { return c.Kind == record.FieldConflict && c.Path == path })
		if c < 0 || !slices.ContainsFunc(s.Conflicts[c].Writes, write.Equal) {
			t.Fatalf("the head's %s = %v is neither shown (%v) nor listed", path, write.Value, field.Value)
		}
	}
}

func TestLifecycleCoversItsAncestorsOnly(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lines := someLines(rt)
		_, all := write(t, lines)
		before := record.Merge(all)
		beside := append(slices.Clone(lines), line{name: "m", op: record.Edit, set: fields{"x": 9}})
		_, all = write(t, beside)
		after := record.Merge(all)
		if after.Lifecycle == record.Validated || after.Lifecycle == record.Locked || after.Lifecycle == record.Deleted {
			rt.Fatalf("%s although an edit stands beside it (before: %s)", after.Lifecycle, before.Lifecycle)
		}
	})
}

func TestEraseWinsOverWhatItDoesNotDescendFrom(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lines := append(someLines(rt), line{name: "m", op: record.Erase, erase: []record.Path{""}})
		byName, all := write(t, lines)
		h := record.NewHistory(all)
		for _, r := range h.Revisions {
			if erased := h.ErasedBy(r.ID); len(erased) != len(r.Changes.Set) && r.ID != byName["m"].ID {
				rt.Fatalf("of %v only %v is erased", r.Changes.Paths(), erased)
			}
		}
		for path, field := range h.State().Fields {
			if field.Status != record.Erased || !field.Value.IsZero() {
				rt.Fatalf("%s still says %v", path, field.Value)
			}
		}
	})
}

func TestCutHistoriesAreStatesOfTheirAncestorsOnly(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		_, all := write(t, someLines(rt))
		some := rapid.SliceOfDistinct(rapid.IntRange(0, len(all)-1), func(i int) int { return i }).Draw(rt, "arrived")
		var arrived []record.Revision
		for _, i := range some {
			arrived = append(arrived, all[i])
		}
		h := record.NewHistory(arrived)
		if len(h.Revisions)+len(h.Pending) != len(arrived) || (len(h.Pending) > 0) != (len(h.Missing) > 0) {
			rt.Fatalf("of %d revisions %d are in the state, %d pending, %d missing", len(arrived), len(h.Revisions), len(h.Pending), len(h.Missing))
		}
		if whole := record.NewHistory(append(arrived, all...)); len(whole.Pending) != 0 {
			rt.Fatal("still pending when all has arrived")
		}
	})
}

func BenchmarkMergeOneRevision(b *testing.B) {
	_, all := write(b, []line{{name: "a", set: fields{"x": 1, "y": 2, "z": 3}}})
	for b.Loop() {
		record.Merge(all)
	}
}
