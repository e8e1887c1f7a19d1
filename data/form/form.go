package form

import (
	"slices"
	"strings"

	"coopatlas/data/form/xpath"
)

// Text is something shown to people, by language code ("en", "fr"). A text without a language in its column's name
// stands under the form's default language.
type Text map[string]string

// In returns the text in a language, or in the fallback language, or in any language at all, in that order.
func (t Text) In(language, fallback string) string {
	if s := t[language]; s != "" {
		return s
	}
	if s := t[fallback]; s != "" {
		return s
	}
	best := ""
	for l := range t {
		if t[l] != "" && (best == "" || l < best) {
			best = l
		}
	}
	return t[best]
}

// Empty tells whether there is no text in any language.
func (t Text) Empty() bool {
	for _, s := range t {
		if s != "" {
			return false
		}
	}
	return true
}

// Core says in which lengths of an interview a question is asked.
type Core byte

// The letters of the core column. A question without a letter takes its group's; with none at all it is asked always.
const (
	Always   Core = 0
	Required Core = 'R'
	CoreOnly Core = 'C'
	Optional Core = 'O'
)

// AskedIn tells whether a question of this letter is asked in an interview of a length: "R", "RC" or "RCO". An empty
// length asks everything.
func (c Core) AskedIn(length string) bool {
	return c == Always || length == "" || strings.ContainsRune(length, rune(c))
}

// Form is a compiled questionnaire. It is never changed after Compile and may be shared.
type Form struct {
	ID, Version     string
	Title           Text
	DefaultLanguage string   // the language of texts that name none
	Languages       []string // every language that some text has, the default one first
	Root            *Group
	Questions       []*Question // in the order of the survey sheet
	Groups          []*Group    // without the root, in the order of the survey sheet
	Lists           map[string]*List
	InstanceName    *xpath.Expr       // the name of one record; nil where the form has none
	NamePersonal    bool              // the name reads a personal question
	Settings        map[string]string // every setting as it was written
	Instances       map[string]string // secondary instances by id: "file.csv", "kind:cooperative" or "list:name"

	questions  map[string]*Question // by path
	groups     map[string]*Group    // by path
	named      map[string][]Item    // by name
	templates  map[string]*Template // by the text they were made from
	dependents map[string][]Dependent
	order      map[string]int // rank of an item in the order of calculation, by path

	steps   []Renames                    // of the versions up to this one
	former  map[string][]string          // the paths that an item had before, by path
	recoded map[string]map[string]string // the present names of choices, by the path of the question and the old name
}

// Item is one row of the survey: a *Question or a *Group.
type Item interface {
	// ItemName returns the name the row has in expressions.
	ItemName() string
	// ItemPath returns the names from the root, joined by "/"; the root's is empty.
	ItemPath() string
	// ItemParent returns the group the item lies in; nil for the root.
	ItemParent() *Group
	// ItemRelevant returns the condition under which the item is asked; nil where it always is.
	ItemRelevant() *xpath.Expr
}

// Group is a group or a repeat. The root is a group without parent.
type Group struct {
	Name, Path  string
	Parent      *Group
	Label, Hint Text
	Relevant    *xpath.Expr
	Repeat      bool
	RepeatCount *xpath.Expr // how many rows a repeat has; nil where the person adds rows
	Appearance  []string
	Core        Core
	Code        string
	Personal    bool
	Extra       map[string]string
	Row         int // in the survey sheet
	Items       []Item
}

// Question is one question, calculation or piece of metadata.
type Question struct {
	Name, Path        string
	Parent            *Group
	Code              string // the questionnaire's own number, as printed: "M6.01"
	Type              Type
	Label, Hint       Text
	Guidance          Text
	Required          *xpath.Expr // nil where an answer is never required
	RequiredMessage   Text
	Relevant          *xpath.Expr
	Checks            []Check // the constraint and the soft checks beside it
	Calculation       *xpath.Expr
	DefaultValue      string      // a static default, as written
	DefaultExpression *xpath.Expr // a dynamic default, evaluated once a record or row
	ChoiceFilter      *xpath.Expr
	Triggers          []string // the paths of the questions whose change runs the calculation
	ReadOnly          *xpath.Expr
	Core              Core
	ListOrder         int // place among the columns of a list of records; 0: not a column
	Personal          bool
	Unit, Concept     string
	Decimals          int               // digits after the point that answers may have
	List              string            // the list a select takes its choices from
	File              string            // the file of a select_one_from_file, "species.csv"
	Kind              string            // the kind of record a select_one_from_file refers to
	ItemsFrom         *xpath.Expr       // the repeat whose rows are the choices (select_one ${name})
	OrOther           bool              // the list ends with "other", which asks for a text
	Parameters        map[string]string // by lower-case name
	Appearance        []string
	Media             map[string]Text // image, audio, video by kind
	Extra             map[string]string
	Row               int // in the survey sheet

	number bool // a calculate whose row declares decimals
}

