package workspace

import (
	"strings"

	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/words"
)

// Find returns the choices of a question that a typed text may mean, the best first and at most limit; exact tells that
// the first is the code, id or name that was typed. Accents and case do not matter. A record that was added to its
// register after the interview was opened is found too.
func (s *Session) Find(path record.Path, text string, limit int) (found []interview.Choice, exact bool) {
	if found, exact = s.view.Find(path, text, limit); len(found) > 0 {
		return found, exact
	}
	if q, ok := s.view.Question(path); !ok || q.Kind == "" {
		return nil, false
	}
	s.reopen()
	return s.view.Find(path, text, limit)
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
