package task

import (
	"context"
	"fmt"
)

// Progress is told, now and then, how much is done of how much; total is 0 where it is not known beforehand. It may be
// called from any goroutine. It has the shape of store.Progress, so that it can be handed on.
type Progress = func(done, total int)

// Job is one piece of background work.
type Job struct {
	Name  string // what the footer says is being done, in the person's language
	Quiet bool   // short work that the footer does not show
	Work  func(ctx context.Context, progress Progress) error
	Done  func(err error) // called on the thread of the window, once, also where the job was stopped; may be nil
}

// Runner starts jobs. Start returns at once and is called on the thread of the window; stop ends the job's context and
// may be called more than once.
type Runner interface {
	Start(job Job) (stop func())
}

// Run does work in the background, shows it in the footer under its name, and hands what it returns to done on the
// thread of the window. The error is the context's where the person stopped it.
func Run[T any](r Runner, name string, work func(ctx context.Context, progress Progress) (T, error), done func(T, error)) (stop func()) {
	return start(r, Job{Name: name}, work, done)
}

// Quiet is Run for short work, such as reading what a page shows, that the footer does not name.
func Quiet[T any](r Runner, work func(ctx context.Context) (T, error), done func(T, error)) (stop func()) {
	return start(r, Job{Quiet: true}, func(ctx context.Context, _ Progress) (T, error) { return work(ctx) }, done)
}

func start[T any](r Runner, job Job, work func(context.Context, Progress) (T, error), done func(T, error)) func() {
	var result T
	job.Work = func(ctx context.Context, progress Progress) (err error) {
		result, err = work(ctx, progress)
		return err
	}
	job.Done = func(err error) {
		if done != nil {
			done(result, err)
		}
	}
	return r.Start(job)
}

// Latest does work of which only the newest counts, such as a search while somebody types: each Run stops the one
// before it and drops its result. The zero value is ready. It belongs to the thread of the window.
type Latest struct {
	turn int
	stop func()
}

// Do runs quiet work for a Latest and hands its result to done, unless newer work was begun since.
func Do[T any](l *Latest, r Runner, work func(ctx context.Context) (T, error), done func(T, error)) {
	l.Stop()
	turn := l.turn
	stop := Quiet(r, work, func(result T, err error) {
		if turn == l.turn {
			done(result, err)
		}
	})
	if turn == l.turn {
		l.stop = stop
	}
}

// Stop ends the work that is going on and drops its result.
func (l *Latest) Stop() {
	l.turn++
	if l.stop != nil {
		l.stop()
		l.stop = nil
	}
}

// guarded runs the work and turns a panic into an error, so that a fault in one job does not end the program.
func guarded(ctx context.Context, job Job, progress Progress) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: %v", ErrFault, fault)
		}
	}()
	return job.Work(ctx, progress)
}
