package interview_test

import (
	"errors"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"coopatlas/assets"
	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/record"
)

// invented draws an answer that a question takes.
func invented(t *rapid.T, iv *interview.Interview, s interview.Step) record.Answer {
	if rapid.IntRange(0, 9).Draw(t, "known") == 0 {
		return record.Answer{Status: rapid.SampledFrom([]record.Status{record.DontKnow, record.Refused, record.NotCollected}).Draw(t, "status")}
	}
	if s.Question.Type.TakesChoices() {
		choices := iv.Choices(s.Path)
		if len(choices) == 0 {
			return record.Answer{Status: record.NotCollected}
		}
		name := rapid.SampledFrom(choices).Draw(t, "choice").Name
		if s.Question.Storage() == form.StoreList {
			return record.Answer{Value: record.List([]string{name})}
		}
		return text(name)
	}
	switch s.Question.Storage() {
	case form.StoreNumber:
		return whole(rapid.SampledFrom([]int64{0, 1, 2, 40, 100, 2015, 123456}).Draw(t, "number"))
	case form.StoreDate:
		return text(rapid.SampledFrom([]string{"2015-01-01", "2015-12-31", "2030-06-06"}).Draw(t, "date"))
	case form.StorePlace:
		return text("44.49 11.34")
	}
	return text(rapid.SampledFrom([]string{"Alba", "OK", "x@y.org"}).Draw(t, "text"))
}

// Our own kinds can be walked from end to end with any answers: every step can be answered, no expression fails, and
// what was answered is there when the record is opened again.
func TestOurKindsRunInFull(t *testing.T) {
	names, err := xlsform.Kinds(assets.FS())
	if err != nil || len(names) == 0 {
		t.Skip("there are no kinds yet")
	}
	register := func(source string) ([]interview.Choice, error) {
		var out []interview.Choice
		for i := range 3 {
			out = append(out, interview.Choice{Name: source + strconv.Itoa(i), Label: "Number " + strconv.Itoa(i), Attributes: map[string]string{"year": "2015"}})
		}
		return out, nil
	}
	for _, name := range names {
		f, _, err := xlsform.Kind(assets.FS(), name)
		if err != nil || f == nil {
			t.Errorf("%s does not compile: %v", name, err)
			continue
		}
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				e := env()
				e.Choices = register
				e.Length = rapid.SampledFrom([]string{"R", "RC", "RCO"}).Draw(t, "length")
				iv := interview.New(f, e)
				walkThrough(t, iv)
				for _, p := range iv.Problems() {
					if p.Kind == interview.ProblemForm || p.Kind == interview.ProblemType || p.Kind == interview.ProblemRequired {
						t.Fatalf("%+v", p)
					}
				}
				again := interview.Open(f, e, iv.Content())
				if got, want := again.InstanceName(), iv.InstanceName(); got != want {
					t.Fatalf("the name is %q, was %q", got, want)
				}
			})
		})
	}
}

func walkThrough(t *rapid.T, iv *interview.Interview) {
	rows := 0
	for s, ok := iv.Next(""); ok; s, ok = iv.Next(s.Path) {
		switch {
		case s.Kind == interview.StepRepeat && rows < 2:
			rows++
			if _, _, err := iv.AddRow(s.Path); err != nil {
				t.Fatal(err)
			}
		case s.Kind == interview.StepQuestion && s.Question.Stored():
			if _, err := iv.Set(s.Path, invented(t, iv, s)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, s := range iv.Steps() { // an answer given later may ask for one before
		if a := iv.Answer(s.Path); s.Required && a.Value.IsZero() && a.Status == record.Answered {
			if _, err := iv.Set(s.Path, record.Answer{Status: record.NotCollected}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestListsThatCannotBeRead(t *testing.T) {
	f := survey(t, "type | name | label", "select_one_from_file species.csv | s | Species")
	e := env()
	e.Choices = func(string) ([]interview.Choice, error) { return nil, errors.New("species.csv is not there") }
	iv := interview.New(f, e)
	if got := iv.Choices("s"); len(got) != 0 {
		t.Errorf("%v", got)
	}
	if got := iv.Problems(); len(got) != 1 || got[0].Kind != interview.ProblemForm || got[0].Message != "The choices could not be read: species.csv is not there." {
		t.Errorf("%+v", got)
	}
}
