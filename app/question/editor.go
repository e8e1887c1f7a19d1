package question

import (
	"fyne.io/fyne/v2"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/words"
)

// Editor is where a person answers one question. Its methods are called on the thread of the window.
type Editor interface {
	// Object is what is drawn; the same each time.
	Object() fyne.CanvasObject
	// Focus gives it the keyboard; false where it takes none, as a note.
	Focus(c fyne.Canvas) bool
	// Present shows an answer, in place of what was shown before.
	Present(s State)
	// Commit hands over what was typed and not handed over yet. The error is a sentence; then what was typed stays.
	Commit() error
	// Typing tells whether something was typed that the answer does not say yet.
	Typing() bool
	// Reset puts the answer back in place of what was typed.
	Reset()
}

// Direction is where a person wants to go from a question.
type Direction int8

// The directions. Above and Below are the questions over and under it in a grid, else the same as the other two.
const (
	Previous Direction = iota
	Next
	Above
	Below
)

// Calls is what an editor calls. Text, Answer and Move must be set; the others may be nil.
type Calls struct {
	// Text hands over what was typed; the error says, in a sentence, why it is no answer.
	Text func(text string) error
	// Answer hands over what was chosen; the zero value takes the answer back.
	Answer func(value record.Value) error
	// Move says that the person goes on, after what was typed has been handed over.
	Move func(to Direction)
	// Dropped says that what was refused is gone: the answer stands in its place again.
	Dropped func()
	// Focused says that the keyboard has come.
	Focused func()
	// Read says what a typed text means, without keeping it.
	Read func(text string) (record.Value, error)
	// Find looks for choices that a typed text may mean, the best first, and hands them to found, at once or later.
	Find func(text string, found func([]interview.Choice))
	// FindNow is Find for a person who does not wait.
	FindNow func(text string) []interview.Choice
	// Create makes a new record that is to be the answer, with what was typed as its name. nil: none can be made.
	Create func(name string)
	// Attach asks for a file that is to be the answer.
	Attach func()
	// Float shows an object under another one, over all else; nil takes it away.
	Float func(under, object fyne.CanvasObject)
	// Today is today's date in ISO 8601.
	Today func() string
}

// Config is what an editor is made from.
type Config struct {
	Name     string // by which traces and tests know it: the path of the question
	Question *form.Question
	Words    *words.Words
	Calls    Calls
	Width    float32 // of the room for it, at the normal text size
	Compact  bool    // one line, in the cell of a grid
	ReadOnly bool
	Long     bool // there are too many choices to show them all
}

// State is what an editor shows.
type State struct {
	Answer  record.Answer
	Text    string             // the answer as it would be typed
	Shown   string             // the answer as it is read; empty: as it is typed
	Absent  string             // why there is no answer, in a word: "refused"
	Unit    string             // of a number, or the currency of money
	Choices []interview.Choice // all of a short list; of a long one those that are chosen
}

// maker makes an editor.
type maker func(cfg Config) Editor

// makers says which editor each type of question has.
var makers = map[form.Type]maker{
	form.TypeText:           newText,
	form.TypeBarcode:        newText,
	form.TypeInteger:        newWhole,
	form.TypeDecimal:        newDecimal,
	form.TypeRange:          newDecimal,
	form.TypeDate:           newDate,
	form.TypeTime:           newTyped,
	form.TypeDateTime:       newTyped,
	form.TypeSelectOne:      newOne,
	form.TypeSelectMultiple: newMany,
	form.TypeAcknowledge:    newAcknowledge,
	form.TypeGeopoint:       newPlace,
	form.TypeGeotrace:       newPlace,
	form.TypeGeoshape:       newPlace,
	form.TypeNote:           newNote,
	form.TypeCalculate:      newCalculation,
	form.TypeImage:          newFile,
	form.TypeAudio:          newFile,
	form.TypeVideo:          newFile,
	form.TypeFile:           newFile,
}

// New makes the editor of a question. A type without one falls back to a text; see Fits.
func New(cfg Config) Editor {
	if cfg.ReadOnly && cfg.Question.Stored() {
		return newCalculation(cfg)
	}
	if make, ok := makers[cfg.Question.Type]; ok {
		return make(cfg)
	}
	return newTyped(cfg)
}

// Fits tells whether a type of question has an editor of its own.
func Fits(t form.Type) bool {
	_, ok := makers[t]
	return ok
}

// Multiline tells whether an answer may have several lines.
func Multiline(q *form.Question) bool { return q.Storage() == form.StoreText && q.Has("multiline") }

// Year tells whether the answer is a year, which is not written with thousands apart.
func Year(q *form.Question) bool {
	return q.Type == form.TypeInteger && (q.Has("year") || q.Concept == "year" || q.Concept == "founded" || q.Concept == "cessation_year")
}

// Letter is the letter of a choice in a short list, from a.
func Letter(i int) string { return string(rune('a' + i)) }

// ShortList is how many choices are all shown, each with its letter; coopctl fill has the same.
const ShortList = 15

// HitLimit is how many hits of a search are shown.
const HitLimit = 9
