package interview

import (
	"slices"
	"strings"

	"coopatlas/data/record"
)

// Search returns the choices a question offers now that typed text may mean, the best first and at most limit of them
// (all where limit is 0): first the choice of that name or label, then those whose label or name begins with the text,
// then those with words that begin with each of the typed words, then those that hold all of them anywhere, if each has
// three letters at least. Capitals and accents do not matter. Blank text finds the first choices of the list.
func (iv *Interview) Search(path record.Path, text string, limit int) []Choice {
	n := iv.byPath[path]
	if n == nil || n.question == nil || !n.question.Type.TakesChoices() {
		return nil
	}
	if limit <= 0 {
		limit = noLimit
	}
	if strings.TrimSpace(text) == "" {
		if n.question.ItemsFrom == nil {
			iv.listFor(source(n.question)).fold() // before the first letter is typed
		}
		offered := iv.Choices(path)
		return offered[:min(limit, len(offered))]
	}
	if n.question.ItemsFrom != nil {
		l := newList(iv.rowChoices(n))
		return l.search(all(len(l.choices)), text, limit)
	}
	l := iv.listFor(source(n.question))
	if n.question.ChoiceFilter == nil {
		return l.search(nil, text, limit)
	}
	return l.search(iv.offered(n, l), text, limit)
}

// Find is Search for those who choose by typing: exact tells that one choice is just what was typed, by its name, its
// label, or its name in other capitals, and then it alone is found.
func (iv *Interview) Find(path record.Path, text string, limit int) (found []Choice, exact bool) {
	found = iv.Search(path, text, limit)
	typed, whole := strings.TrimSpace(text), fold(text)
	if len(found) == 0 || typed == "" {
		return found, false
	}
	best := found[0]
	if best.Name == typed || whole != "" && (fold(best.Label) == whole || fold(best.Name) == whole) {
		return found[:1], true
	}
	return found, false
}

// noLimit stands for no limit.
const noLimit = int(^uint(0) >> 1)

// foldedChoice is how a choice is searched: without accents and capitals, the label after a space.
type foldedChoice struct{ label, name string }

// searched is what one search found, so that the next letter looks only among that.
type searched struct {
	whole string
	among []int32 // what it looked among; nil: the whole list
	found []int32 // in the order of the list, without regard to the limit
}

// extends tells whether what is typed now, among the same rows, can only be found among what was found before.
func (s *searched) extends(whole string, among []int32) bool {
	same := (s.among == nil) == (among == nil) && len(s.among) == len(among) && (len(among) == 0 || &s.among[0] == &among[0])
	return same && s.whole != "" && strings.HasPrefix(whole, s.whole) && longEnough(strings.Fields(s.whole))
}

// leastInside is how many letters a part has at least that is looked for inside words: fewer stand everywhere.
const leastInside = 3

func longEnough(parts []string) bool {
	return !slices.ContainsFunc(parts, func(part string) bool { return len(part) < leastInside })
}

// search looks among rows of a list, or in all of it where among is nil.
func (l *list) search(among []int32, text string, limit int) []Choice {
	l.fold()
	s := search{typed: strings.TrimSpace(text), whole: fold(text), limit: limit}
	s.parts = strings.Fields(s.whole)
	rows := among
	if l.last.extends(s.whole, among) {
		rows = l.last.found
	}
	l.last = searched{whole: s.whole, among: among, found: s.all(l, rows)}
	var out []Choice
	for _, found := range s.ranks {
		for _, i := range found[:min(len(found), limit-len(out))] {
			out = append(out, l.choices[i])
		}
	}
	return out
}

// all tries the rows and returns those that fit; nil is every row.
func (s *search) all(l *list, rows []int32) []int32 {
	found := []int32{}
	if rows == nil {
		for i := range l.choices {
			found = s.try(l, int32(i), found)
		}
	}
	for _, i := range rows {
		found = s.try(l, i, found)
	}
	return found
}

// fold prepares the search, once.
func (l *list) fold() {
	if l.folded != nil {
		return
	}
	l.folded = make([]foldedChoice, len(l.choices))
	for i := range l.choices {
		l.folded[i] = foldedChoice{label: " " + fold(l.choices[i].Label), name: fold(l.choices[i].Name)}
	}
}

// search is one search under way.
type search struct {
	typed, whole string
	parts        []string
	limit        int
	ranks        [6][]int32 // the rows found, by how well they fit
}

func (s *search) try(l *list, i int32, found []int32) []int32 {
	rank := s.rank(l, i)
	if rank >= len(s.ranks) {
		return found
	}
	if len(s.ranks[rank]) < s.limit {
		s.ranks[rank] = append(s.ranks[rank], i)
	}
	return append(found, i)
}

// rank says how well a choice fits: 0 to 2 are the choice itself, and beyond the ranks it does not fit at all.
func (s *search) rank(l *list, i int32) int {
	choice := &l.folded[i]
	switch {
	case l.choices[i].Name == s.typed:
		return 0
	case s.whole == "":
		return len(s.ranks)
	case choice.label[1:] == s.whole:
		return 1
	case choice.name == s.whole:
		return 2
	case strings.HasPrefix(choice.label[1:], s.whole), strings.HasPrefix(choice.name, s.whole):
		return 3
	}
	begins := true
	for _, part := range s.parts {
		at := strings.Index(choice.label, part)
		if at < 0 {
			return len(s.ranks)
		}
		begins = begins && (choice.label[at-1] == ' ' || strings.Contains(choice.label[at:], " "+part))
	}
	switch {
	case begins:
		return 4
	case longEnough(s.parts):
		return 5
	}
	return len(s.ranks)
}
