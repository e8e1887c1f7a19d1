package chart

import (
	"encoding/json"
	"fmt"
	"strconv"

	"coopatlas/reports/scene"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// builder writes a chart with go-echarts, and returns what go-echarts has no words for: one patch a series.
type builder func(p *plan) (rectangular, []map[string]any)

// rectangular is a chart of go-echarts on two axes.
type rectangular interface {
	Validate()
	JSON() map[string]interface{}
}

// kinds has one entry a kind of chart.
var kinds = map[Kind]builder{Index: buildLine, Level: buildLine, Column: buildColumn}

// plan is what a builder needs: the layout, the colours, and whether the chart will be moved with a mouse.
type plan struct {
	*layout
	theme       theme
	interactive bool
}

// datum is one value of a series as ECharts takes it; go-echarts' own types have no style of a single line point.
type datum struct {
	Value      any            `json:"value"`
	Symbol     string         `json:"symbol,omitempty"`
	SymbolSize float64        `json:"symbolSize,omitempty"`
	ItemStyle  map[string]any `json:"itemStyle,omitempty"`
}

// grown is how much larger lines and markers are on the page, where type is larger too.
func (p *plan) grown() float64 {
	if p.interactive {
		return 1.4
	}
	return 1
}

// global are the options all kinds share.
func (p *plan) global() []charts.GlobalOpts {
	labels := &opts.AxisLabel{Color: p.theme.soft}
	category, value := *labels, *labels
	category.Formatter, value.Formatter = categoryLabel, valueLabel
	line := func(colour string, width float32) *opts.LineStyle {
		return &opts.LineStyle{Color: colour, Width: width}
	}
	return []charts.GlobalOpts{
		charts.WithInitializationOpts(opts.Initialization{ChartID: "chart", Theme: "white"}),
		charts.WithColorsOpts(opts.Colors{marks[0].colour, marks[1].colour, marks[2].colour, marks[3].colour, marks[4].colour, marks[5].colour}),
		charts.WithAnimation(false),
		charts.WithGridOpts(p.grid()),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(p.interactive && len(p.d.Series) > 1), Data: p.seriesNames()}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(p.interactive), Trigger: "axis", Formatter: tooltip}),
		charts.WithXAxisOpts(opts.XAxis{
			Type: "category", Data: p.d.Categories, AxisLabel: &category,
			AxisLine: &opts.AxisLine{Show: opts.Bool(true), OnZero: opts.Bool(p.d.Kind != Index), LineStyle: line(p.theme.soft, 0.75)},
			AxisTick: &opts.AxisTick{Show: opts.Bool(false)},
		}),
		charts.WithYAxisOpts(opts.YAxis{
			Type: "value", Min: p.axis.min, Max: p.axis.max, AxisLabel: &value,
			AxisLine:  &opts.AxisLine{Show: opts.Bool(false)},
			SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: line(p.theme.line, 0.5)},
		}),
	}
}

// grid is the place of the plot: exact on paper, with edges that breathe on the page.
func (p *plan) grid() opts.Grid {
	px := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	if p.interactive {
		top := "16"
		if len(p.d.Series) > 1 {
			top = "48" // under the legend
		}
		return opts.Grid{Left: "64", Right: "32", Top: top, Bottom: px(30 + 16*float64(p.categoryLines))}
	}
	return opts.Grid{Left: px(p.x0), Top: px(p.y0), Width: px(p.x1 - p.x0), Height: px(p.y1 - p.y0)}
}

func (p *plan) seriesNames() []string {
	out := make([]string, len(p.d.Series))
	for i, s := range p.d.Series {
		out[i] = s.Name
	}
	return out
}

// option is the whole ECharts option of a chart, as JavaScript.
func (p *plan) option() (string, error) {
	built, patches := kinds[p.d.Kind](p)
	built.Validate()
	text, err := json.Marshal(built.JSON())
	if err != nil {
		return "", fmt.Errorf("chart %q: write its option: %w", p.d.Title, err)
	}
	var tree map[string]any
	if err := json.Unmarshal(text, &tree); err != nil {
		return "", fmt.Errorf("chart %q: read its option: %w", p.d.Title, err)
	}
	p.patch(tree, patches)
	return javascript(tree)
}

// patch adds what go-echarts cannot say, and takes away what it says unasked.
func (p *plan) patch(tree map[string]any, series []map[string]any) {
	delete(tree, "title")
	delete(tree, "toolbox")
	tree["textStyle"] = map[string]any{"fontFamily": scene.FontFamily + ", system-ui, sans-serif"}
	merge(first(tree["xAxis"]), map[string]any{"axisLabel": map[string]any{
		"interval": p.every - 1, "hideOverlap": false, "margin": labelGap,
		"fontSize": p.sizes.axis, "lineHeight": leading(p.sizes.axis),
	}})
	merge(first(tree["yAxis"]), map[string]any{"interval": p.axis.step, "axisLabel": map[string]any{
		"margin": gutter, "fontSize": p.sizes.axis,
	}})
	// ECharts 6 would shrink the plot to make room for labels; ours is measured.
	merge(first(tree["grid"]), map[string]any{"outerBoundsMode": "none", "containLabel": false})
	list, _ := tree["series"].([]any)
	for i, s := range list {
		if m, ok := s.(map[string]any); ok && i < len(series) {
			merge(m, series[i])
		}
	}
	if p.interactive {
		merge(tree, map[string]any{
			"legend": map[string]any{"top": 4, "itemWidth": 32, "textStyle": map[string]any{"color": p.theme.ink, "fontSize": 13}},
			"tooltip": map[string]any{
				"backgroundColor": p.theme.sheet, "borderColor": p.theme.line,
				"textStyle": map[string]any{"color": p.theme.ink, "fontSize": 13}, "confine": true,
			},
		})
	}
}

// first is the one axis that go-echarts wraps in a list.
func first(v any) map[string]any {
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	m, _ := v.(map[string]any)
	return m
}

// merge lays one tree over another.
func merge(into, from map[string]any) {
	for key, value := range from {
		below, isMap := value.(map[string]any)
		present, hasMap := into[key].(map[string]any)
		if isMap && hasMap {
			merge(present, below)
			continue
		}
		if into != nil {
			into[key] = value
		}
	}
}
