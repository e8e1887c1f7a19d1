// Package publish makes what leaves a workspace: the chart of an indicator, a brief, and the files that they are written
// to. It is the shared road of `coopctl chart`, `coopctl brief` and the pages of the window, so that both write the same
// bytes.
//
// It must not know commands or screens, nor compute a figure: numbers come from data/indicator through reports/trend and
// reports/brief. It asks for no file name and shows nothing.
//
// To add a form that a chart or a brief can be written to, add its ending to the table in write.go.
package publish
