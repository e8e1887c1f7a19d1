// Package crowd makes workspaces of very many invented records, to measure with: a hundred thousand interviews or a
// million, a fifth as many cooperatives, with names in several scripts. Every run of a size gives the same records.
//
// Only tests import it. It must not know what is measured. Records go in through store.SaveAll as an import's do, and
// not through the interview engine, which would take hours. To invent one more answer, add it in invent.go.
package crowd
