// Package record says what is stored: records, their revisions, the signed commits that carry them, and how the
// present state of a record follows from its revisions, field by field.
//
// Everything here is pure: no clock, no randomness, no file but what a caller hands in. The package knows nothing of
// questionnaires (data/form), of SQL (data/store) or of how revisions travel (data/exchange). What it fixes cannot be
// changed later, because hashes and signatures are made over it: the canonical encoding of values and revisions
// (encode.go), how ids are made (id.go), and how writes are merged (state.go).
//
// To add a lifecycle operation, add it to the table in operation.go and say in state.go what it does to the lifecycle.
package record
