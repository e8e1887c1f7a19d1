package task

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// ErrFault is wrapped where a job ended by a fault in the program.
var ErrFault = errors.New("this part of the program failed")

// Status is one running job as the footer shows it.
type Status struct {
	ID          int
	Name        string
	Done, Total int
	Stop        func()
}

// Config is what a Background is given.
type Config struct {
	// Call runs a function on the thread of the window (fyne.Do).
	Call func(func())
	// Changed is told, on the thread of the window, which jobs are running that are not quiet.
	Changed func([]Status)
	// Every is the least time between two reports of progress; 0 is a tenth of a second.
	Every time.Duration
}

// Background runs each job on a goroutine of its own.
type Background struct {
	cfg     Config
	mutex   sync.Mutex
	next    int
	jobs    []*job
	waiting bool // a report of progress is under way
	group   sync.WaitGroup
}

// job is a job that is running.
type job struct {
	Status
	quiet bool
	told  time.Time
}

// NewBackground makes a runner for a window.
func NewBackground(cfg Config) *Background {
	if cfg.Every == 0 {
		cfg.Every = 100 * time.Millisecond
	}
	return &Background{cfg: cfg}
}

// Start begins a job; see Runner.
func (b *Background) Start(of Job) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	running := b.add(of, cancel)
	b.tell(of.Quiet)
	b.group.Add(1)
	go func() {
		defer b.group.Done()
		err := guarded(ctx, of, func(done, total int) { b.progress(running, done, total) })
		if err == nil {
			err = ctx.Err()
		}
		cancel()
		b.remove(running)
		b.cfg.Call(func() {
			b.tell(of.Quiet)
			if of.Done != nil {
				of.Done(err)
			}
		})
	}()
	return cancel
}

// Running tells how many jobs that are not quiet are under way.
func (b *Background) Running() int { return len(b.list()) }

// StopAll ends every job's context and waits until they have ended. Results that were not handed over are lost.
func (b *Background) StopAll() {
	b.mutex.Lock()
	jobs := slices.Clone(b.jobs)
	b.mutex.Unlock()
	for _, j := range jobs {
		j.Stop()
	}
	b.group.Wait()
}

func (b *Background) add(of Job, cancel func()) *job {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.next++
	j := &job{Status: Status{ID: b.next, Name: of.Name, Stop: cancel}, quiet: of.Quiet}
	b.jobs = append(b.jobs, j)
	return j
}

func (b *Background) remove(j *job) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.jobs = slices.DeleteFunc(b.jobs, func(other *job) bool { return other == j })
}

// progress notes how far a job is, and has that shown unless it was shown a moment ago.
func (b *Background) progress(j *job, done, total int) {
	b.mutex.Lock()
	j.Done, j.Total = done, total
	due := !j.quiet && !b.waiting && time.Since(j.told) >= b.cfg.Every
	if due {
		j.told, b.waiting = time.Now(), true
	}
	b.mutex.Unlock()
	if due {
		b.cfg.Call(func() {
			b.mutex.Lock()
			b.waiting = false
			b.mutex.Unlock()
			b.tell(false)
		})
	}
}

func (b *Background) tell(quiet bool) {
	if !quiet && b.cfg.Changed != nil {
		b.cfg.Changed(b.list())
	}
}

func (b *Background) list() []Status {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	var out []Status
	for _, j := range b.jobs {
		if !j.quiet {
			out = append(out, j.Status)
		}
	}
	return out
}
