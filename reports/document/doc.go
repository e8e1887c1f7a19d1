// Package document is the neutral document that every report is: headings, paragraphs, lists, tables, figures, grids of
// figures, key figures, callouts, columns, notes and page breaks, with a letterhead and a footer. Layout sets it on
// pages of scene, with the one text metric of the reports: lines are broken, headings stay with what they head, tables
// are split over pages with their header repeated, no line stands alone, and what is optional goes when the document
// has a limit of pages. The HTML edition is written from the same document by reports/html.
//
// It must not know indicators, charts, languages or PDF: every word in it is given, and a figure is a drawing.
//
// To add one more kind of block, write its type in document.go with a block method, its layout as a method of setter
// that gives fragments, a case in setter.block, and a case in reports/html.
package document
