package question

import (
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"coopatlas/app/kit"
	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
)

// table is an editor on a table: it notes what the editor calls, in order, and answers as it is told.
type table struct {
	t       *testing.T
	window  fyne.Window
	words   *words.Words
	editor  Editor
	said    []string // "text 42", "answer yes", "move next", "create Ana"
	refuse  string   // a typed text that is refused
	offered []interview.Choice
	later   func() // hands over what was found, where waits is set
	waits   bool
	float   fyne.CanvasObject
}

// english are the words of the tests.
func english(t *testing.T) *words.Words {
	t.Helper()
	w, err := workspace.Words("en")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

var moves = map[Direction]string{Previous: "previous", Next: "next", Above: "above", Below: "below"}

// lay makes an editor and gives it the keyboard.
func lay(t *testing.T, cfg Config, state State) *table {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.Look{Mode: kit.Light}))
	k := &table{t: t, words: english(t)}
	cfg.Words, cfg.Calls = k.words, k.calls()
	if cfg.Width == 0 {
		cfg.Width = 500
	}
	k.editor = New(cfg)
	k.editor.Present(state)
	k.window = test.NewWindow(k.editor.Object())
	t.Cleanup(k.window.Close)
	k.window.Resize(fyne.NewSize(600, 400))
	k.editor.Focus(k.window.Canvas())
	return k
}

func (k *table) calls() Calls {
	note := func(text string) { k.said = append(k.said, text) }
	return Calls{
		Text: func(text string) error {
			if k.refuse != "" && text == k.refuse {
				return errors.New("it is refused")
			}
			note("text " + text)
			k.editor.Present(answered(record.Text(text), text, ""))
			return nil
		},
		Answer: func(value record.Value) error {
			note("answer " + value.String())
			return nil
		},
		Move: func(to Direction) { note("move " + moves[to]) },
		Read: func(text string) (record.Value, error) {
			if k.refuse != "" && text == k.refuse {
				return record.Value{}, errors.New("it is refused")
			}
			return record.Text(text), nil
		},
		Find: func(text string, found func([]interview.Choice)) {
			if k.waits {
				k.later = func() { found(k.offered) }
				return
			}
			found(k.offered)
		},
		FindNow: func(string) []interview.Choice { return k.offered },
		Attach:  func() { note("attach") },
		Float:   func(_, over fyne.CanvasObject) { k.float = over },
		Today:   func() string { return "2026-11-22" },
	}
}

func (k *table) typed(text string) {
	k.t.Helper()
	for _, r := range text {
		k.window.Canvas().Focused().TypedRune(r)
	}
}

func (k *table) press(keys ...fyne.KeyName) {
	k.t.Helper()
	for _, key := range keys {
		k.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
}

// shift holds Shift while a key is pressed.
func (k *table) shift(key fyne.KeyName) {
	k.t.Helper()
	held := k.window.Canvas().Focused().(desktop.Keyable)
	held.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	k.press(key)
	held.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

// heard compares what the editor called since it was last asked.
func (k *table) heard(want ...string) {
	k.t.Helper()
	got := k.said
	k.said = nil
	if !slices.Equal(got, want) {
		k.t.Fatalf("the editor called %q, want %q", got, want)
	}
}

// text is what stands in a field.
func (k *table) text() string {
	k.t.Helper()
	f, ok := k.window.Canvas().Focused().(*field)
	if !ok {
		k.t.Fatal("the keyboard is in no field")
	}
	return f.Text
}

func of(t form.Type, with ...func(*form.Question)) Config {
	q := &form.Question{Name: "asked", Path: "asked", Type: t}
	for _, w := range with {
		w(q)
	}
	return Config{Name: "asked", Question: q}
}

func looks(words ...string) func(*form.Question) {
	return func(q *form.Question) { q.Appearance = words }
}

func answered(value record.Value, text, shown string) State {
	return State{Answer: record.Answer{Value: value}, Text: text, Shown: shown}
}

var yesNo = []interview.Choice{{Name: "yes", Label: "Yes"}, {Name: "no", Label: "No"}, {Name: "maybe", Label: "Maybe"}}
