package store

import (
	"context"
	"crypto/rand"
	"io"
	"time"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// Config is what a store is given from outside.
type Config struct {
	// Forms are the questionnaires. Several versions of one kind may be given, oldest first.
	Forms []*form.Form
	// FormKind is a kind whose records hold further questionnaires, which travel like any record. ReadForms is given
	// their present states, without personal values, and returns all questionnaires there are, those of Forms among
	// them, oldest first. It is asked when the workspace is opened, and again whenever such a record has changed; it
	// must not ask the store anything. nil: there are those of Forms.
	FormKind  string
	ReadForms func(stored []record.State) []*form.Form
	// Now is the clock; nil is the computer's.
	Now func() time.Time
	// Random gives ids and salts; nil is the system's secure source.
	Random io.Reader
	// Label names a record from its state, through the interview engine. The state has no personal values unless the
	// form's NamePersonal is set; then the name is kept in memory only. What it must know of other records it asks of
	// known: records are named while a workspace is being opened too. nil: the first column of lists is the name.
	Label func(known *Store, f *form.Form, state record.State) string
	// Registers are kinds whose saved records count in frames without being submitted, such as cooperative, population
	// and wave. A form says the same of itself with "lifecycle: none" in its settings.
	Registers []string
	// Unsent rewrites one unsent bundle in outbox/ without what an erasure covers. nil: erasing is refused while the
	// outbox holds a file.
	Unsent func(ctx context.Context, path string, erased []Erased) error
}

// Erased names what an erasure covers of one record: the paths, and the revisions that were made knowing of the
// erasure, whose writes stay.
type Erased struct {
	Record record.ID
	Paths  []record.Path
	Kept   map[record.Hash]bool
}

func (c Config) withDefaults() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Random == nil {
		c.Random = rand.Reader
	}
	return c
}
