package workspace

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/words"
)

// Find returns the choices of a question that a typed text may mean, the best first and at most limit; exact tells that
// the first is the code, id or name that was typed. Accents and case do not matter. A record that was added to its
// register after the interview was opened is found too.
func (s *Session) Find(path record.Path, text string, limit int) (found []interview.Choice, exact bool) {
	if found, exact = s.find(path, text, limit); len(found) > 0 {
		return found, exact
	}
	if q, ok := s.view.Question(path); !ok || q.Kind == "" {
		return nil, false
	}
	s.reopen()
	return s.find(path, text, limit)
}

func (s *Session) find(path record.Path, text string, limit int) ([]interview.Choice, bool) {
	offered := s.view.Choices(path)
	for _, same := range [...]func(interview.Choice) bool{
		func(c interview.Choice) bool { return c.Name == text },
		func(c interview.Choice) bool { return folded(c.Label) == folded(text) },
		func(c interview.Choice) bool { return strings.EqualFold(c.Name, text) },
	} {
		for _, c := range offered {
			if same(c) {
				return []interview.Choice{c}, true
			}
		}
	}
	return ranked(offered, folded(text), limit), false
}

// leastInside is how long a part of a name is that is looked for inside words.
const leastInside = 3

// ranked returns the choices with a label or code that a text begins, then those with a word that it begins, then those
// that hold all its words anywhere.
func ranked(offered []interview.Choice, text string, limit int) []interview.Choice {
	parts := strings.Fields(text)
	if len(parts) == 0 {
		return nil
	}
	var ranks [3][]interview.Choice
	for _, c := range offered {
		label := folded(c.Label)
		switch {
		case strings.HasPrefix(label, text), strings.HasPrefix(folded(c.Name), text):
			ranks[0] = append(ranks[0], c)
		case all(parts, func(part string) bool { return strings.Contains(" "+label, " "+part) }):
			ranks[1] = append(ranks[1], c)
		case all(parts, func(part string) bool { return len(part) >= leastInside && strings.Contains(label, part) }):
			ranks[2] = append(ranks[2], c)
		}
	}
	var out []interview.Choice
	for _, rank := range ranks {
		out = append(out, rank...)
	}
	return out[:min(limit, len(out))]
}

func all(parts []string, holds func(string) bool) bool {
	for _, part := range parts {
		if !holds(part) {
			return false
		}
	}
	return true
}

// folded is a text without accents and case, its words apart by one space.
func folded(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFKD.String(text))
	return strings.Join(strings.Fields(text), " ")
}

// sayOf says a message of an interview in the person's language: its key with the first point kept, its values in turn.
func sayOf(w *words.Words, key string, args []string) string {
	_, rest, _ := strings.Cut(key, ".")
	rest = strings.ReplaceAll(rest, ".", "_")
	if !w.Has("interview." + rest) {
		return ""
	}
	values := words.Args{}
	for i, name := range [...]string{"A", "B", "C"} {
		if i < len(args) {
			values[name] = args[i]
		}
	}
	return w.Say("interview."+rest, values)
}
