package kit

import (
	"fmt"
	"io/fs"
	"math"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"coopatlas/assets"
	"coopatlas/reports/scene"
)

// Icon is the name of one of our line icons: 24 units, stroke 1.75, round ends.
type Icon string

// The icons. Each is the file assets/icons/<name>.svg.
const (
	IconHome          Icon = "home"
	IconInterview     Icon = "interview"
	IconDirectory     Icon = "directory"
	IconPerson        Icon = "person"
	IconNetwork       Icon = "network"
	IconMap           Icon = "map"
	IconTrend         Icon = "trend"
	IconBrief         Icon = "brief"
	IconExchange      Icon = "exchange"
	IconImport        Icon = "import"
	IconQuestionnaire Icon = "questionnaire"
	IconExport        Icon = "export"
	IconSettings      Icon = "settings"
	IconSearch        Icon = "search"
	IconAdd           Icon = "add"
	IconRemove        Icon = "remove"
	IconClose         Icon = "close"
	IconCheck         Icon = "check"
	IconChecks        Icon = "checks"
	IconHalf          Icon = "half"
	IconCircle        Icon = "circle"
	IconWarning       Icon = "warning"
	IconProblem       Icon = "problem"
	IconInfo          Icon = "info"
	IconBack          Icon = "back"
	IconNext          Icon = "next"
	IconUp            Icon = "up"
	IconDown          Icon = "down"
	IconMore          Icon = "more"
	IconMenu          Icon = "menu"
	IconFilter        Icon = "filter"
	IconColumns       Icon = "columns"
	IconSave          Icon = "save"
	IconUndo          Icon = "undo"
	IconRedo          Icon = "redo"
	IconCopy          Icon = "copy"
	IconEdit          Icon = "edit"
	IconHistory       Icon = "history"
	IconCalendar      Icon = "calendar"
	IconFolder        Icon = "folder"
	IconFile          Icon = "file"
	IconPicture       Icon = "picture"
	IconLock          Icon = "lock"
	IconSeal          Icon = "seal"
	IconStop          Icon = "stop"
	IconReload        Icon = "reload"
	IconStar          Icon = "star"
	IconComment       Icon = "comment"
	IconPlace         Icon = "place"
	IconBackup        Icon = "backup"
	IconOpen          Icon = "open"
	IconLogo          Icon = "logo"
)

// Resource gives the icon in the colour of text. A name without a file gives an empty picture, which a test refuses.
func (i Icon) Resource() fyne.Resource { return theme.NewThemedResource(i.plain()) }

// In gives the icon in a colour of the theme, such as ColorTeal.
func (i Icon) In(name fyne.ThemeColorName) fyne.Resource {
	return theme.NewColoredResource(i.plain(), name)
}

func (i Icon) plain() fyne.Resource {
	if drawn, ok := icons()[i]; ok {
		return drawn
	}
	return fyne.NewStaticResource(string(i)+".svg", []byte(iconHead+`"/></svg>`))
}

const iconHead = `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"><path fill="#000" d="`

// icons are all icons, made ready once: the toolkit colours areas and not lines, so that each line becomes the area that
// its pen covers.
var icons = sync.OnceValue(drawIcons)

func drawIcons() map[Icon]fyne.Resource {
	out := map[Icon]fyne.Resource{}
	entries, err := fs.ReadDir(assets.FS(), "icons")
	if err != nil {
		return out
	}
	for _, e := range entries {
		name, isIcon := strings.CutSuffix(e.Name(), ".svg")
		if !isIcon {
			continue
		}
		for suffix, width := range map[string]float64{"": 1, fine: 0.5} {
			if data, err := drawIcon(name, width); err == nil {
				out[Icon(name+suffix)] = fyne.NewStaticResource(name+suffix+".svg", data)
			}
		}
	}
	return out
}

// fine is added to the name of an icon that is drawn with a thinner pen, for large drawings.
const fine = "-fine"

// Fine is the icon with a thinner pen, for drawings larger than 48 units.
func (i Icon) Fine() Icon { return i + fine }

// drawIcon reads an icon and writes it with areas for its lines, whose width is multiplied.
func drawIcon(name string, width float64) ([]byte, error) {
	data, err := assets.Icon(name)
	if err != nil {
		return nil, err
	}
	drawing, err := scene.FromSVG(data, nil)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteString(iconHead)
	eachPath(drawing.Items, func(p *scene.Path) {
		if p.Stroke != nil {
			pen(&b, p.Segments, p.Stroke.Width*width/2)
		}
	})
	b.WriteString(`"/></svg>`)
	return []byte(b.String()), nil
}

// eachPath visits the paths of items and of the groups in them.
func eachPath(items []scene.Item, visit func(*scene.Path)) {
	for _, item := range items {
		switch item := item.(type) {
		case *scene.Path:
			visit(item)
		case *scene.Group:
			eachPath(item.Items, visit)
		}
	}
}

// curveSteps is how many straight lines stand for one curve.
const curveSteps = 8

// pen writes what a round pen covers along segments: one capsule a straight line, all turning the same way, so that
// they join into one area.
func pen(b *strings.Builder, segments []scene.Segment, half float64) {
	var from, start scene.Point
	for _, s := range segments {
		switch s.Op {
		case scene.MoveTo:
			from, start = s.P[0], s.P[0]
		case scene.LineTo:
			capsule(b, from, s.P[0], half)
			from = s.P[0]
		case scene.CubicTo:
			last := from
			for i := 1; i <= curveSteps; i++ {
				next := bezier(from, s.P, float64(i)/curveSteps)
				capsule(b, last, next, half)
				last = next
			}
			from = s.P[2]
		case scene.Close:
			capsule(b, from, start, half)
			from = start
		}
	}
}

// bezier is the point of a curve at t between 0 and 1.
func bezier(from scene.Point, p [3]scene.Point, t float64) scene.Point {
	u := 1 - t
	at := func(a, b, c, d float64) float64 { return u*u*u*a + 3*u*u*t*b + 3*u*t*t*c + t*t*t*d }
	return scene.Point{X: at(from.X, p[0].X, p[1].X, p[2].X), Y: at(from.Y, p[0].Y, p[1].Y, p[2].Y)}
}

// capsule writes the area within half of the straight line from a to b.
func capsule(b *strings.Builder, from, to scene.Point, half float64) {
	dx, dy := to.X-from.X, to.Y-from.Y
	length := math.Hypot(dx, dy)
	if length < 1e-6 {
		return
	}
	nx, ny := -dy/length*half, dx/length*half
	fmt.Fprintf(b, "M%.3f %.3fL%.3f %.3fA%.3f %.3f 0 0 0 %.3f %.3fL%.3f %.3fA%.3f %.3f 0 0 0 %.3f %.3fz",
		from.X+nx, from.Y+ny, to.X+nx, to.Y+ny, half, half, to.X-nx, to.Y-ny, from.X-nx, from.Y-ny, half, half, from.X+nx, from.Y+ny)
}
