package indicator

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"
)

// About is what a quality sheet says that a frame does not know.
type About struct {
	Contact       string `json:"contact"`
	ReleasePolicy string `json:"release_policy"`
	Revision      string `json:"revision_policy"`
	Coherence     string `json:"coherence"` // how figures compare with official ones and with aggregate returns
	Frame         string `json:"frame"`     // where the list of cooperatives comes from
	Program       string `json:"program"`   // name and version of what made the release
	Release       string `json:"release"`   // its id; "" for figures that are not released
}

// Sheet is a quality sheet of a release under the headings of the European
// Single Integrated Metadata Structure (SIMS): the numbers and names for a
// document to put into words. Percentages have one decimal; -1 is not known.
type Sheet struct {
	Contact         string            `json:"contact"`
	Description     []Described       `json:"description"` // and unit of measure
	ReferencePeriod [2]int            `json:"reference_period"`
	Coverage        CoverageSheet     `json:"coverage"`
	Confidentiality ConfidentialSheet `json:"confidentiality"`
	ReleasePolicy   string            `json:"release_policy"`
	Accuracy        AccuracySheet     `json:"accuracy"`
	Timeliness      TimelinessSheet   `json:"timeliness"`
	Comparability   []Break           `json:"comparability"` // where lines break; other years are comparable
	Coherence       string            `json:"coherence"`
	RevisionPolicy  string            `json:"revision_policy"`
	Processing      ProcessingSheet   `json:"processing"`
	Trace           []Phase           `json:"trace"`
}

// Described is one indicator of a release.
type Described struct {
	Code     string `json:"code"`
	Name     Text   `json:"name"`
	Question Text   `json:"question"`
	Unit     string `json:"unit"`
	Missing  Text   `json:"missing"`
	Pitfall  Text   `json:"pitfall"`
	Basis    Basis  `json:"basis"`
}

// CoverageSheet says whom the figures are about.
type CoverageSheet struct {
	Frame     string             `json:"frame"`
	Countries []string           `json:"countries"`
	Mapped    map[int]int        `json:"mapped"` // active cooperatives by year
	Share     map[string]float64 `json:"share"`  // of the known population in the last year, by country; unknown ones are left out
}

// ConfidentialSheet says how much is hidden. The rules' parameters stay out of
// print.
type ConfidentialSheet struct {
	Controlled bool `json:"controlled"` // at least one result is under disclosure control and hides cells
	Hidden     int  `json:"hidden"`     // figures
	Of         int  `json:"of"`
}

// AccuracySheet is about what is missing.
type AccuracySheet struct {
	UnitResponse map[int]float64    `json:"unit_response"` // percent of those eligible, by year
	ItemResponse map[string]float64 `json:"item_response"` // percent of active cooperatives with a value, by indicator, all years
	Imputed      map[string]float64 `json:"imputed"`       // largest share of a figure, by indicator
	Carried      map[string]float64 `json:"carried_forward"`
	// Estimated are the frames and weights of estimated totals, by indicator.
	Estimated map[string]*Estimated `json:"estimated,omitempty"`
	Notes     []Note                `json:"notes"` // of all results, each with its largest count
}

// TimelinessSheet says how late the figures are.
type TimelinessSheet struct {
	Newest time.Time `json:"newest"` // of the data used
	Days   int       `json:"days"`   // from the end of the last reference year until then
}

// ProcessingSheet says what the figures were made of.
type ProcessingSheet struct {
	Frame   string         `json:"frame"`
	Release string         `json:"release"`
	Program string         `json:"program"`
	States  map[string]int `json:"states"` // records by state
	Money   []MoneyUsed    `json:"money"`
}

// Break is a year from which a line starts anew.
type Break struct {
	Indicator string   `json:"indicator"`
	Keys      []string `json:"keys"` // as Point.Keys
}

// Phase is one step of the Generic Statistical Business Process Model, with what
// the frame shows of it.
type Phase struct {
	Name   string `json:"name"` // needs, design, collect, process, analyse, disseminate, evaluate
	Traces string `json:"traces"`
}

