// Package home is the first page of a workspace: how far each wave is, what the person left unfinished, what wants a
// look, and the newest trend.
//
// It must not know how an interview is filled or a trend computed: it reads counts from the workspace, one chart from
// reports, and leads on by route. To add a card, write its reading in read.go and its drawing in a file of its own.
package home
