package workspace

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// sessions makes a workspace to fill questionnaires in, on a clock that goes one second a look.
func sessions(t *testing.T) *Workspace {
	t.Helper()
	dir := t.TempDir()
	t.Setenv(IdentityVariable, filepath.Join(dir, "identity.json"))
	now := time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)
	w, err := Create(t.Context(), filepath.Join(dir, "w"), Settings{Name: "Test"}, Config{Name: "Ana", Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

func begin(t *testing.T, w *Workspace, kind string, id record.ID) *Session {
	t.Helper()
	s, err := w.Begin(t.Context(), SessionOf{Kind: kind, Record: id})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// typeIn answers questions as a person types them, "path=text" each; "path=:refused" and so on are statuses.
func typeIn(t *testing.T, s *Session, answers ...string) {
	t.Helper()
	for _, answer := range answers {
		path, text, _ := strings.Cut(answer, "=")
		var err error
		if name, isStatus := strings.CutPrefix(text, ":"); isStatus {
			status, _ := record.ParseStatus(name)
			_, err = s.SetStatus(t.Context(), record.Path(path), status)
		} else {
			_, err = s.SetText(t.Context(), record.Path(path), text)
		}
		if err != nil {
			t.Fatalf("%s: %v", answer, err)
		}
	}
}

func saved(t *testing.T, s *Session) record.Revision {
	t.Helper()
	r, err := s.Save(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// filled saves a record of these answers and returns its id.
func filled(t *testing.T, w *Workspace, kind string, answers ...string) record.ID {
	t.Helper()
	s := begin(t, w, kind, record.ID{})
	typeIn(t, s, answers...)
	return saved(t, s).Record
}

func said(s *Session, path string) string {
	a := s.Interview().Answer(record.Path(path))
	if a.Status != record.Answered {
		return ":" + a.Status.String()
	}
	return a.Value.String()
}

func TestSessionResumesWhatWasTyped(t *testing.T) {
	w := sessions(t)
	s := begin(t, w, "cooperative", record.ID{})
	typeIn(t, s, "names/legal_name=Terra Viva", "beginnings/founded=1998", "names/short_name=:not_collected")
	row, err := s.AddRow(t.Context(), "links")
	if err != nil {
		t.Fatal(err)
	}
	typeIn(t, s, string(row.Path)+"/link_kind=subsidiary_of")
	cursor, _ := s.Cursor()
	s.Leave()

	again := begin(t, w, "cooperative", s.Record())
	if !again.Resumed() || !again.IsNew() || again.Record() != s.Record() {
		t.Errorf("resumed %v, new %v, record %s for %s", again.Resumed(), again.IsNew(), again.Record(), s.Record())
	}
	for path, want := range map[string]string{"names/legal_name": "Terra Viva", "beginnings/founded": "1998",
		"names/short_name": ":not_collected", string(row.Path) + "/link_kind": "subsidiary_of"} {
		if got := said(again, path); got != want {
			t.Errorf("%s says %q, not %q", path, got, want)
		}
	}
	if now, ok := again.Cursor(); !ok || now.Path != cursor.Path || !strings.HasSuffix(string(now.Path), "/link_to") {
		t.Errorf("the person stands at %s, not at %s", now.Path, cursor.Path)
	}
	if _, err := w.Store.State(t.Context(), s.Record()); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a draft became a record: %v", err)
	}
}

func TestSessionKeepsWhatTheFormFillsIn(t *testing.T) {
	w := sessions(t)
	s := begin(t, w, "wave", record.ID{})
	drafts, err := w.Store.Drafts(t.Context())
	if err != nil || len(drafts) != 1 || drafts[0].Answers["fiscal_rule"].Value.String() != "ends" {
		t.Fatalf("drafts %v, %v", drafts, err)
	}
	typeIn(t, s, "year=2025")
	if got := said(begin(t, w, "wave", s.Record()), "fiscal_end"); got != "2025-12-31" {
		t.Errorf("what the year triggers is %q", got)
	}
}

func TestSessionWritesOnlyWhatChanged(t *testing.T) {
	w := sessions(t)
	id := filled(t, w, "cooperative", "names/legal_name=Terra Viva", "beginnings/founded=1998", "country=FR", "names/short_name=TV",
		"registration/registration_number=12", "registration/register=RCS")
	for _, test := range []struct {
		name  string
		typed []string
		want  map[record.Path]string // as said
	}{
		{"nothing", nil, nil},
		{"there and back", []string{"beginnings/founded=1999", "beginnings/founded=1998"}, nil},
		{"one answer", []string{"beginnings/founded=1999"}, map[record.Path]string{"beginnings/founded": "1999"}},
		{"an answer taken back", []string{"names/short_name="}, map[record.Path]string{"names/short_name": ""}},
		{"a refusal", []string{"names/short_name=:refused"}, map[record.Path]string{"names/short_name": ":refused"}},
		{"what is not asked any more", []string{"registration/registration_number=", "registration/register=XY"},
			map[record.Path]string{"registration/registration_number": "", "registration/register": ":not_applicable"}},
		{"a new answer that is not asked", []string{"end/ceased=2020-01-01", "end/cessation_reason=law", "end/ceased="}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := begin(t, w, "cooperative", id)
			typeIn(t, s, test.typed...)
			r, err := s.Save(t.Context())
			if len(test.want) == 0 {
				if !errors.Is(err, store.ErrNothing) {
					t.Errorf("saving nothing gave %v, %v", r.Changes.Paths(), err)
				}
			} else if err != nil {
				t.Fatal(err)
			}
			got := map[record.Path]string{}
			for path, write := range r.Changes.Set {
				if got[path] = write.Value.String(); write.Status != record.Answered {
					got[path] = ":" + write.Status.String()
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" && len(test.want)+len(got) > 0 {
				t.Error(diff)
			}
			reset(t, w, id, err)
		})
	}
}

// reset drops a draft that a save left, or takes its revision back.
func reset(t *testing.T, w *Workspace, id record.ID, failed error) {
	t.Helper()
	s := begin(t, w, "cooperative", id)
	if failed != nil {
		if err := s.Discard(t.Context()); err != nil {
			t.Fatal(err)
		}
		return
	}
	typeIn(t, s, "beginnings/founded=1998", "names/short_name=TV", "registration/registration_number=12", "registration/register=RCS")
	saved(t, s)
}

// interviewed makes what a mapping refers to: a wave of a length, a cooperative and a person.
func interviewed(t *testing.T, w *Workspace, length string) (wave, cooperative, person record.ID) {
	t.Helper()
	person = filled(t, w, "person", "names/family_name=Rossi", "ground/basis=staff", "ground/contact_source=person")
	wave = filled(t, w, "wave", "title=Wave "+length, "year=2025", "countries=IT", "length="+length, "mode=face",
		"interviewer="+person.String(), "supervisor="+person.String())
	cooperative = filled(t, w, "cooperative", "names/legal_name=Coopération "+length, "beginnings/founded=1998", "country=IT")
	return wave, cooperative, person
}

func TestSessionLengthFollowsTheWave(t *testing.T) {
	w := sessions(t)
	asks := func(s *Session) string {
		var out []string
		for _, path := range []record.Path{"membership/members", "economics/equity", "economics/share_capital", "quality/comments"} {
			if _, ok := s.Step(path); ok {
				out = append(out, string(path[strings.IndexByte(string(path), '/')+1:]))
			}
		}
		return strings.Join(out, " ")
	}
	want := map[string]string{"short": "members", "standard": "members equity", "full": "members equity share_capital comments"}
	s := begin(t, w, "mapping", record.ID{})
	if got := asks(s); got != want["short"] {
		t.Errorf("without a wave it asks %s", got)
	}
	for _, length := range []string{"full", "short", "standard"} {
		wave, _, _ := interviewed(t, w, length)
		edit, err := s.SetText(t.Context(), "administration/wave", wave.String())
		if err != nil {
			t.Fatal(err)
		}
		if got := asks(s); got != want[length] || !edit.Anew {
			t.Errorf("%s asks %s (anew %v)", length, got, edit.Anew)
		}
		if got := asks(begin(t, w, "mapping", s.Record())); got != want[length] {
			t.Errorf("%s, resumed, asks %s", length, got)
		}
	}
	for _, length := range []string{"short", "full", "short"} {
		if edit, ok, err := s.Undo(t.Context()); !ok || err != nil || edit.Path != "administration/wave" {
			t.Fatalf("undo: %v %v %v", edit, ok, err)
		}
		if got := asks(s); got != want[length] {
			t.Errorf("undone to %s it asks %s", length, got)
		}
	}
	if _, ok, _ := s.Undo(t.Context()); ok {
		t.Error("there is one edit more to take back than were made")
	}
	for range 3 {
		if _, ok, err := s.Redo(t.Context()); !ok || err != nil {
			t.Fatalf("redo: %v %v", ok, err)
		}
	}
	if got := asks(s); got != want["standard"] {
		t.Errorf("made again it asks %s", got)
	}
	if _, ok, _ := s.Redo(t.Context()); ok {
		t.Error("there is one edit more to make again than were taken back")
	}
}

func TestSessionAWaveAsksAllItsOwnQuestions(t *testing.T) {
	w := sessions(t)
	s := begin(t, w, "wave", record.ID{})
	typeIn(t, s, "length=short")
	if _, ok := s.Step("notice_version"); !ok {
		t.Error("the length that a wave sets for its interviews has shortened the wave's own")
	}
}

func TestSessionsOfTwoPeopleLoseNothing(t *testing.T) {
	w := sessions(t)
	id := filled(t, w, "cooperative", "names/legal_name=Terra Viva", "beginnings/founded=1998", "country=FR")
	s := begin(t, w, "cooperative", id)
	typeIn(t, s, "beginnings/founded=1999", "names/short_name=TV")

	// Somebody else changes the record while the draft is open.
	if _, err := w.Revise(t.Context(), id, record.Edit, map[string]string{"beginnings/founded": "2001", "country": "IT"}, ""); err != nil {
		t.Fatal(err)
	}
	s = begin(t, w, "cooperative", id)
	if !s.Review().Moved || said(s, "country") != "FR" {
		t.Errorf("moved %v; the draft sees %s", s.Review().Moved, said(s, "country"))
	}
	r := saved(t, s)
	if got := r.Changes.Paths(); !slices.Equal(got, []record.Path{"beginnings/founded", "names/short_name"}) {
		t.Errorf("written: %v", got)
	}
	state, err := w.Store.State(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if len(state.Conflicts) != 1 || state.Conflicts[0].Path != "beginnings/founded" || len(state.Conflicts[0].Writes) != 2 {
		t.Errorf("conflicts: %v", state.Conflicts)
	}
	if state.Fields["country"].Value.String() != "IT" || state.Fields["names/short_name"].Value.String() != "TV" {
		t.Errorf("what only one of them changed is not there: %v", state.Fields)
	}
	decide(t, w, id)
}

// decide resolves the conflict over the year founded, by giving the answer shown again.
func decide(t *testing.T, w *Workspace, id record.ID) {
	s := begin(t, w, "cooperative", id)
	if got := len(s.Conflict("beginnings/founded")); got != 2 {
		t.Fatalf("%d answers disagree", got)
	}
	typeIn(t, s, "names/short_name=T. V.")
	shown := said(s, "beginnings/founded")
	typeIn(t, s, "beginnings/founded="+shown)
	s = begin(t, w, "cooperative", id)
	if len(s.Conflict("beginnings/founded")) != 0 {
		t.Error("the decision was not kept in the draft")
	}
	saved(t, s)
	state, err := w.Store.State(t.Context(), id)
	if err != nil || len(state.Conflicts) != 0 || state.Fields["beginnings/founded"].Value.String() != shown {
		t.Errorf("conflicts %v, founded %s, %v", state.Conflicts, state.Fields["beginnings/founded"].Value, err)
	}
}

func TestSessionSubmits(t *testing.T) {
	w := sessions(t)
	wave, cooperative, _ := interviewed(t, w, "short")
	s := begin(t, w, "mapping", record.ID{})
	if !s.Submits() || begin(t, w, "wave", record.ID{}).Submits() {
		t.Error("mappings are submitted, waves are not")
	}
	typeIn(t, s, "administration/wave="+wave.String(), "administration/cooperative="+cooperative.String(), "administration/outcome=refused",
		"administration/interview_date=2027-01-01", "identification/status=active", "identification/level=primary", "quality/source=web")
	_, err := s.Submit(t.Context(), "")
	if !errors.Is(err, ErrIncomplete) || !strings.Contains(err.Error(), "M17.03 Overall reliability") || !strings.Contains(err.Error(), "M0.06 Date of the interview") {
		t.Fatalf("submitting what is not complete: %v", err)
	}
	typeIn(t, s, "quality/reliability=:dont_know", "administration/interview_date=2026-11-20")
	r, err := s.Submit(t.Context(), "a note")
	if err != nil {
		t.Fatal(err)
	}
	state, err := w.Store.State(t.Context(), r.Record)
	if err != nil || state.Lifecycle != record.Submitted || r.Changes.Note != "a note" {
		t.Errorf("it is %s with %q: %v", state.Lifecycle, r.Changes.Note, err)
	}
	rows, err := w.Store.List(t.Context(), "mapping", store.Query{})
	if err != nil || len(rows) != 1 || rows[0].Label != "Coopération short 2025" {
		t.Errorf("the list says %v, %v", rows, err)
	}
	if drafts, err := w.Store.Drafts(t.Context()); err != nil || slices.ContainsFunc(drafts, func(d store.Draft) bool { return d.Record == r.Record }) {
		t.Errorf("the draft is still there: %v", err)
	}
}

func TestSessionRefusesWhatCannotBeFilled(t *testing.T) {
	w := sessions(t)
	id := filled(t, w, "cooperative", "names/legal_name=Terra Viva")
	draft := begin(t, w, "wave", record.ID{})
	unknown := record.RegisterID("nobody", "cooperative", "1")
	deleted := filled(t, w, "cooperative", "names/legal_name=Gone")
	if _, err := w.Revise(t.Context(), deleted, record.Delete, nil, ""); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		of   SessionOf
		want error
	}{
		{"unknown kind", SessionOf{Kind: "recipe"}, ErrKind},
		{"unknown record", SessionOf{Kind: "cooperative", Record: unknown}, store.ErrNotFound},
		{"record of another kind", SessionOf{Kind: "wave", Record: id}, ErrKind},
		{"draft of another kind", SessionOf{Kind: "cooperative", Record: draft.Record()}, ErrKind},
		{"deleted", SessionOf{Kind: "cooperative", Record: deleted}, ErrStage},
	} {
		if _, err := w.Begin(t.Context(), test.of); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestSessionRemovesRowsAndBringsThemBack(t *testing.T) {
	w := sessions(t)
	s := begin(t, w, "cooperative", record.ID{})
	typeIn(t, s, "names/legal_name=Terra Viva")
	first, _ := s.AddRow(t.Context(), "links")
	typeIn(t, s, string(first.Path)+"/link_kind=took_over")
	id := saved(t, s).Record

	s = begin(t, w, "cooperative", id)
	if _, err := s.RemoveRow(t.Context(), first.Path); err != nil {
		t.Fatal(err)
	}
	rows := func() int { return len(begin(t, w, "cooperative", id).Interview().Rows("links")) }
	if got := rows(); got != 0 {
		t.Errorf("removed: %d rows", got)
	}
	if _, ok, err := s.Undo(t.Context()); !ok || err != nil || rows() != 1 {
		t.Errorf("brought back: %d rows, %v", rows(), err)
	}
	if got := said(begin(t, w, "cooperative", id), string(first.Path)+"/link_kind"); got != "took_over" {
		t.Errorf("the row that came back says %q", got)
	}
	if _, ok, err := s.Redo(t.Context()); !ok || err != nil || rows() != 0 {
		t.Errorf("removed again: %d rows, %v", rows(), err)
	}
	if r := saved(t, s); !slices.Equal(r.Changes.Remove, []record.Path{first.Path}) || len(r.Changes.Set) != 0 {
		t.Errorf("written: %v", r.Changes)
	}
}

func TestSessionFindsChoices(t *testing.T) {
	w := sessions(t)
	s := begin(t, w, "mapping", record.ID{})
	_, cooperative, _ := interviewed(t, w, "short") // after the interview was opened
	for _, test := range []struct {
		path, text, want string
		exact            bool
	}{
		{"administration/cooperative", "cooperation", cooperative.String(), false},
		{"administration/cooperative", "SHORT coop", cooperative.String(), false},
		{"administration/cooperative", cooperative.String(), cooperative.String(), true},
		{"administration/cooperative", "nobody", "", false},
		{"location/country", "ital", "IT", false},
		{"location/country", "cote d ivoire", "CI", true},
		{"location/country", "it", "IT", true},
		{"identification/status", "dormant", "dormant", true},
	} {
		found, exact := s.Find(record.Path(test.path), test.text, 9)
		got := ""
		if len(found) > 0 {
			got = found[0].Name
		}
		if got != test.want || exact != test.exact {
			t.Errorf("%q finds %q (exact %v), not %q", test.text, got, exact, test.want)
		}
	}
}

func TestSessionSpeaksTheLanguage(t *testing.T) {
	w := sessions(t)
	for language, want := range map[string]string{"en": "“x” is not a whole number; write digits only.", "fr": "« x » n’est pas un nombre entier ; écrire des chiffres seulement."} {
		s, err := w.Begin(t.Context(), SessionOf{Kind: "cooperative", Language: language})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.SetText(t.Context(), "beginnings/founded", "x")
		if got := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(fmt.Sprint(err)); got != want {
			t.Errorf("%s: %s", language, got)
		}
	}
}

// everythingOf is what a session holds, to compare two.
func everythingOf(s *Session) interview.Content {
	c := everything(s.Interview())
	maps.DeleteFunc(c.Rows, func(_ record.Path, rows []record.ID) bool { return len(rows) == 0 })
	for _, rows := range c.Rows {
		slices.SortFunc(rows, record.ID.Compare)
	}
	return c
}

// TestSessionDraftHoldsEveryEdit makes random edits, and after each resumes the draft as after a crash: it is the same.
func TestSessionDraftHoldsEveryEdit(t *testing.T) {
	w := sessions(t)
	texts := map[record.Path][]string{"names/legal_name": {"", "Terra Viva"}, "registration/registration_number": {"", "12"}, "registration/register": {"RCS"},
		"beginnings/founded": {"1998", "1700", ""}, "end/ceased": {"2020-01-01", ""}, "end/cessation_reason": {"law"}, "country": {"IT", "FR"}}
	paths := slices.Sorted(maps.Keys(texts))
	rapid.Check(t, func(r *rapid.T) {
		s, err := w.Begin(context.Background(), SessionOf{Kind: "cooperative"})
		if err != nil {
			r.Fatal(err)
		}
		for range rapid.IntRange(1, 12).Draw(r, "edits") {
			if s, err = edited(r, w, s, paths, texts); err != nil {
				r.Fatal(err)
			}
			again, err := w.Begin(context.Background(), SessionOf{Kind: "cooperative", Record: s.Record()})
			if err != nil {
				r.Fatal(err)
			}
			if diff := cmp.Diff(everythingOf(s), everythingOf(again), cmp.Comparer(record.Answer.Equal)); diff != "" {
				r.Fatalf("resumed, the draft differs: %s", diff)
			}
			if a, b := s.Draft().Cursor, again.Draft().Cursor; a != b {
				r.Fatalf("the cursor is at %s, not at %s", b, a)
			}
		}
		if err := s.Discard(context.Background()); err != nil {
			r.Fatal(err)
		}
	})
}

// edited makes one random edit; sometimes it saves, and goes on with the record.
func edited(r *rapid.T, w *Workspace, s *Session, paths []record.Path, texts map[record.Path][]string) (*Session, error) {
	ctx := context.Background()
	var err error
	rows := s.Interview().Rows("links")
	switch rapid.IntRange(0, 9).Draw(r, "kind of edit") {
	case 0:
		_, err = s.AddRow(ctx, "links")
	case 1:
		if len(rows) > 0 {
			_, err = s.RemoveRow(ctx, record.Path("links").Row(rapid.SampledFrom(rows).Draw(r, "row")))
		}
	case 2:
		_, _, err = s.Undo(ctx)
	case 3:
		_, _, err = s.Redo(ctx)
	case 4:
		if len(rows) > 0 {
			_, err = s.SetText(ctx, record.Path("links").Row(rapid.SampledFrom(rows).Draw(r, "row"))+"/link_kind", "took_over")
		}
	case 5:
		_, err = s.SetStatus(ctx, rapid.SampledFrom(paths).Draw(r, "path"), rapid.SampledFrom([]record.Status{record.Refused, record.Answered}).Draw(r, "status"))
	case 6:
		if _, err = s.Save(ctx); errors.Is(err, store.ErrNothing) {
			return s, nil
		} else if err == nil {
			return w.Begin(ctx, SessionOf{Kind: "cooperative", Record: s.Record()})
		}
	default:
		path := rapid.SampledFrom(paths).Draw(r, "path")
		_, err = s.SetText(ctx, path, rapid.SampledFrom(texts[path]).Draw(r, "text"))
	}
	return s, err
}
