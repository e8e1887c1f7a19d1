package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/indicator"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// visitRenames are what the second version of the invented questionnaire calls otherwise.
var visitRenames = form.Renames{"place": "site", "guest": "person", "agrees:y": "yes"}

func visitsFile(name string, renames form.Renames) QuestionnaireFile {
	return QuestionnaireFile{Folder: os.DirFS("testdata/questionnaires"), Name: name, Renames: renames}
}

// add puts a questionnaire in and fails where it cannot be.
func add(t *testing.T, w *Workspace, from QuestionnaireFile, consent Consent) (*Proposal, record.ID) {
	t.Helper()
	p, id, err := w.AddQuestionnaire(t.Context(), from, consent)
	if err != nil {
		t.Fatalf("%s: %v %v", from.Name, err, p)
	}
	return p, id
}

func reopened(t *testing.T, w *Workspace) *Workspace {
	t.Helper()
	dir, now := w.Dir, w.now
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(dir, Config{Name: "Ana", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { again.Close() })
	return again
}

func TestAddedKindIsLikeAnyOther(t *testing.T) {
	w := sessions(t)
	p, id := add(t, w, visitsFile("visits-1.md", nil), Consent{})
	if len(p.Problems) > 0 || p.Former != nil || id != record.RegisterID("coopatlas", "questionnaire", "visits", "1") {
		t.Errorf("%+v", p.Problems)
	}
	if again, same := add(t, w, visitsFile("visits-1.md", nil), Consent{}); !again.Same || same != id {
		t.Error("the same one again is a change")
	}
	coop := filled(t, w, "cooperative", "names/legal_name=Terra", "country=IT")
	visit := filled(t, w, "visits", "place=Hall", "year=2025", "agrees=n", "because=Rain", "town=rm", "coop="+coop.String())
	w = reopened(t, w)
	if got := w.Kinds(); got[len(got)-1] != "visits" {
		t.Errorf("the kinds are %v", got)
	}
	rows, err := w.Store.List(t.Context(), "visits", store.Query{})
	if err != nil || len(rows) != 1 || rows[0].Label != "Hall 2025" {
		t.Fatalf("%+v, %v", rows, err)
	}
	iv, err := w.Reading(t.Context(), visit, "fr")
	if err != nil || iv.Answer("region").Value.String() != "Lazio" || iv.Label("town") != "Ville" {
		t.Errorf("%v: region %q", err, iv.Answer("region").Value)
	}
	q, _ := iv.Question("town")
	if got := w.Namer(t.Context(), "fr")(q, iv.Answer("town")); got != "Rome" {
		t.Errorf("the town is called %q", got)
	}
	if hits, _ := begin(t, w, "visits", visit).Find("town", "tur", 5); len(hits) != 1 || hits[0].Name != "to" {
		t.Errorf("found %v", hits)
	}
	files, err := w.Write(t.Context(), w.set().newest("visits"), "visits.xlsx", false)
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	if err != nil || !slices.Equal(names, []string{"visits.xlsx", "cooperative.csv", "towns.csv"}) {
		t.Errorf("written are %v, %v", names, err)
	}
}

func TestNextVersion(t *testing.T) {
	w := sessions(t)
	add(t, w, visitsFile("visits-1.md", nil), Consent{})
	s := begin(t, w, "visits", record.ID{})
	typeIn(t, s, "place=Hall", "year=2025", "agrees=y", "town=rm")
	row, err := s.AddRow(t.Context(), "guest")
	if err != nil {
		t.Fatal(err)
	}
	typeIn(t, s, string(row.Path)+"/who=Bo", string(row.Path)+"/hours=3")
	old := saved(t, s).Record
	s = begin(t, w, "visits", record.ID{})
	typeIn(t, s, "place=Barn", "agrees=n", "because=Rain")
	row, err = s.AddRow(t.Context(), "guest")
	if err != nil {
		t.Fatal(err)
	}
	typeIn(t, s, string(row.Path)+"/who=Cy")
	drafted := s.Record()
	s.Leave()

	p, _, err := w.AddQuestionnaire(t.Context(), visitsFile("visits-2.md", nil), Consent{})
	if !errors.Is(err, ErrQuestionnaire) || !slices.Contains(p.Undecided, form.Rename{Old: "place", New: "site"}) || !slices.Contains(p.Undecided, form.Rename{Old: "agrees:y", New: "yes"}) {
		t.Fatalf("undecided %v, %v", p.Undecided, err)
	}
	p, _, err = w.AddQuestionnaire(t.Context(), visitsFile("visits-2.md", visitRenames), Consent{})
	if !errors.Is(err, ErrQuestionnaire) || !strings.Contains(err.Error(), "1 drafts would lose answers") {
		t.Fatalf("%v, drafts %+v", err, p.Drafts)
	}
	if lost := p.Drafts[0].Lost; len(lost) != 1 || lost[0].Path != "because" || lost[0].Text != "Rain" || lost[0].Label != "Why not?" || p.Drafts[0].Record != drafted {
		t.Errorf("%+v", p.Drafts)
	}
	if got, _ := w.Form("visits"); got.Version != "1" {
		t.Fatal("what was refused is there")
	}
	add(t, w, visitsFile("visits-2.md", visitRenames), Consent{Losses: true})

	// What was answered before is read as it was, listed under its new names, and goes on under them.
	iv, err := w.Reading(t.Context(), old, "en")
	if err != nil || iv.Form().Version != "1" || iv.Answer("place").Value.String() != "Hall" {
		t.Errorf("read under %s: %v", iv.Form().Version, err)
	}
	rows, err := w.Store.List(t.Context(), "visits", store.Query{Columns: []string{"site", "agrees"}})
	if err != nil || rows[0].Values["site"].Value.String() != "Hall" || rows[0].Values["agrees"].Value.String() != "yes" || rows[0].Label != "Hall 2025" {
		t.Errorf("%+v, %v", rows, err)
	}
	s = begin(t, w, "visits", drafted)
	if said(s, "site") != "Barn" || said(s, "agrees") != "n" || len(s.Interview().Content().Rows["person"]) != 1 {
		t.Errorf("the draft says %v", s.Interview().Content())
	}
	typeIn(t, s, "year=2026", "agrees=yes")
	saved(t, s)
	s = begin(t, w, "visits", old)
	typeIn(t, s, "year=2024")
	saved(t, s)
	state, err := w.Store.State(t.Context(), old)
	if err != nil || textOf(state, "site") != "Hall" || textOf(state, "agrees") != "yes" || len(state.Rows["person"]) != 1 || len(state.Rows["guest"]) != 1 {
		t.Errorf("saved are %+v %v", state.Fields, state.Rows)
	}
	uses, err := w.Uses(t.Context(), "visits")
	if err != nil || uses["2"] != (Use{Records: 2}) {
		t.Errorf("%v, %v", uses, err)
	}
	w = reopened(t, w)
	report, err := w.Store.Verify(t.Context(), nil)
	if err != nil || len(report.Problems) > 0 {
		t.Errorf("%v %v", report.Problems, err)
	}
	breaks, err := w.Breaks(t.Context())
	if err != nil || len(breaks) != 1 || breaks[0].Concept != "year" || breaks[0].Version != "2" || breaks[0].Year != 2024 || !slices.Equal(breaks[0].Reasons, []string{"wording"}) {
		t.Errorf("%+v, %v", breaks, err)
	}
	d, err := w.Compare("visits", "1", "2")
	if err != nil || len(d.Renamed) == 0 || len(d.Proposed) > 0 {
		t.Errorf("%q, %v", d.Lines(), err)
	}
}

// table is a questionnaire of a few rows.
func table(settings string, rows ...string) fs.FS {
	text := "| survey | |\n| | type | name | label | concept |\n| | " + strings.Join(rows, " |\n| | ") + " |\n"
	if settings != "" {
		text += "| settings | |\n| | form_id | version |\n| | " + settings + " |\n"
	}
	return fstest.MapFS{"q.md": &fstest.MapFile{Data: []byte(text)}}
}

func TestRefusals(t *testing.T) {
	w := sessions(t)
	add(t, w, visitsFile("visits-1.md", nil), Consent{})
	add(t, w, QuestionnaireFile{Folder: table("short | 2", "text | a | A | |", "text | b | B | |"), Name: "q.md"}, Consent{})
	for _, c := range []struct {
		name    string
		folder  fs.FS
		renames form.Renames
		says    string
	}{
		{"an expression", table("x | 1", "calculate | a | ${nobody} | |"), nil, "survey row 3"},
		{"a register of the program", table("cooperative | 3000", "text | a | A | |"), nil, "cooperative is a register that the program itself leans on"},
		{"the kind of questionnaires", table("questionnaire | 3000", "text | a | A | |"), nil, "questionnaire is a register"},
		{"a code list", table("country | 1", "text | a | A | |"), nil, "country is the name of a code list"},
		{"other capitals", table("Visits | 9", "text | a | A | |"), nil, "differs from the kind visits in capitals only"},
		{"a name with spaces", table("my form | 1", "text | a | A | |"), nil, "cannot be the name of a kind"},
		{"a lower version", table("visits | 0.9", "text | a | A | |"), nil, "the version 0.9 comes before 1"},
		{"no version", table("visits | |", "text | a | A | |"), nil, "there is no version, and visits has the version 1 already"},
		{"a mapping without a subject", table("mapping | 3000", "text | a | A | |"), nil, "with the concept subject"},
		{"an unknown kind", table("x | 1", "select_one_from_file nothing | a | A | |"), nil, `there is no kind of record "nothing"`},
		{"a rename of nothing", table("short | 3", "text | c | C | |"), form.Renames{"x": "c"}, "x → c names nothing"},
		{"a rename of what stays", table("short | 3", "text | a | A | |", "text | c | C | |"), form.Renames{"a": "c"}, "there still is a row a"},
		{"a rename to what was there", table("short | 3", "text | b | B | |"), form.Renames{"a": "b"}, "a cannot become b, which was there before"},
		{"renames of a new kind", table("x | 1", "text | a | A | |"), form.Renames{"a": "b"}, "x is a new kind"},
	} {
		p, _, err := w.AddQuestionnaire(t.Context(), QuestionnaireFile{Folder: c.folder, Name: "q.md", Renames: c.renames}, Consent{Apart: true, Losses: true})
		if !errors.Is(err, ErrQuestionnaire) || !p.Refused() {
			t.Errorf("%s is taken: %v", c.name, err)
			continue
		}
		if said := form.Errors(p.Problems)[0].String(); !strings.Contains(said, c.says) {
			t.Errorf("%s: %s", c.name, said)
		}
	}
	if _, err := w.Propose(t.Context(), QuestionnaireFile{Folder: fstest.MapFS{}, Name: "none.md"}); err == nil {
		t.Error("a file that is not there is read")
	}
}

// A name that meant something else before is refused for ever: answers could not be told apart.
func TestNamesAreNotUsedAgain(t *testing.T) {
	w := sessions(t)
	put := func(renames form.Renames, version string, rows ...string) error {
		_, _, err := w.AddQuestionnaire(t.Context(), QuestionnaireFile{Folder: table("x | "+version, rows...), Name: "q.md", Renames: renames}, Consent{Apart: true})
		return err
	}
	for _, err := range []error{put(nil, "1", "text | a | A | |"), put(form.Renames{"a": "b"}, "2", "text | b | A | |")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := put(nil, "3", "text | b | A | |", "integer | a | Another | |"); err == nil || !strings.Contains(err.Error(), "a was the name of b in an earlier version") {
		t.Errorf("%v", err)
	}
}

func TestReplaceAndRemove(t *testing.T) {
	w := sessions(t)
	from := func(rows ...string) QuestionnaireFile {
		return QuestionnaireFile{Folder: table("x | 1", rows...), Name: "q.md"}
	}
	_, id := add(t, w, from("text | a | A | |"), Consent{})
	if p, again := add(t, w, from("text | a | A | |", "text | b | B | |"), Consent{}); !p.Replaces || again != id {
		t.Error("a version that nobody has used cannot be mended")
	}
	if _, err := w.RemoveQuestionnaire(t.Context(), "x", "1"); err != nil {
		t.Fatal(err)
	}
	if _, ok := w.Form("x"); ok || slices.Contains(w.Kinds(), "x") {
		t.Error("what was taken out is there")
	}
	if err := w.RestoreQuestionnaire(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if f, ok := w.Form("x"); !ok || len(f.Questions) != 2 {
		t.Error("what was put back is not there")
	}
	filled(t, w, "x", "a=1")
	if _, err := w.RemoveQuestionnaire(t.Context(), "x", "1"); !errors.Is(err, ErrQuestionnaire) {
		t.Errorf("a version with records is taken out: %v", err)
	}
	if _, err := w.RemoveQuestionnaire(t.Context(), "mapping", "2026.1"); !errors.Is(err, ErrQuestionnaire) {
		t.Errorf("a questionnaire of the program is taken out: %v", err)
	}
	p, _, err := w.AddQuestionnaire(t.Context(), from("text | a | A | |"), Consent{})
	if err == nil || !strings.Contains(form.Errors(p.Problems)[0].Message, "1 records and drafts were answered under it") {
		t.Errorf("a version with records is replaced: %v", err)
	}
}

// A new version of a questionnaire of the program is listed, and interviews of it begin under it.
func TestNextVersionOfTheMapping(t *testing.T) {
	w := sessions(t)
	q, err := w.Questionnaire("mapping", "")
	if err != nil {
		t.Fatal(err)
	}
	files, err := w.Write(t.Context(), q, "mapping.xlsx", false)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "mapping.xlsx"), files[0].Data, 0o600); err != nil {
		t.Fatal(err)
	}
	from := QuestionnaireFile{Folder: os.DirFS(folder), Name: "mapping.xlsx"}
	if p, err := w.Propose(t.Context(), from); err != nil || p.Form == nil || !p.Difference.Empty() {
		t.Fatalf("%v", err)
	} else if !p.Same && !p.Refused() {
		t.Errorf("the version of the program can be replaced: %v", p.Problems)
	}
}

// Whoever puts in the same version makes the same record, so that laptops agree.
func TestTheSameOnTwoMachines(t *testing.T) {
	one, two := sessions(t), sessions(t)
	add(t, one, visitsFile("visits-1.md", nil), Consent{})
	_, id := add(t, two, visitsFile("visits-1.md", nil), Consent{})
	var commits []record.Commit
	if err := one.Store.Commits(t.Context(), 0, func(_ int64, c record.Commit) error { commits = append(commits, c); return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := two.Store.Receive(t.Context(), commits, nil); err != nil {
		t.Fatal(err)
	}
	state, err := two.Store.State(t.Context(), id)
	if err != nil || len(state.Conflicts) > 0 || len(two.Versions("visits")) != 1 {
		t.Errorf("%v, conflicts %v", err, state.Conflicts)
	}
	three := sessions(t)
	if _, err := three.Store.Receive(t.Context(), commits, nil); err != nil || len(three.Versions("visits")) != 1 {
		t.Errorf("what came from another machine is not there: %v, %v", err, three.Troubles())
	}
	filled(t, three, "visits", "place=Hall", "year=2025", "town=os")
}

func TestTroubles(t *testing.T) {
	w := sessions(t)
	for _, tables := range []string{"| survey | |\n| | type | name | label |\n| | integer | a | ${b} |\n", "nothing"} {
		_, err := w.Store.Save(t.Context(), w.Identity, store.Change{Kind: questionnaireKind, Set: map[record.Path]record.Answer{
			"form_id": {Value: record.Text("x")}, "version": {Value: record.Text("1")}, "tables": {Value: record.Text(tables)}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := w.Troubles(); len(got) != 2 || got[0].Kind != "x" || got[0].Why == "" {
		t.Errorf("%+v", got)
	}
	if again := reopened(t, w); len(again.Troubles()) != 2 {
		t.Error("the troubles are forgotten")
	}
}

func TestRenamesAsText(t *testing.T) {
	renames := form.Renames{"a/b": "c", `x:"y, z"`: "w", "d": "e"}
	again, err := ParseRenames("old,new\n# a note\n" + WriteRenames(renames))
	if err != nil || len(again) != 3 || again[`x:"y, z"`] != "w" {
		t.Errorf("%v, %v", again, err)
	}
	for _, wrong := range []string{"a", "a,b,c", ",b", `"a`} {
		if _, err := ParseRenames(wrong); err == nil {
			t.Errorf("%q is read", wrong)
		}
	}
}

// The field's own workbooks are put in, filled, saved and listed like our own.
func TestWorkbooksOfTheField(t *testing.T) {
	books, _ := filepath.Glob("../../../shared/xlsforms/*.xlsx")
	if len(books) == 0 {
		t.Skip("the shared workbooks are absent")
	}
	w := sessions(t)
	for _, book := range books {
		p, _ := add(t, w, QuestionnaireFile{Folder: os.DirFS(filepath.Dir(book)), Name: filepath.Base(book)}, Consent{})
		s := begin(t, w, p.Form.ID, record.ID{})
		for step, ok := s.Interview().Next(""); ok; step, ok = s.Interview().Next(step.Path) {
			if step.Kind == interview.StepQuestion && step.Question.Type == form.TypeText && !step.ReadOnly {
				typeIn(t, s, string(step.Path)+"=words")
				break
			}
		}
		id := saved(t, s).Record
		n, err := w.Store.Count(t.Context(), p.Form.ID, nil)
		if err != nil || n != 1 {
			t.Errorf("%s: %d records, %v", book, n, err)
		}
		if _, err := w.Reading(t.Context(), id, "en"); err != nil {
			t.Errorf("%s: %v", book, err)
		}
	}
	w = reopened(t, w)
	if len(w.Troubles()) > 0 || len(w.Kinds()) != len(Kinds())+len(books) {
		t.Errorf("%v; kinds %v", w.Troubles(), w.Kinds())
	}
}

// A rehearsal works like any session, and keeps nothing.
func TestRehearsal(t *testing.T) {
	w := sessions(t)
	q, err := w.ReadQuestionnaire(visitsFile("visits-1.md", nil))
	if err != nil {
		t.Fatal(err)
	}
	s, err := w.Rehearse(t.Context(), q, "fr")
	if err != nil || !s.Rehearsal() || s.Interview().Label("town") != "Ville" {
		t.Fatalf("%v", err)
	}
	typeIn(t, s, "place=Hall", "year=2025", "town=rm")
	row, err := s.AddRow(t.Context(), "guest")
	if err != nil {
		t.Fatal(err)
	}
	typeIn(t, s, string(row.Path)+"/who=Bo")
	if _, ok, err := s.Undo(t.Context()); !ok || err != nil || said(s, "region") != "Lazio" {
		t.Errorf("undone %t, %v; region %q", ok, err, said(s, "region"))
	}
	if _, err := s.Save(t.Context()); !errors.Is(err, ErrRehearsal) {
		t.Errorf("a rehearsal is saved: %v", err)
	}
	if _, err := s.Submit(t.Context(), ""); !errors.Is(err, ErrRehearsal) {
		t.Errorf("a rehearsal is submitted: %v", err)
	}
	drafts, err := w.Store.Drafts(t.Context())
	if err != nil || len(drafts) > 0 || s.Discard(t.Context()) != nil {
		t.Errorf("%d drafts, %v", len(drafts), err)
	}
	folder := table("x | 1", "image | photo | Photo | |")
	q, err = w.ReadQuestionnaire(QuestionnaireFile{Folder: folder, Name: "q.md"})
	if err != nil {
		t.Fatal(err)
	}
	if s, err = w.Rehearse(t.Context(), q, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SetFile(t.Context(), "photo", "a.png", strings.NewReader("picture")); err != nil {
		t.Error(err)
	}
	if files, _ := os.ReadDir(filepath.Join(w.Dir, "files")); len(files) > 0 {
		t.Error("a rehearsal keeps a file")
	}
	if _, err := w.ReadQuestionnaire(QuestionnaireFile{Folder: table("x | 1", "calculate | a | ${b} | |"), Name: "q.md"}); !errors.Is(err, ErrQuestionnaire) {
		t.Errorf("%v", err)
	}
}

// What is shown of a record has the names of its version, whichever names it was kept under.
func TestShownUnderItsVersion(t *testing.T) {
	w := sessions(t)
	add(t, w, visitsFile("visits-1.md", nil), Consent{})
	id := filled(t, w, "visits", "place=Hall", "year=2025", "agrees=y")
	add(t, w, visitsFile("visits-2.md", visitRenames), Consent{})
	shown := func() (string, string) {
		state, err := w.Store.State(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		f, state, err := w.Shown(state)
		if err != nil {
			t.Fatal(err)
		}
		return f.Version, textOf(state, "place") + textOf(state, "site") + " " + textOf(state, "agrees")
	}
	if version, said := shown(); version != "1" || said != "Hall y" {
		t.Errorf("%s: %s", version, said)
	}
	if _, err := w.Revise(t.Context(), id, record.Edit, map[string]string{"year": "2024"}, ""); err != nil {
		t.Fatal(err)
	}
	if version, said := shown(); version != "2" || said != "Hall yes" {
		t.Errorf("%s: %s", version, said)
	}
}

// A figure whose question was asked otherwise breaks where most interviews were held under the new version, and a release
// keeps what was known when it was made.
func TestFiguresBreakWhereTheWordingDid(t *testing.T) {
	identify(t)
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "w"), DemonstrationSettings("en"), Config{Name: "Ana"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.Demonstrate(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	q, err := w.Questionnaire("mapping", "")
	if err != nil {
		t.Fatal(err)
	}
	asked, ok := q.Form.ByConcept("members")
	source, err := q.Source()
	if err != nil || !ok {
		t.Fatal(err)
	}
	tables := strings.Replace(xlsform.WriteMarkdown(source), "| "+asked.Label["en"]+" |", "| Members on the last day |", 1)
	tables = strings.Replace(tables, "| "+q.Form.Version+" |", "| 2027.1 |", 1)
	from := QuestionnaireFile{Folder: fstest.MapFS{"mapping.md": &fstest.MapFile{Data: []byte(tables)}}, Name: "mapping.md"}
	add(t, w, from, Consent{})
	compute := func(release string) (segments []int) {
		t.Helper()
		figures, err := w.Figures(t.Context(), FiguresOf{Release: release})
		if err != nil {
			t.Fatal(err)
		}
		defer figures.Close()
		result, err := figures.Compute(t.Context(), indicator.Query{Indicator: "I04", Disclosure: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, pt := range result.Points {
			segments = append(segments, pt.Segment)
		}
		return segments
	}
	if segments := compute(""); slices.Max(segments) != 1 {
		t.Fatalf("segments are %v before anybody answered the new version", segments)
	}
	released, err := w.MakeRelease(t.Context(), ReleaseJob{Title: "Before", Program: "test", Submitted: CountSubmitted})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := w.Store.List(t.Context(), "mapping", store.Query{Columns: []string{"administration/year"}, Sort: []store.Order{{Column: "administration/year", Descending: true}}})
	if err != nil {
		t.Fatal(err)
	}
	last := rows[0].Values["administration/year"].Value.String()
	var changes []store.Change
	for _, row := range rows {
		if row.Values["administration/year"].Value.String() == last {
			state, err := w.Store.State(t.Context(), row.Record)
			if err != nil {
				t.Fatal(err)
			}
			changes = append(changes, store.Change{Record: row.Record, Kind: "mapping", Form: "2027.1", Parents: state.Heads, Operation: record.Validate})
		}
	}
	if _, err := w.Store.SaveAll(t.Context(), w.Identity, slices.Values(changes), nil); err != nil {
		t.Fatal(err)
	}
	segments := compute("")
	if n := len(segments); segments[n-1] != segments[n-2]+1 || segments[0] != 1 {
		t.Errorf("segments are %v", segments)
	}
	if segments := compute(released.Title); slices.Max(segments) != 1 {
		t.Errorf("the release has changed: %v", segments)
	}
	again, err := w.MakeRelease(t.Context(), ReleaseJob{Title: "After", Program: "test", Submitted: CountSubmitted})
	if err != nil || again.Reworded != "members "+last {
		t.Errorf("kept is %q, %v", again.Reworded, err)
	}
	if segments := compute("After"); slices.Max(segments) == 1 {
		t.Errorf("the new release knows of no break: %v", segments)
	}
	if _, err := readReworded("members x"); err == nil {
		t.Error("what is no year is read")
	}
}
