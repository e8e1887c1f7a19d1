package directory

import (
	"cmp"
	"context"
	"slices"
	"time"

	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
)

// known is everything that a profile shows of a record. It is read in one job.
type known struct {
	form      *form.Form
	state     record.State
	label     string
	sections  []section
	links     []link
	years     []yearly
	conflicts []disagreement
	versions  []version // the newest first
}

// link is a dated link to another record.
type link struct {
	what, name string
	to         record.ID
}

// yearly is what one interview says of one year.
type yearly struct {
	record                     record.ID
	year                       int
	state                      record.Lifecycle
	members, persons, turnover *record.Decimal
	currency                   string
}

// disagreement is a conflict in words.
type disagreement struct {
	conflict record.Conflict
	label    string
	sides    []string // one for each answer that can be kept
	who      []string // who gave it and when, where that is known
}

// version is a revision in words.
type version struct {
	id      record.Hash
	parents []record.Hash
	who     string
	when    time.Time
	what    string
	paths   []record.Path
	note    string
}

// read reads a record with all that its profile shows.
func read(ctx context.Context, space *workspace.Workspace, say *words.Words, id record.ID) (known, error) {
	var out known
	var err error
	if out.state, err = space.Store.State(ctx, id); err != nil {
		return out, err
	}
	if out.form, out.state, err = space.Shown(out.state); err != nil {
		return out, err
	}
	r := newReader(ctx, space, say)
	if out.label, err = labelOf(ctx, space, out.state); err != nil {
		return out, err
	}
	out.sections, out.links = r.sections(out.form, out.state), r.links(out.form, out.state)
	history, err := space.Store.History(ctx, id)
	if err != nil {
		return out, err
	}
	if r.authors, err = space.Store.Authors(ctx); err != nil {
		return out, err
	}
	out.conflicts = r.disagreements(out.form, history, out.state)
	out.versions = r.versions(history)
	if out.state.Kind != kindCooperative {
		return out, nil
	}
	out.years, err = years(ctx, space, id)
	return out, err
}

// labelOf is the name of a record, as lists show it.
func labelOf(ctx context.Context, space *workspace.Workspace, state record.State) (string, error) {
	rows, err := space.Store.List(ctx, state.Kind, store.Query{Columns: []string{}, Deleted: true, Where: []store.Condition{{Column: "record", Values: []string{state.Record.String()}}}})
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0].Label, nil
}

// links are the rows of the repeat of links.
func (r reader) links(f *form.Form, s record.State) []link {
	to, ok := f.ByConcept("link_to")
	if !ok || to.Repeat() == nil {
		return nil
	}
	repeat := record.Path(to.Repeat().Path)
	var out []link
	for _, row := range s.Rows[repeat] {
		one := link{}
		for _, item := range to.Repeat().Items {
			q, ok := item.(*form.Question)
			if !ok {
				continue
			}
			answer := s.Fields[repeat.Row(row)+"/"+record.Path(q.Name)].Answer
			switch text := r.value(f, q, answer); {
			case q == to:
				one.name = text
				one.to, _ = record.ParseID(answer.Value.String())
			case text != "" && one.what != "":
				one.what += ", " + text
			default:
				one.what += text
			}
		}
		out = append(out, one)
	}
	return out
}

