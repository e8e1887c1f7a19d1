package interviews

import (
	"context"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
	"coopatlas/app/stage"
	"coopatlas/data/store"
	"coopatlas/data/workspace/crowd"
)

// BenchmarkList is what a person waits for in the list of interviews: until it stands, until it is filtered or sorted,
// until the rows in the middle and at the end are there. It is to stay under 200 ms with a hundred thousand. What is
// counted for a filter is remembered, so each filter that is timed is the first of a workspace that was just opened.
func BenchmarkList(b *testing.B) {
	for _, n := range crowd.Sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := stage.New(b, stage.Config{Folder: crowd.Folder(b, n)})
			var l *listing
			at := func(route string) func() {
				return func() {
					l = s.Open(List, listPattern, route).(*listing)
					if l.table.Total() == 0 {
						b.Fatal("no rows", s.Errors)
					}
				}
			}
			wave, err := s.Workspace().Store.List(context.Background(), "wave", store.Query{Limit: 1})
			if err != nil || len(wave) == 0 {
				b.Fatal(wave, err)
			}
			crowd.Measure(b, "open", s.Reopen, at("interviews"))
			for _, filter := range []string{"state=submitted", "country=IT", "text=aurora", "state=validated&country=FR", "wave=" + wave[0].Record.String()} {
				crowd.Measure(b, "filter "+filter, s.Reopen, at("interviews?"+filter))
			}
			at("interviews")()
			for _, column := range l.columns() {
				if column.Sorts {
					crowd.Measure(b, "sort "+column.Name, nil, func() { l.table.SortBy(column.Name) })
				}
			}
			l.table.SetLayout(kit.TableLayout{Columns: l.table.Layout().Columns})
			for _, sort := range []string{"", labelColumn, "location/country"} {
				jump := func(name string, offset int) {
					crowd.Measure(b, name, nil, func() {
						page, err := l.fetch(context.Background(), kit.TableQuery{Offset: offset, Limit: 100, Sort: sort, Columns: l.table.Layout().Columns})
						if err != nil || len(page.Rows) != 100 {
							b.Fatal(len(page.Rows), err)
						}
					})
				}
				jump("to the middle "+sort, n/2)
				jump("to the end "+sort, n-100)
			}
		})
	}
}

// BenchmarkMoveBetweenFields is what a person waits for from Enter until the next field has the keyboard: the answer is
// kept on disk in between. It is to stay under 16 ms.
func BenchmarkMoveBetweenFields(b *testing.B) {
	s := stage.New(b, stage.Config{})
	f := begun(b, s)
	f.goToPath("membership/members")
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		f.goToPath("membership/members")
		s.Type([]string{"42", "43"}[i%2])
		b.StartTimer()
		s.Key(fyne.KeyReturn)
	}
}

// BenchmarkMoveBetweenSections is what a person waits for until the longest section of a mapping is shown. It is to stay
// under 100 ms.
func BenchmarkMoveBetweenSections(b *testing.B) {
	s := stage.New(b, stage.Config{})
	f := begun(b, s)
	longest := 0
	for i, part := range f.sections {
		if len(part.steps) > len(f.sections[longest].steps) {
			longest = i
		}
	}
	for b.Loop() {
		f.showSection(longest, "")
	}
}

// BenchmarkSearchInALongList is what a person waits for at each letter typed to find a region.
func BenchmarkSearchInALongList(b *testing.B) {
	s := stage.New(b, stage.Config{})
	f := begun(b, s)
	q, _ := f.session.Interview().Question("location/region")
	for b.Loop() {
		f.findNow(q, "location/region", "lom")
	}
}
