// Package check looks through a frame for what a statistician at headquarters would ask about: figures that have moved
// far from the last wave, that stand far from their peers, that look like thousands in place of units, parts that do not
// add up to their total, values that are repeated year after year, and zeros where others never report one.
//
// It is pure over an indicator.Source: it knows no database, no form and no screen, and it changes nothing. What it gives
// are findings, each with what was seen, what was expected, how strong it is, and how much it moves the total. A finding
// is a question to somebody, never a correction.
//
// All statistics are medians and exact sums, so that the order of the records changes nothing. rules.go holds the
// limits, tables.go says which figures are looked at and which parts belong to which total; panel.go arranges the
// records by cooperative and year, groups.go makes the groups of peers; wave.go, peers.go, totals.go and copied.go are
// the rules themselves.
//
// To look at one more figure, add a line to figures; to hold one more sum, add a line to sums; to add a rule, name it in
// rules.go, give it a file and call it in Find.
package check
