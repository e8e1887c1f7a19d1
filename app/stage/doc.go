// Package stage stands in for the frame in tests of pages: services with an inline runner, the demonstration as
// workspace, a window without a screen, and a record of everything that a page asked of the frame.
//
// Only tests import it. It must not know any page: a test hands in the page's constructor. To let a test answer one
// more question of a page, add a field to Stage.
package stage
