package interview_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

// large is a form of 600 questions in 30 groups, 400 of them under a condition, with sums and checks.
func large(t testing.TB) *form.Form {
	rows := []string{}
	for g := range 30 {
		rows = append(rows, fmt.Sprintf("begin_group | g%d | Group %d | | |", g, g))
		for i := range 20 {
			n := 20*g + i
			relevant, calculation, constraint := "", "", ". >= 0"
			if i >= 6 {
				relevant = fmt.Sprintf("${q%d} > %d and ${q%d} != 7", n-3, i, 20*g)
			}
			if i >= 19 || g == 0 && i == 5 {
				relevant = ""
			}
			if i == 18 {
				calculation = fmt.Sprintf("coalesce(${q%d}, 0) + coalesce(${q%d}, 0)", n-1, n-2)
			}
			rows = append(rows, fmt.Sprintf("integer | q%d | Question %d | %s | %s | %s", n, n, relevant, calculation, constraint))
		}
		rows = append(rows, "end_group | | | | |")
	}
	f := survey(t, "type | name | label | relevant | calculation | constraint", rows...)
	return f
}

func conditions(f *form.Form) int {
	n := 0
	for _, q := range f.Questions {
		if q.Relevant != nil {
			n++
		}
	}
	return n
}

// A large form opens and answers quickly enough that nobody waits for a key.
func TestLargeFormIsQuick(t *testing.T) {
	f := large(t)
	if len(f.Questions) != 600 || conditions(f) < 385 {
		t.Fatalf("%d questions, %d conditions", len(f.Questions), conditions(f))
	}
	began := time.Now()
	iv := interview.New(f, env())
	opened := time.Since(began)
	var took []time.Duration
	for i, q := range f.Questions {
		if q.Calculation != nil {
			continue
		}
		began := time.Now()
		set(t, iv, record.Path(q.Path), whole(int64(20+i%5)))
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	median := took[len(took)/2]
	t.Logf("opened in %v, median %v, longest %v", opened, median, took[len(took)-1])
	if opened > 150*time.Millisecond || median > time.Millisecond {
		t.Errorf("opening took %v, an answer %v", opened, median)
	}
}

func BenchmarkOpenLarge(b *testing.B) {
	f := large(b)
	for b.Loop() {
		interview.New(f, env())
	}
}

func BenchmarkAnswerLarge(b *testing.B) {
	iv := interview.New(large(b), env())
	for i := 0; b.Loop(); i++ {
		set(b, iv, "g3/q60", whole(int64(i%40)))
	}
}

func BenchmarkCompileLarge(b *testing.B) {
	for b.Loop() {
		large(b)
	}
}

func BenchmarkAddRowToTwoHundred(b *testing.B) {
	iv := interview.New(compile(b, votes), env())
	for range 200 {
		if _, _, err := iv.AddRow("votes"); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		row, _, _ := iv.AddRow("votes")
		if _, err := iv.RemoveRow(row); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFilterFiftyThousand(b *testing.B) {
	var rows strings.Builder
	rows.WriteString("| survey | |\n| | type | name | label | choice_filter |\n| | text | c | C | |\n| | select_one l | q | Q | country = ${c} |\n")
	rows.WriteString("| choices | |\n| | list_name | name | label | country |\n")
	for i := range 50_000 {
		fmt.Fprintf(&rows, "| | l | n%d | Label %d | c%d |\n", i, i, i%100)
	}
	iv := interview.New(compile(b, rows.String()), env())
	set(b, iv, "c", text("c7"))
	for b.Loop() {
		if got := len(iv.Choices("q")); got != 500 {
			b.Fatal(got)
		}
	}
}
