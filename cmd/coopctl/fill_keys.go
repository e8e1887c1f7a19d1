package main

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/workspace"
)

// key is what a line means that is no answer.
type key string

const (
	keyBack   key = "back"
	keyHelp   key = "help"
	keyClear  key = "clear"
	keyUndo   key = "undo"
	keyRedo   key = "redo"
	keyList   key = "list"
	keyRemove key = "remove"
	keyEnd    key = "end"
	keyLeave  key = "leave"
)

// keys are the short and long forms of keys.
var keys = map[string]key{
	"<": keyBack, ":b": keyBack, ":back": keyBack, "?": keyHelp, ":h": keyHelp, ":help": keyHelp,
	":x": keyClear, ":clear": keyClear, ":u": keyUndo, ":undo": keyUndo, ":redo": keyRedo, ":l": keyList, ":list": keyList, ":left": keyList,
	":rm": keyRemove, ":remove": keyRemove, ":end": keyEnd, ":s": keyLeave, ":save": keyLeave, ":q": keyLeave, ":quit": keyLeave, ":leave": keyLeave,
}

// statuses are the keys that say why there is no answer.
var statuses = map[string]record.Status{
	":d": record.DontKnow, ":dontknow": record.DontKnow, ":dont-know": record.DontKnow, ":r": record.Refused, ":refused": record.Refused,
	":n": record.NotApplicable, ":notapplicable": record.NotApplicable, ":not-applicable": record.NotApplicable,
	":c": record.NotCollected, ":notcollected": record.NotCollected, ":not-collected": record.NotCollected,
}

// keyOf tells whether a line is a key. Every line that begins with a colon is one; what is none of the table may be a
// place to go to.
func keyOf(text string) (key, bool) {
	if text == "<" || text == "?" || strings.HasPrefix(text, ":") {
		return key(text), true
	}
	return "", false
}

// press carries out a key; moved tells that another step is to be asked.
func (f *filler) press(step interview.Step, pressed key) (moved bool, err error) {
	word := strings.ToLower(string(pressed))
	if status, ok := statuses[word]; ok && step.Kind == interview.StepQuestion {
		if _, err := f.session.SetStatus(f.ctx, step.Path, status); err != nil {
			return false, err
		}
		f.confirm(step.Path)
		return true, nil
	}
	switch keys[word] {
	case keyHelp:
		f.help(step)
		return false, nil
	case keyBack:
		return f.goBack(step.Path)
	case keyClear:
		return f.clear(step)
	case keyUndo:
		return f.undo(f.session.Undo, "fill.undone", "fill.nothing_undone")
	case keyRedo:
		return f.undo(f.session.Redo, "fill.redone", "fill.nothing_redone")
	case keyList:
		f.list(f.session.Review())
		return false, nil
	case keyRemove:
		return f.removeRow(step.Path)
	case keyEnd:
		return true, f.session.MoveTo(f.ctx, "")
	case keyLeave:
		return false, errLeft
	}
	return f.goTo(string(pressed))
}

func (f *filler) clear(step interview.Step) (moved bool, err error) {
	if step.Kind != interview.StepQuestion {
		return false, nil
	}
	if _, err := f.session.SetStatus(f.ctx, step.Path, record.Answered); err != nil {
		return false, err
	}
	f.confirm(step.Path)
	return true, nil
}

// goBack goes to the last step that a person answers before a path; the empty path is after the last step.
func (f *filler) goBack(path record.Path) (moved bool, err error) {
	for {
		step, ok := f.session.Interview().Previous(path)
		if !ok {
			f.page.line(f.words.Say("fill.first_question"))
			return false, nil
		}
		if step.Kind == interview.StepRepeat || step.Question.Stored() && !step.ReadOnly {
			return true, f.session.MoveTo(f.ctx, step.Path)
		}
		path = step.Path
	}
}

// removeRow removes the innermost row that a path lies in.
func (f *filler) removeRow(path record.Path) (moved bool, err error) {
	for ; path != ""; path = parent(path) {
		if _, _, isRow := path.SplitRow(); isRow {
			title := titleOf(f.session, f.words, path)
			if _, err := f.session.RemoveRow(f.ctx, path); err != nil {
				return false, err
			}
			f.page.line(f.words.Say("fill.row_removed", "Row", title))
			return true, nil
		}
	}
	f.page.bad(f.words.Say("fill.not_in_row"))
	return false, nil
}

// goTo goes to a line of the last list (":3") or to the question with a code or a name (":M6.01").
func (f *filler) goTo(word string) (moved bool, err error) {
	place := strings.TrimPrefix(word, ":")
	if n, err := strconv.Atoi(place); err == nil {
		if n >= 1 && n <= len(f.listed) {
			return true, f.session.MoveTo(f.ctx, f.listed[n-1])
		}
		f.page.bad(f.words.Say("fill.unknown_place", "Key", word))
		return false, nil
	}
	for _, step := range f.session.Interview().Steps() {
		if q := step.Question; q != nil && (strings.EqualFold(q.Code, place) || q.Name == place) || string(step.Path) == place {
			return true, f.session.MoveTo(f.ctx, step.Path)
		}
	}
	if strings.ContainsFunc(place, unicode.IsDigit) {
		f.page.bad(f.words.Say("fill.unknown_place", "Key", word))
	} else {
		f.page.bad(f.words.Say("fill.unknown_key", "Key", word))
	}
	return false, nil
}

// help shows the guidance of a question and the keys.
func (f *filler) help(step interview.Step) {
	if guidance := f.session.Interview().Guidance(step.Path); guidance != "" {
		f.page.line(guidance)
	}
	f.page.strong(f.words.Say("fill.help.title"))
	for _, line := range []string{
		f.words.Say("fill.help.enter"), f.words.Say("fill.help.back"), f.words.Say("fill.help.dont_know"),
		f.words.Say("fill.help.refused"), f.words.Say("fill.help.not_applicable"), f.words.Say("fill.help.not_collected"),
		f.words.Say("fill.help.clear"), f.words.Say("fill.help.undo"), f.words.Say("fill.help.list"),
		f.words.Say("fill.help.code"), f.words.Say("fill.help.quality"), f.words.Say("fill.help.remove"),
		f.words.Say("fill.help.end"), f.words.Say("fill.help.save"),
	} {
		f.page.hanging("  ", line, 13)
	}
}

// grades are the qualities that an interviewer gives.
const grades = "ADEI"

// qualityOf reads a line that grades the present answer ("/E").
func qualityOf(text string) (record.Quality, bool) {
	if len(text) != 2 || text[0] != '/' {
		return 0, false
	}
	grade := strings.ToUpper(text[1:])
	return record.Quality(grade[0]), strings.Contains(grades, grade)
}

// cutQuality takes the quality off a typed number ("42 /E").
func cutQuality(text string) (string, record.Quality) {
	fields := strings.Fields(text)
	if len(fields) < 2 {
		return text, 0
	}
	quality, ok := qualityOf(fields[len(fields)-1])
	if !ok {
		return text, 0
	}
	return strings.Join(slices.Delete(fields, len(fields)-1, len(fields)), " "), quality
}

// undo takes the last edit back, or makes it again, and says of which question.
func (f *filler) undo(step func(context.Context) (workspace.Edit, bool, error), said, nothing string) (moved bool, err error) {
	edit, ok, err := step(f.ctx)
	if err != nil {
		return false, err
	}
	if !ok {
		f.page.line(f.words.Say(nothing))
		return false, nil
	}
	f.page.line(f.words.Say(said, "Question", f.session.Name(edit.Path)))
	return true, nil
}
