package trends

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"coopatlas/app/kit"
	"coopatlas/app/stage"
	"coopatlas/data/indicator"
	"coopatlas/data/workspace"
	"coopatlas/reports/chart"
	"coopatlas/reports/trend"
)

func TestTwoLevelsStandSideBySide(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?indicator=I05&by=ilo_type&then=country")
	if len(p.answer.small) != 3 || len(p.gallery.box.Objects) != 3 || p.picture.Visible() || !p.gallery.object.Visible() {
		t.Fatalf("%d charts, left out %q", len(p.answer.small), p.answer.left)
	}
	first := p.answer.small[0].Definition
	for _, one := range p.answer.small {
		d := one.Definition
		if *d.Minimum != *first.Minimum || *d.Maximum != *first.Maximum || !slices.Equal(d.Categories, first.Categories) || len(d.Series) != len(first.Series) {
			t.Errorf("%s has axes and classes of its own", one.Class)
		}
		for i := range d.Series {
			if d.Series[i].Name != first.Series[i].Name {
				t.Errorf("%s: series %d is %s, elsewhere %s", one.Class, i, d.Series[i].Name, first.Series[i].Name)
			}
		}
	}
	if heads := p.table.Texts()[0]; heads[1] != "Type of cooperative" || heads[2] != "Country" {
		t.Errorf("the table has %q", heads)
	}
	p.gallery.only(0)
	if p.at.then != "" || len(p.at.filters()) != 1 || p.gallery.object.Visible() || !p.picture.Visible() {
		t.Errorf("one class alone: %s", p.Route())
	}
	p.controls.by.SetSelected("nothing")
	if p.controls.thenHere.Visible() {
		t.Error("without a first breakdown there is a second")
	}
	s.Clean("trends.")
}

// The points of charts side by side are chosen like those of one chart; a click beside them shows one class alone.
func TestPointsOfMultiplesAreChosen(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?indicator=I05&by=ilo_type&then=country")
	for i, one := range p.answer.small {
		over := p.gallery.over[i]
		at := over.places[len(over.places)-1]
		where := fyne.NewPos(float32(at.X*over.unit()), float32(at.Y*over.unit()))
		over.Tapped(&fyne.PointEvent{Position: where})
		point := p.answer.result.Points[p.card.chosen]
		if point.Keys[2] != one.Class || over.ring.Hidden || !p.pointer.ring.Hidden || !strings.HasPrefix(p.card.line.Text, p.cell(point.Keys)) {
			t.Errorf("%s: %v is told as %q", one.Class, point.Keys, p.card.line.Text)
		}
		for j, other := range p.gallery.over[:len(p.answer.small)] {
			if j != i && !other.ring.Hidden {
				t.Errorf("a point of %s is marked in chart %d too", one.Class, j)
			}
		}
		over.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
		if before := p.answer.result.Points[p.card.chosen]; before.Year >= point.Year || before.Keys[2] != one.Class {
			t.Errorf("%s: left of %v is %v", one.Class, point.Keys, before.Keys)
		}
	}
	p.card.showRecords()
	p.gallery.over[1].Tapped(&fyne.PointEvent{Position: fyne.NewPos(2, 2)})
	if p.at.then != "" || len(p.at.filters()) != 1 {
		t.Errorf("beside the points: %s", p.Route())
	}
	s.Clean("trends.")
}

// What is saved of two breakdowns is what is shown: charts side by side.
func TestMultiplesAreSavedAsTheyAreShown(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?indicator=I05&by=ilo_type&then=country")
	dir := t.TempDir()
	for _, name := range []string{"a.svg", "a.html", "a.png", "a.pdf"} {
		s.Pick = filepath.Join(dir, name)
		for _, f := range forms {
			if f.chart && f.ending == filepath.Ext(name) {
				p.save(f)
			}
		}
		data, err := os.ReadFile(s.Pick)
		if err != nil || len(data) < 1000 {
			t.Fatalf("%s: %v", name, err)
		}
		if ext := filepath.Ext(name); (ext == ".svg" || ext == ".html") && (!strings.Contains(string(data), ">Portugal<") || !strings.Contains(string(data), "by type of cooperative and country")) {
			t.Errorf("%s does not hold the charts side by side", name)
		}
	}
	copied := 0
	p.copying = func(picture string) error {
		info, err := os.Stat(picture)
		if err == nil && info.Size() > 1000 {
			copied++
		}
		return err
	}
	if p.copyChart(); copied != 1 {
		t.Error("no picture was copied")
	}
	s.Clean("trends.")
}

