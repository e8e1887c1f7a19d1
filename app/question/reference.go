package question

// newReference makes the editor of a reference to another record: a search among the records of its kind, the last line
// of which makes a new one.
func newReference(cfg Config) Editor {
	s := makeSearch(cfg)
	s.hint = cfg.Words.Say("question.search_record")
	s.SetPlaceHolder(s.hint)
	return s
}
