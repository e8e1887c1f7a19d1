package workspace

import (
	"testing"

	"coopatlas/data/indicator"
)

func TestChoicesNameAnswersByConcept(t *testing.T) {
	w := sessions(t)
	for _, c := range []struct{ language, kind, concept, code, want string }{
		{"en", "project", "project_status", "provisional", "Provisionally selected"},
		{"fr", "project", "project_status", "provisional", "Sélectionné à titre provisoire"},
		{"en", "mapping", "difficulties", "public_cuts", "Cuts in public spending"},
		{"en", "macro", "assessment", "4", "Enabling"},
		{"en", "macro", "country", "IT", ""}, // of a code list, not of the form's own
		{"en", "project", "project_status", "nothing", ""},
		{"en", "project", "nothing", "idea", ""},
		{"en", "nothing", "project_status", "idea", ""},
	} {
		if got := w.Choices(c.language)(c.kind, c.concept, c.code); got != c.want {
			t.Errorf("%s of %s is %q in %s, want %q", c.code, c.concept, got, c.language, c.want)
		}
	}
}

// What a person fills in counts as soon as it is saved: a project in the year of its decision, with the rate's own rule.
func TestAProjectCountsOnceItIsSaved(t *testing.T) {
	w := sessions(t)
	filled(t, w, "project", "what/title=A bridge", "who/country=IT", "course/status=rejected", "course/noted=2019-01-02", "course/submitted=2020-03-04", "course/decided=2021-05-06")
	filled(t, w, "project", "what/title=A house", "who/country=IT", "course/status=idea", "course/noted=2021-01-02")
	f := figures(t, w, FiguresOf{})
	r, err := f.Compute(t.Context(), indicator.Query{Indicator: "I34a", Disclosure: true})
	if err != nil || len(r.Points) != 2 || r.Points[0].Year != 2021 || r.Points[0].Value.String() != "1" || r.Points[0].N != 2 {
		t.Errorf("%+v %v", r.Points, err)
	}
	if r, err = f.Compute(t.Context(), indicator.Query{Indicator: "I34c", Disclosure: true}); err != nil || !r.Points[0].Counted || r.Points[0].Value.String() != "0" || r.Points[0].N != 1 {
		t.Errorf("%+v %v", r.Points, err)
	}
}
