package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"coopatlas/reports/scene"
)

// pointsAUnit is how many points of a scene one unit of the window is: a chart comes out as large as on paper.
const pointsAUnit = 0.75

// SceneView shows a scene, a chart or a page, sharp at the scale of the screen. A scene is drawn as wide as the view,
// its height follows; on white, because charts and pages are drawn for paper.
type SceneView struct {
	widget.BaseWidget
	// OnWidth is told when the view has another width, in points of a scene, so that a chart can be drawn anew for it.
	OnWidth func(points float64)
	// OnTapped is called when the picture is clicked; nil: nothing happens.
	OnTapped func()

	fonts   *scene.Fonts
	scene   *scene.Scene
	width   float32 // that OnWidth was told last
	least   fyne.Size
	painted *image.RGBA // the last painting, at its size
	failure error
}

// NewSceneView makes an empty view. least is the size that it takes while it has no scene.
func NewSceneView(fonts *scene.Fonts, least fyne.Size) *SceneView {
	v := &SceneView{fonts: fonts, least: least}
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
	if v.painted != nil && v.painted.Bounds().Dx() >= width-1 && v.painted.Bounds().Dx() <= width+1 {
		return v.painted
	}
	scale := min(float64(width)/v.scene.Width, float64(height)/v.scene.Height)
	v.painted, v.failure = scene.Paint(v.scene, v.fonts, scale)
	if v.failure != nil {
		return image.NewUniform(color.Transparent)
	}
	return v.painted
}

// CreateRenderer is Fyne's.
func (v *SceneView) CreateRenderer() fyne.WidgetRenderer {
	paper := canvas.NewRectangle(color.White)
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
	r.Layout(r.view.Size())
	r.paper.Refresh()
	r.picture.Refresh()
}

func abs(x float32) float32 { return max(x, -x) }
