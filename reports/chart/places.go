package chart

import "coopatlas/reports/scene"

// Place is where a point of a chart stands in its drawing, in points of the scene.
type Place struct {
	Series, Category int
	X, Y             float64
}

// Places says where the points of a chart stand in the scene that Engine.Scene draws of it, so that a pointer over the
// drawing can find them; width is that of the drawing. A definition that cannot be drawn has none.
func Places(d Definition, fonts *scene.Fonts) (places []Place, width float64) {
	if d.check() != nil {
		return nil, 0
	}
	l := arrange(&d, fonts)
	for i, s := range d.Series {
		for _, p := range s.Points {
			x := l.centre(p.Category)
			if d.Kind == Column { // columns of a category stand side by side in about 7 tenths of its width
				x += (float64(i) - float64(len(d.Series)-1)/2) * l.step() * 0.7 / float64(len(d.Series))
			}
			places = append(places, Place{i, p.Category, x, l.level(p.Value)})
		}
	}
	return places, l.width
}
