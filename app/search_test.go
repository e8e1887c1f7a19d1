package app_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app"
	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/data/store"
	"coopatlas/data/workspace/crowd"
)

// plain is a page of nothing.
type plain struct {
	route string
	body  *widget.Label
}

func newPlain(_ page.Services, at page.Route) page.Page {
	return &plain{at.String(), widget.NewLabel("id " + at.Get("id"))}
}

func (p *plain) Route() string              { return p.route }
func (p *plain) Title() string              { return "Plain" }
func (p *plain) Content() fyne.CanvasObject { return p.body }
func (p *plain) Reload()                    {}

// withPlain adds a page that shows cooperatives.
func withPlain(c *app.Config) {
	c.Pages = append(light(), page.Entry{Name: "home", Route: "records/{id}", New: newPlain, Opens: []string{"cooperative"}})
	for i, entry := range c.Pages {
		if entry.Name != "home" && entry.Name != "settings" && entry.Name != "welcome" {
			c.Pages[i].Opens = nil
		}
	}
}

func TestSearchFindsPagesAndRecords(t *testing.T) {
	h := demonstrated(t, withPlain)
	h.key(fyne.KeyK, fyne.KeyModifierShortcutDefault)
	field, ok := h.Window().Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatalf("the focus is on %T", h.Window().Canvas().Focused())
	}
	field.SetText("sett")
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if routes := h.events("route"); routes[len(routes)-1] != "settings" {
		t.Fatalf("went to %q", routes)
	}
	rows, err := h.Workspace().Store.List(t.Context(), "cooperative", store.Query{Limit: 1})
	if err != nil || len(rows) == 0 {
		t.Fatal(rows, err)
	}
	field.SetText(rows[0].Label)
	if !strings.Contains(h.texts(), rows[0].Label) {
		t.Fatalf("in sight:\n%s", h.texts())
	}
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn} {
		field.TypedKey(&fyne.KeyEvent{Name: key})
	}
	routes := h.events("route")
	if last := routes[len(routes)-1]; !strings.HasPrefix(last, "records/") {
		t.Errorf("went to %q", last)
	}
}

func TestSearchIsLeftByEscape(t *testing.T) {
	h := demonstrated(t, withPlain)
	h.key(fyne.KeyK, fyne.KeyModifierShortcutDefault)
	field := h.Window().Canvas().Focused().(*kit.Entry)
	field.SetText("zzzz no such thing")
	if !strings.Contains(h.texts(), "Nothing was found.") {
		t.Errorf("in sight:\n%s", h.texts())
	}
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if field.Text != "" || strings.Contains(h.texts(), "Nothing was found.") || h.Window().Canvas().Focused() != nil {
		t.Error("the search stays open")
	}
}

// BenchmarkSearchAKeystroke is what a person waits for at each letter until what was found stands under the field. It is
// to stay under 100 ms with a hundred thousand interviews.
func BenchmarkSearchAKeystroke(b *testing.B) {
	for _, n := range crowd.Sizes() {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			h := build(b, nil)
			h.Adopt(crowd.Open(b, n))
			h.key(fyne.KeyK, fyne.KeyModifierShortcutDefault)
			field := h.Window().Canvas().Focused().(*kit.Entry)
			for _, text := range []string{"a", "off", "aurora", "coop sao", "Panadería Ñandú 1"} {
				crowd.Measure(b, text, func() { field.SetText("") }, func() { field.SetText(text) })
			}
		})
	}
}