// Quality fills a quality sheet from a frame and the results that a release
// prints. It needs at least one result.
func Quality(ctx context.Context, src Source, about About, results ...*Result) (*Sheet, error) {
	if len(results) == 0 {
		return nil, fmt.Errorf("a quality sheet needs at least one result")
	}
	s := &Sheet{
		Contact: about.Contact, ReleasePolicy: about.ReleasePolicy, Coherence: about.Coherence, RevisionPolicy: about.Revision,
		Processing: ProcessingSheet{Frame: src.ID(), Release: about.Release, Program: about.Program, States: states(src)},
	}
	for _, r := range results {
		if r.Frame != src.ID() {
			return nil, fmt.Errorf("%s was computed over another frame: compute it anew", r.Indicator)
		}
		s.describe(r)
	}
	s.Timeliness = TimelinessSheet{src.Newest(), int(Days(src.Newest()) - lastDay(s.ReferencePeriod[1]))}
	if err := s.cover(ctx, src, about); err != nil {
		return nil, err
	}
	if err := s.accuracy(ctx, src, results); err != nil {
		return nil, err
	}
	s.trace(src)
	return s, nil
}

// describe takes in one result.
func (s *Sheet) describe(r *Result) {
	d := Described{Code: r.Indicator, Name: r.Name, Unit: r.Unit, Basis: r.Basis}
	if i, ok := Find(r.Indicator); ok {
		d.Question, d.Missing, d.Pitfall = i.Question, i.Missing, i.Pitfall
	}
	s.Description = append(s.Description, d)
	for i, broken := range r.breaks() {
		pt := &r.Points[i]
		if first := s.ReferencePeriod[0]; first == 0 || pt.Year < first {
			s.ReferencePeriod[0] = pt.Year
		}
		s.ReferencePeriod[1] = max(s.ReferencePeriod[1], pt.Year)
		if broken {
			s.Comparability = append(s.Comparability, Break{r.Indicator, pt.Keys})
		}
		if s.Confidentiality.Of++; pt.Hidden {
			s.Confidentiality.Hidden++
			s.Confidentiality.Controlled = true
		}
	}
	if m := r.Money; m != nil && !slices.ContainsFunc(s.Processing.Money, func(have MoneyUsed) bool {
		return have.Kind == m.Kind && have.Base == m.Base && have.Vintage == m.Vintage
	}) {
		s.Processing.Money = append(s.Processing.Money, *m)
	}
}

// cover says whom the frame reaches.
func (s *Sheet) cover(ctx context.Context, src Source, about About) error {
	s.Coverage = CoverageSheet{Frame: about.Frame, Mapped: map[int]int{}, Share: map[string]float64{}}
	r, err := Compute(ctx, src, Query{Indicator: "I01", By: []string{"country"}, From: s.ReferencePeriod[0], To: s.ReferencePeriod[1]})
	if err != nil {
		return err
	}
	for _, pt := range r.Points {
		s.Coverage.Mapped[pt.Year] += pt.N
		country := pt.Keys[1]
		if country != Unknown && pt.N > 0 && !slices.Contains(s.Coverage.Countries, country) {
			s.Coverage.Countries = append(s.Coverage.Countries, country)
		}
		if pt.Year == s.ReferencePeriod[1] && pt.Coverage != nil {
			s.Coverage.Share[country] = *pt.Coverage
		}
	}
	sort.Strings(s.Coverage.Countries)
	return nil
}

