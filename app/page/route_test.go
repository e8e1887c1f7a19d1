package page_test

import (
	"testing"

	"coopatlas/app/page"
)

func TestRoutesFitTheirPatterns(t *testing.T) {
	for _, fact := range []struct {
		pattern, route string
		fits           bool
		id             string
	}{
		{"home", "home", true, ""}, {"home", "home/", true, ""}, {"home", "homes", false, ""},
		{"interviews/{id}", "interviews/7", true, "7"}, {"interviews/{id}", "interviews", false, ""}, {"interviews/{id}", "interviews/", false, ""},
		{"interviews/{id}", "interviews/7/8", false, ""}, {"directory/{kind}/{id}", "directory/person/9?year=2026", true, "9"},
		{"trends", "trends?id=4", true, "4"},
	} {
		at, ok := page.Match(fact.pattern, page.ParseRoute(fact.route))
		if ok != fact.fits || ok && at.Get("id") != fact.id {
			t.Errorf("%s with %s: %t, id %q", fact.pattern, fact.route, ok, at.Get("id"))
		}
	}
}

func TestRoutesAreWrittenAsTheyAreRead(t *testing.T) {
	route := page.MakeRoute("trends", "indicator", "I05", "by", "", "where", "country=IT&x")
	at := page.ParseRoute(route)
	if at.String() != route || at.Get("where") != "country=IT&x" || at.Get("by") != "" {
		t.Errorf("%s is read as %s", route, at)
	}
	if got := page.MakeRoute("home"); got != "home" {
		t.Errorf("a route without values is %q", got)
	}
	if at := page.ParseRoute("home?%zz=1&ok=2"); at.Get("ok") != "2" {
		t.Errorf("a broken query loses what can be read: %v", at.Query)
	}
}
