// Package task runs background work for the window: a job has a name and a function, reports how far it is, can be
// stopped, and hands its result to a callback on the thread of the window. It is the only room of the window that
// starts goroutines.
//
// It must not know what a job is about, nor any page or widget. Pages are given a Runner and call Run, Quiet or a
// Latest; tests give them Inline, which does everything before it returns. To add another way to run jobs, implement
// Runner.
package task
