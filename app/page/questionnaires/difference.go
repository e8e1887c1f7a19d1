package questionnaires

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/kit"
	"coopatlas/data/form"
	"coopatlas/data/record"
)

// difference says what changed between two versions, in words: a heading for each sort of change, a sentence for each.
func (p *Page) difference(d form.Difference, was, now *form.Form) fyne.CanvasObject {
	out := kit.Column(kit.Gap4)
	add := func(key string, lines []string) {
		if len(lines) == 0 {
			return
		}
		out.Add(kit.Column(0, kit.Heading(p.say("difference."+key, len(lines))), kit.Body(strings.Join(lines[:min(len(lines), mostLines)], "\n"))))
		if more := len(lines) - mostLines; more > 0 {
			out.Add(kit.Hint(p.say("more", more)))
		}
	}
	add("breaks", p.breaks(d, now))
	add("added", p.named(d.Added, now))
	add("removed", p.named(d.Removed, was))
	add("renamed", each(apart(d.Renamed), func(r form.Rename) string { return p.say("difference.renamed_line", "Old", r.Old, "New", r.New) }))
	add("retyped", each(d.Retyped, func(r form.Retyping) string {
		return p.say("difference.from_to", "What", p.name(r.Path, now), "Old", r.Old, "New", r.New)
	}))
	add("choices", each(d.Choices, func(c form.ChoiceChange) string { return p.choice(c, now) }))
	add("wording", each(d.Wording, func(w form.Wording) string {
		return p.say("difference.wording_line", "What", p.name(w.Path, now), "Column", w.Column, "Language", w.Language, "Old", orNothing(w.Old), "New", orNothing(w.New))
	}))
	add("rules", each(d.Rules, func(r form.Rule) string {
		return p.say("difference.from_to", "What", p.name(r.Path, now)+", "+r.Column, "Old", orNothing(r.Old), "New", orNothing(r.New))
	}))
	if d.Empty() {
		out.Add(kit.Body(p.say("difference.none")))
	}
	return out
}

// mostLines is how many changes of one sort are listed.
const mostLines = 40

func each[T any](all []T, say func(T) string) []string {
	var out []string
	for _, one := range all {
		out = append(out, say(one))
	}
	return out
}

// apart are the renames but those of what lies in a renamed group, which go without saying.
func apart(renames []form.Rename) []form.Rename {
	var out []form.Rename
	for _, r := range renames {
		moved := slices.ContainsFunc(renames, func(g form.Rename) bool {
			return strings.HasPrefix(r.Old, g.Old+"/") && r.New == g.New+strings.TrimPrefix(r.Old, g.Old)
		})
		if !moved {
			out = append(out, r)
		}
	}
	return out
}

func orNothing(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// name is what people call a question: its path and its label.
func (p *Page) name(path string, f *form.Form) string {
	if path == "" {
		return p.say("settings_sheet")
	}
	if q, ok := f.Question(path); ok && !q.Label.Empty() {
		return p.say("quoted", "Path", path, "Label", short(q.Label.In(p.s.Words().Language(), f.DefaultLanguage)))
	}
	return path
}

func (p *Page) named(paths []string, f *form.Form) []string {
	return each(paths, func(path string) string { return p.name(path, f) })
}

// short cuts a long label.
func short(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > 60 {
		return string(runes[:59]) + "…"
	}
	return string(runes)
}

func (p *Page) choice(c form.ChoiceChange, now *form.Form) string {
	args := []any{"What", p.name(c.Path, now), "Choice", c.Choice, "Old", orNothing(c.Old), "New", orNothing(c.New), "Language", c.Language}
	switch c.Change {
	case "added":
		return p.say("difference.choice_added", args...)
	case "removed":
		return p.say("difference.choice_removed", args...)
	case "renamed":
		return p.say("difference.choice_renamed", args...)
	}
	return p.say("difference.choice_relabelled", args...)
}

// breaks says of which figures trends may not go on as before, and why.
func (p *Page) breaks(d form.Difference, now *form.Form) []string {
	return each(d.Breaks, func(b form.Break) string {
		var why []string
		for _, reason := range b.Reasons {
			why = append(why, p.say("reason."+reason))
		}
		return p.say("difference.break_line", "Concept", b.Concept, "What", p.name(b.Path, now), "Why", p.s.Words().List(why))
	})
}

// findings says, rule by rule, where phones would differ, and on which rows.
func (p *Page) findings(all []form.Finding) fyne.CanvasObject {
	out := kit.Column(kit.Gap8)
	if len(all) == 0 {
		out.Add(kit.NewBadge(kit.Good, p.say("phones_agree")))
	}
	var rules []string
	rows := map[string][]string{}
	for _, f := range all {
		if rows[f.Rule] == nil {
			rules = append(rules, f.Rule)
		}
		where := p.say("row_of", "Row", f.Row)
		if f.Name != "" {
			where += " (" + f.Name + ")"
		}
		if !slices.Contains(rows[f.Rule], where) {
			rows[f.Rule] = append(rows[f.Rule], where)
		}
	}
	for _, rule := range rules {
		key := "lint." + strings.ReplaceAll(rule, "-", "_")
		on := rows[rule]
		said := p.s.Words().List(on[:min(len(on), 12)])
		if len(on) > 12 {
			said += " " + p.say("more", len(on)-12)
		}
		out.Add(kit.Card("", kit.Body(p.say(key+".differ")), kit.Hint(p.say(key+".advice")), kit.Hint(said)))
	}
	return out
}

func icon(state kit.State) fyne.CanvasObject { return widget.NewIcon(state.Icon().In(state.Color())) }

// spoken is an answer in a cell.
func spoken(f *form.Form, q *form.Question, answer record.Answer, name func(*form.Question, record.Answer) string, language string) string {
	if list := f.Lists[q.List]; list != nil {
		var out []string
		for _, item := range answer.Value.Items() {
			if c, ok := list.Choice(item); ok {
				item = c.Label.In(language, f.DefaultLanguage)
			}
			out = append(out, item)
		}
		return strings.Join(out, ", ")
	}
	return name(q, answer)
}
