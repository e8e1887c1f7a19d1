package store

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// generated gives n changes as an import of a register makes them: one record each, fifteen answers.
func generated(n int) func(yield func(Change) bool) {
	return func(yield func(Change) bool) {
		for i := range n {
			key := strconv.Itoa(i)
			c := Change{
				Record: record.RegisterID("register", "return", key), Kind: "return", Operation: record.Validate,
				Origin: &record.Origin{Source: "register", Row: record.Hash{byte(i), byte(i >> 8), byte(i >> 16)}, Public: true},
				Set:    answers("name", "Cooperative number "+key, "country", []string{"IT", "FR", "GB"}[i%3], "year", 2000+i%20),
			}
			for q := range 12 {
				c.Set[record.Path(fmt.Sprintf("figures/figure%d", q))] = answer(i * (q + 1) % 100_003)
			}
			if !yield(c) {
				return
			}
		}
	}
}

// returns is a questionnaire of the size of a mapping interview.
func returns() *form.Form {
	f := &form.Form{ID: "return", Version: "1", Root: &form.Group{Name: "data"}}
	figures := &form.Group{Name: "figures", Path: "figures", Parent: f.Root}
	f.Questions = []*form.Question{
		{Name: "name", Path: "name", Type: form.TypeText, ListOrder: 1, Parent: f.Root},
		{Name: "country", Path: "country", Type: form.TypeSelectOne, Concept: "country", ListOrder: 2, Parent: f.Root},
		{Name: "year", Path: "year", Type: form.TypeInteger, Concept: "year", Parent: f.Root},
	}
	for q := range 40 {
		name := fmt.Sprintf("figure%d", q)
		f.Questions = append(f.Questions, &form.Question{Name: name, Path: "figures/" + name, Type: form.TypeInteger, Concept: name, Parent: figures})
	}
	return f
}

// BenchmarkSaveAll imports generated rows while a person types, and prints rows per second and the longest wait of a
// draft. COOPATLAS_ROWS sets how many rows.
func BenchmarkSaveAll(b *testing.B) {
	rows := 20_000
	if n, err := strconv.Atoi(os.Getenv("COOPATLAS_ROWS")); err == nil {
		rows = n
	}
	for b.Loop() {
		s := create(b, Config{Forms: []*form.Form{returns()}})
		done := make(chan struct{})
		waits := make(chan []time.Duration, 1)
		go func() { waits <- typing(b, s, done) }()
		began := time.Now()
		if n, err := s.SaveAll(context.Background(), identity(1), generated(rows), nil); err != nil || n != rows {
			b.Fatal(n, err)
		}
		spent := time.Since(began)
		close(done)
		all := <-waits
		slices.Sort(all)
		began = time.Now()
		f, err := s.Frame(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(rows)/spent.Seconds(), "rows/s")
		b.ReportMetric(float64(all[len(all)-1].Milliseconds()), "ms/longest-draft")
		b.ReportMetric(float64(all[len(all)*99/100].Milliseconds()), "ms/99%-draft")
		b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms/frame")
		info, _ := os.Stat(s.Dir() + "/" + databaseName)
		b.ReportMetric(float64(info.Size())/float64(rows), "bytes/row")
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// typing saves answers into a draft, one after the other, until done; it returns how long each took.
func typing(b *testing.B, s *Store, done <-chan struct{}) (waits []time.Duration) {
	d, err := s.OpenDraft(background, DraftOf{Kind: "return"})
	for i := 0; err == nil; i++ {
		select {
		case <-done:
			return waits
		default:
		}
		began := time.Now()
		err = s.SetDraft(background, d.ID, "year", answer(i))
		waits = append(waits, time.Since(began))
	}
	b.Error(err)
	return waits
}

func BenchmarkSetDraft(b *testing.B) {
	s := create(b, config())
	d, err := s.OpenDraft(background, DraftOf{Kind: "mapping"})
	for i := 0; b.Loop() && err == nil; i++ {
		err = s.SetDraft(background, d.ID, "year", answer(i))
	}
	if err != nil {
		b.Fatal(err)
	}
}

func BenchmarkList(b *testing.B) {
	s := create(b, Config{Forms: []*form.Form{returns()}})
	if _, err := s.SaveAll(background, identity(1), generated(5_000), nil); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		rows, err := s.List(background, "return", Query{Where: []Condition{{Column: "country", Values: []string{"IT"}}}, Sort: []Order{{"name", false}}, Limit: 50})
		if err != nil || len(rows) != 50 {
			b.Fatal(len(rows), err)
		}
	}
}
