package interview_test

import (
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/form/xlsform"
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
