package trends

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/indicator"
	"coopatlas/reports/chart"
	"coopatlas/reports/publish"
	"coopatlas/reports/trend"
)

// form is a form that the page can be saved to; its words are trends.form.<name>.
type form struct {
	name   string
	ending string // with its dot
	chart  bool   // it shows the chart, else the table
}

var csvForm = form{"csv", ".csv", false}

// forms are those of the menu, in its order.
var forms = [...]form{{"png", ".png", true}, {"svg", ".svg", true}, {"html", ".html", true}, {"pdf", ".pdf", true}, csvForm, {"xlsx", ".xlsx", false}, {"sdmx", ".sdmx.csv", false}}

// saveMenu shows what can be saved and copied, under a button.
func (p *Page) saveMenu(under fyne.CanvasObject) {
	var items []*fyne.MenuItem
	for _, f := range forms {
		item := fyne.NewMenuItem(p.formName(f), func() { p.save(f) })
		item.Disabled = !p.can(f)
		items = append(items, item)
	}
	picture := fyne.NewMenuItem(p.say("copy_picture"), p.copyChart)
	table := fyne.NewMenuItem(p.say("copy_table"), p.copyTable)
	picture.Disabled, table.Disabled = !p.can(forms[0]), !p.can(csvForm)
	items = append(items, fyne.NewMenuItemSeparator(), picture, table)
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), p.s.Canvas())
	menu.ShowAtRelativePosition(fyne.NewPos(under.Size().Width-menu.MinSize().Width, under.Size().Height), under)
}

func (p *Page) formName(f form) string { return p.say("form." + f.name) }

// can tells whether there is something to save in a form now. What is internal never leaves.
func (p *Page) can(f form) bool {
	return p.answer.result != nil && !p.answer.internal && (p.answer.drawn || len(p.answer.small) > 0 || !f.chart)
}

// Commands are saving and copying.
func (p *Page) Commands() []page.Command {
	keys := map[string]string{".png": "Ctrl+S", ".csv": "Ctrl+Shift+S"}
	var out []page.Command
	for _, f := range forms {
		out = append(out, page.Command{Label: p.say("save_as", "Form", p.formName(f)), Key: keys[f.ending], Off: !p.can(f), Run: func() { p.save(f) }})
	}
	return append(out, page.Command{Label: p.say("copy_picture"), Key: "Ctrl+Alt+C", Off: !p.can(forms[0]), Run: p.copyChart},
		page.Command{Label: p.say("copy_table"), Key: "Ctrl+Shift+C", Off: !p.can(csvForm), Run: p.copyTable},
		page.Command{Label: p.say("point.records_command"), Key: "Ctrl+J", Off: p.card.chosen == none, Run: p.card.showRecords},
		page.Command{Label: p.say("own.declare"), Key: "Ctrl+N", Run: p.declare},
		page.Command{Label: p.say("own.open"), Off: !p.at.own, Run: p.openDefinition},
		page.Command{Label: p.say("views.keep"), Key: "Ctrl+D", Off: p.answer.result == nil, Run: p.askView},
		page.Command{Label: p.say("views.arrange"), Run: p.arrangeViews})
}

// save asks for a file and writes the chart or the table to it.
func (p *Page) save(f form) {
	if !p.can(f) {
		return
	}
	name := strings.ToLower(p.at.indicator.Code)
	for _, by := range []string{p.at.by, p.at.then} {
		if by != "" {
			name += "-" + by
		}
	}
	p.s.Chooser().SaveFile(name+f.ending, page.Filter{Title: p.formName(f), Endings: []string{f.ending}}, func(path string) { p.write(f, path) })
}

func (p *Page) write(f form, path string) {
	a, fonts := p.answer, p.s.Fonts()
	task.Run(p.s.Runner(), p.say("saving", "File", filepath.Base(path)), func(ctx context.Context, _ task.Progress) (struct{}, error) {
		if !f.chart {
			return struct{}{}, a.writeTable(f, path)
		}
		engine, err := p.s.Engine()
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.writeChart(publish.Press{Engine: engine, Fonts: fonts}, path)
	}, func(_ struct{}, err error) {
		if err != nil {
			p.s.Fail(err)
			return
		}
		p.s.Toast(p.say("saved", "File", filepath.Base(path)), nil)
	})
}

// writeChart writes what is drawn to a file: one chart, or those of a second breakdown side by side.
func (a answer) writeChart(press publish.Press, path string) error {
	if len(a.small) > 0 {
		return press.WriteSheet(a.sheet(), a.result.Newest, path)
	}
	return press.WriteChart(a.definition, a.result.Newest, path)
}

// sheet is the charts of a second breakdown.
func (a answer) sheet() chart.Sheet { return trend.SheetOf(a.result, a.labels, a.small, a.left) }

// picture is what is drawn, to be pasted elsewhere.
func (a answer) picture(engine *chart.Engine) ([]byte, error) {
	if len(a.small) > 0 {
		return engine.SheetPNG(a.sheet(), publish.PictureScale)
	}
	return engine.PNG(a.definition, publish.PictureScale)
}

// writeTable writes the figures to a file.
func (a answer) writeTable(f form, path string) error {
	var out bytes.Buffer
	var err error
	switch f.name {
	case "xlsx":
		var data []byte
		data, err = publish.Workbook(a.result, a.definition)
		out.Write(data)
	case "sdmx":
		err = indicator.WriteSDMX(&out, a.result)
	default:
		err = a.result.WriteCSV(&out)
	}
	if err != nil {
		return err
	}
	return publish.File(path, out.Bytes())
}

// copyTable puts the table on the clipboard, its cells apart by tabs, as spreadsheets take it.
func (p *Page) copyTable() {
	if !p.can(csvForm) {
		return
	}
	var out strings.Builder
	for _, row := range p.table.Texts() {
		out.WriteString(strings.Join(row, "\t") + "\n")
	}
	p.s.Copy(out.String())
	p.s.Toast(p.say("copied_table"), nil)
}

// copyChart puts the chart on the clipboard as a picture.
func (p *Page) copyChart() {
	if !p.can(forms[0]) {
		return
	}
	a, copying := p.answer, p.copying
	task.Quiet(p.s.Runner(), func(context.Context) (struct{}, error) {
		engine, err := p.s.Engine()
		if err != nil {
			return struct{}{}, err
		}
		data, err := a.picture(engine)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, handOver(data, copying)
	}, func(_ struct{}, err error) {
		switch {
		case errors.Is(err, errClipboard):
			p.s.Toast(p.say("no_clipboard"), nil)
		case err != nil:
			p.s.Fail(err)
		default:
			p.s.Toast(p.say("copied_picture"), nil)
		}
	})
}

// handOver writes the picture where the system's clipboard can take it from.
func handOver(data []byte, copying func(picture string) error) error {
	dir, err := os.MkdirTemp("", "coopatlas-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "chart.png")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return err
	}
	return copying(path)
}
