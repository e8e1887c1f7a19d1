package app

import (
	"slices"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/page/briefs"
	"coopatlas/app/page/checks"
	"coopatlas/app/page/directory"
	"coopatlas/app/page/home"
	"coopatlas/app/page/imports"
	"coopatlas/app/page/interviews"
	"coopatlas/app/page/questionnaires"
	"coopatlas/app/page/releases"
	"coopatlas/app/page/settings"
	"coopatlas/app/page/trends"
	"coopatlas/app/page/welcome"
)

// Pages is the page list, in the order of the rail: one line a page.
func Pages() []page.Entry {
	field := []page.Entry{
		{Name: "welcome", Route: "welcome", New: welcome.New, Bare: true, Samples: []string{"welcome", "welcome?part=new"}},
		{Name: "home", Route: "home", Group: page.Field, Icon: kit.IconHome, New: home.New},
		{Name: "interviews", Route: "interviews", Group: page.Field, Icon: kit.IconInterview, New: interviews.List},
		{Name: "interviews", Route: "interviews/new", New: interviews.New},
		{Name: "interviews", Route: "interviews/{id}", New: interviews.Read, Opens: []string{"mapping", page.AnyKind}, Samples: []string{"interviews/{mapping}"}},
		{Name: "interviews", Route: "interviews/{id}/fill", New: interviews.Fill, Samples: []string{"interviews/{mapping}/fill", "interviews/{cooperative}/fill?kind=cooperative", "interviews/{project}/fill?kind=project"}},
	}
	rest := []page.Entry{
		trends.Entry(),
		checks.Entry(),
		briefs.Entry(),
		imports.Entry(),
		questionnaires.Entry(),
		{Name: "settings", Route: "settings", Group: page.System, Icon: kit.IconSettings, New: settings.New,
			Samples: []string{"settings", "settings?part=workspace", "settings?part=letterhead", "settings?part=backup", "settings?part=keys", "settings?part=about"}},
	}
	return slices.Concat(field, directory.Entries(), rest, releases.Entries())
}
