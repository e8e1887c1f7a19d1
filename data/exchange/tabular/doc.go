// Package tabular turns tables into records: the rows of a register's CSV, through a mapping file that says which
// column feeds which question, become revisions of cooperatives, interviews or any other kind.
//
// A mapping (mapping.go) is read and checked against the questionnaires before the first row is looked at (plan.go).
// Then each row is read (reader.go), its cells become answers (cell.go), and what the source changed since its last
// import is saved (import.go), so that a person's correction stays and the same file imported again changes nothing.
// A row is refused only for an unreadable value, a missing key or a structural error; every other row goes in, and
// failed checks come in as warnings.
//
// The package knows questionnaires and records, and saves through an interface (Target); it knows no SQL and no
// screen. To add a rule that a column may name, add its field to Rule, and its step to Rule.value in cell.go.
package tabular
