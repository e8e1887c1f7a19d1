package workspace

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

const indicatorKind = "indicator"

// ErrIndicator is wrapped where an indicator that the workspace declares cannot be used.
var ErrIndicator = errors.New("the indicator cannot be used")

// OwnIndicator is an indicator that a workspace declares beside the catalogue.
type OwnIndicator struct {
	indicator.Indicator
	Record  record.ID
	Problem error // why it cannot be used; nil where it can
}

// Indicators lists the indicators that the workspace declares, by name. One whose declaration is wrong, or whose code
// another has too, comes with its problem.
func (w *Workspace) Indicators(ctx context.Context) ([]OwnIndicator, error) {
	rows, err := w.Store.List(ctx, indicatorKind, store.Query{
		Columns: []string{"code", "name", "name_fr", "question", "question_fr", "kind", "formula", "of", "over", "codes", "against", "breakdowns", "unit", "flow", "money", "pitfall"},
		Sort:    []store.Order{{Column: "label"}},
	})
	if err != nil {
		return nil, err
	}
	out := make([]OwnIndicator, len(rows))
	for i, row := range rows {
		out[i] = ownOf(row.Record, declaration(row.Values))
	}
	return distinct(out), nil
}

// indicatorsAt lists the indicators that the workspace declared when a release was made, as they were declared then.
func (w *Workspace) indicatorsAt(ctx context.Context, r Release) ([]OwnIndicator, error) {
	states, err := w.Store.StatesAt(ctx, indicatorKind, r.Chains)
	if err != nil {
		return nil, fmt.Errorf("the indicators of the release %s: %w", r.Title, err)
	}
	f, err := w.MustKnow(indicatorKind)
	if err != nil {
		return nil, err
	}
	out := make([]OwnIndicator, len(states))
	for i, state := range states {
		out[i] = ownOf(state.Record, declaration(contentFor(f, state).Answers))
	}
	slices.SortStableFunc(out, func(a, b OwnIndicator) int {
		return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(a.Name["en"], b.Name["en"]))
	})
	return distinct(out), nil
}

// ownOf is the indicator of a declaration, with its problem where there is one.
func ownOf(id record.ID, declared indicator.Custom) OwnIndicator {
	ind, problem := declared.Indicator()
	if problem != nil {
		ind.Code, ind.Name = declared.Code, declared.Name
		problem = fmt.Errorf("%w: %w", ErrIndicator, problem)
	}
	return OwnIndicator{ind, id, problem}
}

// distinct notes the problem of those whose code another one has too.
func distinct(all []OwnIndicator) []OwnIndicator {
	times := map[string]int{}
	for _, o := range all {
		times[strings.ToLower(o.Code)]++
	}
	for i := range all {
		if times[strings.ToLower(all[i].Code)] > 1 {
			all[i].Problem = fmt.Errorf("%w: code: several indicators have the code %s; give each a code of its own", ErrIndicator, all[i].Code)
		}
	}
	return all
}

// declaration reads the answers of an indicator's record.
func declaration(answers map[record.Path]record.Answer) indicator.Custom {
	text := func(name record.Path) string { return strings.TrimSpace(answers[name].Value.String()) }
	words := func(name record.Path) []string {
		if text(name) == "" {
			return nil
		}
		return strings.Fields(text(name))
	}
	inBoth := func(english, french record.Path) indicator.Text {
		switch en, fr := text(english), text(french); {
		case en == "":
			return nil
		case fr == "":
			return indicator.Text{"en": en}
		default:
			return indicator.Text{"en": en, "fr": fr}
		}
	}
	return indicator.Custom{
		Code: text("code"), Name: inBoth("name", "name_fr"), Question: inBoth("question", "question_fr"), Kind: text("kind"), Formula: text("formula"),
		Of: words("of"), Over: words("over"), Codes: words("codes"), Against: words("against"), By: words("breakdowns"), Unit: text("unit"),
		Flow: text("flow") == "yes", Money: text("money") == "yes", Pitfall: inBoth("pitfall", "pitfall"),
	}
}

// Indicators lists the indicators that are declared beside the catalogue: of a release those that there were when it was
// made, as they were declared then. They are read once.
func (f *Figures) Indicators(ctx context.Context) ([]OwnIndicator, error) {
	if f.declared {
		return f.own, nil
	}
	var err error
	if f.Release == nil {
		f.own, err = f.w.Indicators(ctx)
	} else {
		f.own, err = f.w.indicatorsAt(ctx, *f.Release)
	}
	f.declared = err == nil
	return f.own, err
}

// Indicator finds an indicator by its code: one of the catalogue, or one that is declared beside it. The error says in one
// sentence that there is none, or wraps ErrIndicator and says why a declaration cannot be used.
func (f *Figures) Indicator(ctx context.Context, code string) (indicator.Indicator, error) {
	q, err := f.find(ctx, indicator.Query{Indicator: code})
	if err != nil {
		return indicator.Indicator{}, err
	}
	ind, ok := q.Asked()
	if !ok {
		return ind, fmt.Errorf("there is no indicator %q: name one of the catalogue, such as I04, or one of the workspace's own", code)
	}
	return ind, nil
}

// find finds the indicator of a query among those that are declared, where it is none of the catalogue.
func (f *Figures) find(ctx context.Context, q indicator.Query) (indicator.Query, error) {
	if _, known := q.Asked(); known || q.Indicator == "" {
		return q, nil
	}
	all, err := f.Indicators(ctx)
	if err != nil {
		return q, err
	}
	for _, o := range all {
		if strings.EqualFold(o.Code, q.Indicator) {
			q.Of = &o.Indicator
			return q, errors.Join(o.Problem, f.asks(o))
		}
	}
	return q, nil
}

// asks refuses an indicator that reads what no questionnaire asks for: all its figures would be blank.
func (f *Figures) asks(o OwnIndicator) error {
	if o.Problem != nil {
		return nil
	}
	if _, err := f.w.MustKnow(o.Reading()); err != nil {
		return fmt.Errorf("%w: kind: there is no questionnaire %q; `coopctl form list` names them", ErrIndicator, o.Kind)
	}
	for _, name := range o.Reads() {
		if _, err := f.Source.Column(o.Reading(), name); errors.Is(err, indicator.ErrNoColumn) {
			return fmt.Errorf("%w: the questionnaire %s has no question with the concept or path %q that can be a figure; `coopctl form show` names both of each question", ErrIndicator, o.Reading(), name)
		}
	}
	return nil
}

// questionsOf are the questions that indicators read, by questionnaire, which a release keeps with its frame.
func questionsOf(all []OwnIndicator) store.Questions {
	out := store.Questions{}
	for _, o := range all {
		if o.Problem == nil {
			out[o.Reading()] = append(out[o.Reading()], o.Reads()...)
		}
	}
	return out
}
