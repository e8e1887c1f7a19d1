package trends

import (
	"strings"
	"testing"

	"coopatlas/app/kit"
	"coopatlas/app/stage"
	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

func TestTotalsAreEstimatedWhereThePopulationIsKnown(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?indicator=I05&by=country&basis=demographic&pairs=any")
	if !p.controls.totals.Visible() {
		t.Fatal("there is no total to choose")
	}
	p.controls.totals.SetSelected("Estimated total")
	if p.Route() != "trends?by=country&indicator=I05&totals=estimated" || p.controls.basis.Visible() || p.controls.pairs.Visible() {
		t.Errorf("the route is %s", p.Route())
	}
	if p.answer.result.Estimated == nil || p.answer.result.Basis != indicator.All || !strings.Contains(p.answer.definition.Basis, "estimated total") {
		t.Errorf("%s of %+v", p.answer.definition.Basis, p.answer.result.Estimated)
	}
	rows := p.table.Texts()
	if len(rows[0]) != 6 || rows[1][5] != "E" {
		t.Errorf("the table begins %q, %q", rows[0], rows[1])
	}
	said := s.Texts()
	for _, want := range []string{"The totals are estimated", "answers are weighted to", "E estimated, weighted to the known population"} {
		if !strings.Contains(said, want) {
			t.Errorf("nothing says %q", want)
		}
	}
	p.card.choose(0)
	if !strings.Contains(p.card.why.Text, "Estimated, weighted to the known population.") {
		t.Errorf("the point says %q", p.card.why.Text)
	}
	p.card.showRecords()
	p.controls.internal.SetChecked(true)
	p.card.choose(0)
	p.card.showRecords()
	weighted := false
	for _, grid := range stage.All[*kit.Grid](s) {
		rows := grid.Texts()
		weighted = weighted || len(rows) == 1+38 && rows[0][2] == "Weight" && rows[1][2] == "4.7368" // 38 for 180
	}
	if !weighted {
		t.Error("no record says its weight")
	}
	p.controls.internal.SetChecked(false)
	p.controls.indicator.SetSelected("Worker-member rate")
	if p.controls.totals.Visible() || p.at.estimated || !strings.Contains(s.Texts(), "This is no total") {
		t.Error("a rate is estimated")
	}
	s.Clean("trends.")
}

func TestEstimatedTotalsAreKeptInViews(t *testing.T) {
	s, p := open(t, stage.Config{Language: "fr"}, "trends?indicator=I04&totals=estimated")
	p.keepView("Estimés")
	p.controls.totals.SetSelected("Total déclaré")
	if p.answer.result.Estimated != nil || strings.Contains(p.Route(), "totals") {
		t.Error("the total stays estimated")
	}
	views, err := s.Workspace().Views(t.Context(), viewsOf)
	if err != nil || len(views) != 1 {
		t.Fatal(views, err)
	}
	if p.openView(views[0]); p.answer.result.Estimated == nil {
		t.Error("the view forgot that totals are estimated")
	}
	s.Clean("trends.")
}

// Without a known population there is nothing to choose, and the page says why; a view that asks for it shows what was
// reported.
func TestWithoutAFrameNothingIsEstimated(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?indicator=I05&by=country&totals=estimated&where=country:IT")
	w := s.Workspace()
	forget := func(where ...store.Condition) {
		rows, err := w.Store.List(t.Context(), "population", store.Query{Columns: []string{}, Where: where})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			state, err := w.Store.State(t.Context(), row.Record)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Store.Save(t.Context(), w.Identity, store.Change{Record: row.Record, Kind: state.Kind, Form: state.Form, Parents: state.Heads, Operation: record.Delete}); err != nil {
				t.Fatal(err)
			}
		}
		p.Reload()
	}
	forget(store.Condition{Column: "country", Values: []string{"IT"}})
	if p.answer.drawn || !strings.Contains(s.Texts(), "No part of the estimated totals: Italy (2021–2025, no known population).") {
		t.Errorf("Italy is estimated without a frame: %v", p.said())
	}
	s.Press("Show the reported total")
	if p.at.estimated || !p.answer.drawn {
		t.Error("the reported total is not shown")
	}
	at := p.at
	at.estimated = true
	p.choose(at)
	forget()
	if p.controls.totals.Visible() || p.answer.result.Estimated != nil || !strings.Contains(s.Texts(), "Only the reported total is given") {
		t.Errorf("without any frame the page says %v", p.said())
	}
	s.Clean("trends.")
}
