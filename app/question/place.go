package question

// newPlace makes the editor of a place: latitude and longitude on one line.
func newPlace(cfg Config) Editor {
	f := newField(cfg, min(cfg.Width, 300))
	f.hint = Format(cfg.Question, cfg.Words)
	f.SetPlaceHolder(f.hint)
	return f
}
