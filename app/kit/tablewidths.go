package kit

import (
	"slices"
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

// How wide a column asks to be at least and at most for the sake of its rows, and how many of the longest texts are
// measured.
const (
	least   = 56
	widest  = 340
	longest = 3
)

// want is how wide a column would like to be: for its rows, and for the whole of its title.
type want struct{ rows, title float32 }

// measure notes how wide each column would like to be, from some of its rows.
func (t *Table) measure(rows []TableRow) {
	t.wants = map[string]want{}
	for _, c := range t.cfg.Columns {
		t.wants[c.Name] = wantOf(c, rows)
	}
	t.head.box.Refresh()
}

func wantOf(c TableColumn, rows []TableRow) want {
	padding := 2 * (size("innerPadding") + size("padding"))
	w := want{title: fyne.MeasureText(c.Title, size(SizeCaption), fyne.TextStyle{Bold: true}).Width + padding}
	if c.Sorts {
		w.title += 14 // the arrow
	}
	var texts []string
	var beside float32
	picture := len(rows) == 0
	for _, row := range rows {
		cell := row.Cells[c.Name]
		switch {
		case cell.Spark != nil || cell.Bar != nil:
			picture = true
		case cell.State != nil:
			beside = size("iconInline") + size("padding")
		}
		texts = append(texts, cell.Text)
	}
	if picture {
		w.rows = when(c.Width == 0, 120, c.Width) * Scale()
	}
	slices.SortFunc(texts, func(a, b string) int { return utf8.RuneCountInString(b) - utf8.RuneCountInString(a) })
	for _, text := range texts[:min(longest, len(texts))] {
		w.rows = max(w.rows, fyne.MeasureText(text, size(SizeBody), fyne.TextStyle{}).Width+padding+beside)
	}
	w.rows = min(max(w.rows, least*Scale()), widest*Scale())
	return w
}

// widths shares a width among the columns that are shown: first what the rows need, then the titles, then what is over.
func (t *Table) widths(width float32) []float32 {
	var rows, titles, all []float32
	for _, c := range t.shown() {
		w, measured := t.wants[c.Name]
		if !measured {
			w.rows = when(c.Width == 0, 120, c.Width)
		}
		rows, titles, all = append(rows, w.rows), append(titles, max(w.title-w.rows, 0)), append(all, max(w.rows, w.title))
	}
	if total(all) <= width {
		share := width / total(all)
		for i := range all {
			all[i] *= share
		}
		return all
	}
	out := share(rows, width)
	for i, more := range share(titles, max(width-total(out), 0)) {
		out[i] += more
	}
	return out
}

// share gives each what it wants; where there is too little, only those that want most are cut, all to one width.
func share(wants []float32, width float32) []float32 {
	sorted := slices.Sorted(slices.Values(wants))
	rest := width
	for i, want := range sorted {
		level := rest / float32(len(sorted)-i)
		if want > level {
			return capped(wants, level)
		}
		rest -= want
	}
	return slices.Clone(wants)
}

func capped(wants []float32, level float32) []float32 {
	out := slices.Clone(wants)
	for i := range out {
		out[i] = min(out[i], level)
	}
	return out
}

func total(of []float32) (sum float32) {
	for _, one := range of {
		sum += one
	}
	return sum
}
