package window

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"coopatlas/app"
	"coopatlas/app/page"
)

// Every page of the rail opens in a real window, there and back, and lets the next one come.
func TestEveryPageOpens(t *testing.T) {
	d := sit(t, "us", "en")
	d.start()
	rail := slices.DeleteFunc(app.Pages(), func(e page.Entry) bool { return e.Icon == "" })
	slices.SortStableFunc(rail, func(a, b page.Entry) int { return cmp.Compare(a.Group, b.Group) })
	open := func(n int) {
		name := rail[n-1].Name
		d.press("alt+" + strconv.Itoa(n))
		d.wait("route", func(route string) bool { return route == name || strings.HasPrefix(route, name+"?") })
	}
	last := min(len(rail), 9) // pages beyond have no key
	for n := 2; n <= last; n++ {
		open(n)
	}
	for n := last - 1; n >= 1; n-- {
		open(n)
	}
}
