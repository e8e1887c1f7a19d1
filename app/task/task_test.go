package task_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"coopatlas/app/task"
)

// thread stands for the thread of the window: functions are handed to it, and wait runs them until one says it is
// over.
type thread chan func()

func (t thread) call(f func()) { t <- f }

func (t thread) until(over *bool) {
	for !*over {
		(<-t)()
	}
}

func TestJobsHandTheirResultToTheThreadOfTheWindow(t *testing.T) {
	ui := make(thread, 64)
	var names []string
	b := task.NewBackground(task.Config{Call: ui.call, Every: time.Nanosecond, Changed: func(jobs []task.Status) {
		for _, j := range jobs {
			names = append(names, j.Name)
		}
	}})
	over, got := false, 0
	task.Run(b, "counting", func(_ context.Context, progress task.Progress) (int, error) {
		for i := range 3 {
			progress(i, 3)
		}
		return 42, nil
	}, func(n int, err error) { got, over = n, err == nil })
	ui.until(&over)
	if got != 42 || len(names) == 0 || names[0] != "counting" || b.Running() != 0 {
		t.Errorf("got %d, names %q, %d running", got, names, b.Running())
	}
}

func TestStoppedJobsSaySo(t *testing.T) {
	ui := make(thread, 64)
	b := task.NewBackground(task.Config{Call: ui.call})
	over := false
	var failure error
	stop := task.Run(b, "waiting", func(ctx context.Context, _ task.Progress) (int, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	}, func(_ int, err error) { failure, over = err, true })
	stop()
	stop()
	ui.until(&over)
	if !errors.Is(failure, context.Canceled) {
		t.Errorf("the error is %v", failure)
	}
}

func TestAWorkThatForgetsItsContextCountsAsStoppedAllTheSame(t *testing.T) {
	ui := make(thread, 64)
	b := task.NewBackground(task.Config{Call: ui.call})
	begin, over := make(chan struct{}), false
	var failure error
	stop := task.Run(b, "deaf", func(context.Context, task.Progress) (int, error) {
		<-begin
		return 1, nil
	}, func(_ int, err error) { failure, over = err, true })
	stop()
	close(begin)
	ui.until(&over)
	if !errors.Is(failure, context.Canceled) {
		t.Errorf("the error is %v", failure)
	}
}

func TestStopAllWaits(t *testing.T) {
	ui := make(thread, 64)
	b := task.NewBackground(task.Config{Call: ui.call})
	var ended sync.WaitGroup
	ended.Add(3)
	for range 3 {
		task.Quiet(b, func(ctx context.Context) (int, error) {
			<-ctx.Done()
			ended.Done()
			return 0, nil
		}, nil)
	}
	b.StopAll()
	ended.Wait()
}

func TestAFaultInAJobIsAnError(t *testing.T) {
	var failure error
	task.Run(task.Inline{}, "", func(context.Context, task.Progress) (int, error) { panic("no") }, func(_ int, err error) { failure = err })
	if !errors.Is(failure, task.ErrFault) {
		t.Errorf("the error is %v", failure)
	}
}

func TestInlineDoesEverythingAtOnce(t *testing.T) {
	var told []int
	r := task.Inline{Told: func(_ string, done, _ int) { told = append(told, done) }}
	got := ""
	stop := task.Run(r, "x", func(_ context.Context, progress task.Progress) (string, error) {
		progress(1, 2)
		return "done", nil
	}, func(s string, _ error) { got = s })
	stop()
	if got != "done" || len(told) != 1 {
		t.Errorf("got %q, told %v", got, told)
	}
}

// held is a runner whose jobs end when the test says so.
type held struct{ jobs []task.Job }

func (h *held) Start(job task.Job) func() {
	h.jobs = append(h.jobs, job)
	return func() {}
}

func (h *held) end(i int) { h.jobs[i].Done(h.jobs[i].Work(context.Background(), func(int, int) {})) }

func TestOnlyTheNewestOfALatestCounts(t *testing.T) {
	r := &held{}
	var latest task.Latest
	var got []string
	for _, text := range []string{"a", "ab", "abc"} {
		task.Do(&latest, r, func(context.Context) (string, error) { return text, nil }, func(s string, _ error) { got = append(got, s) })
	}
	for _, i := range []int{1, 2, 0} {
		r.end(i)
	}
	if len(got) != 1 || got[0] != "abc" {
		t.Errorf("got %q", got)
	}
	task.Do(&latest, r, func(context.Context) (string, error) { return "late", nil }, func(s string, _ error) { got = append(got, s) })
	latest.Stop()
	r.end(3)
	if len(got) != 1 {
		t.Errorf("a stopped one counted: %q", got)
	}
}

func TestTimersRunAndStop(t *testing.T) {
	ui := make(thread, 64)
	timers := task.NewTimers(ui.call)
	over := false
	timers.After(time.Nanosecond, func() { over = true })
	ui.until(&over)
	n, stopped := 0, false
	stop := timers.Every(time.Microsecond, func() { n++; stopped = n == 3 })
	ui.until(&stopped)
	stop()
	stop()
	timers.After(time.Hour, func() { t.Error("a stopped one ran") })()
}
