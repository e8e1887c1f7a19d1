package chart

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"coopatlas/assets"
	"coopatlas/reports/scene"

	"modernc.org/quickjs"
)

// Engine draws charts: ECharts in one JavaScript engine, loaded once, and the fonts. It is safe for use by several
// goroutines; they take turns.
type Engine struct {
	fonts  *scene.Fonts
	script string // of ECharts, for the interactive page

	mu sync.Mutex
	vm *quickjs.VM
}

// prelude gives ECharts the few things of a browser it asks for while it loads, and our font's metrics.
const prelude = `globalThis.console={log(){},warn(){},error(){}};
globalThis.setTimeout=()=>0;globalThis.clearTimeout=()=>{};
globalThis.coopatlas={};`

const drawing = `echarts.setPlatformAPI({measureText:(text,font)=>({width:coopatlasMeasure(String(text),String(font))})});
globalThis.coopatlasDraw=(option,labels,width,height)=>{
globalThis.coopatlas=labels;
const chart=echarts.init(null,null,{renderer:'svg',ssr:true,width,height});
try{chart.setOption(option);return chart.renderToSVGString()}finally{chart.dispose()}};0`

// NewEngine loads ECharts, which takes about a quarter of a second; keep the engine and Close it at the end.
func NewEngine(fonts *scene.Fonts) (*Engine, error) {
	script, err := assets.Vendor("echarts/echarts.min.js")
	if err != nil {
		return nil, err
	}
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, fmt.Errorf("start the engine of the charts: %w", err)
	}
	e := &Engine{fonts: fonts, script: string(script), vm: vm}
	if err := vm.RegisterFunc("coopatlasMeasure", e.measure, false); err != nil {
		vm.Close()
		return nil, fmt.Errorf("prepare the engine of the charts: %w", err)
	}
	for _, code := range [...]string{prelude, e.script, drawing} {
		if _, err := vm.Eval(code, quickjs.EvalGlobal); err != nil {
			vm.Close()
			return nil, fmt.Errorf("load ECharts: %w", err)
		}
	}
	return e, nil
}

// Close frees the engine; it draws nothing more.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.vm == nil {
		return nil
	}
	vm := e.vm
	e.vm = nil
	return vm.Close()
}

// measure is the width of a text in a font given as CSS writes it, such as "bold 12px Noto Sans".
func (e *Engine) measure(text, font string) float64 {
	var face scene.Face
	size := 12.0
	for _, word := range strings.Fields(font) {
		px, isSize := strings.CutSuffix(word, "px")
		switch n, err := strconv.ParseFloat(px, 64); {
		case isSize && err == nil:
			size = n
		case word == "italic":
			face.Italic = true
		case word == "bold" || word == "600" || word == "700":
			face.Bold = true
		}
	}
	return e.fonts.Measure(text, face, size)
}

// draw lets ECharts draw an option and reads its drawing.
func (e *Engine) draw(option, labels string, width, height float64) (*scene.Scene, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.vm == nil {
		return nil, fmt.Errorf("the engine of the charts is closed")
	}
	call := fmt.Sprintf("coopatlasDraw(%s,%s,%g,%g)", option, labels, width, height)
	result, err := e.vm.Eval(call, quickjs.EvalGlobal)
	if err != nil {
		return nil, fmt.Errorf("ECharts refuses it: %w", err)
	}
	text, ok := result.(string)
	if !ok {
		return nil, fmt.Errorf("ECharts drew nothing")
	}
	return scene.FromSVG([]byte(text), e.fonts)
}

// Scene draws a chart as a scene, with its title, legend and sources.
func (e *Engine) Scene(d Definition) (*scene.Scene, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	l := arrange(&d, e.fonts)
	option, labels, err := (&plan{layout: l, theme: light}).code()
	if err != nil {
		return nil, err
	}
	plot, err := e.draw(option, labels, l.width, l.height)
	if err != nil {
		return nil, fmt.Errorf("chart %q: %w", d.Title, err)
	}
	return l.compose(plot), nil
}

// code is the option of a chart and the words its functions look up, both as JavaScript.
func (p *plan) code() (option, labels string, err error) {
	if option, err = p.option(); err != nil {
		return "", "", err
	}
	labels, err = javascript(map[string]any{"categories": texts(p.categories), "ticks": texts(p.axis.labels), "tips": texts(p.tips())})
	return option, labels, err
}

func texts(list []string) []any {
	out := make([]any, len(list))
	for i, t := range list {
		out[i] = t
	}
	return out
}

// SVG draws a chart as an SVG file. Its ids begin with id, so that several charts can share a page; an empty id is
// "chart".
func (e *Engine) SVG(d Definition, id string) ([]byte, error) {
	s, err := e.Scene(d)
	if err != nil {
		return nil, err
	}
	if id == "" {
		id = "chart"
	}
	return scene.SVG(s, e.fonts, scene.SVGOptions{ID: id, Title: d.Title, Description: Describe(d)}), nil
}

// PNG draws a chart as a PNG file of scale pixels a point.
func (e *Engine) PNG(d Definition, scale float64) ([]byte, error) {
	s, err := e.Scene(d)
	if err != nil {
		return nil, err
	}
	return scene.PNG(s, e.fonts, scale)
}
