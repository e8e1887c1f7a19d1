package indicator

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

var rateColumns = []string{"kind", "of", "year", "value", "source", "vintage"}

// RateProblem is a line of a table of rates that cannot be used, and why.
type RateProblem struct {
	Line    int    `json:"line"`
	Message string `json:"message"`
}

// String is the problem as one sentence that names the line.
func (p RateProblem) String() string { return fmt.Sprintf("line %d: %s", p.Line, p.Message) }

// ReadRates reads a table of rates from CSV with the columns kind, of, year,
// value, source and vintage, in any order. Every error names the line. One table
// has one vintage; several sources are listed in the order in which they come.
func ReadRates(r io.Reader) (*Rates, error) {
	out, problems, err := ReadRateTable(r, "", "")
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return nil, fmt.Errorf("table of rates, %s", problems[0])
	}
	return out, nil
}

// ReadRateTable reads a table of rates as ReadRates does, and names every line
// that cannot be used instead of the first only. Where source or vintage are
// given, the table need not have that column, and lines may leave it blank; a
// line that says otherwise is a problem. The error is for what is no such table.
func ReadRateTable(r io.Reader, source, vintage string) (*Rates, []RateProblem, error) {
	in := csv.NewReader(r)
	header, err := in.Read()
	if err != nil {
		return nil, nil, fmt.Errorf("the table of rates cannot be read: %w", err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	given := map[string]string{"source": source, "vintage": vintage}
	at := map[string]int{}
	for _, name := range rateColumns {
		if at[name] = slices.Index(header, name); at[name] < 0 && given[name] == "" {
			return nil, nil, fmt.Errorf("the table of rates has no column %q; it needs %s", name, strings.Join(rateColumns, ", "))
		}
	}
	out := &Rates{lines: map[rateKey]*big.Rat{}}
	var problems []RateProblem
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return out, problems, nil
		}
		if err != nil {
			return nil, problems, fmt.Errorf("the table of rates cannot be read: %w", err)
		}
		number, _ := in.FieldPos(0)
		err = out.add(func(name string) string {
			if at[name] < 0 {
				return given[name]
			}
			return cmp.Or(strings.TrimSpace(cells[at[name]]), given[name])
		}, given)
		if err != nil {
			problems = append(problems, RateProblem{number, err.Error()})
		}
	}
}

// add takes one line.
func (t *Rates) add(cell func(string) string, given map[string]string) error {
	key := rateKey{kind: RateKind(cell("kind")), of: cell("of")}
	if !slices.Contains(rateKinds[:], key.kind) {
		return fmt.Errorf("kind: %q is unknown; use one of %v", key.kind, rateKinds)
	}
	if key.of == "" {
		return errors.New("of: name the currency or the country")
	}
	var err error
	if key.kind != RateFixed {
		if key.year, err = strconv.Atoi(cell("year")); err != nil || key.year < 1000 || key.year > 9999 {
			return fmt.Errorf("year: %q is no year", cell("year"))
		}
	}
	value := new(big.Rat)
	if key.kind != RateHyper {
		if value, err = positive(cell("value")); err != nil {
			return err
		}
	}
	if before, twice := t.lines[key]; twice && before.Cmp(value) != 0 {
		return fmt.Errorf("value: %s of %s, %d stands twice with different values", key.kind, key.of, key.year)
	}
	if err := t.from(cell("source"), cell("vintage"), given); err != nil {
		return err
	}
	t.lines[key] = value
	return nil
}

// from notes who published a line, and when.
func (t *Rates) from(source, vintage string, given map[string]string) error {
	if want := given["vintage"]; want != "" && vintage != want {
		return fmt.Errorf("vintage: %q, where the import says %q", vintage, want)
	}
	if t.Vintage == "" {
		t.Vintage = vintage
	} else if vintage != t.Vintage {
		return fmt.Errorf("vintage: %q and %q are two tables; import them one by one", t.Vintage, vintage)
	}
	if source != t.Source && !slices.Contains(strings.Split(t.Source, "; "), source) {
		t.Source = strings.TrimPrefix(t.Source+"; "+source, "; ")
	}
	return nil
}

// Len is how many lines the table has.
func (t *Rates) Len() int { return len(t.lines) }

// Years are the first and the last year of the table, 0 where it has none.
func (t *Rates) Years() (from, to int) {
	for key := range t.lines {
		if key.year != 0 && (from == 0 || key.year < from) {
			from = key.year
		}
		to = max(to, key.year)
	}
	return from, to
}

// RateLine is one line of a table of rates as it is written.
type RateLine struct {
	Kind  RateKind `json:"kind"`
	Of    string   `json:"of"`              // the currency or the country
	Year  int      `json:"year,omitempty"`  // 0 for a fixed rate, which has none
	Value string   `json:"value,omitempty"` // empty for hyperinflation, which has none
}

// Lines are the lines of the table in the order of kind, currency or country,
// and year.
func (t *Rates) Lines() []RateLine {
	keys := slices.SortedFunc(maps.Keys(t.lines), func(a, b rateKey) int {
		return cmp.Or(strings.Compare(string(a.kind), string(b.kind)), strings.Compare(a.of, b.of), cmp.Compare(a.year, b.year))
	})
	out := make([]RateLine, len(keys))
	for i, key := range keys {
		out[i] = RateLine{Kind: key.kind, Of: key.of, Year: key.year}
		if key.kind != RateHyper {
			out[i].Value = shortest(t.lines[key])
		}
	}
	return out
}

// Write writes the lines as CSV with the columns kind, of, year and value, in one
// order, so that the same table always gives the same bytes. ReadRateTable reads
// it when source and vintage are given.
func (t *Rates) Write(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(rateColumns[:4]); err != nil {
		return err
	}
	for _, line := range t.Lines() {
		year := ""
		if line.Year != 0 {
			year = strconv.Itoa(line.Year)
		}
		if err := out.Write([]string{string(line.Kind), line.Of, year, line.Value}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// shortest writes a decimal number with no more digits than it has.
func shortest(value *big.Rat) string {
	digits, _ := value.FloatPrec()
	return value.FloatString(digits)
}