func TestMultiplesAreLimited(t *testing.T) {
	r := &indicator.Result{Indicator: "I05", By: []string{"year", "ilo_type", "country"}, Basis: indicator.All}
	for i := range 14 {
		for year := 2023; year < 2025; year++ {
			r.Points = append(r.Points, indicator.Point{Year: year, Keys: []string{"", "worker", string(rune('A' + i))}, N: 30 - i, Known: true,
				Value: indicator.Decimal{Units: indicator.Int128{}}, Segment: 1})
		}
	}
	s, p := open(t, stage.Config{}, "trends")
	out, left, err := trend.Multiples(r, p.answer.labels)
	if err != nil || len(out) != trend.MostMultiples || !slices.Equal(left, []string{"M", "N"}) || out[0].Class != "A" {
		t.Errorf("%d charts, left %q, %v", len(out), left, err)
	}
	s.Clean("trends.")
}

func TestPointsAreChosenAndTold(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?indicator=I05&by=country")
	if len(p.pointer.places) == 0 || p.card.chosen != none || !strings.Contains(s.Texts(), p.say("point.none")) {
		t.Fatal("no points, or one is chosen before anybody chose")
	}
	at := p.pointer.places[4]
	where := fyne.NewPos(float32(at.X*p.pointer.unit()), float32(at.Y*p.pointer.unit()))
	p.pointer.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: where}})
	told := p.card.line.Text
	if !strings.Contains(told, "n = ") || !strings.Contains(told, "coverage") || p.card.chosen != none {
		t.Errorf("under the mouse: %q", told)
	}
	p.pointer.MouseOut()
	if p.card.line.Text == told {
		t.Error("it is told after the mouse has gone")
	}
	p.pointer.Tapped(&fyne.PointEvent{Position: where})
	if p.card.line.Text != told || p.card.chosen != p.pointer.points[4] || p.pointer.ring.Hidden || p.rows.tint.Hidden {
		t.Errorf("a click tells %q of point %d", p.card.line.Text, p.card.chosen)
	}
	point := p.answer.result.Points[p.card.chosen]
	if d := p.answer.definition; p.pointOf("", d.Series[at.Series].Name, d.Categories[at.Category]) != p.card.chosen || !strings.HasPrefix(told, p.cell(point.Keys)) {
		t.Errorf("%v is told as %q", point.Keys, told)
	}
	for _, key := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown} {
		before := p.answer.result.Points[p.card.chosen]
		p.pointer.TypedKey(&fyne.KeyEvent{Name: key})
		after := p.answer.result.Points[p.card.chosen]
		sideways := key == fyne.KeyLeft || key == fyne.KeyRight
		if sideways && before.Keys[1] != after.Keys[1] || !sideways && before.Year != after.Year {
			t.Errorf("%s leads from %v to %v", key, before.Keys, after.Keys)
		}
	}
	p.pointer.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if p.card.chosen != none || !p.pointer.ring.Hidden {
		t.Error("Escape leaves the point chosen")
	}
	p.pointer.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if p.card.chosen == none {
		t.Error("the keys choose no first point")
	}
	s.Clean("trends.")
}

func TestRowsAreChosen(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?indicator=I05&by=country")
	p.rows.Tapped(&fyne.PointEvent{Position: fyne.NewPos(40, 2.5*p.rows.height)})
	if p.card.chosen != 1 {
		t.Errorf("row %d is chosen, in a table of %d rows of %v", p.card.chosen, p.rows.shown, p.rows.height)
	}
	p.rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	p.rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	p.rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if p.card.chosen != 2 {
		t.Errorf("the keys lead to row %d", p.card.chosen)
	}
	p.rows.Tapped(&fyne.PointEvent{Position: fyne.NewPos(40, 1)})
	if p.card.chosen != 2 {
		t.Error("the heads are a row")
	}
	p.rows.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if p.card.chosen != none || !p.rows.tint.Hidden {
		t.Error("Escape leaves the row chosen")
	}
	s.Clean("trends.")
}

// hidden is the place of a point that is confidential, or none.
func hidden(p *Page) int {
	return slices.IndexFunc(p.answer.result.Points, func(point indicator.Point) bool { return point.Hidden })
}

