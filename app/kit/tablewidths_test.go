package kit

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWidthIsSharedAmongColumns(t *testing.T) {
	for name, c := range map[string]struct {
		wants []float32
		width float32
		want  []float32
	}{
		"more than enough":                {[]float32{100, 300}, 800, []float32{100, 300}},
		"exactly enough":                  {[]float32{100, 300}, 400, []float32{100, 300}},
		"the widest is cut":               {[]float32{50, 300, 100}, 350, []float32{50, 200, 100}},
		"the widest are cut to one width": {[]float32{300, 50, 200}, 350, []float32{150, 50, 150}},
		"all are cut":                     {[]float32{300, 100, 200}, 90, []float32{30, 30, 30}},
		"no column":                       {nil, 100, nil},
	} {
		if diff := cmp.Diff(c.want, share(c.wants, c.width)); diff != "" {
			t.Errorf("%s (-want +got): %s", name, diff)
		}
	}
}

func TestRowsComeBeforeTitles(t *testing.T) {
	table := &Table{cfg: TableConfig{Columns: []TableColumn{{Name: "name"}, {Name: "year"}}},
		layout: TableLayout{Columns: []string{"name", "year"}}, wants: map[string]want{"name": {rows: 200, title: 40}, "year": {rows: 50, title: 100}}}
	for width, want := range map[float32][]float32{
		600: {400, 200}, // in proportion
		300: {200, 100},
		280: {200, 80}, // the title of the year is cut
		180: {130, 50}, // then the longest rows
	} {
		if diff := cmp.Diff(want, table.widths(width)); diff != "" {
			t.Errorf("of %g (-want +got): %s", width, diff)
		}
	}
}
