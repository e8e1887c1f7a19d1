package indicator

import "slices"

// NoteReworded counts the years from which on a question behind the figures was asked otherwise.
const NoteReworded NoteKey = "reworded"

// ReasonReworded is the reason of a change over such a year.
const ReasonReworded Reason = "the question was asked otherwise"

// Reads lists the concepts that an indicator is made of.
func (i Indicator) Reads() []string { return i.reads() }

// Reword takes in that a question behind the figures was asked otherwise from each of the years on: every line begins
// anew there, its index at 100, and a change over such a year is no headline. Years in which no line was under way change
// nothing.
func (r *Result) Reword(years ...int) {
	years = slices.Clone(years)
	slices.Sort(years)
	broken := 0
	for _, year := range slices.Compact(years) {
		if r.rewordAt(year) {
			broken++
		}
	}
	if broken > 0 {
		r.Notes = append(slices.Clone(r.Notes), Note{Key: NoteReworded, Count: broken, Of: len(years)})
	}
}

// rewordAt begins every line anew at a year, and tells whether one was under way.
func (r *Result) rewordAt(year int) bool {
	cut := false
	lines := map[string][]*Point{}
	for i := range r.Points {
		pt := &r.Points[i]
		key := cellKey(pt.Keys[1:])
		lines[key] = append(lines[key], pt)
	}
	for _, line := range lines {
		slices.SortStableFunc(line, func(a, b *Point) int { return a.Year - b.Year })
		at := slices.IndexFunc(line, func(pt *Point) bool { return pt.Year >= year })
		if at > 0 && slices.ContainsFunc(line[:at], func(pt *Point) bool { return pt.Known }) {
			restart(line[at:], line[at-1].Segment, year)
			cut = true
		}
	}
	return cut
}

func cellKey(keys []string) string {
	out := ""
	for _, key := range keys {
		out += key + "\x00"
	}
	return out
}

// restart gives the points from a break on segments of their own, the index of the one that went through the break at
// 100 again.
func restart(points []*Point, before, year int) {
	base, beside, firstBeside := 0.0, 0.0, 0
	for _, pt := range points {
		if pt.Index != nil && pt.Segment == before {
			if base == 0 {
				base = *pt.Index
			}
			again := round(100**pt.Index/base, 2)
			pt.Index = &again
		}
		pt.Segment++
		if b := pt.Beside; b != nil {
			if beside == 0 {
				beside, firstBeside = b.Index, b.Segment
			}
			again := IndexPoint{b.Index, b.Segment + 1}
			if b.Segment == firstBeside {
				again.Index = round(100*b.Index/beside, 2)
			}
			pt.Beside = &again
		}
		headline := pt.Change != nil && pt.Change.Headline
		pt.Change, pt.Matched = overBreak(pt.Change, year), overBreak(pt.Matched, year)
		pt.Demographic, pt.All = overBreak(pt.Demographic, year), overBreak(pt.All, year)
		if headline && !pt.Change.Headline && !slices.Contains(pt.Flags, FlagUnreliable) {
			pt.Flags = withUnreliable(pt.Flags)
		}
	}
}

// overBreak is a change that is no headline where it leads over a break.
func overBreak(c *Change, year int) *Change {
	if c == nil || c.From >= year || c.To < year {
		return c
	}
	out := *c
	if out.Headline = false; out.Known && !out.Hidden {
		out.Reason = ReasonReworded
	}
	return &out
}

// withUnreliable puts the flag where the SDMX guideline ranks it: before that of figures nobody validated.
func withUnreliable(flags []string) []string {
	at := slices.Index(flags, FlagUnvalidated)
	if at < 0 {
		at = len(flags)
	}
	return slices.Insert(slices.Clone(flags), at, FlagUnreliable)
}
