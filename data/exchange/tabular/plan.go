package tabular

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"coopatlas/data/codes"
	"coopatlas/data/form"
	"coopatlas/data/record"
)

// Catalogue gives what a mapping refers to: the questionnaires, and the code lists their choices come from.
type Catalogue interface {
	// Form returns the questionnaire of a kind.
	Form(kind string) (*form.Form, bool)
	// List returns a code list, such as country.csv.
	List(name string) (*codes.List, bool)
	// Country finds a country's code by any name it goes by.
	Country(name string) (string, bool)
}

// plan is a mapping bound to the questionnaires and to the columns of one file.
type plan struct {
	mapping *Mapping
	records []*recordPlan
}

// recordPlan is how one kind of record is made of a row.
type recordPlan struct {
	RecordMapping
	form      *form.Form
	operation record.Operation
	keys      []int      // places of the key columns
	bindings  []*binding // in the order of their paths
	fields    []field    // bindings and constants, in the order of their paths
	// Places of the bindings that the report reads, -1 for none: which unit, which year, when the fiscal year ended.
	subject, year, fiscalEnd int
}

// binding is one rule bound to its question and its column.
type binding struct {
	rule        Rule
	path        record.Path
	question    *form.Question
	column      int // place of the column, -1 for a reference to a record of the row
	refers      int // place of that record's kind in the plan
	name        string
	formats     formats
	dates       []string
	takeYear    bool
	quality     record.Quality
	values      map[string]string                // what the mapping's table says, by the folded text of the cell
	choiceNames map[string]string                // the choices by their folded names and labels; "" for a label of several
	names       map[string]bool                  // those that are names
	lookup      func(text string) (string, bool) // further names of the list's codes; nil where there are none
	readings    map[string]cell                  // of cells read before
}

// bind checks a mapping against the questionnaires and the columns of a file, before a row is looked at. Its errors
// wrap ErrMapping and name the record, the question and the column.
func bind(m *Mapping, catalogue Catalogue, columns []string) (*plan, error) {
	formats, err := formatsOf(m)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMapping, err)
	}
	p := &plan{mapping: m}
	for _, r := range m.Records {
		b := binder{mapping: m, catalogue: catalogue, columns: columns, formats: formats}
		rp, err := b.record(r)
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrMapping, r.Kind, err)
		}
		p.records = append(p.records, rp)
	}
	return p, nil
}

type binder struct {
	mapping   *Mapping
	catalogue Catalogue
	columns   []string
	formats   formats
	form      *form.Form
}

func (b *binder) record(r RecordMapping) (*recordPlan, error) {
	f, ok := b.catalogue.Form(r.Kind)
	if !ok {
		return nil, fmt.Errorf("there is no questionnaire of this kind")
	}
	b.form = f
	rp := &recordPlan{RecordMapping: r, form: f, operation: states[r.State]}
	for _, key := range r.Key {
		place, err := b.column(key)
		if err != nil {
			return nil, fmt.Errorf("key: %w", err)
		}
		rp.keys = append(rp.keys, place)
	}
	rules := maps.Clone(r.Columns)
	if rules == nil {
		rules = map[string]Rule{}
	}
	if r.ReferenceYear != "" {
		year := concept(f, "year")
		if _, twice := rules[year]; year == "" || twice {
			return nil, fmt.Errorf("reference_year: the questionnaire asks for no reference year, or `columns:` answers it too; take one of both out")
		}
		rules[year] = Rule{Column: r.ReferenceYear}
	}
	if err := b.rules(rp, rules); err != nil {
		return nil, err
	}
	slices.SortFunc(rp.fields, func(a, b field) int { return cmp.Compare(a.path, b.path) })
	rp.subject, rp.year, rp.fiscalEnd = rp.place("subject"), rp.place("year"), rp.place("fiscal_end")
	return rp, nil
}

// place returns the place of the binding that feeds an indicator variable, or -1.
func (rp *recordPlan) place(variable string) int {
	path := record.Path(concept(rp.form, variable))
	return slices.IndexFunc(rp.bindings, func(b *binding) bool { return b.path == path })
}

func (b *binder) rules(rp *recordPlan, rules map[string]Rule) error {
	for i, path := range slices.Sorted(maps.Keys(rules)) {
		bound, err := b.rule(path, rules[path])
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		rp.bindings = append(rp.bindings, bound)
		rp.fields = append(rp.fields, field{path: bound.path, binding: i, quality: bound.quality})
	}
	for _, path := range slices.Sorted(maps.Keys(rp.Constants)) {
		if _, twice := rules[path]; twice {
			return fmt.Errorf("%s: it stands under `constants:` and `columns:`; take one of both out", path)
		}
		value, err := b.constant(path, rp.Constants[path])
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		rp.fields = append(rp.fields, field{path: record.Path(path), binding: -1, constant: record.Answer{Value: value}})
	}
	return nil
}

// constant reads an answer that every row has, as if it stood in a cell.
func (b *binder) constant(path, text string) (record.Value, error) {
	bound, err := b.question(path, Rule{})
	if err != nil {
		return record.Value{}, err
	}
	if err := b.vocabulary(bound); err != nil {
		return record.Value{}, err
	}
	c, err := bound.answer(text)
	if err == nil && c.value.IsZero() {
		err = errors.New("the constant is blank; take it out, or give it a value")
	}
	return c.value, err
}