// years are the interviews of a cooperative by year.
func years(ctx context.Context, space *workspace.Workspace, id record.ID) ([]yearly, error) {
	f, err := space.MustKnow(kindMapping)
	if err != nil {
		return nil, err
	}
	path := func(concept string) record.Path { return record.Path(pathOf(f, concept)) }
	columns := []string{}
	for _, concept := range []string{"subject", "year", "members", "persons_working", "turnover", "currency"} {
		columns = append(columns, string(path(concept)))
	}
	rows, err := space.Store.List(ctx, kindMapping, store.Query{Columns: columns, Where: []store.Condition{{Column: columns[0], Values: []string{id.String()}}}})
	if err != nil {
		return nil, err
	}
	var out []yearly
	for _, row := range rows {
		number := func(concept string) *record.Decimal {
			if n, ok := row.Values[path(concept)].Value.Number(); ok {
				return &n
			}
			return nil
		}
		one := yearly{record: row.Record, state: row.Lifecycle, members: number("members"), persons: number("persons_working"), turnover: number("turnover"), currency: row.Values[path("currency")].Value.String()}
		if n := number("year"); n != nil {
			one.year = int(n.Coefficient)
		}
		out = append(out, one)
	}
	slices.SortStableFunc(out, func(a, b yearly) int { return cmp.Compare(b.year, a.year) })
	return out, nil
}

// disagreements puts conflicts into words.
func (r reader) disagreements(f *form.Form, history *record.History, s record.State) []disagreement {
	var out []disagreement
	for _, c := range s.Conflicts {
		d := disagreement{conflict: c, label: r.labelOf(f, c.Path)}
		switch c.Kind {
		case record.FieldConflict:
			for _, w := range c.Writes {
				d.sides = append(d.sides, r.side(f, c.Path, w))
				d.who = append(d.who, r.saidBy(history, c, w))
			}
		case record.RowConflict:
			d.sides = []string{r.say.Say("directory.conflict.keep_row"), r.say.Say("directory.conflict.remove_row")}
		case record.RecordConflict:
			d.label = r.say.Say("directory.conflict.deleted")
			d.sides = []string{r.say.Say("directory.conflict.keep_record"), r.say.Say("directory.conflict.delete_record")}
		case record.AliasConflict:
			d.label = r.say.Say("directory.conflict.duplicate")
			for _, revision := range c.Revisions {
				d.sides = append(d.sides, r.aliasOf(history, revision))
			}
		}
		out = append(out, d)
	}
	return out
}

func (r reader) side(f *form.Form, path record.Path, w record.Write) string {
	text := ""
	if q, ok := f.Question(path.Question()); ok {
		text = r.value(f, q, w.Answer)
	}
	switch {
	case text != "":
		return text
	case w.Commitment != nil:
		return r.say.Say("directory.sealed")
	}
	return r.say.Say("directory.no_answer")
}

// saidBy is who gave an answer of a conflict, and when.
func (r reader) saidBy(history *record.History, c record.Conflict, w record.Write) string {
	for _, one := range history.Revisions {
		set, wrote := one.Changes.Set[c.Path]
		same := set.Equal(w) || set.Commitment != nil && w.Commitment != nil && *set.Commitment == *w.Commitment
		if wrote && same && slices.Contains(c.Revisions, one.ID) {
			return r.author(one) + ", " + one.Time.Format("2006-01-02 15:04")
		}
	}
	return ""
}

func (r reader) aliasOf(history *record.History, revision record.Hash) string {
	for _, one := range history.Revisions {
		if one.ID == revision {
			return one.Changes.Alias.String()
		}
	}
	return revision.String()
}

// versions are the revisions of a record, the newest first.
func (r reader) versions(history *record.History) []version {
	var out []version
	for _, one := range slices.Backward(history.Revisions) {
		v := version{id: one.ID, parents: one.Parents, when: one.Time, paths: one.Changes.Paths(), note: one.Changes.Note, who: r.author(one), what: r.say.Say("directory.operation." + string(one.Operation))}
		if len(one.Parents) == 0 && one.Operation == record.Edit {
			v.what = r.say.Say("directory.operation.first")
		}
		if origin := one.Changes.Origin; origin != nil {
			v.what = r.say.Say("directory.imported", words.Args{"Source": origin.Source})
		}
		out = append(out, v)
	}
	return out
}

// author is the name of who made a revision, else the beginning of the key.
func (r reader) author(of record.Revision) string {
	if name := r.authors[of.Author]; name != "" {
		return name
	}
	return of.Author.String()[:8]
}
