package workspace

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/words"
)

// SessionOf says which interview a person fills: a kind of record, the record (zero for a new one), and the language of
// the questions (empty for the workspace's).
type SessionOf struct {
	Kind     string
	Record   record.ID
	Language string
}

// Session is an interview being filled over a draft. Every edit is kept in the draft, in one transaction, before it
// returns; what the person sees is read from Interview. A session belongs to one goroutine at a time.
type Session struct {
	w         *Workspace
	form      *form.Form
	words     *words.Words
	env       *environment
	draft     store.Draft
	base      interview.Content // what the record said when the draft was opened
	kept      kept              // what the draft holds beside it
	view      view
	past      []view // interviews that undo leads back to, the newest last
	future    []view // those that redo leads on to, the nearest last
	trail     []record.Path
	undone    []record.Path
	resumed   bool
	moved     bool
	rehearsal bool // nothing is kept

	conflicts map[record.Path][]record.Answer
	confirmed map[record.Path]bool // conflicts that the person has decided for what is shown
}

// view is the interview at one length. When the length changes, as the wave is chosen, another takes its place.
type view struct {
	*interview.Interview
	length string
}

// kept is what a draft holds: answers, and rows that were added (true) or removed.
type kept struct {
	answers map[record.Path]record.Answer
	rows    map[record.Path]bool
}

// Edit is what one edit did. Anew says that the interview was opened anew, because its length changed or undo passed
// such a change: then everything is to be shown again, whatever Change lists.
type Edit struct {
	Path   record.Path
	Change interview.Change
	Anew   bool
}

// ErrStage is wrapped where a record cannot be filled because of where it stands in its lifecycle.
var ErrStage = errors.New("the record cannot be changed as it stands")

// Begin opens the draft of a record, or resumes the one there is, and opens the interview on it. The error wraps
// ErrKind, store.ErrNotFound or ErrStage.
func (w *Workspace) Begin(ctx context.Context, of SessionOf) (*Session, error) {
	f, err := w.MustKnow(of.Kind)
	if err != nil {
		return nil, err
	}
	settings, err := w.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if of.Language == "" {
		of.Language = settings.Language
	}
	spoken, err := Words(of.Language)
	if err != nil {
		return nil, err
	}
	s := &Session{w: w, form: f, words: spoken, env: w.environment(ctx, of.Language)}
	if err := s.openDraft(ctx, of.Record); err != nil {
		return nil, err
	}
	return s, s.open(ctx)
}

// openDraft finds the draft of a record, or makes one on its present heads.
func (s *Session) openDraft(ctx context.Context, id record.ID) error {
	of := store.DraftOf{Record: id, Kind: s.form.ID, Form: s.form.Version}
	if id.IsZero() {
		of.Record = s.w.ids.next()
		return s.makeDraft(ctx, of)
	}
	drafts, err := s.w.Store.Drafts(ctx)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(drafts, func(d store.Draft) bool { return d.Record == id }); i >= 0 {
		s.draft, s.resumed = drafts[i], true
		return s.mustBe(s.draft.Kind)
	}
	state, err := s.w.Store.State(ctx, id)
	if err != nil {
		return err
	}
	if err := s.mustBe(state.Kind); err != nil {
		return err
	}
	switch state.Lifecycle {
	case record.Deleted:
		return fmt.Errorf("%w: it is deleted; restore it first", ErrStage)
	case record.Locked:
		return fmt.Errorf("%w: it is locked; reopen it first", ErrStage)
	}
	of.Heads = state.Heads
	return s.makeDraft(ctx, of)
}

func (s *Session) makeDraft(ctx context.Context, of store.DraftOf) (err error) {
	s.draft, err = s.w.Store.OpenDraft(ctx, of)
	return err
}

func (s *Session) mustBe(kind string) error {
	if kind != s.form.ID {
		return fmt.Errorf("%w: the record is of the kind %s, not %s", ErrKind, kind, s.form.ID)
	}
	return nil
}

// open reads what the record said when the draft was opened, lays the draft over it, and opens the interview.
func (s *Session) open(ctx context.Context) error {
	state, err := s.stateAtHeads(ctx)
	if err != nil {
		return err
	}
	s.base = content(state)
	maps.DeleteFunc(s.base.Rows, func(repeat record.Path, _ []record.ID) bool { // those of another version stay as they are
		_, asked := s.form.Group(repeat.Question())
		return !asked
	})
	s.kept = keptOf(s.draft)
	s.disagreements(state)
	if len(s.draft.Heads) == 0 && len(s.kept.answers)+len(s.kept.rows) == 0 && s.draft.Cursor == "" {
		s.view = s.lengthen(interview.New(s.form, s.environment("")))
		return s.keep(ctx, "") // what the form fills in by itself
	}
	laid := s.kept.over(content(state))
	if state.Form != "" && state.Form != s.form.Version || s.draft.Form != s.form.Version {
		laid = interview.Fit(s.form, interview.Present(s.form, laid))
	}
	s.view = s.lengthen(interview.Open(s.form, s.environment(""), laid))
	return nil
}

