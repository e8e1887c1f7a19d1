package tabular

import (
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
	keys      []int // places of the key columns
	constants map[record.Path]record.Answer
	bindings  []*binding // in the order of their paths
	// The questions that the report reads: which unit, which year, and when the fiscal year ended.
	subject, year, fiscalEnd record.Path
}

// binding is one rule bound to its question and its column.
type binding struct {
	rule        Rule
	path        record.Path
	question    *form.Question
	column      int // place of the column, -1 for a reference to a record of the row
	name        string
	formats     formats
	dates       []string
	takeYear    bool
	quality     record.Quality
	values      map[string]string                // what the mapping's table says, by the folded text of the cell
	choiceNames map[string]string                // the choices of the question by their folded names and labels
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
	rp := &recordPlan{RecordMapping: r, form: f, operation: states[r.State], constants: map[record.Path]record.Answer{}}
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
	rp.subject, rp.year, rp.fiscalEnd = concept(f, "subject"), concept(f, "year"), concept(f, "fiscal_end")
	if r.ReferenceYear != "" {
		if rp.year == "" {
			return nil, fmt.Errorf("reference_year: the questionnaire asks for no reference year")
		}
		rules[string(rp.year)] = Rule{Column: r.ReferenceYear}
	}
	return rp, b.rules(rp, rules)
}

func (b *binder) rules(rp *recordPlan, rules map[string]Rule) error {
	for _, path := range slices.Sorted(maps.Keys(rules)) {
		bound, err := b.rule(path, rules[path])
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		rp.bindings = append(rp.bindings, bound)
	}
	for _, path := range slices.Sorted(maps.Keys(rp.Constants)) {
		bound, err := b.rule(path, Rule{Column: b.columns[0]})
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		c, err := bound.answer(rp.Constants[path])
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		rp.constants[record.Path(path)] = record.Answer{Value: c.value}
	}
	return nil
}

// concept returns the path of the question that feeds an indicator variable; "" where there is none.
func concept(f *form.Form, name string) record.Path {
	if q, ok := f.ByConcept(name); ok {
		return record.Path(q.Path)
	}
	return ""
}

func (b *binder) column(name string) (int, error) {
	place := slices.Index(b.columns, name)
	if place < 0 {
		return 0, fmt.Errorf("the file has no column %q; it has %s", name, strings.Join(b.columns, ", "))
	}
	return place, nil
}

func (b *binder) rule(path string, rule Rule) (*binding, error) {
	q, ok := b.form.Question(path)
	switch {
	case !ok:
		return nil, fmt.Errorf("the questionnaire has no question of this path")
	case q.Repeat() != nil:
		return nil, fmt.Errorf("the question lies in a repeat, which a row cannot fill")
	case q.Personal:
		return nil, fmt.Errorf("the question is personal, and personal data is entered person by person, not imported from a register")
	case q.Calculation != nil || !q.Stored():
		return nil, fmt.Errorf("the question is calculated, or keeps no answer")
	}
	bound := &binding{rule: rule, path: record.Path(path), question: q, formats: b.formats, column: -1, name: rule.Column, takeYear: rule.Take == "year"}
	if rule.Quality != "" {
		bound.quality = record.Quality(rule.Quality[0])
	}
	if rule.Record != "" {
		if q.Kind != rule.Record {
			return nil, fmt.Errorf("the question does not refer to a record of kind %q", rule.Record)
		}
		return bound, nil
	}
	var err error
	if bound.column, err = b.column(rule.Column); err != nil {
		return nil, err
	}
	bound.dates = b.formats.dates
	if len(rule.Dates) > 0 {
		if bound.dates, err = layouts(rule.Dates); err != nil {
			return nil, err
		}
	}
	return bound, b.vocabulary(bound)
}

// vocabulary gives a binding the texts it may find in cells: the mapping's table, the question's choices.
func (b *binder) vocabulary(bound *binding) error {
	bound.values, bound.choiceNames, bound.readings = map[string]string{}, map[string]string{}, map[string]cell{}
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
		if _, known := bound.choiceNames[fold(value)]; value != "" && len(bound.choiceNames) > 0 && !known {
			return fmt.Errorf("the table of values %q says %q, which is not a choice of the question", bound.rule.Values, value)
		}
		bound.values[fold(text)] = value
	}
	return nil
}

// learn adds a choice under its name and its labels; a name is never displaced by another choice's label.
func (b *binding) learn(name string, labels iter.Seq[string]) {
	b.choiceNames[fold(name)] = name
	for label := range labels {
		if _, taken := b.choiceNames[fold(label)]; !taken {
			b.choiceNames[fold(label)] = name
		}
	}
}
