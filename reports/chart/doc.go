// Package chart turns one definition of a chart into all its renderings: the interactive page, SVG, PNG, and the scene
// that the PDF draws. go-echarts writes the definition as an ECharts option, ECharts lays it out in an embedded
// JavaScript engine with the metrics of the report fonts, and this package sets title, population, years, unit, basis,
// n, legend and source round it, so that they stand on every rendering in the same words.
//
// It must not know where numbers come from: no data room, no indicator, no disclosure rule. A point that may not be
// shown is not given to it, and a point of another segment is never joined to the one before.
//
// To add a kind of chart, write one file with a builder (see line.go and column.go) and enter it in the table in
// kinds.go. To add a language, add an entry to the tables in phrases.go, or give Phrases and Numbers in the definition.
package chart