// Check is a condition an answer must meet. It is not asked of blank answers.
type Check struct {
	Condition *xpath.Expr
	Message   Text
	Soft      bool // asks for a comment and does not block
}

// List is a choice list.
type List struct {
	Name    string
	Columns []string // the attributes that choice filters may read, in the order of the sheet
	Choices []Choice

	index map[string]int // place of the first choice of a name
}

// Choice is one choice: its stable name and its label; Attributes hold the other columns of the sheet.
type Choice struct {
	Name       string
	Label      Text
	Attributes map[string]string
	Media      map[string]Text
	Row        int // in the choices sheet
}

// ItemName returns the group's name.
func (g *Group) ItemName() string { return g.Name }

// ItemPath returns the group's path.
func (g *Group) ItemPath() string { return g.Path }

// ItemParent returns the group the group lies in.
func (g *Group) ItemParent() *Group { return g.Parent }

// ItemRelevant returns the group's condition.
func (g *Group) ItemRelevant() *xpath.Expr { return g.Relevant }

// ItemName returns the question's name.
func (q *Question) ItemName() string { return q.Name }

// ItemPath returns the question's path.
func (q *Question) ItemPath() string { return q.Path }

// ItemParent returns the group the question lies in.
func (q *Question) ItemParent() *Group { return q.Parent }

// ItemRelevant returns the question's condition.
func (q *Question) ItemRelevant() *xpath.Expr { return q.Relevant }

// Repeats returns the repeats a question lies in, the outermost first.
func (q *Question) Repeats() []*Group { return repeatsAbove(q.Parent) }

// Repeat returns the innermost repeat a question lies in; nil where it lies in none.
func (q *Question) Repeat() *Group {
	if all := q.Repeats(); len(all) > 0 {
		return all[len(all)-1]
	}
	return nil
}

// Money tells whether the question is an amount in the record's currency.
func (q *Question) Money() bool { return q.Unit == "currency" }

// Has tells whether the question's appearance has a word.
func (q *Question) Has(appearance string) bool { return slices.Contains(q.Appearance, appearance) }

// Asked tells whether the question is put to a person: not a calculation, not metadata, not hidden. A calculation with
// a trigger only fills the answer in, for the person to confirm.
func (q *Question) Asked() bool {
	return q.Type.Asked() && (q.Calculation == nil || len(q.Triggers) > 0)
}

// Stored tells whether answers to the question are kept: everything but notes.
func (q *Question) Stored() bool { return q.Storage() != StoreNothing }

// Storage says what the question's answers are made of. A calculate is a text unless its row declares decimals, which
// makes it a number.
func (q *Question) Storage() Storage {
	if q.Type == TypeCalculate && q.number {
		return StoreNumber
	}
	return q.Type.Storage()
}

// Repeats returns the repeats a group lies in, the outermost first, the group itself included if it is one.
func (g *Group) Repeats() []*Group { return repeatsAbove(g) }

func repeatsAbove(g *Group) []*Group {
	var out []*Group
	for ; g != nil; g = g.Parent {
		if g.Repeat {
			out = append(out, g)
		}
	}
	slices.Reverse(out)
	return out
}

// Question returns the question at a path ("members/total").
func (f *Form) Question(path string) (*Question, bool) {
	q, ok := f.questions[path]
	return q, ok
}

// Group returns the group or repeat at a path; the root is at "".
func (f *Form) Group(path string) (*Group, bool) {
	g, ok := f.groups[path]
	return g, ok
}

// Named returns the items of a name, in the order of the survey sheet.
func (f *Form) Named(name string) []Item { return f.named[name] }

// ByConcept returns the question that feeds an indicator variable.
func (f *Form) ByConcept(concept string) (*Question, bool) {
	for _, q := range f.Questions {
		if concept != "" && q.Concept == concept {
			return q, true
		}
	}
	return nil, false
}

// ListColumns returns the questions that are columns of a list of records, in their order.
func (f *Form) ListColumns() []*Question {
	var out []*Question
	for _, q := range f.Questions {
		if q.ListOrder > 0 {
			out = append(out, q)
		}
	}
	slices.SortStableFunc(out, func(a, b *Question) int { return a.ListOrder - b.ListOrder })
	return out
}

// Kinds returns the kinds of record that questions refer to, sorted.
func (f *Form) Kinds() []string {
	var out []string
	for _, q := range f.Questions {
		if q.Kind != "" {
			out = append(out, q.Kind)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Choice returns the choice of a name.
func (l *List) Choice(name string) (*Choice, bool) {
	i, ok := l.index[name]
	if !ok {
		return nil, false
	}
	return &l.Choices[i], true
}

func (l *List) add(choice Choice) {
	if l.index == nil {
		l.index = map[string]int{}
	}
	if _, taken := l.index[choice.Name]; !taken {
		l.index[choice.Name] = len(l.Choices)
	}
	l.Choices = append(l.Choices, choice)
}
