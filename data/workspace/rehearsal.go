package workspace

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// ErrRehearsal is returned where a rehearsal is to be saved.
var ErrRehearsal = errors.New("a rehearsal keeps nothing")

// ReadQuestionnaire reads and compiles a questionnaire that is not in the workspace, with the lists that lie beside it.
// The error names its first error.
func (w *Workspace) ReadQuestionnaire(from QuestionnaireFile) (*Questionnaire, error) {
	source, err := xlsform.Read(from.Folder, from.Name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", from.Name, err)
	}
	source.PersonalKinds = w.set().personal()
	p := &Proposal{Source: source}
	if p.Form, p.Problems = form.Compile(source); p.Form != nil {
		p.besides(w, from)
	}
	if problems := form.Errors(p.Problems); len(problems) > 0 {
		return nil, fmt.Errorf("%w: %s: %s", ErrQuestionnaire, from.Name, problems[0])
	}
	return &Questionnaire{Form: p.Form, File: from.Name, source: source, lists: p.lists}, nil
}

// Rehearse opens an empty interview of a questionnaire to try it: everything works as in a session that Begin opens,
// against the workspace's registers, and nothing is kept.
func (w *Workspace) Rehearse(ctx context.Context, q *Questionnaire, language string) (*Session, error) {
	if language == "" {
		settings, err := w.Settings(ctx)
		if err != nil {
			return nil, err
		}
		language = settings.Language
	}
	spoken, err := Words(language)
	if err != nil {
		return nil, err
	}
	s := &Session{w: w, form: q.Form, words: spoken, env: w.environment(ctx, language), rehearsal: true}
	s.env.trial = q
	s.draft = store.Draft{Record: w.ids.next(), Kind: q.Form.ID, Form: q.Form.Version}
	s.kept, s.base = keptOf(s.draft), content(record.State{})
	s.conflicts, s.confirmed = map[record.Path][]record.Answer{}, map[record.Path]bool{}
	s.view = s.lengthen(interview.New(s.form, s.environment("")))
	return s, nil
}

// Rehearsal tells whether the session keeps nothing.
func (s *Session) Rehearsal() bool { return s.rehearsal }

// describe says what an attachment is without keeping it.
func describe(name string, r io.Reader) (store.FileInfo, error) {
	h := sha256.New()
	size, err := io.Copy(h, r)
	if err != nil {
		return store.FileInfo{}, fmt.Errorf("reading %s: %w", name, err)
	}
	return store.FileInfo{Name: name, MediaType: "application/octet-stream", Size: size, SHA256: record.Hash(h.Sum(nil))}, nil
}
