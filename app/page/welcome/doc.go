// Package welcome is what the program shows while no workspace is open, and where a person changes to another one:
// look round in the demonstration, make a new workspace, open one that is there.
//
// It must not know what is in a workspace. To offer another beginning, add a card in welcome.go.
package welcome
