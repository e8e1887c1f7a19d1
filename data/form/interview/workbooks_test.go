package interview_test

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/record"
)

// The field's own workbooks are read without an error and can be filled to the end.
func TestWorkbooksOfTheField(t *testing.T) {
	folder := os.DirFS("../../../../shared/xlsforms")
	entries, err := os.ReadDir("../../../../shared/xlsforms")
	if err != nil {
		t.Skipf("no workbooks: %v", err)
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".xlsx") {
			continue
		}
		source, err := xlsform.Read(folder, entry.Name())
		if err != nil {
			t.Error(err)
			continue
		}
		f, problems := form.Compile(source)
		if f == nil {
			t.Errorf("%s: %v", entry.Name(), form.Errors(problems))
			continue
		}
		t.Run(entry.Name(), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				iv := interview.New(f, env())
				walkThrough(t, iv)
				for _, p := range iv.Problems() {
					if p.Kind == interview.ProblemForm && !strings.Contains(p.Message, "last-saved") {
						t.Fatalf("%+v", p)
					}
				}
				interview.Open(f, env(), iv.Everything())
			})
		})
	}
}

// scripted answers a question as its type asks, without chance.
func scripted(iv *interview.Interview, s interview.Step) record.Answer {
	if s.Question.Type.TakesChoices() {
		choices := iv.Choices(s.Path)
		switch {
		case len(choices) == 0:
			return record.Answer{Status: record.NotCollected}
		case s.Question.Storage() == form.StoreList:
			return record.Answer{Value: record.List([]string{choices[0].Name, choices[len(choices)-1].Name})}
		}
		return text(choices[len(choices)-1].Name)
	}
	switch s.Question.Storage() {
	case form.StoreNumber:
		return whole(3)
	case form.StoreDate:
		return text("2024-02-29")
	case form.StoreTime:
		return text("14:30:00")
	case form.StoreDateTime:
		return text("2024-02-29T14:30:00+01:00")
	case form.StorePlace:
		return text("44.49 11.34 54 5")
	}
	return text("Alba")
}

// The field's own workbooks are filled by a script to the end, saved, opened again, exported and filled again: the
// answers, the names and the problems are the same each time.
func TestWorkbooksFromEndToEnd(t *testing.T) {
	folder := os.DirFS("../../../../shared/xlsforms")
	names, err := fs.Glob(folder, "*.xlsx")
	if err != nil || len(names) == 0 {
		t.Skip("the field's workbooks are not here")
	}
	for _, name := range names {
		source, err := xlsform.Read(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		f, _ := form.Compile(source)
		if f == nil {
			t.Fatalf("%s does not compile", name)
		}
		var book bytes.Buffer
		if err := xlsform.WriteWorkbook(&book, source); err != nil {
			t.Fatal(err)
		}
		again, err := xlsform.Workbook(name, book.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		exported, problems := form.Compile(again)
		if exported == nil {
			t.Fatalf("%s written and read back: %v", name, form.Errors(problems))
		}
		if d := form.Compare(f, exported, nil); !d.Empty() {
			t.Errorf("%s written and read back differs: %q", name, d.Lines())
		}
		first, second := filled(t, f), filled(t, exported)
		reopened := interview.Open(f, env(), first.Content())
		for what, other := range map[string]*interview.Interview{"saved and opened again": reopened, "exported and filled again": second} {
			if got, want := described(other), described(first); got != want {
				t.Errorf("%s, %s:\n%s\nwant\n%s", name, what, got, want)
			}
		}
	}
}

// filled fills a form from end to end by the script, with two rows in its first repeat.
func filled(t *testing.T, f *form.Form) *interview.Interview {
	iv := interview.New(f, env())
	rows := 0
	for s, ok := iv.Next(""); ok; s, ok = iv.Next(s.Path) {
		switch {
		case s.Kind == interview.StepRepeat && rows < 2:
			rows++
			if _, _, err := iv.AddRow(s.Path); err != nil {
				t.Fatal(err)
			}
		case s.Kind == interview.StepQuestion && s.Question.Stored():
			set(t, iv, s.Path, scripted(iv, s))
		}
	}
	iv.Finish()
	return iv
}

// described writes the answers and problems of an interview, in the order of the form.
func described(iv *interview.Interview) string {
	var b strings.Builder
	for _, s := range iv.Steps() {
		a := iv.Answer(s.Path)
		b.WriteString(string(s.Path) + " = " + a.Value.String() + " " + a.Status.String() + "\n")
	}
	for _, p := range iv.Problems() {
		b.WriteString(string(p.Path) + " " + string(p.Kind) + " " + p.Message + "\n")
	}
	return b.String() + iv.InstanceName()
}
