package form

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// rulesOf compares what decides about a question's answers.
func (c *comparison) rulesOf(path string, a, b *Question) {
	for _, cell := range [...]struct{ column, old, new string }{
		{"required", source(a.Required), source(b.Required)},
		{"relevant", source(a.Relevant), source(b.Relevant)},
		{"read_only", source(a.ReadOnly), source(b.ReadOnly)},
		{"calculation", source(a.Calculation), source(b.Calculation)},
		{"trigger", strings.Join(a.Triggers, ", "), strings.Join(b.Triggers, ", ")},
		{"default", a.DefaultValue + source(a.DefaultExpression), b.DefaultValue + source(b.DefaultExpression)},
		{"choice_filter", source(a.ChoiceFilter), source(b.ChoiceFilter)},
		{"parameters", parametersOf(a), parametersOf(b)},
		{"core", letter(a.Core), letter(b.Core)},
		{"personal", truthWord(a.Personal), truthWord(b.Personal)},
		{"unit", a.Unit, b.Unit},
		{"decimals", fmt.Sprint(a.Decimals), fmt.Sprint(b.Decimals)},
		{"concept", a.Concept, b.Concept},
		{"code", a.Code, b.Code},
		{"appearance", strings.Join(a.Appearance, " "), strings.Join(b.Appearance, " ")},
	} {
		c.rule(path, cell.column, cell.old, cell.new)
	}
	for _, column := range sortedKeys(merged(a.Extra, b.Extra)) {
		c.rule(path, column, a.Extra[column], b.Extra[column])
	}
	for i := range max(len(a.Checks), len(b.Checks)) {
		old, new := checkAt(a, i), checkAt(b, i)
		c.rule(path, checkColumn(old, new), source(old.Condition), source(new.Condition))
		c.texts(path, checkColumn(old, new)+"_message", old.Message, new.Message)
		if old.Condition != nil && new.Condition != nil && old.Soft != new.Soft {
			c.rule(path, "soft", truthWord(old.Soft), truthWord(new.Soft))
		}
	}
}

func merged(a, b map[string]string) map[string]string {
	out := maps.Clone(a)
	if out == nil {
		out = map[string]string{}
	}
	maps.Copy(out, b)
	return out
}

func checkAt(q *Question, i int) Check {
	if i < len(q.Checks) {
		return q.Checks[i]
	}
	return Check{}
}

func checkColumn(old, new Check) string {
	if old.Soft || new.Soft {
		return "check"
	}
	return "constraint"
}

func parametersOf(q *Question) string {
	var out []string
	for _, name := range sortedKeys(q.Parameters) {
		out = append(out, name+"="+q.Parameters[name])
	}
	return strings.Join(out, " ")
}

func letter(c Core) string {
	if c == Always {
		return ""
	}
	return string(rune(c))
}

func truthWord(yes bool) string {
	if yes {
		return "yes"
	}
	return ""
}

// choices compares the lists that a question takes its choices from; was is its path in the old version.
func (c *comparison) choices(path, was string, old, new *List) {
	if old == nil {
		old = &List{}
	}
	if new == nil {
		new = &List{}
	}
	came := map[string]bool{} // choices that are old ones under new names
	for _, choice := range old.Choices {
		to := c.renames.Choice(was, choice.Name)
		other, kept := new.Choice(to)
		if !kept {
			c.d.Choices = append(c.d.Choices, ChoiceChange{Path: path, Choice: choice.Name, Change: "removed", Old: choice.Label.In(c.old.DefaultLanguage, "")})
			continue
		}
		if came[to] = true; to != choice.Name {
			c.d.Choices = append(c.d.Choices, ChoiceChange{Path: path, Choice: to, Change: "renamed", Old: choice.Name, New: to})
		}
		for _, language := range bothLanguages(choice.Label, other.Label) {
			if a, b := choice.Label[language], other.Label[language]; a != b && (a != "" || slices.Contains(c.old.Languages, language)) {
				c.d.Choices = append(c.d.Choices, ChoiceChange{path, to, "relabelled", language, a, b})
			}
		}
	}
	for _, choice := range new.Choices {
		if _, known := old.Choice(choice.Name); !known && !came[choice.Name] {
			c.d.Choices = append(c.d.Choices, ChoiceChange{Path: path, Choice: choice.Name, Change: "added", New: choice.Label.In(c.new.DefaultLanguage, "")})
		}
	}
}

