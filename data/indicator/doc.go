// Package indicator turns a frame, the columns of all submitted, validated and
// locked records, into the numbers that Coopatlas prints: levels, their n and
// coverage, changes between waves on three bases, chained indices and
// decompositions. The rules are those of the domain reference, sections B.1
// (catalogue), B.2 (change) and B.5 (confidentiality).
//
// The package is pure: it knows no database, no file, no form and no language.
// It must never learn where a column came from; it asks a [Source] for columns
// by concept and gives back a [Result].
//
// How the work is divided: frame.go and table.go say what a frame is; load.go
// and units.go arrange rows by cooperative and year; dimension.go holds the
// breakdowns; sets.go puts every unit of a pair of years into exactly one of
// the sets M, N, B, D, E, L; change.go makes growth from the sums of the sets;
// disclosure.go, guard.go, protect.go and network.go hide what must not leave
// headquarters, and register.go keeps what earlier releases told.
//
// formula.go says how figures are made, measure.go reads what they are made of,
// spread.go and lifetable.go hold medians, births and deaths, and custom.go what
// users declare.
//
// population.go reads the known numbers of cooperatives; weights.go, strata.go,
// estimate.go and veil.go make estimated totals from them and guard these.
//
// kinds.go says which kinds of record indicators read beside the mapping: their
// units are countries, projects or outcomes, there are levels only, and n says of
// what. ties.go makes a network of the links between cooperatives.
//
// To add one more indicator, add one entry to one of the catalogue files. A
// breakdown is one entry in dimension.go, and a kind of record one line in kinds.go.
package indicator
