package form_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"coopatlas/data/form"
)

func TestVersionsInOrder(t *testing.T) {
	inOrder := []string{"", "1", "1.0", "1.2", "1.2a", "1.2b", "1.10", "01", "2", "2025", "2026.1", "2026.1.1", "2026.2", "2026.10", "20240515143545", "a", "v1", "v10"}
	for i := range inOrder {
		for j := range inOrder {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := form.CompareVersions(inOrder[i], inOrder[j]); got != want {
				t.Errorf("%q and %q compare as %d, want %d", inOrder[i], inOrder[j], got, want)
			}
		}
	}
}

// Versions are in one order whatever they look like: equal only where they are the same, and sorting is settled.
func TestVersionsAreOrdered(t *testing.T) {
	version := rapid.StringMatching(`[0-9a-c.]{0,5}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := version.Draw(t, "a"), version.Draw(t, "b"), version.Draw(t, "c")
		if (form.CompareVersions(a, b) == 0) != (a == b) || form.CompareVersions(a, b) != -form.CompareVersions(b, a) {
			t.Fatalf("%q and %q", a, b)
		}
		all := []string{a, b, c}
		slices.SortFunc(all, form.CompareVersions)
		if form.CompareVersions(all[0], all[1]) > 0 || form.CompareVersions(all[1], all[2]) > 0 || form.CompareVersions(all[0], all[2]) > 0 {
			t.Fatalf("%q are not in order", all)
		}
	})
}

func TestFormerNames(t *testing.T) {
	now := changed(t, "| text | first |", "| text | given |", "| begin_group | place |", "| begin_group | home |", "| text | town |", "| text | city |",
		"begin_repeat | visit |", "begin_repeat | call |", "| yn | y |", "| yn | yes |", "${first}", "${given}")
	f := now.After([]form.Renames{
		{"first": "forename", "place": "address", "agrees:y": "ja"},
		{"forename": "given", "address": "home", "address/town": "home/city", "agrees:ja": "yes", "address/visit": "home/call"},
	})
	for path, want := range map[string][]string{
		"given": {"forename", "first"}, "home": {"address", "place"}, "home/city": {"address/town", "place/town"},
		"home/call/day": {"address/visit/day", "place/visit/day"}, "home/call": {"address/visit", "place/visit"}, "members": nil,
	} {
		if got := f.Former(path); !slices.Equal(got, want) {
			t.Errorf("%s was %q, want %q", path, got, want)
		}
	}
	for was, want := range map[string]string{"y": "yes", "ja": "yes", "n": "n", "yes": "yes"} {
		if got := f.Recode("agrees", was); got != want {
			t.Errorf("the choice %s is %s now, want %s", was, got, want)
		}
	}
	told := 0
	f.EachRenamed(func(path, was, now string) { told++ })
	if !f.Renamed() || now.Renamed() || told != 12 {
		t.Errorf("%d were renamed, of the form itself %t", told, now.Renamed())
	}
}
