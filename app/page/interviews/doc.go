// Package interviews is the pages of interviews: the list with the unfinished drafts, the beginning of a new one, the
// filling of a questionnaire of any kind, and the reading of one that was submitted.
//
// Filling goes through workspace.Session, which keeps every answer in the draft before the keyboard moves on; that one
// write is done on the thread of the window, so that a key pressed meanwhile cannot land in the field before. The
// package must not know SQL, the frame or other pages, and decides nothing about answers: rules lie in
// data/form/interview and data/workspace.
//
// To add a page about interviews, write its constructor here and name it in the page list of package app.
package interviews
