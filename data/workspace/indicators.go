package workspace

import (
	"context"
	"errors"
	"fmt"
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
		Columns: []string{"code", "name", "name_fr", "question", "question_fr", "formula", "of", "over", "codes", "against", "breakdowns", "unit", "flow", "money", "pitfall"},
		Sort:    []store.Order{{Column: "label"}},
	})
	if err != nil {
		return nil, err
	}
	out := make([]OwnIndicator, len(rows))
	times := map[string]int{}
	for i, row := range rows {
		declared := declaration(row)
		ind, problem := declared.Indicator()
		if problem != nil {
			ind.Code = declared.Code
			problem = fmt.Errorf("%w: %w", ErrIndicator, problem)
		}
		out[i] = OwnIndicator{ind, row.Record, problem}
		times[strings.ToLower(ind.Code)]++
	}
	for i := range out {
		if times[strings.ToLower(out[i].Code)] > 1 {
			out[i].Problem = fmt.Errorf("%w: code: several indicators have the code %s; give each a code of its own", ErrIndicator, out[i].Code)
		}
	}
	return out, nil
}

// declaration reads the record of an indicator.
func declaration(row store.Row) indicator.Custom {
	text := func(name record.Path) string { return strings.TrimSpace(row.Values[name].Value.String()) }
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
		Code: text("code"), Name: inBoth("name", "name_fr"), Question: inBoth("question", "question_fr"), Formula: text("formula"),
		Of: words("of"), Over: words("over"), Codes: words("codes"), Against: words("against"), By: words("breakdowns"), Unit: text("unit"),
		Flow: text("flow") == "yes", Money: text("money") == "yes", Pitfall: inBoth("pitfall", "pitfall"),
	}
}

// own finds the indicator of a query among those that the workspace declares, where it is none of the catalogue.
func (w *Workspace) own(ctx context.Context, q indicator.Query) (indicator.Query, error) {
	if _, known := q.Asked(); known || q.Indicator == "" {
		return q, nil
	}
	all, err := w.Indicators(ctx)
	if err != nil {
		return q, err
	}
	for _, o := range all {
		if strings.EqualFold(o.Code, q.Indicator) {
			q.Of = &o.Indicator
			return q, o.Problem
		}
	}
	return q, nil
}
