// Package releases is the page of frozen figures and of what money is converted with: the releases, what each holds and
// what was made of it, the check of one against the log; and the tables of rates, each as a table, with the import of
// another one.
//
// It makes no release itself (app/freezing asks for one) and no brief (it leads to the page of briefs), and knows no rule
// of either: those lie in data/workspace. To show more of a release, add a line to facts in detail.go.
package releases
