package app

import (
	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/page/home"
	"coopatlas/app/page/interviews"
	"coopatlas/app/page/settings"
	"coopatlas/app/page/welcome"
)

// Pages is the page list, in the order of the rail: one line a page.
func Pages() []page.Entry {
	return []page.Entry{
		{Name: "welcome", Route: "welcome", New: welcome.New, Bare: true},
		{Name: "home", Route: "home", Group: page.Field, Icon: kit.IconHome, New: home.New},
		{Name: "interviews", Route: "interviews", Group: page.Field, Icon: kit.IconInterview, New: interviews.List},
		{Name: "interviews", Route: "interviews/new", New: interviews.New},
		{Name: "interviews", Route: "interviews/{id}", New: interviews.Read, Opens: []string{"mapping"}, Samples: []string{"interviews/{mapping}"}},
		{Name: "interviews", Route: "interviews/{id}/fill", New: interviews.Fill, Samples: []string{"interviews/{mapping}/fill", "interviews/{cooperative}/fill?kind=cooperative"}},
		{Name: "settings", Route: "settings", Group: page.System, Icon: kit.IconSettings, New: settings.New},
	}
}
