package form

import (
	"path"
	"regexp"
	"strings"
)

var orOther = regexp.MustCompile(`(?i)\s+(or[\s_]other|or[\s_]specify[\s_]other)$`)

// refused are the types that exist elsewhere and are not taken, with what to do instead.
var refused = map[string]string{
	"osm":                 "put the place in a geopoint",
	"loop":                "write a repeat",
	"select_one_external": "use select_one_from_file",
	"select one external": "use select_one_from_file",
}

// typed reads the type cell; false where the row is no question that can be taken.
func (w *walker) typed(q *Question, row Row) bool {
	cell := strings.Join(strings.Fields(row.Get("type")), " ")
	at := survey(row, "type")
	first, _, _ := strings.Cut(cell, " ")
	for _, name := range []string{strings.ToLower(first), strings.ToLower(cell)} {
		if instead, is := refused[name]; is {
			w.err(at, "%s is not taken; %s", name, instead)
			return false
		}
	}
	for _, appearance := range q.Appearance {
		if strings.HasPrefix(appearance, "search(") {
			w.err(survey(row, "appearance"), "search() is not taken; use select_one_from_file with a choice_filter")
			return false
		}
	}
	if t, known := ParseType(cell); known && !t.TakesChoices() {
		q.Type = t
		return true
	}
	return w.selectType(q, cell, at)
}

// selectType reads "select_one list", "select_multiple list or_other", "select_one_from_file file.csv" and their
// aliases: the longest known beginning is the type, the rest the list.
func (w *walker) selectType(q *Question, cell string, at place) bool {
	rest := orOther.ReplaceAllString(cell, "")
	q.OrOther = rest != cell
	words := strings.Split(rest, " ")
	for n := len(words); n > 0; n-- {
		prefix := strings.Join(words[:n], " ")
		t, known := ParseType(prefix)
		if !known || !t.TakesChoices() {
			continue
		}
		q.Type = t
		w.choicesFrom(q, strings.Join(words[n:], " "), strings.Contains(columnWords(prefix), "from file"), at)
		return true
	}
	w.err(at, "%q is no type of question; write text, integer, decimal, date, select_one LIST, note …", cell)
	return false
}

func columnWords(s string) string { return strings.ReplaceAll(strings.ToLower(s), "_", " ") }

// choicesFrom notes where a select takes its choices from.
func (w *walker) choicesFrom(q *Question, source string, fromFile bool, at place) {
	extension := strings.ToLower(path.Ext(source))
	switch {
	case source == "":
		w.err(at, "%s does not say which list its choices come from; write %s LIST", q.Name, q.Type)
	case strings.HasPrefix(source, "${"):
		return
	case fromFile && extension == "":
		q.Kind = source
		w.form.Instances[source] = "kind:" + source
	case extension == ".csv" || extension == ".xml" || extension == ".geojson":
		q.File = source
		w.form.Instances[strings.TrimSuffix(source, path.Ext(source))] = source
	case fromFile:
		w.err(at, "%s is no file that choices can be read from; give a .csv", source)
	default:
		q.List = source
		w.form.Instances[source] = "list:" + source
		w.uses = append(w.uses, listUse{question: q, at: at})
	}
	if q.OrOther && q.List == "" {
		w.err(at, "or_other needs a list of the choices sheet; add a choice other and a text question instead")
	}
}

// kindColumn turns the file of a written-out questionnaire back into the kind of record it stands for, which the column
// kind says: type select_one_from_file cooperative.csv, kind cooperative.
func (w *walker) kindColumn(q *Question) {
	kind := q.Extra["kind"]
	if kind == "" || q.File != kind+".csv" {
		return
	}
	q.Kind, q.File = kind, ""
	w.form.Instances[kind] = "kind:" + kind
	delete(q.Extra, "kind")
}