func TestWhyAFigureIsHidden(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		s, p := open(t, stage.Config{Language: language}, "trends?indicator=I13a&by=section&then=country&basis=all")
		at := hidden(p)
		if at == none {
			t.Fatal("nothing is confidential in the demonstration")
		}
		p.card.choose(at)
		if why := p.card.why.Text; !strings.Contains(why, "onfident") || len(why) < 30 || p.card.records.Visible() {
			t.Errorf("it is hidden because %q; its records may be asked for: %t", why, p.card.records.Visible())
		}
		p.card.showRecords()
		if last := s.Toasts[len(s.Toasts)-1].Text; last != p.say("why.hidden") {
			t.Errorf("its records are told: %s", last)
		}
		s.Clean("trends.")
	}
}

func TestReasonsOfHiding(t *testing.T) {
	evidence := func(public bool, values ...int64) *indicator.Traced {
		out := &indicator.Traced{}
		for _, v := range values {
			e := indicator.Evidence{Public: public}
			e.Value.Units.Add(v)
			out.Records = append(out.Records, e)
		}
		return out
	}
	for _, fact := range []struct {
		name   string
		ind    indicator.Indicator
		traced *indicator.Traced
		want   string
	}{
		{"four", indicator.Indicator{}, evidence(false, 5, 5, 5, 5), "few"},
		{"two large ones", indicator.Indicator{}, evidence(false, 80, 10, 5, 3, 2), "dominated"},
		{"few persons", indicator.Indicator{Persons: true}, evidence(false, 1, 1, 1, 1, 0, 0), "persons"},
		{"for the sake of another", indicator.Indicator{}, evidence(false, 5, 5, 5, 5, 5, 5, 5, 5), "other"},
		{"all public", indicator.Indicator{}, evidence(true, 80, 10), "other"},
	} {
		if got := whyHidden(fact.ind, fact.traced); got != fact.want {
			t.Errorf("%s: %s, want %s", fact.name, got, fact.want)
		}
	}
}

func TestWhatIsInternalIsMarkedAndNeverSaved(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?indicator=I13a&by=section&then=country&basis=all")
	if hidden(p) == none {
		t.Fatal("nothing is confidential in the demonstration")
	}
	p.controls.internal.SetChecked(true)
	if hidden(p) != none || !p.mark.Visible() || strings.Contains(p.Route(), "internal") {
		t.Errorf("hidden %d, marked %t, the route %s", hidden(p), p.mark.Visible(), p.Route())
	}
	for _, f := range forms {
		if p.can(f) {
			t.Errorf("it can be saved as %s", f.name)
		}
	}
	p.copyTable()
	p.copyChart()
	if s.Copied != "" || len(s.Toasts) > 0 {
		t.Error("it can be copied")
	}
	p.card.choose(0)
	s.Command("Ctrl+J")
	text := s.Texts()
	if !strings.Contains(text, "not for publication") || strings.Contains(text, "not named") {
		t.Errorf("its records show as\n%s", text)
	}
	p.controls.internal.SetChecked(false)
	if hidden(p) == none || p.mark.Visible() {
		t.Error("it stays internal")
	}
	s.Clean("trends.")
}

func TestRecordsBehindAPointAreNamedByConsent(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?indicator=I05&by=country")
	p.card.choose(0)
	s.Command("Ctrl+J")
	traced, err := p.figures.trace(t.Context(), p.at, false, p.cellOf(p.answer.result.Points[0]))
	if err != nil {
		t.Fatal(err)
	}
	text := s.Texts()
	if unnamed := len(traced.Records) - len(traced.Names); unnamed > 0 && !strings.Contains(text, "not named") {
		t.Errorf("%d are not named; in sight is\n%s", unnamed, text)
	}
	for _, grid := range stage.All[*kit.Grid](s) {
		if rows := grid.Texts(); rows[0][0] == "Interview" && (len(rows[0]) != 1 || len(rows)-1 != len(traced.Names)) {
			t.Errorf("%d named records show as %q", len(traced.Names), rows)
		}
	}
	p.answer.result.Points[0].N = mostTraced + 1
	p.card.showRecords()
	if last := s.Toasts[len(s.Toasts)-1].Text; !strings.Contains(last, "501") {
		t.Errorf("of very many: %s", last)
	}
	s.Clean("trends.")
}