// concept returns the path of the question that feeds an indicator variable; "" where there is none.
func concept(f *form.Form, name string) string {
	if q, ok := f.ByConcept(name); ok {
		return q.Path
	}
	return ""
}

func (b *binder) column(name string) (int, error) {
	place := slices.Index(b.columns, name)
	if place < 0 {
		has := strings.Join(b.columns, ", ")
		if len(b.columns) == 1 {
			has += " alone; if that is several columns, say the `separator:` in the mapping"
		}
		return 0, fmt.Errorf("the file has no column %q; it has %s", name, has)
	}
	return place, nil
}

// rule binds a rule to its question and its column.
func (b *binder) rule(path string, rule Rule) (*binding, error) {
	bound, err := b.question(path, rule)
	if err != nil {
		return nil, err
	}
	if rule.Record != "" {
		bound.column = -1
		bound.refers = slices.IndexFunc(b.mapping.Records, func(r RecordMapping) bool { return r.Kind == rule.Record })
		if bound.question.Kind != rule.Record {
			return nil, fmt.Errorf("the question does not refer to a record of kind %q", rule.Record)
		}
		return bound, nil
	}
	if bound.column, err = b.column(rule.Column); err != nil {
		return nil, err
	}
	if len(rule.Dates) > 0 {
		if bound.dates, err = layouts(rule.Dates); err != nil {
			return nil, err
		}
	}
	return bound, b.vocabulary(bound)
}

// question finds the question of a path, and refuses those that a register cannot answer.
func (b *binder) question(path string, rule Rule) (*binding, error) {
	q, ok := b.form.Question(path)
	switch {
	case !ok:
		return nil, fmt.Errorf("the questionnaire has no question of this path%s", b.similar(path))
	case q.Repeat() != nil:
		return nil, errors.New("the question lies in a repeat, which a row cannot fill; take it out")
	case q.Personal:
		return nil, errors.New("the question is personal, and personal data is entered person by person, not imported from a register; take it out")
	case q.Calculation != nil && len(q.Triggers) == 0 || !q.Stored():
		return nil, errors.New("the question is calculated, or keeps no answer; take it out")
	case !readable(q.Storage()):
		return nil, errors.New("the question keeps a file, a place or a time of day, which are not read from cells; take it out")
	case rule.Take == "year" && q.Storage() != form.StoreNumber:
		return nil, errors.New("`take: year` gives a number, and the question asks for something else")
	}
	bound := &binding{rule: rule, path: record.Path(path), question: q, name: rule.Column, takeYear: rule.Take == "year",
		formats: b.formats, dates: b.formats.dates}
	if rule.Quality != "" {
		bound.quality = record.Quality(rule.Quality[0])
	}
	return bound, nil
}

// readable tells whether cells can give what a question keeps.
func readable(s form.Storage) bool {
	switch s {
	case form.StoreText, form.StoreNumber, form.StoreDate, form.StoreChoice, form.StoreList:
		return true
	}
	return false
}

// similar proposes the question whose name is the last one of a path, or nearly so.
func (b *binder) similar(path string) string {
	name, best, least := path[strings.LastIndexByte(path, '/')+1:], "", 3
	for _, q := range b.form.Questions {
		if d := distance(name, q.Name); d < least && 2*d <= len(name) && q.Stored() {
			best, least = q.Path, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; is it %q?", best)
}

// distance counts the letters that must be put in, taken out or changed to make one name of another (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before, row[j+1] = row[j+1], min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// vocabulary gives a binding the texts it may find in cells: the mapping's table, the question's choices.
func (b *binder) vocabulary(bound *binding) error {
	bound.values, bound.choiceNames, bound.names, bound.readings = map[string]string{}, map[string]string{}, map[string]bool{}, map[string]cell{}
	list := bound.question.File
	if bound.rule.Lookup != "" {
		list = bound.rule.Lookup
	}
	if own, ok := b.form.Lists[bound.question.List]; ok {
		for _, choice := range own.Choices {
			bound.learn(choice.Name, maps.Values(choice.Label))
		}
	} else if list != "" {
		entries, ok := b.catalogue.List(list)
		if !ok {
			return fmt.Errorf("there is no code list %q", list)
		}
		for _, code := range entries.Codes {
			bound.learn(code.Value, maps.Values(code.Labels))
		}
		if list == codes.CountryList {
			bound.lookup = b.catalogue.Country
		}
	}
	for text, value := range b.mapping.Values[bound.rule.Values] {
		if value != "" && len(bound.choiceNames) > 0 {
			name, known := bound.choiceNames[fold(value)]
			if !known || name == "" {
				return fmt.Errorf("the table of values %q says %q, which is not a choice of the question", bound.rule.Values, value)
			}
			value = name
		}
		bound.values[fold(text)] = value
	}
	return nil
}

// learn adds a choice under its name and its labels. A label that two choices share names neither; a name is never
// displaced by a label.
func (b *binding) learn(name string, labels iter.Seq[string]) {
	b.choiceNames[fold(name)], b.names[fold(name)] = name, true
	for label := range labels {
		key := fold(label)
		if other, taken := b.choiceNames[key]; taken && other != name && !b.names[key] {
			b.choiceNames[key] = ""
		} else if !taken {
			b.choiceNames[key] = name
		}
	}
}
