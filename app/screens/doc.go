// Command screens draws every page of the window in its main states to PNG files, through the toolkit's software canvas:
// light and dark, small and large, in English and French, with the demonstration and with an empty workspace. `make
// screens` runs it; people look at what it draws.
//
// It must not know any page: it goes through the page list, and draws the routes that each line names as samples.
package main
