package task

import (
	"sync"
	"time"
)

// Timers runs functions later, on the thread of the window.
type Timers struct {
	call func(func())
}

// NewTimers makes timers; call runs a function on the thread of the window (fyne.Do).
func NewTimers(call func(func())) Timers { return Timers{call} }

// After runs do once, so much later, unless it is stopped before.
func (t Timers) After(wait time.Duration, do func()) (stop func()) {
	timer := time.AfterFunc(wait, func() { t.call(do) })
	return func() { timer.Stop() }
}

// Every runs do again and again until it is stopped.
func (t Timers) Every(wait time.Duration, do func()) (stop func()) {
	ticker, end := time.NewTicker(wait), make(chan struct{})
	go func() {
		for {
			select {
			case <-ticker.C:
				t.call(do)
			case <-end:
				return
			}
		}
	}()
	var once sync.Once
	return func() {
		once.Do(func() {
			ticker.Stop()
			close(end)
		})
	}
}