// accuracy says what is missing of units and items.
func (s *Sheet) accuracy(ctx context.Context, src Source, results []*Result) error {
	s.Accuracy = AccuracySheet{UnitResponse: map[int]float64{}, ItemResponse: map[string]float64{}, Imputed: map[string]float64{}, Carried: map[string]float64{}, Estimated: map[string]*Estimated{}}
	response, err := Compute(ctx, src, Query{Indicator: "I03", From: s.ReferencePeriod[0], To: s.ReferencePeriod[1]})
	if err != nil {
		return err
	}
	for _, pt := range response.Points {
		if s.Accuracy.UnitResponse[pt.Year] = -1; pt.Known {
			s.Accuracy.UnitResponse[pt.Year] = round(pt.Value.Float(), 1)
		}
	}
	for _, r := range results {
		code := r.Indicator
		if err := s.item(ctx, src, code); err != nil {
			return err
		}
		for i := range r.Points {
			s.Accuracy.Imputed[code] = max(s.Accuracy.Imputed[code], r.Points[i].Imputed.Share)
			s.Accuracy.Carried[code] = max(s.Accuracy.Carried[code], r.Points[i].CarriedForward.Share)
		}
		if r.Estimated != nil {
			s.Accuracy.Estimated[code] = r.Estimated
		}
		s.note(r.Notes)
	}
	return nil
}

// item works out the item response: active cooperatives, or other records, with
// a value of all of them.
func (s *Sheet) item(ctx context.Context, src Source, code string) error {
	s.Accuracy.ItemResponse[code] = -1
	ind, ok := Find(code)
	concepts := ind.reads()
	if !ok || len(concepts) == 0 {
		return nil
	}
	count := Indicator{Code: ind.Code, Kind: ind.Kind, Formula: Count}
	p, err := newPanel(ctx, prepared(src).of(ind), count, Query{From: s.ReferencePeriod[0], To: s.ReferencePeriod[1]})
	if err != nil {
		return err
	}
	valid, all := 0, 0
	c, err := p.column(concepts[0])
	if err != nil {
		return err
	}
	for row, f := range p.flags {
		if f&(used|active) == used|active && p.inRange(row) {
			if all++; c != nil && c.Valid.Get(row) {
				valid++
			}
		}
	}
	if all > 0 {
		s.Accuracy.ItemResponse[code] = round(100*float64(valid)/float64(all), 1)
	}
	return nil
}

// note keeps the largest count of each remark.
func (s *Sheet) note(notes []Note) {
	for _, n := range notes {
		at := slices.IndexFunc(s.Accuracy.Notes, func(have Note) bool { return have.Key == n.Key })
		switch {
		case at < 0:
			s.Accuracy.Notes = append(s.Accuracy.Notes, n)
		case n.Count > s.Accuracy.Notes[at].Count:
			s.Accuracy.Notes[at] = n
		}
	}
}

// states counts the mapping records by state.
func states(src Source) map[string]int {
	out := map[string]int{}
	c, err := column(src, kindMapping, "state")
	for row := range src.Rows(kindMapping) {
		text, ok := c.Text(row)
		if err != nil || !ok {
			text = Unknown
		}
		out[text]++
	}
	return out
}

// trace follows the phases of the process model.
func (s *Sheet) trace(src Source) {
	var codes []string
	for _, d := range s.Description {
		codes = append(codes, d.Code)
	}
	counts := func(m map[string]int) string {
		var parts []string
		for _, k := range sortedKeys(m) {
			parts = append(parts, fmt.Sprintf("%s %d", k, m[k]))
		}
		return strings.Join(parts, ", ")
	}
	weighted := ""
	if of := sortedKeys(s.Accuracy.Estimated); len(of) > 0 {
		weighted = "; weighted to the known population: " + strings.Join(of, ", ")
	}
	s.Trace = []Phase{
		{"needs", strings.Join(codes, ", ")},
		{"design", fmt.Sprintf("%d to %d", s.ReferencePeriod[0], s.ReferencePeriod[1])},
		{"collect", fmt.Sprintf("%d records", src.Rows(kindMapping))},
		{"process", counts(s.Processing.States) + weighted},
		{"analyse", fmt.Sprintf("%d of %d figures hidden", s.Confidentiality.Hidden, s.Confidentiality.Of)},
		{"disseminate", s.Processing.Release},
		{"evaluate", fmt.Sprintf("%d breaks", len(s.Comparability))},
	}
}
