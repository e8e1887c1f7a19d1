package crowd

import (
	"context"
	"fmt"
	"testing"

	"coopatlas/data/indicator"
	"coopatlas/data/store"
)

// BenchmarkTrend is what a person waits for until the first trend stands, from no figures at all, and until the next
// one over the same figures does. It is to stay under 300 ms with a hundred thousand interviews.
func BenchmarkTrend(b *testing.B) {
	ctx := context.Background()
	ask := func(b *testing.B, f *store.Frame, q indicator.Query) {
		q.Disclosure = true
		if r, err := indicator.Compute(ctx, f, q); err != nil || len(r.Points) == 0 {
			b.Fatal(r, err)
		}
	}
	for _, n := range Sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := Open(b, n)
			var frame *store.Frame
			fresh := func() {
				if frame != nil {
					frame.Close()
				}
			}
			Measure(b, "first", fresh, func() {
				var err error
				if frame, err = w.Store.Frame(ctx); err != nil {
					b.Fatal(err)
				}
				ask(b, frame, indicator.Query{Indicator: "I06", By: []string{"country"}})
			})
			Measure(b, "next", nil, func() { ask(b, frame, indicator.Query{Indicator: "I06", By: []string{"ilo_type"}}) })
			fresh()
		})
	}
}

// BenchmarkSearch is what a person waits for at each letter typed into the search over everything. It is to stay under
// 100 ms with a hundred thousand interviews.
func BenchmarkSearch(b *testing.B) {
	kinds := []string{"cooperative", "mapping", "wave", "person"}
	for _, n := range Sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := Open(b, n)
			for _, text := range []string{"a", "2", "off", "aurora", "coop sao", "Panadería Ñandú 1", "सह", "zzzzz"} {
				Measure(b, text, nil, func() {
					if _, err := w.Store.Search(context.Background(), text, 9, kinds...); err != nil {
						b.Fatal(err)
					}
				})
			}
		})
	}
}
