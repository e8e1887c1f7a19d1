//go:build !sqlite_fts5 || !cgo

package store

// Coopatlas needs full-text search in SQLite, which is compiled in by a build tag, and cgo.
const _ string = Run_make_instead_of_go_build__it_sets_the_tags_sqlite_fts5_and_sqlite_math_functions_and_CGO_ENABLED
