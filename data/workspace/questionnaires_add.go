package workspace

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// ErrQuestionnaire is wrapped where a questionnaire cannot be put into the workspace, or taken out of it.
var ErrQuestionnaire = errors.New("the questionnaire cannot be taken")

// Consent is what somebody has agreed to before a questionnaire is put in.
type Consent struct {
	Losses bool // drafts may lose what the proposal says
	Apart  bool // what may have been renamed are other questions
}

// AddQuestionnaire puts a questionnaire into the workspace: as a record, so that it travels. The same one again is no
// change and gives its record. The proposal is given with the error, which wraps ErrQuestionnaire where the questionnaire
// is refused or somebody must agree first.
func (w *Workspace) AddQuestionnaire(ctx context.Context, from QuestionnaireFile, consent Consent) (*Proposal, record.ID, error) {
	p, err := w.Propose(ctx, from)
	if err != nil {
		return nil, record.ID{}, err
	}
	if err := p.agreed(consent); err != nil {
		return p, record.ID{}, err
	}
	id := record.RegisterID("coopatlas", questionnaireKind, p.Form.ID, p.Form.Version)
	if p.Same {
		return p, id, nil
	}
	change, err := w.questionnaireChange(ctx, id, p)
	if err == nil {
		_, err = w.Store.Save(ctx, w.Identity, change)
	}
	if errors.Is(err, store.ErrNothing) {
		err = nil
	}
	return p, id, err
}

// agreed says why a proposal cannot be carried out.
func (p *Proposal) agreed(c Consent) error {
	problems := form.Errors(p.Problems)
	switch {
	case len(problems) == 1:
		return fmt.Errorf("%w: %s", ErrQuestionnaire, problems[0])
	case len(problems) > 1:
		return fmt.Errorf("%w: it has %d errors", ErrQuestionnaire, len(problems))
	case p.Same:
		return nil
	case len(p.Undecided) > 0 && !c.Apart:
		return fmt.Errorf("%w: %s was perhaps renamed to %s; say whether it was", ErrQuestionnaire, p.Undecided[0].Old, p.Undecided[0].New)
	case p.Loses() && !c.Losses:
		return fmt.Errorf("%w: %d drafts would lose answers; finish them first, or agree to that", ErrQuestionnaire, p.losers())
	}
	return nil
}

func (p *Proposal) losers() int {
	n := 0
	for _, d := range p.Drafts {
		if len(d.Lost) > 0 {
			n++
		}
	}
	return n
}

// questionnaireChange makes a record of a proposal, on what there is of it already.
func (w *Workspace) questionnaireChange(ctx context.Context, id record.ID, p *Proposal) (store.Change, error) {
	out := store.Change{Record: id, Kind: questionnaireKind, Operation: record.Edit, Set: map[record.Path]record.Answer{}}
	state, err := w.Store.State(ctx, id)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return out, err
	}
	if out.Parents = state.Heads; state.Lifecycle == record.Deleted {
		out.Operation = record.Restore
	}
	say := w.questionnaireSays(p)
	if p.note == "" {
		say["note"] = textOf(state, "note")
	}
	rows := map[string]record.Path{}
	for _, name := range slices.Sorted(maps.Keys(p.texts)) {
		row := record.Path("lists").Row(record.RegisterID("coopatlas", questionnaireKind+" list", id.String(), name))
		rows[name] = row
		say[row+"/list_file"], say[row+"/list_text"] = name, p.texts[name]
		if _, has := state.Fields[row+"/list_file"]; !has {
			out.Add = append(out.Add, row)
		}
	}
	for _, row := range state.Rows["lists"] {
		if at := record.Path("lists").Row(row); !slices.Contains(slices.Collect(maps.Values(rows)), at) {
			out.Remove = append(out.Remove, at)
		}
	}
	for path, text := range say {
		if textOf(state, path) != text {
			out.Set[path] = record.Answer{Value: record.Text(text)}
		}
	}
	return out, nil
}

// questionnaireSays are the answers of the record that holds a questionnaire.
func (w *Workspace) questionnaireSays(p *Proposal) map[record.Path]string {
	before := ""
	if p.Former != nil {
		before = p.Former.Form.Version
	}
	title := p.Form.Title.In(p.Form.DefaultLanguage, "en")
	if title == "" {
		title = p.Form.ID
	}
	return map[record.Path]string{
		"form_id": p.Form.ID, "version": p.Form.Version, "title": title, "languages": strings.Join(p.Form.Languages, " "), "before": before,
		"renames": WriteRenames(p.renames), "note": p.note, "file": p.Source.Name, "tables": xlsform.WriteMarkdown(p.Source),
	}
}

// RemoveQuestionnaire takes a version out of the workspace, under which nothing was answered; RestoreQuestionnaire puts
// it back.
func (w *Workspace) RemoveQuestionnaire(ctx context.Context, kind, version string) (record.ID, error) {
	q := w.set().at(kind, version)
	if q == nil {
		return record.ID{}, fmt.Errorf("%w: %s has no version %s here", ErrQuestionnaire, kind, version)
	}
	if q.BuiltIn() {
		return record.ID{}, fmt.Errorf("%w: %s %s comes with the program", ErrQuestionnaire, kind, version)
	}
	use, err := w.use(ctx, kind)
	if err != nil {
		return record.ID{}, err
	}
	if n := use[version].Records + use[version].Drafts; n > 0 {
		return record.ID{}, fmt.Errorf("%w: %d records and drafts were answered under %s %s, which must stay so that they can be read", ErrQuestionnaire, n, kind, version)
	}
	return q.Record, w.standQuestionnaire(ctx, q.Record, record.Delete)
}

