package chart

import (
	"bytes"
	_ "embed"
	"fmt"
	"html"
	"html/template"
	"strings"

	"coopatlas/reports/scene"
)

//go:embed page.tmpl
var pageText string

// pageTemplate escapes whatever it is given; the scripts it holds are ours or ECharts' own.
var pageTemplate = template.Must(template.New("page").Parse(pageText))

type pageData struct {
	Language, Title, Subtitle string
	Height                    int
	ECharts                   template.JS
	Several                   bool // charts side by side
	Plots                     []plotData
	TableTitle                string
	Signs, Notes              []string
}

// plotData is one chart of a page.
type plotData struct {
	ID, Title, Alt      string
	Light, Dark, Labels template.JS
	Drawing             template.HTML
	Table               table
	Notes               []string // of a chart beside others; those of one alone stand under it with the rest
}

type table struct {
	Head []string
	Rows [][]string
}

// Page writes a chart as one self-contained page: the interactive chart with ECharts inside it, the same numbers as a
// table, notes and sources. It asks the network for nothing, follows the reader's light or dark theme, and shows the
// drawing where scripts are off.
func (e *Engine) Page(d Definition) ([]byte, error) {
	wide := d
	wide.Width, wide.Height, wide.Compact = 900, 460, false
	plot, signs, err := e.plot(d, wide, "chart")
	if err != nil {
		return nil, err
	}
	data := e.pageOf(d)
	data.Height, data.Signs, data.Plots = 420, signs, []plotData{plot}
	return data.write()
}

// pageOf is what a page says once.
func (e *Engine) pageOf(d Definition) pageData {
	language := d.language()
	if language == "" {
		language = "en"
	}
	return pageData{
		Language: language, Title: d.Title, Subtitle: d.subtitle(), ECharts: inline(e.script), TableTitle: d.phrases().Table,
		Notes: append(append([]string{}, d.Notes...), d.sourceLines()...),
	}
}

// plot is a chart of a page, interactive as wide says and still as d does, and the texts of its signs.
func (e *Engine) plot(d, wide Definition, id string) (plotData, []string, error) {
	drawn, err := e.SVG(d, "still-"+id)
	if err != nil {
		return plotData{}, nil, err
	}
	l := arrange(&wide, e.fonts)
	l.sizes.axis = 13
	l.countsInLabels()
	day, labels, err := (&plan{layout: l, theme: light, interactive: true}).code()
	if err != nil {
		return plotData{}, nil, err
	}
	night, _, err := (&plan{layout: l, theme: dark, interactive: true}).code()
	return plotData{
		ID: id, Title: d.Title, Alt: Describe(d), Light: template.JS(day), Dark: template.JS(night), Labels: template.JS(labels),
		Drawing: template.HTML(drawn), Table: d.table(),
	}, l.signTexts(), err
}

func (p pageData) write() ([]byte, error) {
	var out bytes.Buffer
	if err := pageTemplate.Execute(&out, p); err != nil {
		return nil, fmt.Errorf("chart %q: write its page: %w", p.Title, err)
	}
	return out.Bytes(), nil
}

// inline makes a script safe to stand inside a script element: nothing in it may look like the end of one.
func inline(script string) template.JS {
	return template.JS(strings.ReplaceAll(strings.ReplaceAll(script, "</script", `<\/script`), "<!--", `<\!--`))
}

// countsInLabels sets n under the label of each category where there is one series; for several it stands in the table.
func (l *layout) countsInLabels() {
	if len(l.d.Series) != 1 || len(l.counts) == 0 || l.every > 1 {
		return
	}
	l.categoryLines++
	for i, text := range l.counts[0].texts {
		if text != "" {
			l.categories[i] += "\n" + l.d.phrases().N + "\u00a0" + text
		}
	}
}

func (l *layout) signTexts() []string {
	var out []string
	for _, s := range l.signs() {
		out = append(out, s.text)
	}
	return out
}

// table is the numbers of the chart: a row a category, and for each series value, n and flag where any has one.
func (d *Definition) table() table {
	words := d.phrases()
	t := table{Head: []string{words.Category}, Rows: make([][]string, len(d.Categories))}
	for i, c := range d.Categories {
		t.Rows[i] = []string{c}
	}
	for _, s := range d.Series {
		head := s.Name
		if head == "" {
			head = d.Unit
		}
		values, counts, flags := d.cells(s)
		t.add(head, values)
		if strings.Join(counts, "") != "" {
			t.add(words.N, counts)
		}
		if strings.Join(flags, "") != "" {
			t.add(words.Flag, flags)
		}
	}
	return t
}

func (t *table) add(head string, cells []string) {
	t.Head = append(t.Head, head)
	for i, c := range cells {
		t.Rows[i] = append(t.Rows[i], c)
	}
}

// cells are the texts of a series by category; where two segments meet, both values stand.
func (d *Definition) cells(s Series) (values, counts, flags []string) {
	values, counts, flags = make([]string, len(d.Categories)), make([]string, len(d.Categories)), make([]string, len(d.Categories))
	for _, segment := range s.ordered() {
		for _, p := range segment {
			c := p.Category
			values[c] = joined(" / ", values[c], d.value(p.Value))
			counts[c] = joined(" / ", counts[c], d.count(p.N))
			flags[c] = joined(" / ", flags[c], p.Flag)
		}
	}
	return values, counts, flags
}

// tips are the words beside the mouse, by category, as HTML.
func (p *plan) tips() []string {
	out := make([]string, len(p.d.Categories))
	for category, name := range p.d.Categories {
		text := "<b>" + html.EscapeString(name) + "</b>"
		for i, s := range p.d.Series {
			values, counts, flags := p.d.cells(s)
			if values[category] == "" {
				continue
			}
			text += fmt.Sprintf(`<br><span style="color:%s">&#9632;</span> %s <b>%s</b>`,
				marks[i].colour, html.EscapeString(s.Name), html.EscapeString(values[category]))
			if counts[category] != "" {
				text += " " + html.EscapeString(p.d.phrases().N+" "+counts[category])
			}
			if flags[category] != "" {
				text += " " + html.EscapeString(flags[category])
			}
		}
		out[category] = text
	}
	return out
}

// Family is the font stack of the page.
func (pageData) Family() template.CSS {
	return template.CSS(`"` + scene.FontFamily + `", system-ui, sans-serif`)
}
