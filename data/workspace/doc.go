// Package workspace opens a workspace folder and composes the services that both programs use: the questionnaires of
// the kinds, the code lists, the store, the person's signing identity, interviews over drafts, imports, frames.
//
// It is the only place that knows how the rooms of data fit together. It knows no screen, no terminal and no report:
// commands and pages call it and show what it gives. A workspace is a folder with workspace.db, files/, outbox/ and
// backups/; the identity lies in the user's configuration folder, never in a workspace.
//
// To add a kind of record, add its file to assets/forms and its name to Kinds.
package workspace
