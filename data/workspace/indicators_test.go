package workspace

import (
	"context"
	"errors"
	"strings"
	"testing"

	"coopatlas/data/indicator"
)

// An indicator that is saved as a record is asked for by its code; one that is wrong says why.
func TestOwnIndicators(t *testing.T) {
	ctx := context.Background()
	w := sessions(t)
	declare := func(answers map[string]string) {
		t.Helper()
		if err := w.saveAnswers(ctx, w.ids.next(), indicatorKind, answers["code"], answers); err != nil {
			t.Fatal(err)
		}
	}
	declare(map[string]string{"code": "U1", "name": "Persons for each member", "formula": "ratio", "of": "persons_working", "over": "members", "unit": "persons", "question": "How much work is there for a member?"})
	declare(map[string]string{"code": "U2", "name": "Half an indicator", "formula": "share", "of": "members"})
	declare(map[string]string{"code": "U3", "name": "One", "formula": "sum", "of": "members"})
	declare(map[string]string{"code": "u3", "name": "Another", "formula": "sum", "of": "members"})
	declare(map[string]string{"code": "U4", "name": "Nothing", "formula": "sum", "of": "bicycles"})
	all, err := w.Indicators(ctx)
	if err != nil || len(all) != 5 {
		t.Fatalf("%d indicators: %v", len(all), err)
	}
	figures, err := w.Figures(ctx, FiguresOf{})
	if err != nil {
		t.Fatal(err)
	}
	defer figures.Close()
	result, err := figures.Compute(ctx, indicator.Query{Indicator: "u1"})
	if err != nil || result.Indicator != "U1" || result.Name["en"] != "Persons for each member" || result.Of.Question["en"] == "" {
		t.Errorf("U1 is %+v: %v", result, err)
	}
	for code, want := range map[string]string{"U2": "over: a share needs", "U3": "several indicators have the code", "U4": "the questionnaire mapping has no question with the concept or path \"bicycles\""} {
		if _, err := figures.Compute(ctx, indicator.Query{Indicator: code}); !errors.Is(err, ErrIndicator) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v, want one that says %q", code, err, want)
		}
	}
	if _, err := figures.Compute(ctx, indicator.Query{Indicator: "U9"}); err == nil || !strings.Contains(err.Error(), "there is no indicator") {
		t.Errorf("U9: the error is %v", err)
	}
}
