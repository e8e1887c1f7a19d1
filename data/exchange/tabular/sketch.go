package tabular

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"coopatlas/data/form"
)

// sketchRows is how many rows of a file are looked at to tell what a column holds.
const sketchRows = 200

// Sketch writes the beginning of a mapping for a table, as a YAML file that a person goes on with: the columns whose
// names are those of questions of the forms, a guess at the key and at the reference year, and as comments the columns
// that are left and the questions there are. Forms are the kinds that a row may give, those that others refer to first;
// source is the name of the file. The mapping can be read by ParseMapping. Language is that of labels.
func Sketch(t *Table, source string, forms []*form.Form, language string) ([]byte, error) {
	s := sketcher{columns: t.Columns, taken: map[string]bool{}, language: language}
	for len(s.rows) < sketchRows {
		row, err := t.Next()
		if err != nil {
			break // what cannot be read is told by the import
		}
		if row.Problem == "" {
			s.rows = append(s.rows, slices.Clone(row.Cells))
		}
	}
	s.year = s.guessYear()
	s.key = s.guessKey()
	if s.key == "" {
		return nil, fmt.Errorf("%w: it names no column", ErrFile)
	}
	return s.write(strings.TrimSuffix(filepath.Base(source), filepath.Ext(source)), forms)
}

// sketcher guesses what the columns of a table are.
type sketcher struct {
	columns   []string
	rows      [][]string
	year, key string          // columns
	taken     map[string]bool // columns that answer something
	language  string
}

// cells gives what stands in a column.
func (s *sketcher) cells(column string) []string {
	at := slices.Index(s.columns, column)
	var out []string
	for _, row := range s.rows {
		if cell := strings.TrimSpace(row[at]); cell != "" {
			out = append(out, cell)
		}
	}
	return out
}

// words of a column's name that tell what it is, folded, in the languages of the program.
var (
	yearWords = []string{"year", "annee", "ano", "anno", "exercice", "ejercicio", "esercizio", "exercicio"}
	keyWords  = []string{"id", "code", "key", "number", "no", "nr", "numero", "registration", "matricule", "siren", "siret", "vat", "codigo", "codice"}
)

// synonyms are what registers call some of our questions, folded, by the question's name.
var synonyms = map[string][]string{
	"legal_name":      {"name", "nom", "nombre", "nome", "denominazione", "denominacion", "raison sociale"},
	"municipality":    {"city", "town", "ville", "commune", "comune", "ciudad", "citta", "cidade", "municipio"},
	"website":         {"url", "site", "web", "site web", "sito"},
	"activity":        {"sector", "secteur", "settore", "setor", "main activity", "activite"},
	"members":         {"memberships", "member count", "membres", "socios", "soci", "associes", "societaires"},
	"persons_working": {"employees", "staff", "jobs", "workers", "salaries", "effectif", "empleados", "addetti", "trabalhadores"},
	"turnover":        {"revenue", "sales", "chiffre d affaires", "ca", "fatturato", "facturacion", "volume de negocios"},
	"fiscal_end":      {"year end", "closing date", "date de cloture"},
	"founded_on":      {"incorporated", "incorporation date", "date de creation", "registered on"},
}

// wordsOf splits a name such as "coop_id" or "Année de référence" into folded words.
func wordsOf(name string) []string {
	return strings.Fields(fold(strings.NewReplacer("_", " ", "-", " ", ".", " ", "/", " ").Replace(name)))
}

func named(column string, words []string) bool {
	return slices.ContainsFunc(wordsOf(column), func(w string) bool { return slices.Contains(words, w) })
}

// guessYear is the column that is named after a year and holds nothing but years; "" for none.
func (s *sketcher) guessYear() string {
	for _, column := range s.columns {
		cells := s.cells(column)
		isYear := func(cell string) bool {
			n, err := strconv.Atoi(cell)
			return err == nil && n >= 1900 && n <= 2100
		}
		if named(column, yearWords) && len(cells) > 0 && !slices.ContainsFunc(cells, func(c string) bool { return !isYear(c) }) &&
			len(slices.Compact(slices.Sorted(slices.Values(cells)))) > 1 {
			return column
		}
	}
	return ""
}

// guessKey is the column that names a cooperative: one named so that every row has, else the first one.
func (s *sketcher) guessKey() string {
	for _, column := range s.columns {
		if column != s.year && named(column, keyWords) && len(s.cells(column)) == len(s.rows) {
			return column
		}
	}
	for _, column := range s.columns {
		if column != "" && column != s.year {
			return column
		}
	}
	return ""
}

