package store

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
)

// remembering is a workspace whose frames remember whatever their size.
func remembering(t testing.TB, s *Store) *Store {
	s.memorable = 0
	return s
}

// memories counts what frames remember.
func memories(t testing.TB, s *Store) (count int) {
	t.Helper()
	if err := s.reads.QueryRow("SELECT count(DISTINCT concept) FROM frame_chunks WHERE concept LIKE '.memory%'").Scan(&count); err != nil {
		t.Fatal(err)
	}
	return count
}

func TestFrameRemembersAsLongAsRecordsStay(t *testing.T) {
	s := remembering(t, create(t, config()))
	save(t, s, Change{Kind: "cooperative", Set: answers("name", "A")})
	random, data := rand.New(rand.NewPCG(1, 2)), make([]byte, 3*memoryPiece+77)
	for i := range data {
		data[i] = byte(random.IntN(9))
	}
	first := frame(t, s)
	if data, keeps := first.Recall("things"); data != nil || !keeps {
		t.Fatal("a frame recalls what nobody remembered")
	}
	first.Remember("things", data)
	first.Remember("little", []byte("x"))
	s = remembering(t, reopened(t, s))
	again := frame(t, s)
	for name, want := range map[string][]byte{"things": data, "little": []byte("x"), "else": nil} {
		if got, _ := again.Recall(name); !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes recalled of %d", name, len(got), len(want))
		}
	}
	save(t, s, Change{Kind: "cooperative", Set: answers("name", "B")})
	changed := frame(t, s)
	if got, _ := changed.Recall("things"); got != nil {
		t.Error("a frame recalls what was made of earlier records")
	}
	if count := memories(t, s); count != 0 {
		t.Errorf("%d things of earlier records are kept", count)
	}
	if got, _ := again.Recall("things"); !bytes.Equal(got, data) {
		t.Error("a frame of earlier records has forgotten what it remembered")
	}
	again.Remember("late", data)
	if count := memories(t, s); count != 0 {
		t.Error("what was made of earlier records is remembered after they changed")
	}
}

func TestSmallFramesRememberNothing(t *testing.T) {
	s := create(t, config())
	save(t, s, Change{Kind: "cooperative", Set: answers("name", "A")})
	f := frame(t, s)
	if _, keeps := f.Recall("things"); keeps || s.memorable != usualMemorable {
		t.Error("a frame of one record would remember")
	}
}

func TestDamagedMemoryIsNotRecalled(t *testing.T) {
	s := remembering(t, create(t, config()))
	save(t, s, Change{Kind: "cooperative", Set: answers("name", "A")})
	frame(t, s).Remember("things", make([]byte, 2*memoryPiece))
	if _, err := s.conn.ExecContext(background, "UPDATE frame_chunks SET data = substr(data, 1, length(data) - 3) WHERE concept = '.memory things' AND chunk % 2 = 1"); err != nil {
		t.Fatal(err)
	}
	if got, keeps := frame(t, s).Recall("things"); got != nil || !keeps {
		t.Errorf("%d bytes recalled of a damaged piece", len(got))
	}
}

// Whatever is saved, a frame that remembers answers as one that does not.
func TestRememberingFramesAnswerAlike(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := remembering(t, create(t, config()))
		var units []record.ID
		for range rapid.IntRange(1, 6).Draw(rt, "steps") {
			if len(units) == 0 || rapid.IntRange(0, 2).Draw(rt, "new") == 0 {
				units = append(units, save(t, s, Change{Kind: "cooperative", Set: answers("name", "A", "founded", rapid.IntRange(2000, 2016).Draw(rt, "founded"))}).Record)
			}
			for range rapid.IntRange(1, 4).Draw(rt, "interviews") {
				save(t, s, Change{Kind: "mapping", Operation: rapid.SampledFrom([]record.Operation{record.Submit, record.Validate}).Draw(rt, "state"), Set: answers(
					"subject", rapid.SampledFrom(units).Draw(rt, "subject"), "year", rapid.IntRange(2014, 2017).Draw(rt, "year"),
					"members/total", rapid.IntRange(0, 99).Draw(rt, "members"))})
			}
			query := indicator.Query{Indicator: "I04", Validated: rapid.Bool().Draw(rt, "validated"), Decompose: true}
			for range 2 { // made, then remembered
				f := frame(t, s)
				got, err1 := indicator.Compute(background, f, query)
				want, err2 := indicator.Compute(background, plain{f}, query)
				if diff := cmp.Diff(got, want, cmp.AllowUnexported(indicator.Change{}, indicator.Int128{})); diff != "" || err1 != nil || err2 != nil {
					rt.Fatal(diff, err1, err2)
				}
			}
			if memories(t, s) == 0 {
				rt.Fatal("nothing is remembered")
			}
		}
	})
}

// reopened is a workspace as the next process finds it.
func reopened(t testing.TB, s *Store) *Store {
	t.Helper()
	next, err := Open(s.Dir(), s.cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { next.Close() })
	return next
}

// plain is a source that neither keeps nor remembers.
type plain struct{ indicator.Source }
