// Package demonstration invents a country set: three countries, five waves, cooperatives that are born, close, refuse,
// are found late, repeat old accounts, and two that merge; round them federations, links, the law of the countries,
// projects, and dossiers with their outcomes. It shows a newcomer what Coopatlas does with a real
// mapping, and tests what honest trends must survive.
//
// Nothing in it is real. Every name ends in a word that says so, and the workspace that holds it is marked as a
// demonstration, so that briefs say so too. The same seed gives the same set. The package knows the concepts that
// indicators read, not the paths of questions; data/workspace turns concepts into answers and saves them.
//
// To show one more thing that happens to cooperatives, add it to a cooperative's life in life.go; what surrounds them is
// in network.go.
package demonstration
