package indicator

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// lineOf is a result of one line: its index grows by a tenth a year, and begins anew where a year is missing.
func lineOf(years ...int) *Result {
	r := &Result{Indicator: "I05", Unit: "persons", By: []string{"year"}}
	segment, index := 1, 100.0
	for i, year := range years {
		pt := Point{Year: year, Keys: []string{""}, Unit: "persons", Known: true, N: 40}
		pt.Value.Units.Add(int64(100 + i))
		if i > 0 && year > years[i-1]+1 {
			segment, index = segment+1, 100
		} else if i > 0 {
			index *= 1.1
			pt.Change = &Change{From: years[i-1], To: year, Known: true, Pct: 10, N: 30, Headline: true}
			pt.Matched, pt.Flags = pt.Change, []string{FlagUnvalidated}
		}
		shown := round(index, 2)
		pt.Index, pt.Segment = &shown, segment
		r.Points = append(r.Points, pt)
	}
	return r
}

func TestReword(t *testing.T) {
	r := lineOf(2020, 2021, 2022, 2023, 2025)
	was := *r.Points[2].Change
	change := r.Points[2].Change
	r.Reword(2022, 2022, 2030, 2019)
	var segments []int
	var indexes []float64
	for _, pt := range r.Points {
		segments, indexes = append(segments, pt.Segment), append(indexes, *pt.Index)
	}
	if !slices.Equal(segments, []int{1, 1, 2, 2, 3}) || !slices.Equal(indexes, []float64{100, 110, 100, 110, 100}) {
		t.Errorf("segments %v, indexes %v", segments, indexes)
	}
	over, after := r.Points[2], r.Points[3]
	if over.Change.Headline || over.Matched.Reason != ReasonReworded || !slices.Equal(over.Flags, []string{FlagUnreliable, FlagUnvalidated}) {
		t.Errorf("over the break: %+v %v", over.Change, over.Flags)
	}
	if !after.Change.Headline || !r.Points[1].Change.Headline || *change != was {
		t.Error("another change than the one over the break is touched")
	}
	if len(r.Notes) != 1 || r.Notes[0].Key != NoteReworded || r.Notes[0].Count != 1 {
		t.Errorf("notes are %+v", r.Notes)
	}
	var sdmx bytes.Buffer
	if err := WriteSDMX(&sdmx, r); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(sdmx.String(), "\n")
	if !strings.Contains(lines[3], ",B,") || strings.Contains(lines[2], ",B,") {
		t.Errorf("flags are wrong:\n%s", sdmx.String())
	}
}

// However lines are broken, segments only grow, each begins at 100, and growth within one stays as it was.
func TestRewordKeepsGrowth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		years := rapid.SliceOfNDistinct(rapid.IntRange(2010, 2025), 1, 10, rapid.ID[int]).Draw(t, "years")
		slices.Sort(years)
		breaks := rapid.SliceOfN(rapid.IntRange(2008, 2027), 0, 4).Draw(t, "breaks")
		before, r := lineOf(years...), lineOf(years...)
		r.Reword(breaks...)
		for i := 1; i < len(r.Points); i++ {
			a, b := r.Points[i-1], r.Points[i]
			cut := slices.ContainsFunc(breaks, func(y int) bool { return y > a.Year && y <= b.Year })
			switch {
			case b.Segment < a.Segment, cut && b.Segment == a.Segment:
				t.Fatalf("%v broken at %v: segments %d, %d", years, breaks, a.Segment, b.Segment)
			case b.Segment > a.Segment && *b.Index != 100:
				t.Fatalf("a segment begins at %v", *b.Index)
			case b.Segment == a.Segment && round(*b.Index / *a.Index, 3) != round(*before.Points[i].Index / *before.Points[i-1].Index, 3):
				t.Fatalf("growth has changed")
			}
		}
	})
}

func TestReads(t *testing.T) {
	for code, concept := range map[string]string{"I05": "persons_working", "I13a": "turnover"} {
		i, ok := Find(code)
		if !ok || !slices.Contains(i.Reads(), concept) {
			t.Errorf("%s reads %v, not %s", code, i.Reads(), concept)
		}
	}
}