// proposeChoices looks for choices of the same label under another name, in questions of both versions.
func (c *comparison) proposeChoices() {
	for _, a := range c.old.Questions {
		b := c.new.questions[c.now[a.Path]]
		if b == nil || c.old.Lists[a.List] == nil || c.new.Lists[b.List] == nil {
			continue
		}
		c.recode(a, c.old.Lists[a.List], c.new.Lists[b.List])
	}
}

// settings compares what stands beside the survey.
func (c *comparison) settings() {
	c.texts("", "form_title", c.old.Title, c.new.Title)
	c.rule("", "form_id", c.old.ID, c.new.ID)
	c.rule("", "instance_name", source(c.old.InstanceName), source(c.new.InstanceName))
	c.rule("", "personal", truthWord(c.old.NamePersonal), truthWord(c.new.NamePersonal))
}

// breaks finds the concepts that are not asked the way they were.
func (c *comparison) breaks() {
	concepts := map[string]bool{}
	for _, q := range slices.Concat(c.old.Questions, c.new.Questions) {
		concepts[q.Concept] = q.Concept != ""
	}
	for _, concept := range slices.Sorted(maps.Keys(concepts)) {
		if !concepts[concept] {
			continue
		}
		old, had := c.old.ByConcept(concept)
		new, has := c.new.ByConcept(concept)
		var b Break
		switch {
		case !has:
			b = Break{concept, old.Path, []string{"gone"}}
		case !had:
			b = Break{concept, new.Path, []string{"new"}}
		default:
			b = Break{concept, new.Path, c.reasons(old, new)}
		}
		if len(b.Reasons) > 0 {
			c.d.Breaks = append(c.d.Breaks, b)
		}
	}
}

// reasons says why figures of two questions for one concept may differ although nothing did in the world.
func (c *comparison) reasons(old, new *Question) []string {
	var out []string
	add := func(reason string, changed bool) {
		if changed {
			out = append(out, reason)
		}
	}
	add("question", c.now[old.Path] != new.Path)
	add("type", old.TypeName() != new.TypeName())
	add("wording", c.reworded(old.Label, new.Label) || c.reworded(old.Hint, new.Hint))
	add("choices", c.otherChoices(old.Path, c.old.Lists[old.List], c.new.Lists[new.List]))
	add("unit", old.Unit != new.Unit)
	add("calculation", source(old.Calculation) != source(new.Calculation))
	return out
}

// reworded tells whether a text changed in a language that it had.
func (c *comparison) reworded(old, new Text) bool {
	for _, language := range bothLanguages(old, new) {
		if old[language] != new[language] && slices.Contains(c.old.Languages, language) {
			return true
		}
	}
	return false
}

func (c *comparison) otherChoices(question string, old, new *List) bool {
	if old == nil || new == nil {
		return old != new
	}
	return !slices.EqualFunc(old.Choices, new.Choices, func(a, b Choice) bool {
		return c.renames.Choice(question, a.Name) == b.Name && !c.reworded(a.Label, b.Label)
	})
}

// Lines writes a difference for people, one sentence a line.
func (d Difference) Lines() []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for _, path := range d.Added {
		say("added: %s", path)
	}
	for _, path := range d.Removed {
		say("removed: %s", path)
	}
	for _, r := range d.Renamed {
		say("renamed: %s → %s", r.Old, r.New)
	}
	for _, r := range d.Proposed {
		say("perhaps renamed: %s → %s (they look the same; name it among the renames if it is)", r.Old, r.New)
	}
	for _, path := range d.Unknown {
		say("unknown rename: %s", path)
	}
	for _, r := range d.Retyped {
		say("retyped: %s, %s → %s", r.Path, r.Old, r.New)
	}
	for _, ch := range d.Choices {
		say("choice %s: %s of %s%s", ch.Change, ch.Choice, ch.Path, change(ch.Language, ch.Old, ch.New))
	}
	for _, w := range d.Wording {
		say("wording: %s, %s%s", cmp.Or(w.Path, "settings"), w.Column, change(w.Language, w.Old, w.New))
	}
	for _, r := range d.Rules {
		say("rule: %s, %s%s", cmp.Or(r.Path, "settings"), r.Column, change("", r.Old, r.New))
	}
	for _, b := range d.Breaks {
		say("concept %s (%s) may break: %s", b.Concept, b.Path, strings.Join(b.Reasons, ", "))
	}
	return out
}

func change(language, old, new string) string {
	if language != "" {
		language = " (" + language + ")"
	}
	return fmt.Sprintf("%s: %q → %q", language, old, new)
}
