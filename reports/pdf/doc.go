// Package pdf writes pages of scene as a PDF file: subsets of the report fonts embedded, real text that can be selected
// and searched, vector paths, clips, dashes, opacity, images, links, bookmarks and metadata. It is the only importer of
// gofpdf.
//
// Its dates are given, never read from a clock, so that the same pages give the same bytes. A character that the font
// lacks, or that lies beyond U+FFFF, is drawn as an outline or a box, so that no text ever fails a file.
//
// It must not know documents' words, charts or data: whatever is to be printed is a scene by then. Tagged PDF is not
// possible with gofpdf; the HTML edition is the accessible one.
//
// To draw one more kind of scene item, give it a case in painter.draw.
package pdf
