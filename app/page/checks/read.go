package checks

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"

	"coopatlas/app/kit"
	"coopatlas/data/check"
	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
)

// Columns of the list.
const (
	columnInfluence = "influence"
	columnName      = "name"
	columnQuestion  = "question"
	columnSeen      = "seen"
	columnExpected  = "expected"
	columnFactor    = "factor"
	columnRule      = "rule"
	columnYear      = "year"
	columnCountry   = "country"
	columnStand     = "stand"
)

// source is what was found, with what has become of it. Its methods are called from jobs.
type source struct {
	space *workspace.Workspace
	say   *words.Words

	mutex sync.Mutex
	at    choice
	look  *check.Look
	all   []workspace.Checked
	order order // of those that are listed
}

// order is a list of places in all, for one choice and one sorting.
type order struct {
	valid      bool
	at         choice
	sort       string
	descending bool
	places     []int
}

// overview is what the filters offer.
type overview struct {
	years     []int
	countries []kit.Option
	waves     []kit.Option
	total     int // findings, wherever they stand
	records   int
}

// read looks through the present records.
func (s *source) read(ctx context.Context) (overview, error) {
	frame, err := s.space.Store.Frame(ctx)
	if err != nil {
		return overview{}, err
	}
	defer frame.Close()
	look, err := check.Through(ctx, frame)
	if err != nil {
		return overview{}, err
	}
	all, err := s.space.Checks(ctx, look, check.Config{})
	if err != nil {
		return overview{}, err
	}
	s.mutex.Lock()
	s.look, s.all, s.order = look, all, order{}
	s.mutex.Unlock()
	out := overview{years: look.Years(), total: len(all), records: frame.Rows("mapping")}
	out.countries = s.countries(all)
	out.waves, err = s.waves(ctx)
	return out, err
}

// countries are those of findings, by name.
func (s *source) countries(all []workspace.Checked) []kit.Option {
	seen := map[string]bool{}
	for i := range all {
		seen[all[i].Country] = all[i].Country != ""
	}
	var out []kit.Option
	for code, known := range seen {
		if known {
			out = append(out, kit.Option{Value: code, Label: s.country(code)})
		}
	}
	slices.SortFunc(out, func(a, b kit.Option) int { return strings.Compare(a.Label, b.Label) })
	return out
}

// country is what people call a country.
func (s *source) country(code string) string {
	if list, ok := s.space.List("country.csv"); ok {
		if c, ok := list.Code(code); ok {
			return c.Label(s.say.Language())
		}
	}
	return code
}

// waves are those of the workspace, the newest first.
func (s *source) waves(ctx context.Context) ([]kit.Option, error) {
	rows, err := s.space.Store.List(ctx, "wave", store.Query{Columns: []string{}, Sort: []store.Order{{Column: "year", Descending: true}, {Column: "label"}}})
	var out []kit.Option
	for _, row := range rows {
		out = append(out, kit.Option{Value: row.Record.String(), Label: row.Label})
	}
	return out, err
}

// set changes what is listed.
func (s *source) set(at choice) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.at = at
}

// counts are how many findings each rule has under the other filters, the sum under "".
func (s *source) counts() map[check.Rule]int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	out := map[check.Rule]int{}
	for i := range s.all {
		if s.at.but(&s.all[i]) {
			out[s.all[i].Rule]++
			out[""]++
		}
	}
	return out
}

// find returns a finding by its key.
func (s *source) find(key string) (workspace.Checked, bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for i := range s.all {
		if s.all[i].Key() == key {
			return s.all[i], true
		}
	}
	return workspace.Checked{}, false
}

// put changes where a finding stands, without looking through the records again.
func (s *source) put(key string, stand workspace.Stand, query *workspace.Query) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for i := range s.all {
		if s.all[i].Key() == key {
			s.all[i].Stand, s.all[i].Query = stand, query
		}
	}
	s.order.valid = false
}

// fetch reads a part of the list.
func (s *source) fetch(ctx context.Context, q kit.TableQuery) (kit.TablePage, error) {
	s.mutex.Lock()
	places := s.listed(q)
	out := kit.TablePage{Total: len(places)}
	from := min(q.Offset, len(places))
	var part []workspace.Checked
	for _, i := range places[from:min(from+q.Limit, len(places))] {
		part = append(part, s.all[i])
	}
	s.mutex.Unlock()
	names, err := s.space.CheckedNames(ctx, part)
	if err != nil {
		return out, err
	}
	for _, c := range part {
		out.Rows = append(out.Rows, s.row(c, names[c.Record]))
	}
	return out, nil
}

// listed are the places of the findings that pass the filters, sorted.
func (s *source) listed(q kit.TableQuery) []int {
	if o := &s.order; o.valid && o.at == s.at && o.sort == q.Sort && o.descending == q.Descending {
		return o.places
	}
	var places []int
	for i := range s.all {
		if s.at.keeps(&s.all[i]) {
			places = append(places, i)
		}
	}
	if by := s.comparison(q.Sort); by != nil {
		slices.SortStableFunc(places, func(a, b int) int {
			if q.Descending {
				a, b = b, a
			}
			return by(&s.all[a], &s.all[b])
		})
	}
	s.order = order{true, s.at, q.Sort, q.Descending, places}
	return places
}

