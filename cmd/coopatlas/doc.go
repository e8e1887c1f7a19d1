// Command coopatlas is the program with a window. It reads its flags, makes sure that a window can be drawn, keeps a log
// and a crash file, and runs the frame of package app.
//
// It must not know any page. What it does beside the window can be done by coopctl.
package main
