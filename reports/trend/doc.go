// Package trend makes the chart of one indicator's result: which kind of chart its basis allows, which series, which
// points may be joined, and the lines that every chart carries. `coopctl chart` and the window's trend page draw the
// same definition.
//
// It computes nothing: numbers come from data/indicator, drawings from reports/chart, words from data/words. To let
// another kind of result be drawn, add its case to kind in chart.go.
package trend
