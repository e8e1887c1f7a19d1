// Package store keeps a workspace: the log of signed commits, drafts, openings of personal values, attachments,
// and everything derived from the log for lists, search and statistics. It is the only package that speaks SQL.
//
// The log is the truth. The present state of a record is what data/record merges from its revisions; the derived
// tables (derive.go), the search (search.go) and the frame's columns (frame.go) are kept beside it in the same
// transaction and can be made again from it at any time (Rebuild). Personal values are in openings only, never in the
// log, the derived tables, the search or a frame.
//
// The package must not know what a question means: it sees questionnaires as paths with a type, and how a record is
// named is asked of Config.Label. It reads no clock and draws no randomness but what Config hands it.
//
// To add something derived, compute it in derive.go from a record.State alone, so that Rebuild and Verify know it too.
// To change the schema, add one numbered migration to schema.go; never edit one that has been released.
package store
