package interview

import (
	"time"

	"coopatlas/data/form/xpath"
	"coopatlas/data/record"
)

// Env is what an interview needs from around it. Only Now and NewID must be given; without the others the matching
// parts of a form stay blank.
type Env struct {
	Now      func() time.Time
	Location *time.Location // of the respondent; UTC when nil
	Language string         // of labels and messages; the form's default when empty
	Length   string         // which core letters are asked: "R", "RC" or "RCO"; empty asks everything
	NewID    func() record.ID
	Random   func() float64
	Record   record.ID // what ${instanceID} reads, as "uuid:…"; blank where it is not given
	Username string
	Device   string
	// Choices returns the rows of an external list: a file ("species.csv") or a kind of record ("cooperative").
	Choices func(source string) ([]Choice, error)
	// Lookup finds one row of an external list by its name, so that a large register need not be read whole.
	Lookup func(source, name string) (Choice, bool)
	// Say puts a message of the interview into the person's language; empty means the English one.
	Say func(key string, args ...string) string
	// LastSaved is what ${last-saved#name} reads: the record of this questionnaire that was saved before.
	LastSaved *Content
	// DateNames are the words of format-date; English when nil.
	DateNames *xpath.DateNames
}

// Choice is one choice: its stable name, its label in the interview's language, and its other columns.
type Choice struct {
	Name, Label string
	Attributes  map[string]string
}

// Content is what is kept of an interview: the answers by path, and the rows of each repeat in their order.
type Content struct {
	Answers map[record.Path]record.Answer
	Rows    map[record.Path][]record.ID
}

func (e Env) now() time.Time {
	now := time.Time{}
	if e.Now != nil {
		now = e.Now()
	}
	if e.Location != nil {
		return now.In(e.Location)
	}
	return now.UTC()
}

func (e Env) newID() record.ID {
	if e.NewID == nil {
		return record.ID{}
	}
	return e.NewID()
}
