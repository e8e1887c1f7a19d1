package main

import (
	"slices"
	"strconv"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

const (
	// shortList is how many choices are all shown, each with its letter.
	shortList = 15
	// hitLimit is how many hits of a search are shown, each with its digit.
	hitLimit = 9
)

// letter is the key of a choice in a short list.
func letter(i int) string { return string(rune('a' + i)) }

// choose reads one choice, or several.
func (f *filler) choose(step interview.Step, text string) (moved bool, err error) {
	if step.Question.Storage() == form.StoreList {
		return f.chooseSeveral(step, text)
	}
	chosen, candidates := f.pick(step.Path, text)
	if chosen != nil {
		return f.keep(step, record.Answer{Value: record.Text(chosen.Name)})
	}
	f.offer(candidates, text)
	return false, nil
}

// pick finds what a typed text means: a code or name in full, a letter of a short list, a number of what was offered
// before, or a part that only one choice has. Else it gives those it may mean.
func (f *filler) pick(path record.Path, text string) (*interview.Choice, []interview.Choice) {
	offered := f.session.Interview().Choices(path)
	found, exact := f.session.Find(path, text, hitLimit+1)
	if exact {
		return &found[0], nil
	}
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(f.hits) {
		return &f.hits[n-1], nil
	}
	if i := place(text); len(offered) <= shortList && i >= 0 && i < len(offered) {
		return &offered[i], nil
	}
	if len(found) == 1 {
		return &found[0], nil
	}
	return nil, found
}

// place reads a letter (from a) or a number (from 1) as a place in a short list; -1 is none.
func place(text string) int {
	if len(text) == 1 {
		if c := text[0] | 0x20; c >= 'a' && c <= 'z' {
			return int(c - 'a')
		}
	}
	if n, err := strconv.Atoi(text); err == nil && n > 0 {
		return n - 1
	}
	return -1
}

// offer shows what a text may mean, by number.
func (f *filler) offer(candidates []interview.Choice, text string) {
	if len(candidates) == 0 {
		f.hits = nil
		f.page.bad(f.words.Say("fill.no_hit", "Text", text))
		return
	}
	f.hits = candidates[:min(hitLimit, len(candidates))]
	for i, c := range f.hits {
		f.page.choice(strconv.Itoa(i+1), labelOf(c))
	}
	if len(candidates) > hitLimit {
		f.page.line(f.words.Say("fill.more_hits"))
	}
	f.page.line(f.words.Say("fill.hits"))
}

func labelOf(c interview.Choice) string {
	if c.Label == "" {
		return c.Name
	}
	return c.Label
}

// chooseSeveral reads several choices apart by commas, or by spaces where each is a letter or a code.
func (f *filler) chooseSeveral(step interview.Step, text string) (moved bool, err error) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' })
	if found, exact := f.session.Find(step.Path, text, 1); exact {
		parts = []string{found[0].Name}
	} else if words := strings.Fields(text); len(parts) == 1 && f.short(step.Path, words) {
		parts = words
	}
	var names []string
	seen := map[string]bool{}
	for _, part := range parts {
		part = strings.TrimSpace(part)
		chosen, candidates := f.pick(step.Path, part)
		if chosen == nil {
			f.unclear(part, candidates)
			return false, nil
		}
		if !seen[chosen.Name] {
			seen[chosen.Name] = true
			names = append(names, chosen.Name)
		}
	}
	return f.keep(step, record.Answer{Value: record.List(names)})
}

// short tells whether each word is the letter, the number or the code of a choice.
func (f *filler) short(path record.Path, words []string) bool {
	offered := f.session.Interview().Choices(path)
	for _, word := range words {
		i := place(word)
		isPlace := len(offered) <= shortList && i >= 0 && i < len(offered)
		isCode := slices.ContainsFunc(offered, func(c interview.Choice) bool { return strings.EqualFold(c.Name, word) })
		if !isPlace && !isCode {
			return false
		}
	}
	return true
}

func (f *filler) unclear(text string, candidates []interview.Choice) {
	if len(candidates) == 0 {
		f.page.bad(f.words.Say("fill.no_hit", "Text", text))
		return
	}
	var labels []string
	for i, c := range candidates {
		if i == 4 {
			labels = append(labels, "…")
			break
		}
		labels = append(labels, labelOf(c))
	}
	f.page.bad(f.words.Say("fill.ambiguous", "Text", text, "Answers", strings.Join(labels, ", ")))
}
