// Package xpath is the expression language of questionnaires: the dialect of
// XPath 1.0 that ODK XForms and XLSForm define. It parses an expression, says
// what the expression reads, and evaluates it over any tree of nodes.
//
// Where the tools of the field differ it follows JavaRosa (ODK Collect): a date
// is a whole number of days and has no zone, sum, max and min skip blanks,
// regex matches the whole string, numbers are equal within 1e-12, a half is
// rounded upwards, and a single node is true when its value is not blank.
//
// The package must not know forms, records, storage or languages: it sees only
// the interface Node, and asks the Context for everything else (the clock, a
// random number, secondary instances, ${name}, labels of choices).
//
// To add a function, write one entry (name, least and most arguments, body) in
// the table of its family: booleans.go, strings.go, numbers.go, aggregates.go,
// dates_functions.go, nodes.go, choices.go, geography.go, digests.go,
// random.go or repeats.go. Its arguments are evaluated by the body, so that a
// function may leave some of them alone.
package xpath
