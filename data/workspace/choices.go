package workspace

import "coopatlas/data/form"

// Choices gives what people call the answers that feed concepts, in a language: the label of a code among the choices of
// the question of a kind that feeds the concept, or "" where there is none. Questionnaires are those of the moment.
func (w *Workspace) Choices(language string) func(kind, concept, code string) string {
	return func(kind, concept, code string) string {
		f, ok := w.Form(kind)
		if !ok {
			return ""
		}
		q, ok := f.ByConcept(concept)
		if !ok || f.Lists[q.List] == nil {
			return ""
		}
		return labelOf(f, f.Lists[q.List], code, language)
	}
}

// labelOf is the label of a code in a list.
func labelOf(f *form.Form, list *form.List, code, language string) string {
	for _, c := range list.Choices {
		if c.Name == code {
			return c.Label.In(language, f.DefaultLanguage)
		}
	}
	return ""
}
