// Package trends is the page of one indicator over the years: its chart, what it says and what it does not, the table
// with the same numbers, and what the change is made of; to be saved as picture, page or table, or copied.
//
// It computes and draws nothing itself: figures come from data/indicator, the chart from reports/trend, files from
// reports/publish. It keeps one frame while it is shown, so that a change of a control is answered at once.
//
// To add a control, give choice a field, say in choice.go how the route holds it, and add its widget in controls.go. To
// add a form to save to, add a line to the table in save.go.
package trends