func TestViewsAreKeptOpenedRenamedAndRemoved(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?indicator=I04&by=country")
	s.Command("Ctrl+D")
	s.Type("Members")
	s.Key(fyne.KeyReturn)
	views, err := s.Workspace().Views(t.Context(), viewsOf)
	if err != nil || len(views) != 1 || views[0].Title != "Members" || views[0].Route != p.Route() {
		t.Fatalf("%+v, %v", views, err)
	}
	p.controls.by.SetSelected("nothing")
	p.viewsMenu(p.controls.row)
	menu := s.Canvas().Overlays().Top()
	if menu == nil {
		t.Fatal("no menu was shown")
	}
	p.openView(views[0])
	if p.Route() != views[0].Route {
		t.Errorf("opened, the page shows %s", p.Route())
	}
	s.Canvas().Overlays().Remove(menu)
	p.arrangeViews()
	for _, entry := range stage.All[*kit.Entry](s) {
		if entry.Text == "Members" {
			entry.SetText("Memberships")
			entry.OnEnter()
			entry.SetText(" ")
			entry.OnEnter()
		}
	}
	if views, _ = s.Workspace().Views(t.Context(), viewsOf); views[0].Title != "Memberships" {
		t.Errorf("renamed: %+v", views)
	}
	s.Press("Remove")
	if views, _ = s.Workspace().Views(t.Context(), viewsOf); len(views) != 0 {
		t.Errorf("removed: %+v", views)
	}
	s.Toasts[len(s.Toasts)-1].Undo()
	if views, _ = s.Workspace().Views(t.Context(), viewsOf); len(views) != 1 {
		t.Errorf("brought back: %+v", views)
	}
	p.askView()
	s.Clean("trends.")
	if err := s.Workspace().Close(); err != nil {
		t.Fatal(err)
	}
	p.keepView("Lost")
	p.viewsMenu(p.controls.row)
	if len(s.Errors) != 2 {
		t.Errorf("without a workspace: %v", s.Errors)
	}
}

const rateTable = "kind,of,year,value\naverage,USD,2021,1.1\naverage,USD,2022,1.1\naverage,USD,2023,1.1\naverage,USD,2024,1.1\naverage,USD,2025,1.1\n" +
	"deflator,IT,2021,90\ndeflator,IT,2022,95\ndeflator,IT,2023,97\ndeflator,IT,2024,99\ndeflator,IT,2025,100\n"

func TestMoneyIsConvertedWhereThereAreRates(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?indicator=I13a&where=country:IT")
	if p.controls.money.Visible() {
		t.Error("money can be converted without rates")
	}
	if _, problems, err := s.Workspace().ImportRates(t.Context(), workspace.RatesJob{Table: strings.NewReader(rateTable), Source: "Invented bank", Vintage: "2026-03-01"}); err != nil {
		t.Fatal(problems, err)
	}
	p.Reload()
	if !p.controls.money.Visible() {
		t.Fatal("there is no money to choose")
	}
	p.controls.money.SetSelected("Euro, constant prices")
	if !strings.Contains(p.Route(), "money=eur_constant") || p.answer.result.Money == nil || p.answer.result.Money.Base != 2025 {
		t.Errorf("%s: %+v", p.Route(), p.answer.result.Money)
	}
	if notes := strings.Join(p.answer.definition.Notes, " "); !strings.Contains(notes, "Invented bank") {
		t.Errorf("the rates are not named in %q", notes)
	}
	p.controls.indicator.SetSelected("Employment in cooperatives")
	if p.at.money != "" || p.controls.money.Visible() {
		t.Error("persons are given in euro")
	}
	s.Clean("trends.")
}

func TestSavesWorkbooksAndSDMX(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?by=country")
	for name, begins := range map[string]string{"xlsx": "PK", "sdmx": "STRUCTURE"} {
		at := slices.IndexFunc(forms[:], func(f form) bool { return f.name == name })
		s.Pick = filepath.Join(t.TempDir(), "x"+forms[at].ending)
		p.save(forms[at])
		if data, err := os.ReadFile(s.Pick); err != nil || !strings.HasPrefix(string(data), begins) {
			t.Errorf("%s begins with %.20q, %v", name, data, err)
		}
	}
	s.Pick = filepath.Join(t.TempDir(), "none", "x.xlsx")
	p.save(forms[5])
	if len(s.Errors) != 1 {
		t.Errorf("a folder that is not there: %v", s.Errors)
	}
}

func TestFailuresOfPointsAreShown(t *testing.T) {
	s, p := open(t, stage.Config{}, "trends?by=country")
	p.card.showRecords() // none is chosen
	p.card.choose(0)
	if err := p.figures.close(); err != nil {
		t.Fatal(err)
	}
	p.card.showRecords()
	if len(s.Errors) != 1 {
		t.Errorf("errors %v", s.Errors)
	}
	p.drew(nil, errors.New("no engine"))
	p.pointer.set(chart.Definition{})
	if len(s.Errors) != 2 || len(p.pointer.places) != 0 {
		t.Errorf("errors %v", s.Errors)
	}
}
