package question

import (
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

// newOne makes the editor of a choice: a short list with letters, a search in a long one, or a search among records.
func newOne(cfg Config) Editor {
	switch {
	case cfg.Question.Kind != "":
		return newReference(cfg)
	case cfg.Long || cfg.Compact:
		return newSearch(cfg)
	}
	return newOptions(cfg, false)
}

// newMany makes the editor of several choices: a short list with letters, or a search that adds one after the other.
func newMany(cfg Config) Editor {
	if cfg.Long || cfg.Compact || cfg.Question.Kind != "" {
		return newSeveral(cfg)
	}
	return newOptions(cfg, true)
}

// newAcknowledge makes the editor of something to be confirmed: a list of one choice that can be let go.
func newAcknowledge(cfg Config) Editor {
	a := &acknowledge{options: newOptions(cfg, true), label: cfg.Words.Say("question.acknowledge")}
	answer := cfg.Calls.Answer
	a.options.calls.Answer = func(value record.Value) error {
		if len(value.Items()) == 0 {
			return answer(record.Value{})
		}
		return cfg.Calls.Text("yes")
	}
	return a
}

// acknowledge is one box to tick.
type acknowledge struct {
	*options
	label string
}

// Present ticks the box where there is an answer.
func (a *acknowledge) Present(s State) {
	s.Choices = []interview.Choice{{Name: s.Answer.Value.String(), Label: a.label}}
	if s.Answer.Value.IsZero() {
		s.Choices[0].Name = "-"
	}
	a.options.Present(s)
}
