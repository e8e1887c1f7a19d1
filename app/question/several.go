package question

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

// several is a search that adds one choice after the other. Those that are chosen stand over the field; Backspace in an
// empty field lets the last one go, and Enter there goes on.
type several struct {
	*search
	chips  *fyne.Container
	column *fyne.Container
}

func newSeveral(cfg Config) Editor {
	m := &several{search: makeSearch(cfg), chips: kit.Row(kit.Gap4)}
	m.column = kit.Column(kit.Gap4, m.chips, m.search.field)
	m.search.take = m.add
	m.search.hits.chosen = func(i int) { m.search.choose(i, false) }
	inner := m.search.key
	m.search.onKey = func(key fyne.KeyName) bool {
		if key == fyne.KeyBackspace && m.Text == "" {
			m.removeLast()
			return true
		}
		if (key == fyne.KeyReturn || key == fyne.KeyEnter) && m.Text != "" {
			return m.enterOne()
		}
		return inner(key)
	}
	return m
}

// Object is the chips over the field.
func (m *several) Object() fyne.CanvasObject { return m.column }

// Present shows what is chosen; the field stays empty.
func (m *several) Present(s State) {
	m.chips.Objects = nil
	for _, c := range s.Choices {
		m.chips.Add(newChip(labelOf(c), func() { m.remove(c.Name) }))
	}
	m.chips.Hidden = len(s.Choices) == 0
	m.chips.Refresh()
	s.Text, s.Shown = "", ""
	m.search.field.Present(s)
	m.column.Refresh()
}

// enterOne adds the marked hit and stays.
func (m *several) enterOne() bool {
	if m.asked != m.Text && m.calls.FindNow != nil {
		m.show(m.Text, m.calls.FindNow(m.Text))
	}
	if len(m.found) == 0 {
		return false
	}
	return m.choose(m.hits.marked, false)
}

func (m *several) names() []string { return m.state.Answer.Value.Items() }

func (m *several) add(c interview.Choice) error {
	names := m.names()
	if !slices.Contains(names, c.Name) {
		names = append(slices.Clone(names), c.Name)
	}
	m.SetText("")
	return m.calls.Answer(record.List(names))
}

func (m *several) remove(name string) {
	names := slices.DeleteFunc(slices.Clone(m.names()), func(n string) bool { return n == name })
	_ = m.calls.Answer(record.List(names))
}

func (m *several) removeLast() {
	if names := m.names(); len(names) > 0 {
		m.remove(names[len(names)-1])
	}
}

// Commit adds what was typed to what is chosen, where data finds it clear.
func (m *several) Commit() error {
	text := strings.TrimSpace(m.Text)
	if text == "" {
		return nil
	}
	m.close()
	if m.calls.Read == nil {
		return m.search.field.Commit()
	}
	value, err := m.calls.Read(text)
	if err != nil {
		m.failed = true
		return m.calls.Text(text) // which says what is wrong with it
	}
	m.SetText("")
	return m.calls.Answer(record.List(append(slices.Clone(m.names()), value.Items()...)))
}
