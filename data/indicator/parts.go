package indicator

import (
	"runtime"
	"slices"
	"sync"
)

// leastPart is how many records are worth a goroutine of their own.
const leastPart = 4096

// part is a run of cooperatives and of their records.
type part struct {
	units [2]int32 // from, up to
	rows  run
}

// divide divides the cooperatives into one run for each processor, of about as
// many records each.
func (r *frameRows) divide() {
	count := max(1, min(runtime.GOMAXPROCS(0), r.count()/leastPart))
	units, from := len(r.start)-1, 0
	for i := 1; i <= count; i++ {
		to, _ := slices.BinarySearch(r.start, int32(r.count()/count*i))
		if i == count || to > units {
			to = units
		}
		r.parts = append(r.parts, part{[2]int32{int32(from), int32(to)}, run{r.start[from], r.start[to]}})
		from = to
	}
}

// atOnce does n things at once and waits for them.
func atOnce(n int, do func(i int)) {
	if n == 1 {
		do(0)
		return
	}
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { do(i) })
	}
	wait.Wait()
}

// spreadOut does n things on all processors, where there are enough of them.
func spreadOut(n int, do func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n/8+1)
	atOnce(workers, func(w int) {
		for i := w; i < n; i += workers {
			do(i)
		}
	})
}

// inRuns goes through n rows on all processors, each with a run of its own that
// begins at a word of Bits.
func inRuns(n int, do func(from, to int)) {
	words := (n + 63) / 64
	workers := max(1, min(runtime.GOMAXPROCS(0), n/leastPart))
	atOnce(workers, func(w int) { do(words*w/workers*64, min(n, words*(w+1)/workers*64)) })
}

// both does two things at once; the first one's error goes first.
func both(first, second func() error) error {
	var errs [2]error
	atOnce(2, func(i int) { errs[i] = [2]func() error{first, second}[i]() })
	if errs[0] != nil {
		return errs[0]
	}
	return errs[1]
}
