package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"github.com/spf13/cobra"
)

// fillFlags are the flags of `fill`.
type fillFlags struct {
	record, language string
	resume, submit   bool
}

func (p *program) fillCommand() *cobra.Command {
	var flags fillFlags
	c := &cobra.Command{
		Use:   "fill DIR KIND",
		Short: "Answer a questionnaire at a terminal or from a pipe, one question at a time",
		Long: "Fill asks the questions of a kind one by one. Every answer is kept in a draft before the next question is asked, so\n" +
			"that nothing is lost when the session ends; ? lists the keys. From a pipe each line answers one question; notes and\n" +
			"what is not to be changed take no line, and the end of the input leaves the draft.",
		Example: "  coopctl fill work mapping\n" +
			"  coopctl fill work mapping --record 0190c2f4-7c1e-7b3a-9d55-2f6a1c0e8b41 --lang fr\n" +
			"  coopctl fill work mapping --submit < answers.txt",
		Args: usage(cobra.ExactArgs(2)),
		RunE: func(c *cobra.Command, args []string) error {
			of := workspace.SessionOf{Kind: args[1], Language: flags.language}
			if flags.record != "" {
				id, err := record.ParseID(flags.record)
				if err != nil {
					return err
				}
				of.Record = id
			}
			return open(args[0], func(w *workspace.Workspace) error { return p.fill(c.Context(), w, args[0], of, flags) })
		},
	}
	c.Flags().StringVar(&flags.record, "record", "", "the id of a record to change, or of a draft to go on with")
	c.Flags().StringVar(&flags.language, "lang", "", "language of the questions: such as en or fr; else the workspace's")
	c.Flags().BoolVar(&flags.resume, "resume", false, "go on with the newest unfinished draft of this kind")
	c.Flags().BoolVar(&flags.submit, "submit", false, "submit after the last question without asking; exit 1 if it cannot be")
	c.MarkFlagsMutuallyExclusive("record", "resume")
	return c
}

// filler is one session of `fill`: what it asks, and how it is shown.
type filler struct {
	ctx     context.Context
	session *workspace.Session
	words   *words.Words
	page    *page
	lines   *lineReader
	again   string // the command that goes on with the draft
	submit  bool
	section string             // the heading that was shown last
	opened  bool               // nothing has been shown under it yet
	hits    []interview.Choice // what a search offered, by number
	listed  []record.Path      // what :l or the review numbered
	mending record.Path        // the question that the review sent the person to
}

func (p *program) fill(ctx context.Context, w *workspace.Workspace, dir string, of workspace.SessionOf, flags fillFlags) error {
	drafts, err := unfinished(ctx, w, of)
	if err != nil {
		return err
	}
	if flags.resume && len(drafts) > 0 {
		of.Record = drafts[0]
	}
	s, err := w.Begin(ctx, of)
	if err != nil {
		return err
	}
	if flags.resume && len(drafts) == 0 {
		return errors.Join(s.Discard(ctx), errors.New(s.Words().Say("fill.none_unfinished")))
	}
	again := fmt.Sprintf("coopctl fill %s %s --record %s", quoted(dir), of.Kind, s.Record())
	if flags.language != "" {
		again += " --lang " + flags.language
	}
	f := &filler{ctx: ctx, session: s, words: s.Words(), page: newPage(p.out), again: again, submit: flags.submit,
		lines: readLines(ctx, p.in)}
	defer f.lines.stop()
	f.greet()
	if of.Record.IsZero() && len(drafts) > 0 {
		f.page.opening(f.words.Say("fill.unfinished", len(drafts)), dim)
	}
	return f.run()
}

// unfinished lists the records of the unfinished drafts of a kind, the newest first.
func unfinished(ctx context.Context, w *workspace.Workspace, of workspace.SessionOf) ([]record.ID, error) {
	drafts, err := w.Store.Drafts(ctx)
	var ids []record.ID
	for _, d := range drafts {
		if d.Kind == of.Kind {
			ids = append(ids, d.Record)
		}
	}
	return ids, err
}

