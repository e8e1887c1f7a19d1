package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// buildLine draws every segment as a series of its own, so that nothing can join it to the next. Segments of one line
// share their name, and so their place in legend and tooltip.
func buildLine(p *plan) (rectangular, []map[string]any) {
	chart := charts.NewLine()
	chart.SetXAxis(p.d.Categories)
	var patches []map[string]any
	for i, s := range p.d.Series {
		for _, segment := range s.ordered() {
			p.addSegment(chart, i, segment)
			patches = append(patches, p.linePatch(i))
		}
	}
	if p.d.Kind == Index {
		chart.AddSeries("", nil)
		patches = append(patches, p.baseLine())
	}
	chart.SetGlobalOptions(p.global()...)
	return chart, patches
}

func (p *plan) addSegment(chart *charts.Line, series int, segment []Point) {
	m := marks[series]
	data := make([]datum, len(p.d.Categories))
	for i := range data {
		data[i] = datum{Value: "-"} // ECharts' sign for no value
	}
	for _, point := range segment {
		d := datum{Value: point.Value}
		if point.small() {
			d.ItemStyle = map[string]any{"color": p.theme.sheet, "borderColor": m.colour, "borderWidth": hollowWidth * p.grown()}
		}
		data[point.Category] = d
	}
	chart.AddSeries(p.d.Series[series].Name, nil,
		charts.WithLineChartOpts(opts.LineChart{
			Symbol: m.symbol, SymbolSize: m.size * p.grown(), ShowSymbol: opts.Bool(true), ConnectNulls: opts.Bool(true),
		}),
		charts.WithLineStyleOpts(opts.LineStyle{Color: m.colour, Width: float32(lineWidth * p.grown())}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: m.colour}),
		charts.WithSeriesOpts(func(s *charts.SingleSeries) { s.Data = data }),
	)
}

// linePatch is the dash of a series, which go-echarts knows by three names only.
func (p *plan) linePatch(series int) map[string]any {
	style := map[string]any{"type": "solid", "join": "round", "cap": "butt"}
	if dash := marks[series].dash; len(dash) > 0 {
		style["type"] = dash
	}
	return map[string]any{
		"lineStyle": style, "showAllSymbol": true, "clip": false, "z": 10 + MaxSeries - series,
		"legendHoverLink": p.interactive, "emphasis": map[string]any{"disabled": !p.interactive},
	}
}

// baseLine marks 100, where every segment of an index begins.
func (p *plan) baseLine() map[string]any {
	return map[string]any{
		"data": []any{}, "silent": true, "tooltip": map[string]any{"show": false},
		"markLine": map[string]any{
			"silent": true, "symbol": "none", "animation": false, "label": map[string]any{"show": false},
			"lineStyle": map[string]any{"color": p.theme.soft, "width": 0.75, "type": "solid"},
			"data":      []any{map[string]any{"yAxis": p.d.base()}},
		},
	}
}
