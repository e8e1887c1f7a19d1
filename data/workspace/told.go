package workspace

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"coopatlas/data/indicator"
)

// Told is one thing that was made of a release, such as a brief, with the figures that it told or kept back.
type Told struct {
	What  string                   `json:"what"` // as What names it
	Verb  string                   `json:"verb"` // brief, chart or export
	Of    []string                 `json:"of"`   // the template, or the codes of the indicators
	Time  time.Time                `json:"time"` // when it was first made
	Cells []indicator.ReleasedCell `json:"cells"`
}

// Told lists what was made of a release, the oldest first, from the register of released cells.
func (w *Workspace) Told(ctx context.Context, r Release) ([]Told, error) {
	all, err := w.released(ctx)
	if err != nil {
		return nil, err
	}
	var out []Told
	for _, one := range all {
		if one.release != r.Record.String() {
			continue
		}
		verb, asked, _ := strings.Cut(one.what, " ")
		out = append(out, Told{What: one.what, Verb: verb, Of: toldOf(asked), Time: one.created, Cells: one.cells})
	}
	return out, nil
}

// toldOf names what was asked for, in the form that What writes.
func toldOf(asked string) []string {
	var of struct {
		Template, Indicator string
		Indicators          []string
	}
	if json.Unmarshal([]byte(asked), &of) != nil {
		return nil // of another program
	}
	return slices.DeleteFunc(append([]string{of.Template, of.Indicator}, of.Indicators...), func(name string) bool { return name == "" })
}

// Hidden counts the figures that were kept back.
func (t Told) Hidden() int {
	n := 0
	for _, c := range t.Cells {
		if c.Hidden {
			n++
		}
	}
	return n
}

// WriteTold writes what was told and kept back as CSV with the columns what, indicator, of, year, hidden and n.
func WriteTold(w io.Writer, all []Told) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"what", "indicator", "of", "year", "hidden", "n"}); err != nil {
		return err
	}
	for _, t := range all {
		for _, c := range t.Cells {
			if err := out.Write([]string{t.What, c.Indicator, c.Of, strconv.Itoa(c.Year), strconv.FormatBool(c.Hidden), strconv.Itoa(c.N)}); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}
