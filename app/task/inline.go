package task

import "context"

// Inline runs each job before Start returns, on the caller's goroutine: for tests, and for drawing pages without a
// window.
type Inline struct {
	// Told, where it is set, is given every report of progress.
	Told func(name string, done, total int)
}

// Start does the whole job; see Runner.
func (r Inline) Start(job Job) (stop func()) {
	err := guarded(context.Background(), job, func(done, total int) {
		if r.Told != nil {
			r.Told(job.Name, done, total)
		}
	})
	if job.Done != nil {
		job.Done(err)
	}
	return func() {}
}