// RestoreQuestionnaire puts back a questionnaire that was taken out.
func (w *Workspace) RestoreQuestionnaire(ctx context.Context, id record.ID) error {
	return w.standQuestionnaire(ctx, id, record.Restore)
}

func (w *Workspace) standQuestionnaire(ctx context.Context, id record.ID, operation record.Operation) error {
	state, err := w.Store.State(ctx, id)
	if err != nil {
		return err
	}
	_, err = w.Store.Save(ctx, w.Identity, store.Change{Record: id, Kind: questionnaireKind, Parents: state.Heads, Operation: operation})
	return err
}

// ParseRenames reads renames as a file has them: one a line, the old path, a comma and the new path; of choices as
// form.Renames writes them. Lines that begin with # are notes.
func ParseRenames(text string) (form.Renames, error) {
	out := form.Renames{}
	lines := csv.NewReader(strings.NewReader(text))
	lines.FieldsPerRecord, lines.TrimLeadingSpace, lines.Comment = -1, true, '#'
	all, err := lines.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("the renames cannot be read: %w", err)
	}
	for i, cells := range all {
		if len(cells) != 2 || strings.TrimSpace(cells[0]) == "" || strings.TrimSpace(cells[1]) == "" {
			return nil, fmt.Errorf("rename %d: write an old path, a comma and a new path", i+1)
		}
		if old := strings.TrimSpace(cells[0]); i > 0 || old != "old" {
			out[old] = strings.TrimSpace(cells[1])
		}
	}
	return out, nil
}

// WriteRenames writes renames as ParseRenames reads them.
func WriteRenames(renames form.Renames) string {
	var out strings.Builder
	lines := csv.NewWriter(&out)
	for _, old := range slices.Sorted(maps.Keys(renames)) {
		_ = lines.Write([]string{old, renames[old]}) // a builder never fails
	}
	lines.Flush()
	return strings.TrimSuffix(out.String(), "\n")
}

// DraftTrial is what becomes of a draft under another version of its questionnaire.
type DraftTrial struct {
	Record record.ID
	Name   string
	Form   string       // the version it was begun under
	Lost   []LostAnswer // what the other version has no place for, or does not ask
	Wrong  int          // answers that it does not allow, and the version before did
}

// LostAnswer is an answer that a draft would lose.
type LostAnswer struct {
	Path   record.Path
	Label  string // of the question
	Text   string
	Reason string
}

// notAsked is the reason of answers whose question the other version has, and does not ask.
const notAsked = "it is not asked any more"

// tryDrafts tries every draft of the kind against a proposal.
func (w *Workspace) tryDrafts(ctx context.Context, p *Proposal) ([]DraftTrial, error) {
	drafts, err := w.Store.Drafts(ctx)
	if err != nil || p.Former == nil {
		return nil, err
	}
	set := w.set()
	var out []DraftTrial
	for _, d := range drafts {
		if d.Kind != p.Form.ID {
			continue
		}
		state, err := w.draftState(ctx, d)
		if err != nil {
			return nil, err
		}
		now := set.at(d.Kind, d.Form)
		if now == nil {
			now = p.Former
		}
		out = append(out, w.tryDraft(ctx, p, d, now, keptOf(d).over(content(state))))
	}
	return out, nil
}

// draftState is what the record says that a draft is of.
func (w *Workspace) draftState(ctx context.Context, d store.Draft) (record.State, error) {
	if len(d.Heads) == 0 {
		return record.State{}, nil
	}
	return w.Store.State(ctx, d.Record)
}

// tryDraft opens what a draft holds under both versions.
func (w *Workspace) tryDraft(ctx context.Context, p *Proposal, d store.Draft, now *Questionnaire, holds interview.Content) DraftTrial {
	e := w.environment(ctx, "en")
	e.trial = &Questionnaire{Form: p.Form, lists: p.lists}
	was := interview.Open(now.Form, e.env(now.Form, ""), interview.Present(now.Form, holds))
	out := DraftTrial{Record: d.Record, Name: was.InstanceName(), Form: d.Form}
	trial := interview.Carry(p.Form, e.env(p.Form, ""), interview.Present(p.Former.Form, holds), p.renames)
	lose := func(path record.Path, reason string) {
		answer, typed := d.Answers[path]
		if !typed || answer.Blank() {
			return
		}
		lost := LostAnswer{Path: path, Label: was.Label(path), Text: answer.Value.String(), Reason: reason}
		if answer.Value.IsZero() {
			lost.Text = answer.Status.String()
		}
		out.Lost = append(out.Lost, lost)
	}
	for _, l := range trial.Lost {
		lose(l.Path, string(l.Reason))
	}
	dropped := was.Dropped()
	for _, path := range trial.Dropped {
		before := path
		for _, m := range trial.Moved {
			if m.To == path {
				before = m.From
			}
		}
		if !slices.Contains(dropped, before) {
			lose(before, notAsked)
		}
	}
	out.Wrong = max(0, wrong(trial.Problems)-wrong(was.Problems()))
	return out
}

// wrong counts answers that a questionnaire does not allow.
func wrong(problems []interview.Problem) int {
	n := 0
	for _, p := range problems {
		if p.Hard && p.Kind != interview.ProblemRequired {
			n++
		}
	}
	return n
}
