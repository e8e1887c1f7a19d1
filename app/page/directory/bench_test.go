package directory

import (
	"fmt"
	"testing"

	"coopatlas/app/stage"
	"coopatlas/data/workspace/crowd"
)

// BenchmarkList is what a person waits for in the list of cooperatives, a fifth as many as there are interviews: until
// it stands, is filtered or sorted. It is to stay under 200 ms with a hundred thousand interviews.
func BenchmarkList(b *testing.B) {
	for _, n := range crowd.Sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := stage.New(b, stage.Config{Folder: crowd.Folder(b, n)})
			var l *List
			at := func(route string) func() {
				return func() {
					l = s.Open(NewList, "directory", route).(*List)
					if l.table.Total() == 0 {
						b.Fatal("no rows", s.Errors)
					}
				}
			}
			crowd.Measure(b, "open", s.Reopen, at("directory"))
			for _, filter := range []string{"country=IT", "state=existing", "sector=C", "q=a", "q=aurora"} {
				crowd.Measure(b, "filter "+filter, s.Reopen, at("directory?"+filter))
			}
			at("directory")()
			for _, column := range l.rows.columns() {
				if column.Sorts && !column.Hidden {
					crowd.Measure(b, "sort "+column.Name, nil, func() { l.table.SortBy(column.Name) })
				}
			}
		})
	}
}
