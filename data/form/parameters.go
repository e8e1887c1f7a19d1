package form

import (
	"strconv"
	"strings"
)

// appearances are the words of the appearance column that some part of the program, or of Collect, understands.
var appearances = set("multiline", "minimal", "autocomplete", "search", "quick", "quickcompact", "compact", "likert",
	"label", "list-nolabel", "list", "table-list", "columns", "columns-flex", "columns-pack", "columns-1", "columns-2",
	"columns-3", "columns-4", "columns-5", "columns-6", "columns-7", "columns-8", "columns-9", "columns-10", "no-buttons",
	"field-list", "numbers", "thousands-sep", "month-year", "year", "no-calendar", "horizontal", "horizontal-compact",
	"image-map", "map", "quick-map", "placement-map", "maps", "signature", "draw", "annotate", "new", "new-front", "front",
	"rating", "picker", "vertical", "no-ticks", "masked", "counter", "url", "bearing", "hidden-answer", "ethiopian",
	"coptic", "islamic", "bikram-sambat", "myanmar", "persian", "hide-input", "streetmap", "satellite", "terrain", "summary",
	"bigfield", "w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "w9", "w10", "walking", "one", "two", "three")

// appearance splits the appearance column into words and warns of words nobody understands.
func (c *compiler) appearance(row Row) []string {
	words := outsideBrackets(row.Get("appearance"))
	for _, word := range words {
		if !appearances[strings.ToLower(word)] && !strings.ContainsAny(word, "(:.") {
			c.warn(survey(row, "appearance"), "the appearance %q is not known and changes nothing; correct it or take it out", word)
		}
	}
	return words
}

// outsideBrackets splits at spaces that do not stand inside brackets.
func outsideBrackets(text string) []string {
	depth := 0
	return strings.FieldsFunc(text, func(r rune) bool {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		return depth <= 0 && (r == ' ' || r == '\t' || r == '\n')
	})
}

// parameters reads "start=0 end=10, step=2".
func (c *compiler) parameters(row Row) map[string]string {
	cell := row.Get("parameters")
	if cell == "" {
		return nil
	}
	out := map[string]string{}
	tidy := strings.NewReplacer(" =", "=", "= ", "=").Replace(cell)
	for _, part := range strings.FieldsFunc(tidy, func(r rune) bool { return strings.ContainsRune(" ,;\t\n", r) }) {
		name, value, found := strings.Cut(part, "=")
		if !found {
			c.err(survey(row, "parameters"), "%q is no parameter; write them as name=value name=value", part)
			continue
		}
		out[strings.ToLower(strings.TrimSpace(name))] = strings.TrimSpace(value)
	}
	return out
}

// parameterRule says what a parameter of a type may be.
type parameterRule struct {
	is  func(string) bool
	say string
}

func oneOf(words ...string) parameterRule {
	known := set(words...)
	return parameterRule{func(s string) bool { return known[strings.ToLower(s)] }, strings.Join(words, ", ")}
}

func isNumber(s string) bool { _, err := strconv.ParseFloat(s, 64); return err == nil }
func isWhole(s string) bool  { _, err := strconv.ParseInt(s, 10, 64); return err == nil }

var (
	anyNumber   = parameterRule{isNumber, "a number"}
	wholeNumber = parameterRule{isWhole, "a whole number"}
	truth       = oneOf("true", "false")
	seedRule    = parameterRule{func(s string) bool { return isNumber(s) || strings.HasPrefix(s, "${") }, "a number or a ${question}"}
	selectRules = map[string]parameterRule{"randomize": truth, "seed": seedRule}
	geoRules    = map[string]parameterRule{"allow-mock-accuracy": truth, "capture-accuracy": anyNumber, "warning-accuracy": anyNumber}
)

// parameterRules are the parameters that are checked, by type.
var parameterRules = map[Type]map[string]parameterRule{
	TypeRange:          {"start": anyNumber, "end": anyNumber, "step": anyNumber},
	TypeImage:          {"max-pixels": wholeNumber},
	TypeText:           {"rows": wholeNumber},
	TypeAudio:          {"quality": oneOf("normal", "low", "voice-only", "external")},
	TypeSelectOne:      selectRules,
	TypeSelectMultiple: selectRules,
	TypeRank:           selectRules,
	TypeGeopoint:       geoRules, TypeGeotrace: geoRules, TypeGeoshape: geoRules,
	TypeBackgroundAudio: {"quality": oneOf("normal", "low", "voice-only")},
	TypeAudit: {"location-priority": oneOf("no-power", "low-power", "balanced", "high-accuracy"), "location-min-interval": wholeNumber,
		"location-max-age": wholeNumber, "track-changes": truth, "identify-user": truth, "track-changes-reasons": oneOf("on-form-edit")},
}

// checkParameters holds the parameters of a question against those of its type.
func (c *compiler) checkParameters(q *Question, row Row) {
	at := survey(row, "parameters")
	for _, name := range sortedKeys(q.Parameters) {
		value := q.Parameters[name]
		if rule, checked := parameterRules[q.Type][name]; checked && !rule.is(value) {
			c.err(at, "the parameter %s of %s is %q and must be %s", name, q.Name, value, rule.say)
		}
	}
	switch q.Type {
	case TypeAudit:
		c.checkAudit(q.Parameters, at)
	case TypeRange:
		c.checkRange(q, at)
	}
}

func (c *compiler) checkAudit(parameters map[string]string, at place) {
	given := 0
	for _, name := range []string{"location-priority", "location-min-interval", "location-max-age"} {
		if parameters[name] != "" {
			given++
		}
	}
	if given != 0 && given != 3 {
		c.err(at, "location-priority, location-min-interval and location-max-age go together; write all three or none")
	}
	least, _ := strconv.Atoi(parameters["location-min-interval"])
	age, err := strconv.Atoi(parameters["location-max-age"])
	if err == nil && age < least {
		c.err(at, "location-max-age must not be less than location-min-interval")
	}
}

func (c *compiler) checkRange(q *Question, at place) {
	if q.Parameters == nil {
		q.Parameters = map[string]string{}
	}
	for name, usual := range map[string]string{"start": "1", "end": "10", "step": "1"} {
		if q.Parameters[name] == "" {
			q.Parameters[name] = usual
		}
	}
	if step, err := strconv.ParseFloat(q.Parameters["step"], 64); err == nil && step == 0 {
		c.err(at, "the step of the range %s is 0; write how far its values are apart", q.Name)
	}
}
