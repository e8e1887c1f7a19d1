package store

import (
	"errors"
	"testing"

	"coopatlas/data/record"
)

// Records are read as they were when chains were the ends of the log, whatever was changed, deleted or entered since.
func TestStatesAreReadAsTheyWere(t *testing.T) {
	s := create(t, config())
	first := save(t, s, Change{Kind: "cooperative", Set: answers("name", "A", "country", "IT")})
	gone := save(t, s, Change{Kind: "cooperative", Set: answers("name", "B", "country", "FR")})
	dead := save(t, s, Change{Kind: "cooperative", Set: answers("name", "C")})
	save(t, s, Change{Record: dead.Record, Kind: "cooperative", Parents: state(t, s, dead.Record).Heads, Operation: record.Delete})
	chains, _, err := s.Chains(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	save(t, s, Change{Record: first.Record, Kind: "cooperative", Parents: state(t, s, first.Record).Heads, Set: answers("name", "Other")})
	save(t, s, Change{Record: gone.Record, Kind: "cooperative", Parents: state(t, s, gone.Record).Heads, Operation: record.Delete})
	save(t, s, Change{Record: dead.Record, Kind: "cooperative", Parents: state(t, s, dead.Record).Heads, Operation: record.Restore})
	save(t, s, Change{Kind: "cooperative", Set: answers("name", "New")})
	states, err := s.StatesAt(t.Context(), "cooperative", chains)
	if err != nil || len(states) != 2 {
		t.Fatalf("%d records: %v", len(states), err)
	}
	for i, want := range []string{"A", "B"} {
		if got := states[i].Fields["name"].Value.String(); got != want {
			t.Errorf("record %d is called %q, want %q", i, got, want)
		}
	}
	if _, err := s.StatesAt(t.Context(), "nothing", chains); !errors.Is(err, ErrKind) {
		t.Errorf("an unknown kind: %v", err)
	}
	chains[0].Last[0]++
	if _, err := s.StatesAt(t.Context(), "cooperative", chains); !errors.Is(err, ErrCut) {
		t.Errorf("a commit that is not here: %v", err)
	}
}