// fits says how well a column's name is that of a question: 0 not at all, 3 as its name, concept or label.
func (s *sketcher) fits(column string, q *form.Question) int {
	name := strings.Join(wordsOf(column), " ")
	best := 0
	try := func(text string, exact int) {
		words := strings.Join(wordsOf(text), " ")
		switch {
		case words == "" || name == "":
		case words == name:
			best = max(best, exact)
		case len(words) > 4 && strings.HasPrefix(" "+name+" ", " "+words+" "):
			best = max(best, 1) // turnover_gbp
		}
	}
	try(q.Name, 3)
	try(q.Concept, 3)
	for _, label := range q.Label {
		try(label, 2)
	}
	if slices.Contains(synonyms[q.Name], name) {
		best = max(best, 2)
	}
	return best
}

// match pairs questions of a form with columns, the best first, each column once.
func (s *sketcher) match(f *form.Form) map[string]string {
	taken := map[string]bool{}
	type pair struct {
		question *form.Question
		column   string
		fit      int
	}
	var pairs []pair
	for _, q := range f.Questions {
		if !q.Stored() || q.Type == form.TypeCalculate || !readable(q.Type.Storage()) || inRepeat(q) || q.Kind != "" {
			continue
		}
		for _, column := range s.columns {
			if fit := s.fits(column, q); fit > 0 && column != s.year {
				pairs = append(pairs, pair{q, column, fit})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.fit, a.fit) })
	out := map[string]string{}
	for _, p := range pairs {
		if _, answered := out[p.question.Path]; !answered && !taken[p.column] {
			out[p.question.Path] = p.column
			taken[p.column], s.taken[p.column] = true, true
		}
	}
	return out
}

func inRepeat(q *form.Question) bool {
	for g := q.Parent; g != nil; g = g.Parent {
		if g.Repeat {
			return true
		}
	}
	return false
}

// write writes the mapping with its comments.
func (s *sketcher) write(source string, forms []*form.Form) ([]byte, error) {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# A mapping: which column answers which question. What was guessed has to be looked at; then try it without storing.")
	line("source: %s # names the register for good: it enters the ids of its records", quoted(source))
	line("# attribution: the line that briefs print for the source, as its licence asks")
	line("# source_public: true # if the register publishes its figures for each cooperative")
	line("# dates: [YYYY-MM-DD] # such as D/M/YYYY")
	line("# decimal: \",\" # the mark before decimals, where it is not a point")
	line("\nrecords:")
	var kinds []string
	for _, f := range forms {
		s.record(line, f, kinds)
		kinds = append(kinds, f.ID)
	}
	if rest := slices.DeleteFunc(slices.Clone(s.columns), func(c string) bool { return c == "" || s.taken[c] || c == s.year || c == s.key }); len(rest) > 0 {
		line("\n# Columns that answer nothing yet: %s", strings.Join(rest, ", "))
	}
	for _, f := range forms {
		line("\n# Questions of %s:", f.ID)
		for _, q := range f.Questions {
			if q.Stored() && q.Type != form.TypeCalculate && readable(q.Type.Storage()) && !inRepeat(q) {
				line("#   %s: %s", q.Path, strings.Join(strings.Fields(q.Label.In(s.language, f.DefaultLanguage)), " "))
			}
		}
	}
	_, err := ParseMapping([]byte(b.String()))
	return []byte(b.String()), err
}

// record writes what one kind takes from a row. A kind with a reference year is written only where a column of years was
// found; before, it is left as a comment would be: away.
func (s *sketcher) record(line func(string, ...any), f *form.Form, before []string) {
	yearly := slices.ContainsFunc(f.Questions, func(q *form.Question) bool { return q.Concept == "year" })
	if yearly && s.year == "" {
		return
	}
	found := s.match(f)
	line("  - kind: %s", f.ID)
	if yearly {
		line("    key: [%s, %s]", quoted(s.key), quoted(s.year))
		line("    state: submitted # or validated, where the source has checked its figures")
		line("    reference_year: %s", quoted(s.year))
	} else {
		line("    key: [%s] # the columns that name a record within the source", quoted(s.key))
		if s.year != "" {
			line("    repeated: true # it stands on the row of each year")
		}
	}
	line("    columns:")
	wrote := false
	for _, q := range f.Questions {
		switch column, answered := found[q.Path]; {
		case answered:
			line("      %s: %s # %s", q.Path, quoted(column), strings.Join(strings.Fields(q.Label.In(s.language, f.DefaultLanguage)), " "))
		case q.Kind != "" && !inRepeat(q) && slices.Contains(before, q.Kind):
			line("      %s: {record: %s}", q.Path, q.Kind)
		default:
			continue
		}
		wrote = true
	}
	if !wrote {
		line("      {} # none was found: add some of those below")
	}
}

// quoted writes a text as YAML needs it.
func quoted(text string) string {
	out, err := yaml.Marshal(text)
	if err != nil || strings.Contains(strings.TrimSpace(string(out)), "\n") {
		return strconv.Quote(text)
	}
	return strings.TrimSpace(string(out))
}
