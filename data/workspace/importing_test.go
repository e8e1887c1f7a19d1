package workspace

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"coopatlas/data/demonstration"
	"coopatlas/data/exchange/tabular"
	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

// One interview that takes record after record says of each what an interview of its own says.
func TestCompletingManyRecords(t *testing.T) {
	w := sessions(t)
	e := w.environment(t.Context(), "en")
	c := w.newCompleter(e)
	records := demonstration.Records(demonstration.Seed)
	random := rand.New(rand.NewPCG(1, 2))
	random.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
	for _, r := range records[:min(200, len(records))] {
		change, err := w.invented(e, r)
		if err != nil {
			t.Fatal(err)
		}
		f, err := w.MustKnow(r.Kind)
		if err != nil {
			t.Fatal(err)
		}
		set := map[record.Path]record.Answer{}
		for path, answer := range change.Set {
			if q, ok := f.Question(path.Question()); ok && q.Repeat() == nil && random.IntN(8) > 0 { // a register knows less
				set[path] = answer
			}
		}
		e.remember(change.Record, interview.Choice{Name: change.Record.String(), Label: change.Label})
		got, err := c.complete(f, change.Record, record.State{}, set)
		if err != nil {
			t.Fatal(err)
		}
		want := completeAlone(e, f, set)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%s %s:\n%+v, alone\n%+v", r.Kind, r.Key, got, want)
		}
	}
}

func completeAlone(e *environment, f *form.Form, set map[record.Path]record.Answer) tabular.Completed {
	iv := interview.Open(f, e.env(f, ""), interview.Content{Answers: set})
	out := tabular.Completed{Calculated: map[record.Path]record.Answer{}, Label: iv.InstanceName()}
	for path, answer := range iv.Answers() {
		if q, ok := f.Question(path.Question()); ok && q.Calculation != nil && len(q.Triggers) == 0 {
			out.Calculated[path] = answer
		}
	}
	for _, p := range iv.Problems() {
		if p.Kind != interview.ProblemRequired {
			out.Problems = append(out.Problems, tabular.Problem{Column: string(p.Path), Message: p.Message})
		}
	}
	return out
}
