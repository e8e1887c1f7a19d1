package app

import (
	"encoding/json"
	"io"
	"sync"
	"time"
)

// trace writes what happens in the window as JSON lines, for tests of the real window. A trace without a writer does
// nothing.
type trace struct {
	mutex sync.Mutex
	out   io.Writer
	now   func() time.Time
	focus string
}

// traced is one line.
type traced struct {
	Time  time.Time `json:"time"`
	Event string    `json:"event"` // route, focus, saved, workspace, error
	Value string    `json:"value"`
}

func newTrace(out io.Writer, now func() time.Time) *trace { return &trace{out: out, now: now} }

func (t *trace) write(event, value string) {
	if t.out == nil {
		return
	}
	line, err := json.Marshal(traced{t.now(), event, value})
	if err != nil {
		return
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	_, _ = t.out.Write(append(line, '\n')) // a trace that cannot be written must not stop the work
}

// named is what has a name for traces while it has the focus.
type named interface{ FocusName() string }

// WatchFocus notes where the focus is, if it has moved since it was last asked. The program calls it again and again
// while it traces, because the toolkit does not tell.
func (f *Frame) WatchFocus() {
	name := ""
	if one, ok := f.window.Canvas().Focused().(named); ok {
		name = one.FocusName()
	}
	if name != f.trail.focus {
		f.trail.focus = name
		f.trail.write("focus", name)
	}
}
