// Package imports is the page on which the rows of a register's file become records: a file and a mapping are chosen or
// dropped, tried in a dry run that reads like a letter, and then stored.
//
// It reads no cell and stores no record itself: what a mapping says and what becomes of a row is for
// data/exchange/tabular to decide, through data/workspace. To add something to the report, add its part in report.go.
package imports
