package main

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"coopatlas/data/record"
	"coopatlas/data/workspace"
)

// fillWorkspace makes a workspace with what a mapping refers to: a wave of the short length, cooperatives and a person.
func fillWorkspace(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv(workspace.IdentityVariable, filepath.Join(dir, "identity.json"))
	work := filepath.Join(dir, "work")
	w, err := workspace.Create(t.Context(), work, workspace.Settings{Name: "Test"}, workspace.Config{Name: "Ana"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	person := typedIn(t, w, "person", "names/family_name=Rossi", "names/given_name=Anna", "ground/basis=staff", "ground/contact_source=person")
	typedIn(t, w, "wave", "title=Wave 2025", "year=2025", "countries=IT", "length=short", "mode=face", "interviewer="+person)
	for _, name := range []string{"Cooperativa Terra Viva", "Cooperativa Sociale Zenit", "Officine Zanon"} {
		typedIn(t, w, "cooperative", "names/legal_name="+name, "beginnings/founded=1998", "country=IT")
	}
	return work
}

// typedIn saves a record of these answers and returns its id.
func typedIn(t *testing.T, w *workspace.Workspace, kind string, answers ...string) string {
	t.Helper()
	s, err := w.Begin(t.Context(), workspace.SessionOf{Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	for _, answer := range answers {
		path, text, _ := strings.Cut(answer, "=")
		if _, err := s.SetText(t.Context(), record.Path(path), text); err != nil {
			t.Fatalf("%s: %v", answer, err)
		}
	}
	r, err := s.Save(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r.Record.String()
}

// coopctl runs one command line on an input and returns what it printed, and its exit code.
func coopctl(t *testing.T, input string, args ...string) (out, errs string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), args, strings.NewReader(input), &o, &e)
	return o.String(), e.String(), code
}

// plain is a transcript with plain spaces.
func plain(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
}

func lines(text ...string) string { return strings.Join(text, "\n") + "\n" }

// draftOf gives what the only draft of a workspace holds, as typed.
func draftOf(t *testing.T, dir string) map[record.Path]string { return takeDraft(t, dir, false) }

// takeDraft gives what the only draft holds, and drops it if asked to.
func takeDraft(t *testing.T, dir string, drop bool) map[record.Path]string {
	t.Helper()
	w, err := workspace.Open(dir, workspace.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	drafts, err := w.Store.Drafts(t.Context())
	if err != nil || len(drafts) > 1 {
		t.Fatalf("%d drafts: %v", len(drafts), err)
	}
	out := map[record.Path]string{}
	for _, d := range drafts {
		for path, a := range d.Answers {
			out[path] = written(a)
		}
		if drop {
			if err := w.Store.DropDraft(t.Context(), d.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	return out
}

// written is an answer as the tests write it: 42/E, :refused, a;b.
func written(a record.Answer) string {
	if a.Status != record.Answered {
		return ":" + a.Status.String()
	}
	text := strings.Join(a.Value.Items(), ";")
	if text == "" {
		text = a.Value.String()
	}
	if a.Quality != 0 {
		text += "/" + string(rune(a.Quality))
	}
	return text
}

// TestFillKeys types into a new cooperative, and looks at what the draft holds and what was said.
func TestFillKeys(t *testing.T) {
	dir := fillWorkspace(t)
	for _, test := range []struct {
		name  string
		typed []string
		want  map[record.Path]string
		said  []string
	}{
		{"answers", []string{"Terra Viva", "TV"}, map[record.Path]string{"names/legal_name": "Terra Viva", "names/short_name": "TV"},
			[]string{"M2.02  Legal name *", "= Terra Viva", "1 of 18", "The draft stays, 2 of 18 answered"}},
		{"Enter goes on", []string{"", "TV"}, map[record.Path]string{"names/short_name": "TV"}, nil},
		{"back", []string{"Terra Viva", "<", "Terra Nova"}, map[record.Path]string{"names/legal_name": "Terra Nova"}, []string{"[Terra Viva] > Terra Nova"}},
		{"back at the first", []string{":back"}, map[record.Path]string{}, []string{"This is the first question."}},
		{"statuses", []string{":d", ":r", ":n", ":c"}, map[record.Path]string{"names/legal_name": ":dont_know", "names/short_name": ":refused",
			"names/latin_name": ":not_applicable", "registration/registration_number": ":not_collected"}, []string{"= refused", "= not collected"}},
		{"long forms", []string{":dontknow", ":REFUSED"}, map[record.Path]string{"names/legal_name": ":dont_know", "names/short_name": ":refused"}, nil},
		{"clear", []string{"Terra Viva", "<", ":x"}, map[record.Path]string{}, []string{"= no answer"}},
		{"undo and redo", []string{"Terra Viva", ":u", ":redo", ":undo"}, map[record.Path]string{}, []string{"Taken back: M2.02 Legal name", "Made again: M2.02 Legal name"}},
		{"nothing to undo", []string{":u", ":redo"}, map[record.Path]string{}, []string{"nothing to take back", "nothing to make again"}},
		{"help", []string{"?"}, map[record.Path]string{}, []string{":d         don’t know (:dontknow)"}},
		{"unknown key", []string{":zz"}, map[record.Path]string{}, []string{"There is no key :zz"}},
		{"a text like a key", []string{`\:zz`}, map[record.Path]string{"names/legal_name": ":zz"}, nil},
		{"by code", []string{":m2.04", "1998"}, map[record.Path]string{"beginnings/founded": "1998"}, nil},
		{"by list", []string{":l", ":2", "1998"}, map[record.Path]string{"beginnings/founded": "1998"}, []string{" 2  M2.04 Year founded"}},
		{"no such place", []string{":77"}, map[record.Path]string{}, []string{"There is nothing at :77"}},
		{"not a number", []string{":M2.04", "old", "1998"}, map[record.Path]string{"beginnings/founded": "1998"}, []string{"“old” is not a whole number"}},
		{"hard problem", []string{":M2.04", "1700", "1998"}, map[record.Path]string{"beginnings/founded": "1998"},
			[]string{"! The year lies between 1800 and this year.", "The questionnaire does not allow this"}},
		{"going on in spite of it", []string{":M2.04", "1700", "", "2001-01-01"}, map[record.Path]string{"beginnings/founded": "1700", "beginnings/founded_on": "2001-01-01"},
			[]string{"· Note: This date is not in the year founded."}},
		{"quality", []string{":M2.04", "1 998 /e", ":registered", "2001", "<", "/A"}, map[record.Path]string{"beginnings/founded": "1998/E", "beginnings/registered": "2001/A"},
			[]string{"= 1998 (E, estimate)"}},
		{"quality of nothing", []string{"/E"}, map[record.Path]string{}, []string{"no answer to grade"}},
		{"letter", []string{":origin", "b"}, map[record.Path]string{"beginnings/origin": "transfer_succession"}, []string{" b  Transfer to employees, no successor"}},
		{"part of a label", []string{":origin", "spin"}, map[record.Path]string{"beginnings/origin": "spin_off"}, nil},
		{"several hits", []string{":M3.01", "guin", "2"}, map[record.Path]string{"country": "GW"}, []string{" 2  Guinea-Bissau", "Which one?"}},
		{"no hit", []string{":M3.01", "atlantis"}, map[record.Path]string{}, []string{"Nothing is called “atlantis”."}},
		{"code", []string{":M3.01", "it", "emilia-romagna"}, map[record.Path]string{"country": "IT", "region": "IT-45"}, nil},
		{"to the end and back", []string{":end", "<", "2020-01-01"}, map[record.Path]string{"end/ceased": "2020-01-01"}, []string{"── Review ──"}},
		{"from the review and back to it", []string{":end", "1", "Terra Viva", "1", "1998"}, map[record.Path]string{"names/legal_name": "Terra Viva", "beginnings/founded": "1998"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			out, errs, code := coopctl(t, lines(test.typed...), "fill", dir, "cooperative")
			if code != 0 || errs != "" {
				t.Fatalf("exit %d: %s", code, errs)
			}
			got := takeDraft(t, dir, true)
			for path, want := range test.want {
				if got[path] != want {
					t.Errorf("%s is %q, not %q", path, got[path], want)
				}
			}
			if len(got) != len(test.want) {
				t.Errorf("the draft holds %v", got)
			}
			for _, want := range test.said {
				if !strings.Contains(plain(out), want) {
					t.Errorf("%q was not said:\n%s", want, out)
				}
			}
			for _, line := range strings.Split(out, "\n") {
				if !strings.Contains(line, "--record") && columns(line) > 80 {
					t.Errorf("wider than 80 columns: %s", line)
				}
			}
		})
	}
}

func TestFillRows(t *testing.T) {
	dir := fillWorkspace(t)
	out, errs, code := coopctl(t, lines("Terra Viva", ":links", "y", "merged", "zenit", "", "y", ":rm", "maybe", "n", ":end", "s"), "fill", dir, "cooperative")
	if code != 0 {
		t.Fatal(errs)
	}
	for _, want := range []string{"Is there one? y or n", "── Links with other cooperatives 1 ──", "One more? y or n (1 so far)", "Removed: Links with other cooperatives 2",
		"Write y or n.", "= Cooperativa Sociale Zenit", "Saved: Terra Viva"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q was not said:\n%s", want, out)
		}
	}
	shown, _, _ := coopctl(t, "", "list", dir, "cooperative")
	if !strings.Contains(shown, "Terra Viva") || len(draftOf(t, dir)) != 0 {
		t.Errorf("it is not in the list:\n%s", shown)
	}
}

func TestFillResumesAndSaves(t *testing.T) {
	dir := fillWorkspace(t)
	out, _, _ := coopctl(t, "Terra Viva\n", "fill", dir, "cooperative")
	_, after, _ := strings.Cut(out, "--record ")
	id := strings.TrimSpace(after)
	if out, errs, code := coopctl(t, "TV\n", "fill", dir, "cooperative", "--record", id); code != 0 || !strings.Contains(out, "Draft resumed") || !strings.Contains(out, "Short name") {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	if out, _, code := coopctl(t, ":q\n", "fill", dir, "cooperative"); code != 0 || !strings.Contains(out, "1 unfinished draft of this kind") {
		t.Errorf("a new one: exit %d: %s", code, out)
	}
	w, err := workspace.Open(dir, workspace.Config{})
	if err != nil {
		t.Fatal(err)
	}
	recordID, _ := record.ParseID(id)
	s, err := w.Begin(t.Context(), workspace.SessionOf{Kind: "cooperative", Record: recordID})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Save(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	takeDraft(t, dir, true)
	if out, _, code := coopctl(t, ":end\ns\n", "fill", dir, "cooperative", "--record", id); code != 0 || !strings.Contains(out, "Nothing was changed") || len(draftOf(t, dir)) != 0 {
		t.Errorf("saving nothing: exit %d: %s", code, out)
	}
}

func TestFillRefuses(t *testing.T) {
	dir := fillWorkspace(t)
	for _, test := range []struct {
		name  string
		input string
		args  []string
		code  int
		want  string
	}{
		{"no kind", "", []string{"fill", dir}, exitUsage, "the usage is `coopctl fill DIR KIND"},
		{"unknown kind", "", []string{"fill", dir, "recipe"}, exitInput, `"recipe"`},
		{"no such record", "", []string{"fill", dir, "wave", "--record", record.RegisterID("a", "b").String()}, exitInput, "no such record"},
		{"bad id", "", []string{"fill", dir, "wave", "--record", "7"}, exitInput, "7"},
		{"nothing to resume", "", []string{"fill", dir, "wave", "--resume"}, exitInput, "no unfinished draft"},
		{"submit what is not complete", ":end\n", []string{"fill", dir, "mapping", "--submit"}, exitInput, "cannot be submitted yet: M0.02 Wave: This question needs an answer"},
		{"submit and the input ends", "Wave 2025\n", []string{"fill", dir, "mapping", "--submit"}, exitInput, "the input ended before the last question"},
	} {
		t.Run(test.name, func(t *testing.T) {
			out, errs, code := coopctl(t, test.input, test.args...)
			if code != test.code || !strings.Contains(errs, test.want) {
				t.Errorf("exit %d: %s", code, errs)
			}
			if strings.HasPrefix(test.name, "submit what") && !strings.Contains(out, "M17.03 Overall reliability") {
				t.Errorf("what is missing is not listed:\n%s", out)
			}
		})
	}
}

func TestFillStopsWhenInterrupted(t *testing.T) {
	dir := fillWorkspace(t)
	in, typing := io.Pipe()
	ctx, interrupt := context.WithCancel(context.Background())
	var out bytes.Buffer
	done := make(chan int)
	go func() { done <- run(ctx, []string{"fill", dir, "cooperative"}, in, &out, &out) }()
	for _, line := range []string{"Terra Viva\n", "TV\n", "\n"} { // the third is read once the second was taken, after the first was kept
		if _, err := io.WriteString(typing, line); err != nil {
			t.Fatal(err)
		}
	}
	interrupt()
	if code := <-done; code != 0 || !strings.Contains(out.String(), "The draft stays") || draftOf(t, dir)["names/legal_name"] != "Terra Viva" {
		t.Errorf("exit %d: %s", code, out.String())
	}
}

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 5, []string{""}},
		{"a b c", 5, []string{"a b c"}},
		{"aaa bbb ccc", 7, []string{"aaa bbb", "ccc"}},
		{"aaa bbb ccc", 6, []string{"aaa", "bbb", "ccc"}},
		{"incomprehensible a", 6, []string{"incomprehensible", "a"}},
		{"a\u00a0: b", 3, []string{"a\u00a0:", "b"}},
		{"(one)     two three", 14, []string{"(one)     two", "three"}},
		{"été été", 3, []string{"été", "été"}},
	} {
		var got []string
		for rest, more := test.text, true; more; {
			var line string
			line, rest, more = wrap(rest, test.width)
			got = append(got, line)
		}
		if strings.Join(got, "|") != strings.Join(test.want, "|") {
			t.Errorf("%q at %d gives %q", test.text, test.width, got)
		}
	}
}

func TestQuoted(t *testing.T) {
	for word, want := range map[string]string{"work": "work", "my work": "'my work'", "": "''", "l'un": `'l'\''un'`, "a/b-c_d.e": "a/b-c_d.e"} {
		if got := quoted(word); got != want {
			t.Errorf("%q is written %s", word, got)
		}
	}
}

func TestYesAndNoInEveryLanguage(t *testing.T) {
	for text, want := range map[string]bool{"y": true, "Oui": true, "s": true, "Sí": true, "sim": true, "n": false, "No": false, "não": false} {
		if yes, known := yesOrNo(text); !known || yes != want {
			t.Errorf("%q: yes %v, known %v", text, yes, known)
		}
	}
	if _, known := yesOrNo("perhaps"); known {
		t.Error("what is neither yes nor no is asked again")
	}
}
