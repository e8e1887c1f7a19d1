package indicator

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// WriteCSV writes one line for every point: indicator, basis, the breakdowns
// (year first), value, unit, n, coverage, change_pct, change_n, change_share,
// index, segment, flag, and the same three of the change with births and deaths,
// which always stands beside a matched one: demographic_pct and so on. Coverage
// and shares are percent with one decimal, changes percent (of a ratio: percentage
// points) over the whole time since the wave before and index with two. A cell is empty where nothing is known or may be told; several flags
// stand in SDMX order with a space between them.
func (r *Result) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	header := append([]string{"indicator", "basis"}, r.By...)
	header = append(header, "value", "unit", "n", "coverage", "change_pct", "change_n", "change_share", "index", "segment", "flag",
		"demographic_pct", "demographic_n", "demographic_share")
	if err := out.Write(header); err != nil {
		return err
	}
	for i := range r.Points {
		if err := out.Write(r.line(&r.Points[i])); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (r *Result) line(pt *Point) []string {
	value := ""
	if pt.Known && !pt.Hidden {
		value = pt.Value.String()
	}
	line := append([]string{r.Indicator, string(r.Basis)}, pt.Keys...)
	line = append(line, value, pt.Unit, strconv.Itoa(pt.N), fixed(pt.Coverage, 1))
	line = append(line, pt.Change.cells()...)
	line = append(line, fixed(pt.Index, 2), strconv.Itoa(pt.Segment), strings.Join(pt.Flags, " "))
	return append(line, pt.Demographic.cells()...)
}

// cells are change_pct, change_n and change_share.
func (c *Change) cells() []string {
	cells := []string{"", "", ""}
	if c == nil || c.Hidden {
		return cells
	}
	cells[1] = strconv.Itoa(c.N)
	if c.Known {
		cells[0] = fixed(&c.Pct, 2)
	}
	if c.ShareKnown {
		cells[2] = fixed(&c.Share, 1)
	}
	return cells
}

func fixed(v *float64, decimals int) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', decimals, 64)
}
