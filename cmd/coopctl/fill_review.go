package main

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

// finish is the end of the questions: the review, and what is to become of the record.
func (f *filler) finish() error {
	f.section = ""
	f.page.heading(f.words.Say("fill.review.title"))
	review := f.session.Review()
	f.list(review)
	if f.submit {
		return f.submitNow(review, "")
	}
	f.menu(review)
	for {
		f.page.prompt("")
		text, err := f.line()
		if err != nil {
			return err
		}
		if moved, err := f.decide(review, strings.TrimSpace(text)); err != nil || moved {
			return err
		}
	}
}

// menu shows the keys of the review.
func (f *filler) menu(review workspace.Review) {
	f.page.gap()
	if len(f.listed) > 0 {
		f.page.line(f.words.Say("fill.review.menu_go"))
	}
	f.page.line(f.words.Say("fill.review.menu_back"))
	if f.session.Submits() {
		if review.Ready() {
			f.page.line(f.words.Say("fill.review.menu_submit"))
		}
		f.page.line(f.words.Say("fill.review.menu_save"))
	} else {
		f.page.line(f.words.Say("fill.review.menu_save_only"))
	}
	f.page.line(f.words.Say("fill.review.menu_leave"))
}

// decide carries out one line of the review; moved tells that a step is to be asked.
func (f *filler) decide(review workspace.Review, text string) (moved bool, err error) {
	if n, err := strconv.Atoi(text); err == nil {
		if n >= 1 && n <= len(f.listed) {
			f.mending = f.listed[n-1]
		}
		return f.goTo(":" + text)
	}
	switch strings.TrimPrefix(strings.ToLower(text), ":") {
	case "<", "b", "back":
		return f.goBack("")
	case "s", "submit":
		return true, f.submitOrSave(review)
	case "v", "save":
		return true, f.saveNow()
	case "q", "quit", "leave":
		return false, errLeft
	case "l", "list", "end", "?", "":
		f.list(review)
		f.menu(review)
		return false, nil
	case "u", "undo":
		return f.undo(f.session.Undo, "fill.undone", "fill.nothing_undone")
	}
	if strings.HasPrefix(text, ":") {
		return f.goTo(text)
	}
	f.page.bad(f.words.Say("fill.review.unknown"))
	return false, nil
}

func (f *filler) submitOrSave(review workspace.Review) error {
	if !f.session.Submits() {
		return f.saveNow()
	}
	if !review.Ready() {
		f.page.bad(f.words.Say("fill.review.not_ready"))
		return nil // the review is shown again
	}
	comment := ""
	if len(review.Odd) > 0 {
		f.page.line(f.words.Say("fill.review.comment"))
		f.page.prompt("")
		text, err := f.line()
		if err != nil {
			return err
		}
		comment = strings.TrimSpace(text)
	}
	return f.submitNow(review, comment)
}

// submitNow submits the record; of a register, which nobody submits, it saves one that could be.
func (f *filler) submitNow(review workspace.Review, comment string) error {
	if !f.session.Submits() && review.Ready() {
		return f.saveNow()
	}
	revision, err := f.session.Submit(f.ctx, comment)
	if err != nil {
		return err
	}
	return f.done("fill.submitted", revision)
}

func (f *filler) saveNow() error {
	revision, err := f.session.Save(f.ctx)
	if errors.Is(err, store.ErrNothing) {
		f.page.line(f.words.Say("fill.nothing_changed"))
		return errors.Join(f.session.Discard(f.ctx), errDone)
	}
	if err != nil {
		return err
	}
	return f.done("fill.saved", revision)
}

func (f *filler) done(key string, r record.Revision) error {
	name := f.session.Interview().InstanceName()
	if name == "" {
		name = r.Record.String()
	}
	f.page.gap()
	f.page.strong(f.words.Say(key, "Name", name))
	f.page.soft(f.words.Say("fill.show", "Record", r.Record.String()))
	return errDone
}

// list numbers what is left and what is odd, so that :3 goes to the third.
func (f *filler) list(review workspace.Review) {
	f.listed = nil
	f.problems(f.words.Say("fill.review.missing"), review.Missing, false)
	f.problems(f.words.Say("fill.review.wrong"), review.Wrong, true)
	f.problems(f.words.Say("fill.review.odd"), review.Odd, true)
	if len(review.Dropped) > 0 {
		var names []string
		for _, path := range review.Dropped {
			names = append(names, f.session.Name(path))
		}
		f.page.line(f.words.Say("fill.review.dropped", "Answers", strings.Join(names, "; ")))
	}
	done, total := f.session.Progress()
	if others := total - done - len(review.Missing); others > 0 {
		f.page.line(f.words.Say("fill.review.left", others))
	} else if len(f.listed)+len(review.Dropped) == 0 {
		f.page.line(f.words.Say("fill.review.clean"))
	}
}

func (f *filler) problems(title string, problems []interview.Problem, why bool) {
	if len(problems) == 0 {
		return
	}
	f.page.strong(title)
	for _, p := range problems {
		text := f.session.Name(p.Path)
		if why {
			text += f.words.Colon() + " " + p.Message
		}
		if !slices.Contains(f.listed, p.Path) {
			f.listed = append(f.listed, p.Path)
		}
		f.page.choice(strconv.Itoa(slices.Index(f.listed, p.Path)+1), text)
	}
}
