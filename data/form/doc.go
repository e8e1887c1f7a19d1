// Package form is the compiled questionnaire: groups, questions, choice lists, their words in every language, their
// parsed expressions, and the graph of what depends on what.
//
// A questionnaire comes in as a Source (the rows of its survey, choices and settings sheets, whatever file they were
// read from) and Compile turns it into a Form, or says everything that is wrong with it in one pass, by sheet, row
// and column. The package is pure: it reads no files (data/form/xlsform does), holds no answers
// (data/form/interview does) and knows nothing of records, stores or windows.
//
// Around the form stand what people ask about questionnaires: Lint names the rows on which ODK Collect, Enketo and we
// would differ, Compare says what changed between two versions and which concepts it breaks, Codebook lists the
// variables.
//
// To add a rule to Lint, add what the programs do to the table in lint.go and the test of an expression to
// lint_rules.go. To add a question type, add one entry to the table in types.go. To add a column of the survey sheet, read it in
// question.go and give it a field of Question; columns nobody reads are kept in Question.Extra.
package form
