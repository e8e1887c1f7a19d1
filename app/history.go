package app

import (
	"errors"
	"fmt"

	"fyne.io/fyne/v2"

	"coopatlas/app/page"
)

const (
	welcomeRoute = "welcome"
	homeRoute    = "home"
)

// visit is a place in the history: a route, and what its page kept.
type visit struct {
	route string
	kept  any
}

// history is where the person was, and where they can go forward to again.
type history struct {
	visits []visit
	at     int // of the present one; the list is empty at the beginning
}

// push goes on to a new place and forgets what lay ahead.
func (h *history) push(v visit) {
	if len(h.visits) > 0 {
		h.visits = h.visits[:h.at+1]
	}
	h.visits = append(h.visits, v)
	h.at = len(h.visits) - 1
}

// step moves by so many places, where there are any.
func (h *history) step(by int) (visit, bool) {
	to := h.at + by
	if to < 0 || to >= len(h.visits) {
		return visit{}, false
	}
	h.at = to
	return h.visits[to], true
}

// keep notes how the present place was left.
func (h *history) keep(route string, kept any) {
	if h.at < len(h.visits) {
		h.visits[h.at] = visit{route, kept}
	}
}

// errRoute is wrapped where a route leads nowhere.
var errRoute = errors.New("there is no such page")

// find returns the entry of a route.
func (f *Frame) find(route string) (page.Entry, page.Route, bool) {
	at := page.ParseRoute(route)
	for _, entry := range f.cfg.Pages {
		if found, ok := page.Match(entry.Route, at); ok {
			return entry, found, true
		}
	}
	return page.Entry{}, at, false
}

// Navigate leads to a route and notes it in the history.
func (f *Frame) Navigate(route string) { f.goTo(visit{route: route}, true) }

// goTo shows a place; new places go into the history. The page that is left is asked first.
func (f *Frame) goTo(v visit, fresh bool) bool {
	entry, at, ok := f.find(v.route)
	if !ok {
		f.Fail(fmt.Errorf("%w: %s", errRoute, v.route))
		return false
	}
	if f.space == nil && !entry.Bare {
		entry, at, _ = f.find(welcomeRoute)
		v = visit{route: welcomeRoute}
	}
	if !f.mayLeave() {
		return false
	}
	f.leavePage()
	if fresh {
		f.past.push(v)
	}
	f.show(entry, at, v)
	return true
}

func (f *Frame) mayLeave() bool {
	leaver, asks := f.current.(page.Leaver)
	return !asks || leaver.Leave()
}

// leavePage keeps what the page wants to be brought back with, and lets go of it.
func (f *Frame) leavePage() {
	if f.current == nil {
		return
	}
	var kept any
	if keeper, ok := f.current.(page.Keeper); ok {
		kept = keeper.Keep()
	}
	f.past.keep(f.current.Route(), kept)
	if closer, ok := f.current.(page.Closer); ok {
		closer.Close()
	}
	f.current = nil
}

// show makes a page and puts it on the window.
func (f *Frame) show(entry page.Entry, at page.Route, v visit) {
	f.foot.setCounts("")
	f.search.close()
	made := entry.New(f, at)
	f.current, f.entry = made, entry
	if keeper, ok := made.(page.Keeper); ok && v.kept != nil {
		keeper.Restore(v.kept)
	}
	f.window.Canvas().Unfocus()
	f.body.Objects = []fyne.CanvasObject{made.Content()}
	f.body.Refresh()
	f.trail.write("route", v.route)
	made.Reload()
	if f.current != made { // it led on at once
		return
	}
	f.Changed()
	if focuser, ok := made.(page.Focuser); ok {
		focuser.Focus()
	}
}

// Replace changes the present route in the history.
func (f *Frame) Replace(route string) {
	if len(f.past.visits) > 0 {
		f.past.visits[f.past.at].route = route
		f.trail.write("route", route)
	}
}

// Back leads to where the person was before.
func (f *Frame) Back() { f.move(-1) }

// forward leads to where the person came back from.
func (f *Frame) forward() { f.move(1) }

func (f *Frame) move(by int) {
	from := f.past.at
	if !f.mayLeave() {
		return
	}
	f.leavePage()
	v, ok := f.past.step(by)
	if !ok {
		v = f.past.visits[from]
	}
	if entry, at, found := f.find(v.route); found {
		f.show(entry, at, v)
	}
}

// canMove tells whether there is a place so many steps away.
func (f *Frame) canMove(by int) bool {
	to := f.past.at + by
	return to >= 0 && to < len(f.past.visits)
}
