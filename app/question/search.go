package question

import (
	"fyne.io/fyne/v2"

	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/words"
)

// searchWidth is the widest a search field grows, at the normal text size.
const searchWidth float32 = 420

// search is a field that finds choices while somebody types. Up and Down mark one of at most nine hits, Enter takes the
// marked one and goes on; Enter on an empty field takes the answer back.
type search struct {
	*field
	words  *words.Words
	hits   *hits
	found  []interview.Choice
	asked  string // the text that found belongs to
	wanted string // the text that is being looked for
	create bool   // the last line of the hits makes a new record
	moved  bool   // the mark was moved on purpose
	take   func(c interview.Choice) error
}

// newSearch makes the editor of one choice of a long list.
func newSearch(cfg Config) Editor { return makeSearch(cfg) }

func makeSearch(cfg Config) *search {
	width := min(cfg.Width, searchWidth)
	s := &search{field: newField(cfg, width), words: cfg.Words}
	s.hits = newHits(max(width, 260), func(i int) { s.choose(i, true) })
	s.hint = cfg.Words.Say("question.search")
	s.SetPlaceHolder(s.hint)
	s.plain = false
	s.onKey, s.changed, s.commit = s.key, s.typed, s.hand
	s.take = func(c interview.Choice) error { return cfg.Calls.Answer(record.Text(c.Name)) }
	return s
}

// typed looks for what was typed so far.
func (s *search) typed(text string) {
	if text == "" || text == s.state.Text {
		s.close()
		return
	}
	s.wanted = text
	s.calls.Find(text, func(found []interview.Choice) {
		if text == s.wanted && s.inside {
			s.show(text, found)
		}
	})
}

// show lists hits under the field.
func (s *search) show(text string, found []interview.Choice) {
	s.found, s.asked, s.create, s.moved = found, text, s.calls.Create != nil, false
	var lines []string
	for _, c := range found {
		lines = append(lines, labelOf(c))
	}
	if s.create {
		lines = append(lines, s.words.Say("question.create", "Name", text))
	}
	marked := 0
	if len(found) == 0 {
		marked = -1 // nobody makes a new record by typing on
	}
	s.hits.set(lines, s.words.Say("question.no_hit"), marked)
	if s.calls.Float != nil {
		s.calls.Float(s.field, s.hits)
	}
}

func (s *search) close() {
	s.found, s.asked, s.wanted = nil, "", ""
	if s.calls.Float != nil {
		s.calls.Float(s.field, nil)
	}
}

func (s *search) key(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyDown, fyne.KeyUp:
		if s.asked == "" {
			s.leave(upright(key))
			return true
		}
		s.moved = true
		s.hits.mark(s.hits.marked + map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyUp: -1}[key])
		return true
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		return s.enter()
	case fyne.KeyEscape:
		s.close()
	}
	return false
}

// enter takes the marked hit; false where there is nothing to take, so that the field is left as any other.
func (s *search) enter() bool {
	if !s.Typing() || s.Text == "" {
		return false
	}
	if s.asked != s.Text && s.calls.FindNow != nil { // the hits are not those of the text yet
		s.show(s.Text, s.calls.FindNow(s.Text))
	}
	if len(s.found) == 0 && !s.moved {
		return false // a new record is made on purpose only
	}
	return s.choose(s.hits.marked, true)
}

// choose takes a hit and goes on; false where there is none.
func (s *search) choose(i int, move bool) bool {
	switch {
	case i >= 0 && i < len(s.found):
		if s.take(s.found[i]) != nil {
			s.selectAll()
			return true
		}
	case i == len(s.found) && s.create && s.asked != "":
		name := s.asked
		s.Reset()
		s.close()
		s.calls.Create(name)
		return true
	default:
		return false
	}
	s.close()
	if move {
		s.calls.Move(Next)
	}
	return true
}

// hand gives over what stands in the field when it is left without a choice: data says whether that is clear enough.
func (s *search) hand(text string) error {
	s.close()
	return s.calls.Text(text)
}

// FocusLost takes the list of hits away with the keyboard.
func (s *search) FocusLost() {
	s.field.FocusLost()
	s.close()
}

func labelOf(c interview.Choice) string { return first(c.Label, c.Name) }
