package workspace

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"coopatlas/data/form"
)

// Broken is a concept whose figures may not go on as before from a version of a questionnaire on.
type Broken struct {
	form.Break
	Kind, Version string
	Year          int // the first reference year that was answered under the version for the most part; 0 where none was yet
}

// Breaks says, for every kind with several versions, where the wording, the type, the unit or the choices behind a figure
// changed, oldest first.
func (w *Workspace) Breaks(ctx context.Context) ([]Broken, error) {
	var out []Broken
	set := w.set()
	for _, kind := range set.kinds {
		all := set.versions[kind]
		if len(all) < 2 {
			continue
		}
		years, err := w.firstYears(ctx, all)
		if err != nil {
			return nil, err
		}
		for i, q := range all[1:] {
			d := form.Compare(all[i].Form, q.Form, renamesBetween(all[i].Form, q.Form))
			for _, b := range d.Breaks {
				if !slices.Equal(b.Reasons, []string{"new"}) {
					out = append(out, Broken{b, kind, q.Form.Version, years[q.Form.Version]})
				}
			}
		}
	}
	return out, nil
}

// firstYears are, by version, the first reference years of which at least half of the records were answered under that
// version or a later one: one that was corrected later does not make a year.
func (w *Workspace) firstYears(ctx context.Context, all []*Questionnaire) (map[string]int, error) {
	f := all[len(all)-1].Form
	year, ok := f.ByConcept("year")
	if !ok || year.Repeat() != nil || year.Storage() != form.StoreNumber {
		return nil, nil
	}
	counts, err := w.Store.VersionYears(ctx, f.ID, year.Path)
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	for i, q := range all {
		for _, year := range slices.Sorted(maps.Keys(counts)) {
			since, of := 0, 0
			for version, n := range counts[year] {
				of += n
				if slices.ContainsFunc(all[i:], func(later *Questionnaire) bool { return later.Form.Version == version }) {
					since += n
				}
			}
			if 2*since >= of {
				out[q.Form.Version] = year
				break
			}
		}
	}
	return out, nil
}

// reworded are the years from which on questions of interviews were asked otherwise, by concept.
type reworded map[string][]int

// rewordedNow are those of the present records.
func (w *Workspace) rewordedNow(ctx context.Context) (reworded, error) {
	breaks, err := w.Breaks(ctx)
	out := reworded{}
	for _, b := range breaks {
		if b.Kind == "mapping" && b.Year > 0 {
			out[b.Concept] = append(out[b.Concept], b.Year)
		}
	}
	return out, err
}

// of are the years at which figures of some concepts break.
func (r reworded) of(concepts []string) []int {
	var out []int
	for _, concept := range concepts {
		out = append(out, r[concept]...)
	}
	return out
}

// String writes a line for each concept, as a release keeps it.
func (r reworded) String() string {
	var lines []string
	for _, concept := range slices.Sorted(maps.Keys(r)) {
		line := concept
		for _, year := range r[concept] {
			line += " " + strconv.Itoa(year)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// readReworded reads what String wrote.
func readReworded(text string) (reworded, error) {
	out := reworded{}
	for line := range strings.Lines(text) {
		cells := strings.Fields(line)
		for _, cell := range cells[min(1, len(cells)):] {
			year, err := strconv.Atoi(cell)
			if err != nil {
				return nil, fmt.Errorf("%q is no year", cell)
			}
			out[cells[0]] = append(out[cells[0]], year)
		}
	}
	return out, nil
}
