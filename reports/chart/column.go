package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Gaps between columns: as a share of a category, and of a column.
const (
	categoryGap = 0.36
	columnGap   = 0.08
	widestBar   = 44.0 // of a lone series, in points
)

// buildColumn draws levels as columns from zero: sets of respondents that differ are never joined by a line.
func buildColumn(p *plan) (rectangular, []map[string]any) {
	chart := charts.NewBar()
	chart.SetXAxis(p.d.Categories)
	patches := make([]map[string]any, 0, len(p.d.Series))
	for i, s := range p.d.Series {
		data := p.columns(i)
		chart.AddSeries(s.Name, nil,
			charts.WithBarChartOpts(opts.BarChart{BarGap: "8%", BarCategoryGap: "36%"}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: marks[i].colour}),
			charts.WithSeriesOpts(func(s *charts.SingleSeries) { s.Data = data }),
		)
		patch := map[string]any{"clip": false, "emphasis": map[string]any{"disabled": !p.interactive}}
		if len(p.d.Series) == 1 {
			patch["barMaxWidth"] = widestBar * p.grown() * p.grown()
		}
		patches = append(patches, patch)
	}
	chart.SetGlobalOptions(p.global()...)
	return chart, patches
}

func (p *plan) columns(series int) []datum {
	data := make([]datum, len(p.d.Categories))
	for i := range data {
		data[i] = datum{Value: "-"}
	}
	for _, point := range p.d.Series[series].Points {
		d := datum{Value: point.Value}
		if point.small() {
			d.ItemStyle = map[string]any{"color": p.theme.sheet, "borderColor": marks[series].colour, "borderWidth": hollowWidth * p.grown()}
		}
		data[point.Category] = d
	}
	return data
}

// barCentre is the middle of a column, as ECharts divides a category among the series.
func (l *layout) barCentre(series, category int) float64 {
	count := float64(len(l.d.Series))
	width := l.step() * (1 - categoryGap) / (count + (count-1)*columnGap)
	whole := count*width + (count-1)*columnGap*width
	return l.centre(category) - whole/2 + width/2 + float64(series)*width*(1+columnGap)
}
