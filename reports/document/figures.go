package document

import "coopatlas/reports/scene"

// figure sets a drawing, made smaller where it is wider than the text or higher than a page, and its caption below.
func (s *setter) figure(figure *Figure) []fragment {
	out := s.drawing(figure, 1)
	if out.height == 0 {
		return nil
	}
	out.before = s.style.gap
	return []fragment{out}
}

// drawing sets a drawing at a share of the width.
func (s *setter) drawing(figure *Figure, share float64) fragment {
	caption, captionHeight := s.typesetter.block(Plain(figure.Caption), s.paint(s.style.small, soft), 0, 0, s.width)
	out := fragment{}
	if drawing := figure.Drawing; drawing != nil && drawing.Width > 0 && drawing.Height > 0 {
		scale := min(s.width*share/drawing.Width, 1.25, (s.maxHeight-captionHeight-4)/drawing.Height)
		out.items = append(out.items, &scene.Group{Items: drawing.Items, Transform: scene.Scale(scale, scale)})
		out.height = drawing.Height * scale
	}
	if captionHeight > 0 {
		out.items = append(out.items, placed(caption, 0, out.height+3))
		out.height += captionHeight + 3
	}
	return out
}

// rowOverlap is how far the rows of a grid move together: drawings bring margins of their own.
const rowOverlap = 4.0

// fullDrawings is the density down to which drawings keep their size.
const fullDrawings = 0.94

// grid sets figures side by side, one fragment a row. Where type is made smaller, so are they.
func (s *setter) grid(grid *Grid) []fragment {
	columns := max(1, grid.Columns)
	width := (s.width - gutter*float64(columns-1)) / float64(columns)
	inner := s.within(width)
	var out []fragment
	for start := 0; start < len(grid.Figures); start += columns {
		row := fragment{before: s.style.gap * 0.5}
		if start > 0 {
			row.before = -rowOverlap
		}
		for i, figure := range grid.Figures[start:min(start+columns, len(grid.Figures))] {
			one := inner.drawing(figure, min(1, s.style.density/fullDrawings))
			row.items = append(row.items, placed(one.items, float64(i)*(width+gutter), 0))
			row.height = max(row.height, one.height)
		}
		out = append(out, row)
	}
	if len(out) > 0 && grid.Note != "" {
		out[len(out)-1].keep = true
		out = append(out, s.lines(Plain(grid.Note), s.paint(s.style.tiny, soft), s.style.gap*0.5, 0)...)
	}
	return out
}

// keyFigures sets large numbers side by side, each under a short line.
func (s *setter) keyFigures(figures *KeyFigures) []fragment {
	columns := figures.Columns
	if columns <= 0 {
		columns = min(3, max(1, len(figures.Figures)))
	}
	width := (s.width - gutter*float64(columns-1)) / float64(columns)
	var out []fragment
	for start := 0; start < len(figures.Figures); start += columns {
		row := fragment{before: s.style.gap * 1.1}
		for i, figure := range figures.Figures[start:min(start+columns, len(figures.Figures))] {
			items, height := s.within(width).keyFigure(figure)
			row.items = append(row.items, placed(items, float64(i)*(width+gutter), 0))
			row.height = max(row.height, height)
		}
		out = append(out, row)
	}
	return out
}

func (s *setter) keyFigure(figure KeyFigure) ([]scene.Item, float64) {
	items := []scene.Item{s.rule(0, teal, 1)}
	y := 4.0
	add := func(text string, p paint, after float64) {
		more, height := s.typesetter.block(Plain(text), p, 0, y, s.width)
		items = append(items, more...)
		if height > 0 {
			y += height + after
		}
	}
	label := s.paint(s.style.change, ink)
	label.bold = true
	add(figure.Label, label, 0)
	value := s.paint(s.style.key, teal)
	value.bold = true
	add(figure.Value, value, 1)
	change := s.paint(s.style.change, ink)
	change.bold = !figure.Quiet
	if figure.Quiet {
		change.colour = soft
		change.italic = true
	}
	add(figure.Change, change, 1)
	for _, note := range figure.Notes {
		add(note, s.paint(s.style.tiny, soft), 0)
	}
	return items, y
}
