package tabular

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"coopatlas/data/record"
	"gopkg.in/yaml.v3"
)

// ErrMapping is wrapped where a mapping file cannot be used; the error says why, and where.
var ErrMapping = errors.New("the mapping cannot be used")

// Mapping says how the columns of a file become the answers of records.
type Mapping struct {
	// Source names the register. It enters the ids of the records, so that it must not change between imports.
	Source string `yaml:"source"`
	// Attribution is the line that briefs print for the source, as its licence asks.
	Attribution string `yaml:"attribution"`
	// SourcePublic says that the register publishes its figures per cooperative.
	SourcePublic bool `yaml:"source_public"`
	// Encoding is utf-8 (with or without mark; the default), utf-16 or windows-1252.
	Encoding string `yaml:"encoding"`
	// Separator is the character between cells; found from the first line where it is not given.
	Separator string `yaml:"separator"`
	// Sheet names the sheet of a workbook; the first where it is not given.
	Sheet string `yaml:"sheet"`
	// Decimal is the mark before the decimals, "." where it is not given; Group stands between thousands.
	Decimal string `yaml:"decimal"`
	Group   string `yaml:"group"`
	// Dates are the ways dates are written, such as YYYY-MM-DD (the default) or D/M/YYYY.
	Dates []string `yaml:"dates"`
	// Missing are the cells that say nothing, beside the empty one, such as "n/a" or ".".
	Missing []string `yaml:"missing"`
	// Values are tables from what a cell says to what is stored, by name.
	Values map[string]map[string]string `yaml:"values"`
	// Records are the kinds of record that each row gives, those that others refer to first.
	Records []RecordMapping `yaml:"records"`
}

// Written is what the mapping says of how the file is written.
func (m *Mapping) Written() Written {
	return Written{Encoding: m.Encoding, Separator: m.Separator, Sheet: m.Sheet, Decimal: m.Decimal}
}

// RecordMapping says how a row gives one record of one kind.
type RecordMapping struct {
	Kind string `yaml:"kind"`
	// Key are the columns that name the record within the source.
	Key []string `yaml:"key"`
	// Repeated says that the register repeats the record's columns on several rows (a cooperative's on each of its
	// years). The last cell that is not blank counts, also over several files. Else a repeated key is an error of the
	// row.
	Repeated bool `yaml:"repeated"`
	// State is saved (the default), submitted or validated.
	State string `yaml:"state"`
	// ReferenceYear is the column of the reference year: the year the register publishes the row under.
	ReferenceYear string `yaml:"reference_year"`
	// Constants are answers that every row has, by the question's path.
	Constants map[string]string `yaml:"constants"`
	// Columns are rules by the question's path.
	Columns map[string]Rule `yaml:"columns"`
}

// Rule says how one question is answered from a row. A rule that is only a column's name takes the cell as it is.
type Rule struct {
	Column string `yaml:"column"`
	// Values names a table of Mapping.Values.
	Values string `yaml:"values"`
	// Lookup names a code list, such as country.csv, in which the cell is looked up by code and by name.
	Lookup string `yaml:"lookup"`
	// Split are characters at which the cell is cut into parts; the first part that Values or Lookup knows counts,
	// or the last with Take: last.
	Split string `yaml:"split"`
	Take  string `yaml:"take"` // first, last, or year: the year of a date
	// Dates override Mapping.Dates.
	Dates []string `yaml:"dates"`
	// Unknown says what becomes of a cell that cannot be read: refuse (the row, the default) or blank, with a warning.
	Unknown string `yaml:"unknown"`
	// Record refers to the record of an earlier kind that the same row gives.
	Record string `yaml:"record"`
	// Quality is the grade of the answers: A, D, E or I.
	Quality string `yaml:"quality"`
}

// UnmarshalYAML reads a rule, or the name of a column alone.
func (r *Rule) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		r.Column = node.Value
		return nil
	}
	type plain Rule
	return strictly(node, (*plain)(r))
}

// strictly decodes a node and refuses keys that the target does not have, naming their lines.
func strictly(node *yaml.Node, into any) error {
	var b bytes.Buffer
	if err := yaml.NewEncoder(&b).Encode(node); err != nil {
		return err
	}
	d := yaml.NewDecoder(&b)
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("line %d: %w", node.Line, err)
	}
	return nil
}

// ParseMapping reads a mapping file. Its errors wrap ErrMapping and name the line or the entry.
func ParseMapping(data []byte) (*Mapping, error) {
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	var m Mapping
	if err := d.Decode(&m); err != nil {
		return nil, fmt.Errorf("%w: %s", ErrMapping, oneLine(err))
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMapping, err)
	}
	return &m, nil
}