// comparison is how findings are sorted by a column; nil keeps their order, which is that of their influence.
func (s *source) comparison(column string) func(a, b *workspace.Checked) int {
	switch column {
	case columnInfluence:
		return func(a, b *workspace.Checked) int { return cmp.Compare(a.Influence, b.Influence) }
	case columnQuestion:
		return func(a, b *workspace.Checked) int {
			return strings.Compare(s.question(a.Concept), s.question(b.Concept))
		}
	case columnFactor:
		return func(a, b *workspace.Checked) int { return cmp.Compare(a.Factor, b.Factor) }
	case columnRule:
		return func(a, b *workspace.Checked) int {
			return cmp.Compare(slices.Index(check.Rules(), a.Rule), slices.Index(check.Rules(), b.Rule))
		}
	case columnYear:
		return func(a, b *workspace.Checked) int { return cmp.Compare(a.Year, b.Year) }
	case columnCountry:
		return func(a, b *workspace.Checked) int { return strings.Compare(a.Country, b.Country) }
	case columnStand:
		return func(a, b *workspace.Checked) int {
			return cmp.Compare(slices.Index(workspace.Stands(), a.Stand), slices.Index(workspace.Stands(), b.Stand))
		}
	}
	return nil
}

// columns are those of the list.
func (s *source) columns() []kit.TableColumn {
	title := func(name string) string { return s.say.Say("checks.column." + name) }
	return []kit.TableColumn{
		{Name: columnInfluence, Title: title(columnInfluence), Width: 96, Number: true, Sorts: true},
		{Name: columnName, Title: title(columnName), Width: 190},
		{Name: columnQuestion, Title: title(columnQuestion), Width: 150, Sorts: true},
		{Name: columnSeen, Title: title(columnSeen), Width: 108, Number: true},
		{Name: columnExpected, Title: title(columnExpected), Width: 108, Number: true},
		{Name: columnRule, Title: title(columnRule), Width: 96, Sorts: true},
		{Name: columnFactor, Title: title(columnFactor), Width: 76, Number: true, Sorts: true, Hidden: true},
		{Name: columnYear, Title: title(columnYear), Width: 70, Number: true, Sorts: true, Hidden: true},
		{Name: columnCountry, Title: title(columnCountry), Width: 120, Sorts: true, Hidden: true},
		{Name: columnStand, Title: title(columnStand), Width: 120, Sorts: true, Hidden: true},
	}
}

// row is a finding in the list.
func (s *source) row(c workspace.Checked, name string) kit.TableRow {
	speaker := s.speaker()
	cells := map[string]kit.Cell{
		columnName: {Text: name}, columnQuestion: {Text: s.question(c.Concept)}, columnSeen: {Text: speaker.Number(c.Finding, c.Seen)},
		columnExpected: {Text: speaker.Number(c.Finding, c.Expected)}, columnFactor: {Text: speaker.Factor(c.Factor)}, columnRule: {Text: speaker.Rule(c.Rule)},
		columnYear: {Text: yearText(c.Year)}, columnCountry: {Text: s.country(c.Country)}, columnStand: s.stand(c.Stand), columnInfluence: {Text: "–"},
	}
	if c.Influence > 0 {
		cells[columnInfluence] = kit.Cell{Text: s.say.Percent(c.Influence, 2)}
	}
	return kit.TableRow{Key: c.Key(), Cells: cells}
}

func yearText(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// stand is where a finding stands, as a cell.
func (s *source) stand(of workspace.Stand) kit.Cell {
	return kit.Tell(looks[of], s.say.Say("checks.stand."+string(of)))
}

// looks are the looks of the stands.
var looks = map[workspace.Stand]kit.State{
	workspace.StandOpen: kit.Neutral, workspace.StandAsked: kit.Active, workspace.StandAnswered: kit.Accent, workspace.StandAccepted: kit.Good, workspace.StandSettled: kit.Good,
}

// speaker puts findings into the person's words.
func (s *source) speaker() check.Speaker { return check.Speaker{Words: s.say, Label: s.question} }

// question is what the question of a concept asks.
func (s *source) question(concept string) string {
	if f, ok := s.space.Form("mapping"); ok {
		if q, ok := f.ByConcept(concept); ok {
			return short(q.Label.In(s.say.Language(), f.DefaultLanguage))
		}
	}
	return concept
}

// short takes the beginning off a label that goes on from the one before it.
func short(label string) string {
	for _, start := range []string{"of which ", "dont "} {
		if rest, ok := strings.CutPrefix(label, start); ok {
			letters := []rune(rest)
			return strings.ToUpper(string(letters[:1])) + string(letters[1:])
		}
	}
	return label
}

// detail is what stands beside the list of one finding.
type detail struct {
	workspace.Checked
	name  string
	steps []check.Step
}

// detail reads what stands beside the list.
func (s *source) detail(ctx context.Context, c workspace.Checked) (detail, error) {
	out := detail{Checked: c}
	names, err := s.space.CheckedNames(ctx, []workspace.Checked{c})
	if err != nil {
		return out, err
	}
	out.name = names[c.Record]
	if out.Subject == "" {
		if err := s.complete(ctx, &out); err != nil {
			return out, err
		}
	}
	s.mutex.Lock()
	look := s.look
	s.mutex.Unlock()
	out.steps, err = look.History(out.Finding)
	return out, err
}

// complete reads the cooperative of a finding that is known from its query only.
func (s *source) complete(ctx context.Context, d *detail) error {
	f, err := s.space.MustKnow("mapping")
	if err != nil {
		return err
	}
	id, err := record.ParseID(d.Record)
	if err != nil {
		return err
	}
	state, err := s.space.Store.State(ctx, id)
	if err != nil {
		return err
	}
	d.Subject, d.Currency = answerOf(f, state, "subject"), ""
	if q, ok := f.ByConcept(d.Concept); ok && q.Money() {
		d.Currency = answerOf(f, state, "currency")
	}
	return nil
}

// answerOf is the answer to the question of a concept.
func answerOf(f *form.Form, state record.State, concept string) string {
	if q, ok := f.ByConcept(concept); ok {
		return state.Fields[record.Path(q.Path)].Value.String()
	}
	return ""
}
