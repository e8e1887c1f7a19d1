package crowd

import (
	"slices"
	"testing"
	"time"

	"coopatlas/data/workspace"
)

// Measure times what a person waits for, each time after what prepares it, and prints the median and the longest in
// milliseconds. Either function fails b where something is wrong.
func Measure(b *testing.B, name string, prepare, do func()) {
	b.Run(name, func(b *testing.B) {
		var waits []time.Duration
		for b.Loop() {
			b.StopTimer()
			if prepare != nil {
				prepare()
			}
			b.StartTimer()
			began := time.Now()
			do()
			waits = append(waits, time.Since(began))
		}
		slices.Sort(waits)
		b.ReportMetric(milliseconds(waits[len(waits)/2]), "ms")
		b.ReportMetric(milliseconds(waits[len(waits)-1]), "ms/longest")
		b.ReportMetric(0, "ns/op")
	})
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// Open opens the workspace of so many interviews until the benchmark ends.
func Open(b *testing.B, interviews int) *workspace.Workspace {
	b.Helper()
	w, err := workspace.Open(Folder(b, interviews), Config())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { w.Close() })
	return w
}
