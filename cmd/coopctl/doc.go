// Command coopctl does all the work of Coopatlas without a window, so that servers, scripts and tests can: it makes
// workspaces, fills questionnaires at a terminal, imports registers, computes trends, and writes charts and briefs.
//
// Each command is one file with one constructor, listed in commands (main.go). A command parses its flags, calls
// data/workspace or reports, and prints; it decides nothing itself. It must never link Fyne. Errors go to standard
// error in one sentence that says what to do; the exit code is 1 for bad input and 2 for bad usage.
//
// To add a command, write its file with a constructor that takes the *program, and add it to commands.
package main
