// Package html writes a document as one self-contained web page: semantic HTML, figures as SVG within the page, its own
// style sheet for light, dark and print, no script, no font and no request to anywhere (a content security policy holds
// that). It is the accessible edition: every figure has a text alternative and the table of its data.
//
// It must not know layout on paper, charts or data.
//
// To add one more kind of block, give it a case in writer.block and its style in style.css.
package html
