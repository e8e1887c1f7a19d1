package form

import (
	"slices"
	"strings"
	"unicode"
)

// likeness says why an added item may be a removed one under another name, the better reason the greater.
type likeness int

const (
	unlike      likeness = iota
	alikeWords           // most words of the label
	sameName             // in another group
	sameLabel            // word for word
	sameConcept          // it feeds the same figure
)

// propose pairs what was removed with what was added and looks the same, where just one fits best. What lies in a group
// that is proposed goes with it.
func (c *comparison) propose() {
	used, moves := map[string]bool{}, Renames{}
	for reason := sameConcept; reason > unlike; reason-- {
		for _, old := range c.d.Removed {
			if used[old] || c.goesAlong(old, moves) {
				continue
			}
			if found := c.only(old, reason, used); found != "" {
				used[old], used[found], moves[old] = true, true, found
			}
		}
	}
	for _, old := range c.d.Removed {
		if to := moves[old]; to != "" && Renamed(parentOf(old), moves)+"/"+lastOf(old) != to {
			c.d.Proposed = append(c.d.Proposed, Rename{old, to})
		}
	}
}

// goesAlong tells whether an item is where a proposed group leads it.
func (c *comparison) goesAlong(old string, moves Renames) bool {
	to := moves.Path(old)
	return to != old && c.new.itemAt(to) != nil
}

func parentOf(path string) string { return path[:max(strings.LastIndexByte(path, '/'), 0)] }

func lastOf(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// only returns the one added item that is like a removed one for a reason, and like no other one.
func (c *comparison) only(old string, reason likeness, used map[string]bool) string {
	fits := func(a, b string) bool {
		return !used[a] && !used[b] && c.alike(c.old.itemAt(a), c.new.itemAt(b)) == reason
	}
	found := ""
	for _, added := range c.d.Added {
		if fits(old, added) && found != "" {
			return ""
		} else if fits(old, added) {
			found = added
		}
	}
	if found == "" || slices.ContainsFunc(c.d.Removed, func(other string) bool { return other != old && fits(other, found) }) {
		return ""
	}
	return found
}

// alike says how much two items look like one. They must be of one type, and in as many repeats.
func (c *comparison) alike(old, new Item) likeness {
	a, isQuestion := old.(*Question)
	b, both := new.(*Question)
	switch {
	case isQuestion != both || len(repeatsOf(old)) != len(repeatsOf(new)):
		return unlike
	case !isQuestion && typeOf(old) != typeOf(new), isQuestion && a.Type != b.Type:
		return unlike
	case isQuestion && a.Concept != "" && a.Concept == b.Concept:
		return sameConcept
	}
	was, is := labelOf(old), labelOf(new)
	switch {
	case was != "" && strings.EqualFold(was, is):
		return sameLabel
	case old.ItemName() == new.ItemName():
		return sameName
	case manyWords(was, is):
		return alikeWords
	}
	return unlike
}

// manyWords tells whether two labels share most of their words, and more than one.
func manyWords(a, b string) bool {
	x, y := wordsOf(a), wordsOf(b)
	shared := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			shared++
		}
	}
	return shared > 1 && 5*shared >= 3*(len(x)+len(y)-shared)
}

func wordsOf(label string) []string {
	found := strings.FieldsFunc(strings.ToLower(label), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.Sort(found)
	return slices.Compact(found)
}

// recode proposes a new name for a choice that went while another with the same label came.
func (c *comparison) recode(question *Question, old, new *List) {
	for _, choice := range old.Choices {
		if _, kept := new.Choice(c.renames.Choice(question.Path, choice.Name)); kept {
			continue
		}
		var found []string
		for _, other := range new.Choices {
			if _, known := old.Choice(other.Name); !known && sameText(choice.Label, other.Label) {
				found = append(found, other.Name)
			}
		}
		if len(found) == 1 {
			c.d.Proposed = append(c.d.Proposed, Rename{question.Path + ":" + choice.Name, found[0]})
		}
	}
}

func sameText(a, b Text) bool {
	was, is := strings.TrimSpace(a.In("", "")), strings.TrimSpace(b.In("", ""))
	return was != "" && strings.EqualFold(was, is)
}