// quoted writes a word so that a shell reads it as one.
func quoted(word string) string {
	if word != "" && !strings.ContainsAny(word, " \t\"'$`\\!*?[](){}<>|&;#~") {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

func (f *filler) greet() {
	s := f.session
	title := s.Form().Title.In(f.words.Language(), s.Form().DefaultLanguage)
	if name := s.Interview().InstanceName(); s.IsNew() || name == "" {
		f.page.opening(f.words.Say("fill.opened_new", "Title", title), bold)
	} else {
		f.page.opening(f.words.Say("fill.opened_edit", "Title", title, "Name", name), bold)
	}
	if s.Resumed() {
		done, total := s.Progress()
		f.page.opening(f.words.Say("fill.opened_draft", "Time", f.words.Time(s.Draft().Changed), "Done", done, "Total", total), "")
	}
	if s.Review().Moved {
		f.page.opening(f.words.Say("fill.moved"), yellow)
	}
	f.page.opening(f.words.Say("fill.welcome"), dim)
	f.page.numbered(s.Form())
}

// errLeft ends a session whose draft stays; errDone ends one whose record is kept.
var (
	errLeft = errors.New("left")
	errDone = errors.New("done")
)

// run asks one step after the other until the person leaves or the record is kept.
func (f *filler) run() error {
	step, ok := f.session.Cursor()
	for {
		var err error
		if ok {
			err = f.mend(step)
		} else {
			err = f.finish()
		}
		switch {
		case errors.Is(err, errDone):
			return nil
		case errors.Is(err, io.EOF), errors.Is(err, errLeft), errors.Is(err, context.Canceled):
			return f.leave(err)
		case err != nil:
			return err
		}
		step, ok = f.session.Cursor()
	}
}

// mend asks a step; where the review sent the person there, it comes back to the review.
func (f *filler) mend(step interview.Step) error {
	sent := f.mending == step.Path
	f.mending = ""
	if err := f.ask(step); err != nil || !sent {
		return err
	}
	now, ok := f.session.Cursor()
	if next, _ := f.session.Interview().Next(step.Path); !ok || now.Path != next.Path {
		return nil // the person went elsewhere
	}
	return f.session.MoveTo(f.ctx, "")
}

// leave says how to go on with the draft. A script that was to submit and ended too early has failed.
func (f *filler) leave(why error) error {
	done, total := f.session.Progress()
	f.page.gap()
	f.page.opening(f.words.Say("fill.left", "Done", done, "Total", total), "")
	f.page.literal("  " + f.again)
	if f.submit && errors.Is(why, io.EOF) {
		return errors.New(f.words.Say("fill.input_ended"))
	}
	return nil
}

// lineReader reads lines while the program waits for something else too, so that an interrupt is heard at once.
type lineReader struct {
	ctx   context.Context
	lines chan typed
	quit  chan struct{}
	echo  bool
}

type typed struct {
	text string
	err  error
}

func readLines(ctx context.Context, in io.Reader) *lineReader {
	r := &lineReader{ctx: ctx, lines: make(chan typed), quit: make(chan struct{}), echo: !isTerminal(in)}
	go func() {
		buffered := bufio.NewReader(in)
		for {
			text, err := buffered.ReadString('\n')
			if text != "" {
				err = nil // the last line may lack its end
			}
			select {
			case r.lines <- typed{strings.TrimRight(text, "\r\n"), err}:
			case <-r.quit:
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return r
}

// next waits for a line. The error is io.EOF at the end of the input, or the context's.
func (r *lineReader) next() (string, error) {
	select {
	case line := <-r.lines:
		return line.text, line.err
	case <-r.ctx.Done():
		return "", r.ctx.Err()
	}
}

func (r *lineReader) stop() { close(r.quit) }
