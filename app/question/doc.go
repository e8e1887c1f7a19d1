// Package question holds the editor of each type of question, and the block that stands round an editor: label, hint,
// unit, problem, last value, menu of reasons.
//
// An editor shows a State and calls back: what was typed goes to Calls.Text, what was chosen to Calls.Answer, and the
// rules that say what a text means or whether an answer may stand lie in data/form/interview. The package knows no
// session, no route and no store, and starts no goroutine.
//
// To add a type, write one file with its editor, and name it in the table of editor.go; a test pairs the table with the
// types of data/form. A type without an editor falls back to a text with a note that says how to write it.
package question
