// Package kit holds the tokens of the look (theme.go) and the widgets that pages are put together from. They show what
// they are given and call back; they decide nothing.
//
// It must not know records, forms, words or routes: texts come in the person's language. Nothing here starts a
// goroutine: what takes time is done by a runner that is handed in. Colours, sizes and gaps are taken from theme.go and
// nowhere else.
//
// To add a widget, write one file with its type, its New function and its callbacks. To add an icon, add one SVG file to
// assets/icons and its name to icon.go.
package kit
