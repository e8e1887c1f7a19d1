package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"coopatlas/assets"
)

// Icon is the name of one of our line icons: 24 units, stroke 1.75, round ends.
type Icon string

// The icons. Each is the file assets/icons/<name>.svg.
const (
	IconHome      Icon = "home"
	IconInterview Icon = "interview"
	IconDirectory Icon = "directory"
	IconPerson    Icon = "person"
	IconNetwork   Icon = "network"
	IconMap       Icon = "map"
	IconTrend     Icon = "trend"
	IconBrief     Icon = "brief"
	IconExchange  Icon = "exchange"
	IconImport    Icon = "import"
	IconExport    Icon = "export"
	IconSettings  Icon = "settings"
	IconSearch    Icon = "search"
	IconAdd       Icon = "add"
	IconRemove    Icon = "remove"
	IconClose     Icon = "close"
	IconCheck     Icon = "check"
	IconHalf      Icon = "half"
	IconCircle    Icon = "circle"
	IconWarning   Icon = "warning"
	IconProblem   Icon = "problem"
	IconInfo      Icon = "info"
	IconBack      Icon = "back"
	IconNext      Icon = "next"
	IconUp        Icon = "up"
	IconDown      Icon = "down"
	IconMore      Icon = "more"
	IconMenu      Icon = "menu"
	IconFilter    Icon = "filter"
	IconColumns   Icon = "columns"
	IconSave      Icon = "save"
	IconUndo      Icon = "undo"
	IconRedo      Icon = "redo"
	IconCopy      Icon = "copy"
	IconEdit      Icon = "edit"
	IconHistory   Icon = "history"
	IconCalendar  Icon = "calendar"
	IconFolder    Icon = "folder"
	IconFile      Icon = "file"
	IconPicture   Icon = "picture"
	IconLock      Icon = "lock"
	IconStop      Icon = "stop"
	IconReload    Icon = "reload"
	IconStar      Icon = "star"
	IconComment   Icon = "comment"
	IconPlace     Icon = "place"
	IconBackup    Icon = "backup"
	IconOpen      Icon = "open"
	IconLogo      Icon = "logo"
)

// Resource gives the icon in the colour of text. A name without a file gives an empty picture, which a test refuses.
func (i Icon) Resource() fyne.Resource { return theme.NewThemedResource(i.plain()) }

// In gives the icon in a colour of the theme, such as ColorTeal.
func (i Icon) In(name fyne.ThemeColorName) fyne.Resource {
	return theme.NewColoredResource(i.plain(), name)
}

func (i Icon) plain() fyne.Resource {
	data, err := assets.Icon(string(i))
	if err != nil {
		data = []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"/>`)
	}
	return fyne.NewStaticResource(string(i)+".svg", data)
}
