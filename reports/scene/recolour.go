package scene

// Recoloured returns a scene with every colour of its paths and texts changed by of, as a chart that is drawn for white
// paper is shown on a dark screen. Pictures keep theirs; the scene given stays as it is.
func (s *Scene) Recoloured(of func(Colour) Colour) *Scene {
	return &Scene{Width: s.Width, Height: s.Height, Items: recoloured(s.Items, of)}
}

func recoloured(items []Item, of func(Colour) Colour) []Item {
	out := make([]Item, len(items))
	for i, item := range items {
		switch it := item.(type) {
		case *Path:
			item = it.recoloured(of)
		case *Text:
			text := *it
			text.Colour = of(it.Colour)
			item = &text
		case *Group:
			group := *it
			group.Items = recoloured(it.Items, of)
			item = &group
		}
		out[i] = item
	}
	return out
}

func (p *Path) recoloured(of func(Colour) Colour) *Path {
	path := *p
	if p.Fill != nil {
		fill := of(*p.Fill)
		path.Fill = &fill
	}
	if p.Stroke != nil {
		stroke := *p.Stroke
		stroke.Colour = of(stroke.Colour)
		path.Stroke = &stroke
	}
	return &path
}
