// Package codes holds the classifications that answers are coded by: countries (ISO 3166-1), their subdivisions
// (ISO 3166-2), currencies (ISO 4217, with those withdrawn since 2000), languages (ISO 639) and economic activities
// (ISIC Rev.4). Each list carries the version it was read from, which is stored beside the codes.
//
// It knows no questionnaire, no record and no store: a form names a list ("country.csv") and gets its codes.
//
// To add a list, put its file into assets/codes (or let `make assets` bring it), write one reader here that returns a
// *List, and add one line to the table in lists.go.
package codes
