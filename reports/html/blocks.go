package html

import (
	"fmt"
	"strings"

	"coopatlas/reports/document"
	"coopatlas/reports/scene"
)

func (w *writer) block(block document.Block) error {
	switch block := block.(type) {
	case *document.Heading:
		w.heading(block)
	case *document.Paragraph:
		class := ""
		if block.Lead {
			class = ` class="lead"`
		}
		w.raw("<p" + class + ">")
		w.text(block.Text)
		w.raw("</p>\n")
	case *document.List:
		w.list(block)
	case *document.Table:
		w.table(block)
	case *document.Figure:
		return w.figure(block)
	case *document.Grid:
		return w.grid(block)
	case *document.KeyFigures:
		w.keyFigures(block)
	case *document.Callout:
		return w.callout(block)
	case *document.Columns:
		return w.columns(block)
	case *document.Optional:
		return w.all(block.Blocks)
	case *document.Note:
		w.raw(`<p class="note">`)
		w.text(block.Text)
		w.raw("</p>\n")
	case *document.Rule:
		w.raw("<hr/>\n")
	}
	return nil
}

func (w *writer) all(blocks []document.Block) error {
	for _, block := range blocks {
		if err := w.block(block); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) heading(heading *document.Heading) {
	level := max(2, min(heading.Level, 6))
	id := ""
	if heading.Anchor != "" {
		id = ` id="` + escape(heading.Anchor) + `"`
	}
	fmt.Fprintf(w, "<h%d%s>%s</h%d>\n", level, id, escape(heading.Text), level)
}

func (w *writer) list(list *document.List) {
	name := "ul"
	if list.Ordered {
		name = "ol"
	}
	w.raw("<" + name + ">\n")
	for _, item := range list.Items {
		w.raw("<li>")
		w.text(item)
		w.raw("</li>\n")
	}
	w.raw("</" + name + ">\n")
}

var alignments = [...]string{document.Left: "", document.Right: ` class="number"`, document.Centre: ` class="centre"`}

func (w *writer) table(table *document.Table) {
	w.raw("<div class=\"table\" tabindex=\"0\">\n<table>\n")
	w.element("caption", "", table.Caption)
	w.raw("<thead>\n<tr>")
	for _, column := range table.Columns {
		fmt.Fprintf(w, "<th scope=\"col\"%s>%s</th>", alignments[column.Align], escape(column.Title))
	}
	w.raw("</tr>\n</thead>\n<tbody>\n")
	for _, row := range table.Rows {
		w.row(table, row)
	}
	w.raw("</tbody>\n</table>\n</div>\n")
	w.element("p", "note", strings.Join(table.Notes, " "))
}

func (w *writer) row(table *document.Table, row document.Row) {
	if row.Section && len(row.Cells) > 0 {
		fmt.Fprintf(w, "<tr class=\"section\"><th scope=\"rowgroup\" colspan=\"%d\">", max(1, len(table.Columns)))
		w.text(row.Cells[0])
		w.raw("</th></tr>\n")
		return
	}
	class := ""
	if row.Strong {
		class = ` class="strong"`
	}
	w.raw("<tr" + class + ">")
	for i, column := range table.Columns {
		name := `td`
		if i == 0 {
			name = `th scope="row"`
		}
		w.raw("<" + name + alignments[column.Align] + ">")
		if i < len(row.Cells) {
			w.text(row.Cells[i])
		}
		w.raw("</" + name[:2] + ">")
	}
	w.raw("</tr>\n")
}

func (w *writer) figure(figure *document.Figure) error {
	w.figures++
	svg := w.inPage(figure.SVG)
	if svg == "" && figure.Drawing != nil {
		if w.fonts == nil {
			return fmt.Errorf("figure %d cannot be drawn for the web page without fonts", w.figures)
		}
		svg = string(scene.SVG(figure.Drawing, w.fonts, scene.SVGOptions{ID: fmt.Sprintf("f%d", w.figures)}))
	}
	w.raw("<figure>\n")
	if svg != "" {
		fmt.Fprintf(w, "<div class=\"drawing\" role=\"img\" aria-label=\"%s\">%s</div>\n", escape(figure.Alt), strings.TrimSpace(svg))
	}
	w.element("figcaption", "", figure.Caption)
	if figure.Data != nil {
		fmt.Fprintf(w, "<details>\n<summary>%s</summary>\n", escape(w.doc.Labels.DataTable))
		w.table(figure.Data)
		w.raw("</details>\n")
	}
	w.raw("</figure>\n")
	return nil
}

// inPage makes a drawing part of the page: its ids get the number of the figure, so that those of two figures never
// meet, and the XML declaration is dropped.
func (w *writer) inPage(svg string) string {
	if at := strings.Index(svg, "<svg"); at > 0 {
		svg = svg[at:]
	}
	prefix := fmt.Sprintf("f%d-", w.figures)
	return strings.NewReplacer(
		` id="`, ` id="`+prefix, `url(#`, `url(#`+prefix, `href="#`, `href="#`+prefix,
	).Replace(strings.TrimSpace(svg))
}

func (w *writer) grid(grid *document.Grid) error {
	fmt.Fprintf(w, "<div class=\"grid of%d\">\n", max(1, min(grid.Columns, 4)))
	for _, figure := range grid.Figures {
		if err := w.figure(figure); err != nil {
			return err
		}
	}
	w.raw("</div>\n")
	w.element("p", "note", grid.Note)
	return nil
}

func (w *writer) keyFigures(figures *document.KeyFigures) {
	w.raw("<ul class=\"key\">\n")
	for _, figure := range figures.Figures {
		w.raw("<li>\n")
		w.element("p", "label", figure.Label)
		w.element("p", "value", figure.Value)
		class := "change"
		if figure.Quiet {
			class = "change quiet"
		}
		w.element("p", class, figure.Change)
		for _, note := range figure.Notes {
			w.element("p", "note", note)
		}
		w.raw("</li>\n")
	}
	w.raw("</ul>\n")
}

func (w *writer) callout(callout *document.Callout) error {
	class := "callout"
	if callout.Accent {
		class += " accent"
	}
	fmt.Fprintf(w, "<section class=\"%s\">\n", class)
	w.element("h2", "", callout.Title)
	if err := w.all(callout.Blocks); err != nil {
		return err
	}
	w.raw("</section>\n")
	return nil
}

func (w *writer) columns(columns *document.Columns) error {
	w.raw("<div class=\"columns\">\n")
	for _, part := range columns.Columns {
		fmt.Fprintf(w, "<div style=\"flex-grow:%d\">\n", max(1, int(part.Weight*100)))
		if err := w.all(part.Blocks); err != nil {
			return err
		}
		w.raw("</div>\n")
	}
	w.raw("</div>\n")
	return nil
}
