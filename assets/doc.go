// Package assets embeds what the programs carry with them: the questionnaires of the kinds, the templates of briefs,
// the words in each language, the code lists we keep ourselves, and under vendor the third-party files that
// `make assets` installs. It is a leaf: it knows no other room, and every room may read from it.
//
// To add a file, put it into the folder of its sort; to add a third-party file, name its npm package in package.json
// and its path in copy.mjs, which copies the package's licence too.
package assets
