// Package scene is the small drawing model that every picture and every printed page is made of: paths, texts on
// their baseline, images, groups with a clip and a transform, links, anchors and headings, in points of 1/72 inch with
// y growing downwards. It holds the one text metric of all reports (sfnt advances of the report fonts, no kerning, no
// ligatures), a reader of the SVG that ECharts draws, a writer of SVG and a painter of images.
//
// It must not know charts, documents, PDF or any data; it imports nothing of ours but assets, for the fonts.
//
// To add a kind of item, write its type in scene.go with an item method, and give it a case in the image painter
// (paint.go), in the SVG writer (svgwrite.go) and in reports/pdf. To read one
// more SVG element, add an entry to the table shapes in svgread.go.
package scene
