package app

import (
	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/page/home"
	"coopatlas/app/page/settings"
	"coopatlas/app/page/welcome"
)

// Pages is the page list, in the order of the rail: one line a page.
func Pages() []page.Entry {
	return []page.Entry{
		{Name: "welcome", Route: "welcome", New: welcome.New, Bare: true},
		{Name: "home", Route: "home", Group: page.Field, Icon: kit.IconHome, New: home.New},
		{Name: "settings", Route: "settings", Group: page.System, Icon: kit.IconSettings, New: settings.New},
	}
}