// What a YAML reader says in the words of Go.
var (
	nested      = regexp.MustCompile(`(line \d+: )(?:yaml: )?unmarshal errors: line \d+: `)
	unknownKey  = regexp.MustCompile(`(field \S+ not found) in type \S+`)
	wrongKind   = regexp.MustCompile("cannot unmarshal !!(\\w+)(?: `([^`]*)`)? into (\\S+)")
	yamlKinds   = map[string]string{"seq": "a list", "map": "entries", "str": "a text", "int": "a number", "float": "a number", "bool": "yes or no"}
	wantedKinds = map[string]string{"string": "one text", "[]string": "a list, such as [a, b]", "bool": "true or false"}
)

// oneLine says what a YAML reader says, on one line and without its type names.
func oneLine(err error) string {
	if errors.Is(err, io.EOF) {
		return "it is empty"
	}
	first := strings.Join(strings.Fields(err.Error()), " ")
	first = nested.ReplaceAllString(strings.TrimPrefix(first, "yaml: "), "$1")
	if all, found := strings.CutPrefix(first, "unmarshal errors: "); found {
		first, _, _ = strings.Cut(all, " line ") // what is wrong further down is said when this is mended
	}
	first = unknownKey.ReplaceAllString(first, "$1: a mapping has no such entry")
	return wrongKind.ReplaceAllStringFunc(first, func(found string) string {
		part := wrongKind.FindStringSubmatch(found)
		kind, wanted := cmp.Or(yamlKinds[part[1]], "something else"), cmp.Or(wantedKinds[part[3]], "entries, such as `key: value`,")
		if part[2] != "" {
			kind += " (" + part[2] + ")"
		}
		return fmt.Sprintf("%s stands where %s should stand", kind, wanted)
	})
}

var states = map[string]record.Operation{"": record.Edit, "saved": record.Edit, "submitted": record.Submit, "validated": record.Validate}

func (m *Mapping) check() error {
	switch {
	case strings.TrimSpace(m.Source) == "":
		return errors.New("it names no source: add `source:` with the register's name")
	case len(m.Records) == 0:
		return errors.New("it names no kind of record: add `records:` with a `kind:`, a `key:` and `columns:`")
	case !slices.Contains(encodings, strings.ToLower(m.Encoding)):
		return fmt.Errorf("encoding %q is unknown: write utf-8, utf-16 or windows-1252", m.Encoding)
	case len([]rune(m.Separator)) > 1 || strings.ContainsAny(m.Separator, "\"\r\n\ufffd"):
		return fmt.Errorf("separator %q is not one character that may stand between cells: write \",\", \";\", \"|\" or \"\\t\"", m.Separator)
	case len([]rune(m.Decimal)) > 1 || len([]rune(m.Group)) > 1 || strings.ContainsAny(m.Decimal+m.Group, "0123456789-+()"):
		return fmt.Errorf("`decimal:` %q and `group:` %q must each be one character that is no digit and no sign", m.Decimal, m.Group)
	}
	for i, r := range m.Records {
		if err := m.checkRecord(i, r); err != nil {
			return fmt.Errorf("records, %d (%s): %w", i+1, r.Kind, err)
		}
	}
	return nil
}

func (m *Mapping) checkRecord(i int, r RecordMapping) error {
	if _, known := states[r.State]; !known {
		return fmt.Errorf("state %q is unknown: write saved, submitted or validated", r.State)
	}
	if slices.ContainsFunc(m.Records[:i], func(earlier RecordMapping) bool { return earlier.Kind == r.Kind }) {
		return errors.New("the kind stands there before; a row gives one record of a kind")
	}
	if r.Kind == "" || len(r.Key) == 0 {
		return errors.New("it needs a `kind:` and a `key:`, the columns that name the record within the source")
	}
	for path, rule := range r.Columns {
		if err := m.checkRule(i, rule); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

func (m *Mapping) checkRule(i int, rule Rule) error {
	_, known := m.Values[rule.Values]
	switch {
	case (rule.Column == "") == (rule.Record == ""):
		return errors.New("a rule needs either a column or the kind of a record that the row gives")
	case rule.Values != "" && !known:
		return fmt.Errorf("the table of values %q does not stand under `values:`", rule.Values)
	case !slices.Contains([]string{"", "first", "last", "year"}, rule.Take):
		return fmt.Errorf("take %q is unknown: write first, last or year", rule.Take)
	case !slices.Contains([]string{"", "refuse", "blank"}, rule.Unknown):
		return fmt.Errorf("unknown %q: write refuse or blank", rule.Unknown)
	case len(rule.Quality) > 1 || rule.Quality != "" && !record.Quality(rule.Quality[0]).Valid():
		return fmt.Errorf("quality %q is unknown: write A, D, E or I", rule.Quality)
	}
	if rule.Record != "" && !slices.ContainsFunc(m.Records[:i], func(r RecordMapping) bool { return r.Kind == rule.Record }) {
		return fmt.Errorf("no %q stands before it under `records:`", rule.Record)
	}
	return nil
}
