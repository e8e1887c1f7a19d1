package store

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"coopatlas/data/form"
	"coopatlas/data/indicator"
	"coopatlas/data/record"
)

// training is the mapping with questions that feed no concept.
func training() Config {
	f := mapping()
	about := &form.Group{Name: "training", Path: "training", Parent: f.Root}
	rows := &form.Group{Name: "courses", Path: "training/courses", Repeat: true, Parent: about}
	f.Questions = append(f.Questions,
		&form.Question{Name: "hours", Path: "training/hours", Type: form.TypeDecimal, Decimals: 1, Parent: about},
		&form.Question{Name: "topics", Path: "training/topics", Type: form.TypeSelectMultiple, Parent: about},
		&form.Question{Name: "since", Path: "training/since", Type: form.TypeDate, Parent: about},
		&form.Question{Name: "partner", Path: "training/partner", Type: form.TypeSelectOne, Kind: "cooperative", Parent: about},
		&form.Question{Name: "notes", Path: "training/notes", Type: form.TypeText, Parent: about},
		&form.Question{Name: "wage", Path: "training/wage", Type: form.TypeInteger, Personal: true, Parent: about},
		&form.Question{Name: "length", Path: "training/courses/length", Type: form.TypeInteger, Parent: rows},
	)
	return config(cooperative(), f, person())
}

// trained is a workspace with answers to these questions; the second interview takes no part in frames.
func trained(t testing.TB) (s *Store, partner record.ID) {
	t.Helper()
	s = create(t, training())
	partner = save(t, s, Change{Kind: "cooperative", Set: answers("name", "A")}).Record
	save(t, s, Change{Kind: "mapping", Operation: record.Validate, Set: answers("subject", partner, "year", 2015, "training/hours", number("12.5"),
		"training/topics", []string{"law", "accounts"}, "training/since", "2014-03-01", "training/partner", partner, "training/notes", "good", "training/wage", 9)})
	save(t, s, Change{Kind: "mapping", Set: answers("subject", partner, "year", 2015, "training/hours", number("99"))})
	save(t, s, Change{Kind: "mapping", Operation: record.Submit, Set: answers("subject", partner, "year", 2016,
		"training/hours", record.Answer{Value: number("-3").Value, Quality: record.Imputed}, "training/topics", record.Answer{Status: record.Refused})})
	return s, partner
}

func TestQuestionsWithoutConceptAreShownByPath(t *testing.T) {
	s, partner := trained(t)
	f := frame(t, s)
	want := map[string][]string{
		"training/hours": {"12.5", "-3"}, "training/topics": {"law accounts", ""}, "training/since": {"2014-03-01", ""},
		"training/partner": {partner.String(), ""}, "quality:training/hours": {"", "I"}, "status:training/topics": {"", "refused"},
	}
	for path, values := range want {
		if diff := cmp.Diff(values, texts(t, f, "mapping", path)); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
	}
	for _, path := range []string{"training/notes", "training/wage", "training/courses/length", "members/total", "remarks", "training", ""} {
		if _, err := f.Column("mapping", path); !errors.Is(err, indicator.ErrNoColumn) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if got := f.Questions("mapping"); !slices.Equal(got, []string{"training/hours", "training/topics", "training/since", "training/partner"}) {
		t.Error(got)
	}
	if got := f.Questions("choir"); got != nil {
		t.Error(got)
	}
}

func TestAFrozenFrameKeepsQuestionsThatAreAskedFor(t *testing.T) {
	s, _ := trained(t)
	f := frame(t, s)
	for _, also := range []Questions{{"mapping": {"training/hours", "training/hours", "turnover", "training/notes"}}, {"mapping": {"training/topics"}, "choir": {"x"}}} {
		if err := s.Freeze(background, f, also); err != nil {
			t.Fatal(err)
		}
	}
	frozen := openFrozen(t, s, f.ID())
	for _, path := range []string{"training/hours", "quality:training/hours", "training/topics", "status:training/topics"} {
		kept, err1 := frozen.Column("mapping", path)
		now, err2 := f.Column("mapping", path)
		if diff := cmp.Diff(now, kept); diff != "" || err1 != nil || err2 != nil {
			t.Error(path, err1, err2, diff)
		}
	}
	for _, path := range []string{"training/since", "training/notes"} {
		if _, err := frozen.Column("mapping", path); !errors.Is(err, indicator.ErrNoColumn) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
