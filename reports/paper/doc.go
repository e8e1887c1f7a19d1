// Package paper sets a questionnaire on paper: a blank one for an interview with pencil, or a filled one of a record.
// Questions are numbered by their codes, conditions are said in words, choices have boxes, and there is room to write by
// the type of the question: comb cells for dates and years, lines for texts, rosters for repeats, grids for groups that
// are tables. Beside every question stand boxes for an answer that is refused, not known or not applicable.
//
// Pages gives pages of scene, which reports/pdf writes. The package knows compiled questionnaires, interviews and words;
// it must not know records, stores, indicators or PDF, and reads no file.
//
// To add room to write for one more type of question, give it a case in sheet.answer (answer.go). To say one more kind
// of condition in words, parse it in condition.go and say it in sentence.go.
package paper
