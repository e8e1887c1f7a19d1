package workspace

import (
	"errors"
	"slices"
	"testing"

	"coopatlas/data/check"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// reported keeps an interview of a cooperative and year with some figures, and takes it on.
func reported(t *testing.T, w *Workspace, of record.ID, year int64, figures map[string]int64, operation record.Operation) record.ID {
	t.Helper()
	f, _ := w.Form("mapping")
	set := map[record.Path]record.Answer{}
	put := func(concept string, value record.Value) {
		q, ok := f.ByConcept(concept)
		if !ok {
			t.Fatalf("no question gives %s", concept)
		}
		set[record.Path(q.Path)] = record.Answer{Value: value}
	}
	put("subject", record.Text(of.String()))
	put("country", record.Text("IT"))
	put("currency", record.Text("EUR"))
	put("year", record.Int(year))
	for concept, value := range figures {
		put(concept, record.Int(value))
	}
	r, err := w.Store.Save(t.Context(), w.Identity, store.Change{Kind: "mapping", Form: f.Version, Set: set, Operation: operation})
	if err != nil {
		t.Fatal(err)
	}
	return r.Record
}

// oddOne is a workspace with one cooperative whose turnover of 2025 is in thousands.
func oddOne(t *testing.T, operation record.Operation) (*Workspace, record.ID) {
	t.Helper()
	w := sessions(t)
	s := begin(t, w, "cooperative", record.ID{})
	typeIn(t, s, "names/legal_name=Aurora", "country=IT")
	aurora := saved(t, s).Record
	reported(t, w, aurora, 2024, map[string]int64{"turnover": 500_000}, record.Validate)
	return w, reported(t, w, aurora, 2025, map[string]int64{"turnover": 520}, operation)
}

func checks(t *testing.T, w *Workspace) []Checked {
	t.Helper()
	frame, err := w.Store.Frame(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer frame.Close()
	look, err := check.Through(t.Context(), frame)
	if err != nil {
		t.Fatal(err)
	}
	all, err := w.Checks(t.Context(), look, check.Config{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// alone is the one finding there is.
func alone(t *testing.T, w *Workspace) Checked {
	t.Helper()
	all := checks(t, w)
	if len(all) != 1 {
		t.Fatalf("%d findings: %+v", len(all), all)
	}
	return all[0]
}

func stage(t *testing.T, w *Workspace, id record.ID) record.Lifecycle {
	t.Helper()
	state, err := w.Store.State(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lifecycle
}

func TestAQueryGoesToTheResearcherAndBack(t *testing.T) {
	w, id := oddOne(t, record.Validate)
	found := alone(t, w)
	if found.Stand != StandOpen || found.Rule != check.RuleUnit || found.Record != id.String() || found.Query != nil {
		t.Fatalf("%+v", found)
	}
	asked, err := w.Ask(t.Context(), found.Finding, "In thousands?")
	if err != nil || stage(t, w, id) != record.Returned {
		t.Fatalf("asked: %v, the interview is %s", err, stage(t, w, id))
	}
	open, err := w.Queries(t.Context(), QuerySelection{About: id, Progress: []Progress{QueryOpen}})
	if err != nil || len(open) != 1 {
		t.Fatalf("%+v, %v", open, err)
	}
	q := open[0]
	if q.Question != "economics/turnover" || q.Text != "In thousands?" || q.Seen != "520" || q.Expected != "500000" || q.Year != 2025 || q.On == "" || q.By == "" || q.Name == "" {
		t.Errorf("%+v", q)
	}
	if got := alone(t, w); got.Stand != StandAsked || got.Concept != "turnover" || got.Seen.String() != "520" {
		t.Errorf("after asking: %+v", got)
	}
	if err := w.AnswerQuery(t.Context(), asked.Query, "Yes, it was."); err != nil {
		t.Fatal(err)
	}
	if got := alone(t, w); got.Stand != StandAnswered || got.Query.Answer != "Yes, it was." || got.Query.AnsweredOn == "" {
		t.Errorf("answered: %+v", got)
	}
	if _, err := w.Revise(t.Context(), id, record.Validate, map[string]string{"economics/turnover": "520000"}, ""); err != nil {
		t.Fatal(err)
	}
	if got := alone(t, w); got.Stand != StandSettled {
		t.Errorf("once the value is right: %+v", got)
	}
}

func TestWhatIsSoIsNotShownUntilItChanges(t *testing.T) {
	w, id := oddOne(t, record.Submit)
	found := alone(t, w)
	asked, err := w.Accept(t.Context(), found.Finding, "Seen the accounts.")
	if err != nil || stage(t, w, id) != record.Submitted {
		t.Fatalf("%v, %s", err, stage(t, w, id))
	}
	if got := alone(t, w); got.Stand != StandAccepted || got.Query.Text != "Seen the accounts." {
		t.Errorf("%+v", got)
	}
	if _, err := w.Revise(t.Context(), id, record.Submit, map[string]string{"economics/turnover": "521"}, ""); err != nil && !errors.Is(err, ErrIncomplete) {
		t.Fatal(err)
	} else if err != nil { // the interview lacks what a submission needs
		if _, err := w.Revise(t.Context(), id, record.Validate, map[string]string{"economics/turnover": "521"}, ""); err != nil {
			t.Fatal(err)
		}
	}
	var stands []Stand
	for _, c := range checks(t, w) {
		stands = append(stands, c.Stand)
	}
	if !slices.Equal(stands, []Stand{StandOpen, StandSettled}) {
		t.Errorf("once the value changed: %v", stands)
	}
	if err := w.TakeBack(t.Context(), asked); err != nil {
		t.Fatal(err)
	}
	if got := alone(t, w); got.Stand != StandOpen {
		t.Errorf("taken back: %+v", got)
	}
}

func TestAskingIsTakenBack(t *testing.T) {
	for operation, stands := range map[record.Operation]record.Lifecycle{record.Submit: record.Submitted, record.Validate: record.Validated} {
		w, id := oddOne(t, operation)
		asked, err := w.Ask(t.Context(), alone(t, w).Finding, "In thousands?")
		if err != nil {
			t.Fatal(err)
		}
		if err := w.TakeBack(t.Context(), asked); err != nil || stage(t, w, id) != stands {
			t.Errorf("%v: the interview is %s, want %s", err, stage(t, w, id), stands)
		}
		if got := alone(t, w); got.Stand != StandOpen || got.Query != nil {
			t.Errorf("%+v", got)
		}
		if err := w.TakeBack(t.Context(), asked); err != nil {
			t.Errorf("twice: %v", err)
		}
	}
}

func TestWhatCannotBeAsked(t *testing.T) {
	w, id := oddOne(t, record.Lock)
	found := alone(t, w).Finding
	if _, err := w.Ask(t.Context(), found, "In thousands?"); !errors.Is(err, ErrStage) || stage(t, w, id) != record.Locked {
		t.Errorf("of a locked interview: %v", err)
	}
	if _, err := w.Ask(t.Context(), found, ""); !errors.Is(err, ErrQuery) {
		t.Errorf("nothing: %v", err)
	}
	lost := found
	lost.Concept = "nothing"
	if _, err := w.Accept(t.Context(), lost, ""); !errors.Is(err, ErrQuery) {
		t.Errorf("of no question: %v", err)
	}
	lost.Record = "x"
	if _, err := w.Accept(t.Context(), lost, ""); !errors.Is(err, ErrQuery) {
		t.Errorf("of no record: %v", err)
	}
	if all, err := w.Queries(t.Context(), QuerySelection{}); err != nil || len(all) > 0 {
		t.Errorf("something was kept: %+v, %v", all, err)
	}
	if err := w.AnswerQuery(t.Context(), id, ""); !errors.Is(err, ErrQuery) {
		t.Errorf("an empty answer: %v", err)
	}
}

func TestSettling(t *testing.T) {
	w, _ := oddOne(t, record.Validate)
	asked, err := w.Ask(t.Context(), alone(t, w).Finding, "In thousands?")
	if err != nil {
		t.Fatal(err)
	}
	for _, progress := range []Progress{QueryAccepted, QueryClosed, QueryOpen} {
		if err := w.Settle(t.Context(), asked.Query, progress); err != nil {
			t.Fatal(err)
		}
		if all, err := w.Queries(t.Context(), QuerySelection{Progress: []Progress{progress}}); err != nil || len(all) != 1 {
			t.Errorf("%s: %+v, %v", progress, all, err)
		}
	}
}

func TestQueriesChangeNoFrame(t *testing.T) {
	w, _ := oddOne(t, record.Validate)
	id := func() string {
		frame, err := w.Store.Frame(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer frame.Close()
		return frame.ID()
	}
	before := id()
	if _, err := w.Accept(t.Context(), alone(t, w).Finding, "So it is."); err != nil {
		t.Fatal(err)
	}
	if _, err := w.KeepView(t.Context(), "trends", "Jobs", "trends?indicator=I05"); err != nil {
		t.Fatal(err)
	}
	if after := id(); after != before {
		t.Error("a query or a view makes another frame, though no figure changed")
	}
}

func TestViews(t *testing.T) {
	w := sessions(t)
	jobs, err := w.KeepView(t.Context(), "trends", " Jobs ", "trends?indicator=I05")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.KeepView(t.Context(), "trends", "Area", "trends?by=country"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.KeepView(t.Context(), "checks", "Jobs", "checks?rule=unit"); err != nil {
		t.Fatal(err)
	}
	if again, err := w.KeepView(t.Context(), "trends", "Jobs", "trends?indicator=I04"); err != nil || again.Record != jobs.Record {
		t.Errorf("kept again: %+v, %v", again, err)
	}
	if _, err := w.KeepView(t.Context(), "trends", "  ", "trends"); !errors.Is(err, ErrView) {
		t.Errorf("without a name: %v", err)
	}
	titles := func() (out []string) {
		t.Helper()
		all, err := w.Views(t.Context(), "trends")
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range all {
			out = append(out, v.Title+" "+v.Route)
		}
		return out
	}
	if got := titles(); !slices.Equal(got, []string{"Area trends?by=country", "Jobs trends?indicator=I04"}) {
		t.Errorf("%q", got)
	}
	if err := w.RenameView(t.Context(), jobs.Record, "A first"); err != nil {
		t.Fatal(err)
	}
	if got := titles(); got[0] != "A first trends?indicator=I04" {
		t.Errorf("renamed: %q", got)
	}
	if err := w.RenameView(t.Context(), jobs.Record, ""); !errors.Is(err, ErrView) {
		t.Errorf("renamed to nothing: %v", err)
	}
	if err := w.RemoveView(t.Context(), jobs.Record); err != nil || len(titles()) != 1 {
		t.Errorf("removed: %v, %q", err, titles())
	}
	if err := w.RestoreView(t.Context(), jobs.Record); err != nil || len(titles()) != 2 {
		t.Errorf("brought back: %v, %q", err, titles())
	}
}
