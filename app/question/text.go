package question

import "fyne.io/fyne/v2"

// newText makes the editor of a text: one line, or several that Tab and Shift+Enter leave.
func newText(cfg Config) Editor {
	f := newField(cfg, cfg.Width)
	if Multiline(cfg.Question) && !cfg.Compact {
		f.MultiLine = true
		f.Wrapping = fyne.TextWrapWord
		f.SetMinRowsVisible(3)
		f.OnSubmitted = func(string) { f.leave(Next) }
	}
	return f
}

// newTyped makes a line for an answer of a form of its own, such as a time, with a note on how to write it.
func newTyped(cfg Config) Editor {
	f := newField(cfg, min(cfg.Width, 240))
	f.hint = Format(cfg.Question, cfg.Words)
	f.SetPlaceHolder(f.hint)
	return f
}