// keptOf is what a draft holds.
func keptOf(d store.Draft) kept {
	k := kept{answers: d.Answers, rows: map[record.Path]bool{}}
	if k.answers == nil {
		k.answers = map[record.Path]record.Answer{}
	}
	for _, row := range d.Add {
		k.rows[row] = true
	}
	for _, row := range d.Remove {
		k.rows[row] = false
	}
	return k
}

// disagreements notes which questions were answered differently by several people, and which of those the draft decides.
func (s *Session) disagreements(state record.State) {
	s.conflicts, s.confirmed = map[record.Path][]record.Answer{}, map[record.Path]bool{}
	for _, c := range state.Conflicts {
		if c.Kind != record.FieldConflict {
			continue
		}
		for _, w := range c.Writes {
			s.conflicts[c.Path] = append(s.conflicts[c.Path], w.Answer)
		}
		if kept, ok := s.kept.answers[c.Path]; ok && kept.Equal(s.base.Answers[c.Path]) {
			s.confirmed[c.Path] = true
		}
	}
}

// stateAtHeads is the state of the record as the draft's heads give it: later revisions, which others made meanwhile,
// are left out, so that saving writes what the person changed and nothing else.
func (s *Session) stateAtHeads(ctx context.Context) (record.State, error) {
	if len(s.draft.Heads) == 0 {
		return record.State{}, nil
	}
	state, err := s.w.Store.State(ctx, s.draft.Record)
	if err != nil || slices.Equal(state.Heads, s.draft.Heads) {
		return state, err
	}
	s.moved = true
	revisions, err := s.w.Store.Revisions(ctx, s.draft.Record)
	if err != nil {
		return state, err
	}
	old := record.Merge(upTo(revisions, s.draft.Heads))
	for path, field := range old.Fields {
		if now := state.Fields[path]; field.Commitment != nil && now.Revision == field.Revision {
			old.Fields[path] = now // with its value, where it may be opened
		}
	}
	return old, nil
}

// upTo returns the heads among revisions, and what they descend from.
func upTo(revisions []record.Revision, heads []record.Parent) []record.Revision {
	byID := make(map[record.Hash]record.Revision, len(revisions))
	for _, r := range revisions {
		byID[r.ID] = r
	}
	var queue []record.Hash
	for _, head := range heads {
		queue = append(queue, head.ID)
	}
	var out []record.Revision
	for len(queue) > 0 {
		r, there := byID[queue[0]]
		queue = queue[1:]
		if there {
			delete(byID, r.ID)
			out = append(out, r)
			queue = append(queue, r.Parents...)
		}
	}
	return out
}

// over lays the draft's answers and rows over what the record says.
func (k kept) over(c interview.Content) interview.Content {
	for path, answer := range k.answers {
		c.Answers[path] = answer
		if answer.Blank() {
			delete(c.Answers, path)
		}
	}
	for row, there := range k.rows {
		repeat, id, _ := row.SplitRow()
		known := slices.Contains(c.Rows[repeat], id)
		switch {
		case there && !known:
			c.Rows[repeat] = append(c.Rows[repeat], id)
			slices.SortFunc(c.Rows[repeat], record.ID.Compare)
		case !there && known:
			c.Rows[repeat] = slices.DeleteFunc(c.Rows[repeat], func(other record.ID) bool { return other == id })
		}
		if there {
			continue
		}
		for path := range c.Answers {
			if path.Within(row) {
				delete(c.Answers, path)
			}
		}
	}
	return c
}

// environment is what the session's interviews ask of the workspace, in the person's language.
func (s *Session) environment(length string) interview.Env {
	env := s.env.env(s.form, length)
	env.Record = s.draft.Record
	env.Say = func(key string, args ...string) string { return sayOf(s.words, key, args) }
	return env
}

// Interview returns the interview to read from: steps, labels, choices, answers, problems. Edits go through the
// session, which keeps them; the interview may be another one after an edit.
func (s *Session) Interview() *interview.Interview { return s.view.Interview }

// Form returns the questionnaire that is being filled.
func (s *Session) Form() *form.Form { return s.form }

// Words returns the words in the session's language.
func (s *Session) Words() *words.Words { return s.words }

// Record returns the id of the record, which a new one has from the beginning.
func (s *Session) Record() record.ID { return s.draft.Record }

// IsNew tells whether the record has never been saved.
func (s *Session) IsNew() bool { return len(s.draft.Heads) == 0 }

// Resumed tells whether the draft was there before the session began.
func (s *Session) Resumed() bool { return s.resumed }

// Conflict returns the different answers that several people gave to a question, the one shown last; none where they
// agree, or once the person has decided.
func (s *Session) Conflict(path record.Path) []record.Answer {
	if s.confirmed[path] || !s.base.Answers[path].Equal(s.view.Answer(path)) {
		return nil
	}
	return s.conflicts[path]
}

// Draft returns the draft as it was found: when it was opened and last changed, and by which version of the form.
func (s *Session) Draft() store.Draft { return s.draft }
