// Package page is the contract between the frame of the window and its pages: what a page must do, what it may do
// beside that, and what it is given.
//
// It knows no page and not the frame. A page is made from a route, shows what the services give, and calls back; it
// navigates by route, never imports another page, starts no goroutine and never sees the database. Abilities beyond
// Page are found by type assertion (Keeper, Focuser, Commander, Leaver, Closer, Dropper), so that a page has only the methods it
// needs.
//
// To add a page, make one package below this one with a constructor of the type New, and add one line to the list in
// app/pages.go. Tests of pages use app/stage in place of the frame.
package page
