// Package checks is the page on which headquarters looks at what a statistician would ask about: outliers, wrong units,
// totals that do not add up. Each finding stands with its figure over the years beside its peers; one key asks the
// researcher, another says that it was checked and is so.
//
// What is odd is decided in data/check, and what becomes of a finding in data/workspace. The page is for eyes inside
// headquarters: it names cooperatives and shows their figures, and it saves and copies nothing.
//
// To add a filter, give choice a field, say in choice.go how the route holds it, and add its widget in controls.go.
package checks
