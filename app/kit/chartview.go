package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"coopatlas/reports/scene"
)

// pointsAUnit is how many points of a scene one unit of the window is: a chart comes out as large as on paper.
const pointsAUnit = 0.75

// SceneView shows a scene, a chart or a page, sharp at the scale of the screen. A scene is drawn as wide as the view,
// its height follows. A page lies on white paper; a chart takes the colours of the window, and only them: in the dark its
// ground, words and lines are turned, the colours of its data stay.
type SceneView struct {
	widget.BaseWidget
	// OnWidth is told when the view has another width, in points of a scene, so that a chart can be drawn anew for it.
	OnWidth func(points float64)
	// OnTapped is called when the picture is clicked; nil: nothing happens.
	OnTapped func()

	fonts   *scene.Fonts
	scene   *scene.Scene
	chart   bool
	width   float32 // that OnWidth was told last
	least   fyne.Size
	painted *image.RGBA // the last painting, at its size
	dark    bool        // how it was painted
	failure error
}

// NewPageView makes an empty view for pages. least is the size that it takes while it has no scene.
func NewPageView(fonts *scene.Fonts, least fyne.Size) *SceneView {
	v := &SceneView{fonts: fonts, least: least}
	v.ExtendBaseWidget(v)
	return v
}

// NewChartView makes an empty view for charts. least is the size that it takes while it has no scene.
func NewChartView(fonts *scene.Fonts, least fyne.Size) *SceneView {
	v := &SceneView{fonts: fonts, least: least, chart: true}
	v.ExtendBaseWidget(v)
	return v
}

// SetScene shows a scene; nil shows nothing.
func (v *SceneView) SetScene(s *scene.Scene) {
	v.scene, v.painted = s, nil
	v.Refresh()
}

// Scene is what is shown.
func (v *SceneView) Scene() *scene.Scene { return v.scene }

// Points is the width of the view in points of a scene.
func (v *SceneView) Points() float64 { return float64(v.Size().Width) * pointsAUnit }

// Resize is Fyne's.
func (v *SceneView) Resize(size fyne.Size) {
	v.BaseWidget.Resize(size)
	if v.OnWidth != nil && size.Width > 0 && abs(size.Width-v.width) > 8 {
		v.width = size.Width
		v.OnWidth(v.Points())
	}
}

// Tapped is Fyne's.
func (v *SceneView) Tapped(*fyne.PointEvent) {
	if v.OnTapped != nil {
		v.OnTapped()
	}
}

// MinSize is the height that the scene needs at the present width.
func (v *SceneView) MinSize() fyne.Size {
	if v.scene == nil || v.scene.Width <= 0 {
		return v.least
	}
	width := max(v.Size().Width, v.least.Width)
	return fyne.NewSize(v.least.Width, max(v.least.Height, width*float32(v.scene.Height/v.scene.Width)))
}

// paint draws the scene for so many pixels.
func (v *SceneView) paint(width, height int) image.Image {
	if v.scene == nil || width < 1 || height < 1 {
		return image.NewUniform(color.Transparent)
	}
	dark := v.inTheDark()
	if v.painted != nil && dark == v.dark && v.painted.Bounds().Dx() >= width-1 && v.painted.Bounds().Dx() <= width+1 {
		return v.painted
	}
	scale := min(float64(width)/v.scene.Width, float64(height)/v.scene.Height)
	drawn := v.scene
	if dark {
		drawn = drawn.Recoloured(turned)
	}
	v.dark = dark
	v.painted, v.failure = scene.Paint(drawn, v.fonts, scale)
	if v.failure != nil {
		return image.NewUniform(color.Transparent)
	}
	return v.painted
}

// inTheDark says whether a chart is shown in dark colours.
func (v *SceneView) inTheDark() bool {
	return v.chart && v.ground() != color.Color(solid(tones[ColorSheet].light))
}

// ground is what the scene lies on.
func (v *SceneView) ground() color.Color {
	if v.chart {
		return theme.ColorForWidget(ColorSheet, v)
	}
	return color.White
}

// turned gives the dark colour of a light one of the look; those of data have none and stay.
func turned(c scene.Colour) scene.Colour {
	for _, name := range []fyne.ThemeColorName{ColorSheet, ColorInk, ColorSoft, ColorLine, ColorTeal, ColorClay} {
		if t := tones[name]; c.String() == scene.RGB(t.light).String() {
			return scene.RGB(t.dark).WithOpacity(c.Opacity())
		}
	}
	return c
}

// CreateRenderer is Fyne's.
func (v *SceneView) CreateRenderer() fyne.WidgetRenderer {
	paper := canvas.NewRectangle(v.ground())
	paper.CornerRadius = Corner
	picture := canvas.NewRaster(v.paint)
	return &sceneRenderer{view: v, paper: paper, picture: picture}
}

// sceneRenderer draws a SceneView.
type sceneRenderer struct {
	view    *SceneView
	paper   *canvas.Rectangle
	picture *canvas.Raster
}

func (r *sceneRenderer) Destroy()           {}
func (r *sceneRenderer) MinSize() fyne.Size { return r.view.MinSize() }

func (r *sceneRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.paper, r.picture}
}

func (r *sceneRenderer) Layout(size fyne.Size) {
	r.paper.Resize(size)
	box := size
	if s := r.view.scene; s != nil && s.Width > 0 && s.Height > 0 {
		scale := min(size.Width/float32(s.Width), size.Height/float32(s.Height))
		box = fyne.NewSize(float32(s.Width)*scale, float32(s.Height)*scale)
	}
	r.picture.Resize(box)
	r.picture.Move(fyne.NewPos((size.Width-box.Width)/2, 0))
}

func (r *sceneRenderer) Refresh() {
	r.paper.Hidden = r.view.scene == nil
	r.paper.FillColor = r.view.ground()
	r.Layout(r.view.Size())
	r.paper.Refresh()
	r.picture.Refresh()
}

func abs(x float32) float32 { return max(x, -x) }
