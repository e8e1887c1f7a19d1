// Package window holds the tests of the program in a real window: under a display of its own, by a keyboard that a
// program presses, and killed in the middle of it.
//
// It is no part of the program, and only its tests have code. They know the program as a person does, by its keys and
// by what it writes with --trace, and look at the workspace afterwards. To test one more thing in a window, write one
// test with a desk of its own (desk_test.go).
package window
