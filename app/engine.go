package app

import (
	"sync"

	"coopatlas/reports/chart"
	"coopatlas/reports/scene"
)

// engine loads the drawing of charts when somebody first asks for it. It may be asked from any goroutine.
type engine struct {
	state *engineState
}

// engineState is what an engine shares.
type engineState struct {
	mutex  sync.Mutex
	fonts  *scene.Fonts
	loaded *chart.Engine
}

func newEngine(fonts *scene.Fonts) engine { return engine{&engineState{fonts: fonts}} }

func (e engine) get() (*chart.Engine, error) {
	e.state.mutex.Lock()
	defer e.state.mutex.Unlock()
	if e.state.loaded != nil {
		return e.state.loaded, nil
	}
	loaded, err := chart.NewEngine(e.state.fonts)
	if err == nil {
		e.state.loaded = loaded
	}
	return loaded, err
}

func (e engine) close() {
	e.state.mutex.Lock()
	defer e.state.mutex.Unlock()
	if e.state.loaded != nil {
		_ = e.state.loaded.Close() // nothing is lost with it
		e.state.loaded = nil
	}
}
