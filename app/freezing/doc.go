// Package freezing asks for what a release needs - a title, its years, whom to ask, what becomes of interviews that nobody
// has validated - and makes it in the background. Pages that freeze figures share it, so that a release is made in one way.
//
// It knows no page and no route, and decides nothing: what may be released lies in data/workspace. To ask for more, add a
// field to the form and hand it on to workspace.ReleaseJob.
package freezing
