// Package interview is a form being filled: answers come in one by one, and what depends on them follows at once
// (which questions are asked, calculations, choices, problems).
//
// It works on a tree of nodes, one for each group, question and row of a repeat. Every expression of the form has one
// cell for each node it belongs to; while a cell is evaluated it notes which nodes it reads, so that a later answer
// runs again exactly the cells that read it, in the order of calculation the form gives. The package is pure: clock,
// randomness, row ids and registers come from Env. It knows nothing of storage, windows or how a person types beyond
// turning typed text into a value and finding choices by it. Carry tries answers against another version of their form.
//
// To add a rule about answers, add it to check.go with its message in messages.go; to let expressions ask for one more
// thing of the program, add a case to host.go.
package interview
