// Package app is the room of the window: navigation, history, menu and shortcuts, short messages and the one error
// dialog. Fyne is imported here, in the rooms below and in cmd/coopatlas, and nowhere else.
//
// It must not know SQL, files or the network: pages are given services of data/workspace and reports, show what they
// return and call back. Nothing in data or reports may import it. To add a screen, make one package below app/page and
// add one line to the list of pages.
package app
