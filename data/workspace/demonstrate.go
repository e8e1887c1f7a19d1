package workspace

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"coopatlas/data/demonstration"
	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// DemonstrationSettings are the settings of a workspace that holds the invented country set.
func DemonstrationSettings(language string) Settings {
	if language == "" {
		language = "en"
	}
	return Settings{
		Name: "Demonstration (invented data)", Language: language, Demonstration: true,
		Letterhead:   Letterhead{Name: "Invented Federation of Cooperatives", Contact: "This publisher and all data are invented."},
		Attributions: map[string]string{demonstration.Source: "Coopatlas demonstration set, invented"},
	}
}

// Demonstrate fills the workspace with the invented country set.
func (w *Workspace) Demonstrate(ctx context.Context, progress store.Progress) error {
	records := demonstration.Records(demonstration.Seed)
	e := w.environment(ctx, "en")
	var failure error
	changes := func(yield func(store.Change) bool) {
		for i, r := range records {
			change, err := w.invented(e, r)
			if err != nil {
				failure = fmt.Errorf("the demonstration's %s %s: %w", r.Kind, r.Key, err)
				return
			}
			e.remember(change.Record, interview.Choice{Name: change.Record.String(), Label: change.Label})
			if progress != nil {
				progress(i, len(records))
			}
			if !yield(change) {
				return
			}
		}
	}
	_, err := w.Store.SaveAll(ctx, w.Identity, changes, nil)
	if failure != nil {
		return failure
	}
	return err
}

var inventedStates = map[string]record.Operation{"saved": record.Edit, "submitted": record.Submit, "validated": record.Validate}

// invented turns an invented record's concepts into answers, through the questionnaire as a person would.
func (w *Workspace) invented(e *environment, r demonstration.Record) (store.Change, error) {
	f, err := w.MustKnow(r.Kind)
	if err != nil {
		return store.Change{}, err
	}
	answers := maps.Clone(r.Answers)
	for concept, key := range r.Refer {
		answers[concept] = inventedID(demonstration.Referred(concept), key).String()
	}
	iv := interview.New(f, e.env(f, ""))
	for _, q := range f.Questions {
		if err := tell(iv, q, r, answers); err != nil {
			return store.Change{}, err
		}
	}
	if len(answers) > 0 {
		return store.Change{}, fmt.Errorf("the questionnaire %s has no question for %v", f.ID, slices.Sorted(maps.Keys(answers)))
	}
	change := store.Change{Record: inventedID(r.Kind, r.Key), Kind: r.Kind, Form: f.Version, Operation: inventedStates[r.State],
		Set: iv.Content().Answers, Label: iv.InstanceName()}
	return change, link(f, &change, r)
}

func inventedID(kind, key string) record.ID {
	return record.RegisterID(demonstration.Source, kind, key)
}

// tell answers one question where the record has an answer to it, and takes that off the answers.
func tell(iv *interview.Interview, q *form.Question, r demonstration.Record, answers map[string]string) error {
	path := record.Path(q.Path)
	for _, name := range []string{q.Concept, q.Name} {
		if slices.Contains(r.Refused, name) && name != "" {
			_, err := iv.Set(path, record.Answer{Status: record.Refused})
			return err
		}
		text, known := answers[name]
		if !known || q.Repeat() != nil || q.Calculation != nil && len(q.Triggers) == 0 {
			continue
		}
		delete(answers, name)
		value, err := inventedValue(iv, q, text)
		if err == nil {
			_, err = iv.Set(path, record.Answer{Value: value, Quality: record.Documented})
		}
		if err != nil {
			return fmt.Errorf("%s: %w", q.Path, err)
		}
		return nil
	}
	return nil
}

// inventedValue reads an invented answer. Choices are given by their names, which need no looking up.
func inventedValue(iv *interview.Interview, q *form.Question, text string) (record.Value, error) {
	switch q.Storage() {
	case form.StoreChoice:
		return record.Text(text), nil
	case form.StoreList:
		return record.List(strings.Fields(text)), nil
	}
	return iv.Parse(record.Path(q.Path), text)
}

// link adds the dated link of a cooperative as a row of its repeat.
func link(f *form.Form, change *store.Change, r demonstration.Record) error {
	if r.Link == nil {
		return nil
	}
	q, ok := f.ByConcept("link_to")
	if !ok || q.Repeat() == nil {
		return fmt.Errorf("the questionnaire %s has no links", f.ID)
	}
	row := record.Path(q.Repeat().Path).Row(inventedID("link", r.Key+" "+r.Link.To))
	change.Add = append(change.Add, row)
	for concept, text := range map[string]string{"link_kind": r.Link.Kind, "link_to": inventedID("cooperative", r.Link.To).String(), "link_date": r.Link.Date} {
		if q, ok = f.ByConcept(concept); ok {
			change.Set[row+"/"+record.Path(q.Name)] = record.Answer{Value: record.Text(text)}
		}
	}
	return nil
}
