package question

import (
	"testing"

	"fyne.io/fyne/v2"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/workspace"
)

// fallbacks are the types of questions that no kind uses and that a typed text answers well enough.
var fallbacks = map[form.Type]bool{form.TypeRank: true}

func TestEveryTypeOfQuestionHasAnEditor(t *testing.T) {
	for kind := form.TypeText; kind <= form.TypeInstance; kind++ {
		asked := kind.Asked() || kind == form.TypeCalculate
		switch {
		case asked && !Fits(kind) && !fallbacks[kind]:
			t.Errorf("questions of the type %s have no editor", kind)
		case Fits(kind) && fallbacks[kind]:
			t.Errorf("%s has an editor, and is named among those that have none", kind)
		case !asked && Fits(kind):
			t.Errorf("%s is never asked, and has an editor", kind)
		}
	}
}

func TestEveryQuestionOfTheKindsHasAnEditor(t *testing.T) {
	w, err := workspace.Create(t.Context(), t.TempDir(), workspace.Settings{Language: "en"}, workspace.Config{Name: "Test"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, kind := range workspace.Kinds() {
		f, _ := w.Form(kind)
		for _, q := range f.Questions {
			if q.Asked() && !Fits(q.Type) {
				t.Errorf("%s asks %s, of the type %s, which has no editor of its own", kind, q.Path, q.Type)
			}
		}
	}
}

func TestTypedFieldsHandOverAndGoOn(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(k *table)
		want []string
	}{
		{"Enter keeps and goes on", func(k *table) { k.typed("42"); k.press(fyne.KeyReturn) }, []string{"text 42", "move next"}},
		{"so does the Enter of the digits", func(k *table) { k.typed("42"); k.press(fyne.KeyEnter) }, []string{"text 42", "move next"}},
		{"Tab keeps and goes on", func(k *table) { k.typed("42"); k.press(fyne.KeyTab) }, []string{"text 42", "move next"}},
		{"Shift and Tab go back", func(k *table) { k.typed("42"); k.shift(fyne.KeyTab) }, []string{"text 42", "move previous"}},
		{"Shift and Enter too", func(k *table) { k.shift(fyne.KeyReturn) }, []string{"move previous"}},
		{"nothing typed writes nothing", func(k *table) { k.press(fyne.KeyReturn) }, []string{"move next"}},
		{"Up goes up", func(k *table) { k.press(fyne.KeyUp) }, []string{"move above"}},
		{"Down goes down", func(k *table) { k.typed("7"); k.press(fyne.KeyDown) }, []string{"text 7", "move below"}},
		{"the keyboard that goes elsewhere keeps", func(k *table) { k.typed("42"); k.window.Canvas().Unfocus() }, []string{"text 42"}},
		{"Escape puts back what was there", func(k *table) { k.typed("42"); k.press(fyne.KeyEscape, fyne.KeyReturn) }, []string{"move next"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := lay(t, of(form.TypeInteger), State{})
			c.do(k)
			k.heard(c.want...)
		})
	}
}

func TestWhatIsRefusedStaysAndTheKeyboardWithIt(t *testing.T) {
	k := lay(t, of(form.TypeInteger), State{})
	k.refuse = "abc"
	k.typed("abc")
	k.press(fyne.KeyReturn)
	k.heard()
	if k.text() != "abc" || !k.editor.Typing() {
		t.Errorf("the field holds %q, want what was typed", k.text())
	}
	k.editor.Present(State{}) // another question was answered meanwhile
	if k.text() != "abc" {
		t.Errorf("the field holds %q after the page was drawn again, want what was typed", k.text())
	}
	k.typed("12") // in place of the text, all of which is chosen
	k.press(fyne.KeyReturn)
	k.heard("text 12", "move next")
}

func TestTypingReplacesTheAnswer(t *testing.T) {
	k := lay(t, of(form.TypeInteger), answered(record.Int(12345), "12345", "12,345"))
	if k.text() != "12345" {
		t.Errorf("while it has the keyboard the field holds %q, want the plain number", k.text())
	}
	k.typed("9")
	k.press(fyne.KeyReturn)
	k.heard("text 9", "move next")
}

func TestThousandsStandApartWhileNothingIsTyped(t *testing.T) {
	for _, c := range []struct {
		name string
		cfg  Config
	}{{"whole", of(form.TypeInteger)}, {"decimal", of(form.TypeDecimal)}, {"money", of(form.TypeDecimal, func(q *form.Question) { q.Unit = "currency" })}} {
		t.Run(c.name, func(t *testing.T) {
			k := lay(t, c.cfg, answered(record.Int(12345), "12345", "12,345"))
			f := k.window.Canvas().Focused().(*field)
			k.window.Canvas().Unfocus()
			if f.Text != "12,345" {
				t.Errorf("the field holds %q, want thousands apart", f.Text)
			}
			k.heard()
		})
	}
}

func TestReasonsForNoAnswerStandInTheField(t *testing.T) {
	k := lay(t, of(form.TypeInteger), State{Answer: record.Answer{Status: record.Refused}, Absent: "refused"})
	if f := k.window.Canvas().Focused().(*field); f.PlaceHolder != "refused" {
		t.Errorf("the field says %q, want refused", f.PlaceHolder)
	}
}

func TestATextOfSeveralLines(t *testing.T) {
	k := lay(t, of(form.TypeText, looks("multiline")), State{})
	k.typed("one")
	k.press(fyne.KeyReturn)
	k.typed("two")
	k.heard()
	k.press(fyne.KeyTab)
	k.heard("text one\ntwo", "move next")
	k.shift(fyne.KeyTab)
	k.heard("move previous")
}

func TestDates(t *testing.T) {
	for _, c := range []struct {
		name, before string
		keys         []fyne.KeyName
		want         string
	}{
		{"a year on", "2025-12-31", []fyne.KeyName{fyne.KeyPageUp}, "2026-12-31"},
		{"a year back", "2025-12-31", []fyne.KeyName{fyne.KeyPageDown, fyne.KeyPageDown}, "2023-12-31"},
		{"a day on", "2025-12-31", []fyne.KeyName{fyne.KeyUp}, "2026-01-01"},
		{"a day back", "2025-12-31", []fyne.KeyName{fyne.KeyDown}, "2025-12-30"},
		{"from nothing to today", "", []fyne.KeyName{fyne.KeyUp}, "2026-11-22"},
		{"what is no date stays", "soon", []fyne.KeyName{fyne.KeyUp}, "soon"},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := lay(t, of(form.TypeDate), State{})
			k.typed(c.before)
			k.press(c.keys...)
			if k.text() != c.want {
				t.Errorf("the field holds %q, want %q", k.text(), c.want)
			}
			k.press(fyne.KeyReturn)
			k.heard("text "+c.want, "move next")
		})
	}
}

func TestYears(t *testing.T) {
	k := lay(t, of(form.TypeInteger, looks("year")), answered(record.Int(1999), "1999", ""))
	k.press(fyne.KeyPageUp)
	if k.text() != "2000" {
		t.Errorf("the field holds %q, want 2000", k.text())
	}
	k.press(fyne.KeyReturn)
	k.heard("text 2000", "move next")
	k = lay(t, of(form.TypeInteger, looks("year")), State{})
	k.press(fyne.KeyPageDown)
	if k.text() != "2026" {
		t.Errorf("an empty field holds %q, want this year", k.text())
	}
}

func TestOneChoiceOfAShortList(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(k *table)
		want []string
	}{
		{"a letter picks", func(k *table) { k.typed("b") }, []string{"answer no"}},
		{"a capital too", func(k *table) { k.typed("C") }, []string{"answer maybe"}},
		{"a digit picks", func(k *table) { k.typed("1") }, []string{"answer yes"}},
		{"other letters do nothing", func(k *table) { k.typed("z9") }, nil},
		{"Enter goes on", func(k *table) { k.typed("a"); k.press(fyne.KeyReturn) }, []string{"answer yes", "move next"}},
		{"Tab goes on", func(k *table) { k.press(fyne.KeyTab) }, []string{"move next"}},
		{"Shift and Tab go back", func(k *table) { k.shift(fyne.KeyTab) }, []string{"move previous"}},
		{"arrows and Space pick", func(k *table) { k.press(fyne.KeyRight, fyne.KeySpace) }, []string{"answer no"}},
		{"Delete takes back", func(k *table) { k.press(fyne.KeyDelete) }, []string{"answer "}},
		{"Up from the first goes up", func(k *table) { k.press(fyne.KeyUp) }, []string{"move above"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := lay(t, of(form.TypeSelectOne), State{Choices: yesNo})
			c.do(k)
			k.heard(c.want...)
		})
	}
}

func TestSeveralChoicesOfAShortList(t *testing.T) {
	state := State{Choices: yesNo, Answer: record.Answer{Value: record.List([]string{"maybe"})}}
	k := lay(t, of(form.TypeSelectMultiple), state)
	k.typed("a")
	k.heard("answer yes maybe")
	k.typed("c")
	k.heard("answer ")
	k.press(fyne.KeyReturn)
	k.heard("move next")
}

func TestSomethingToConfirm(t *testing.T) {
	k := lay(t, of(form.TypeAcknowledge), State{})
	k.press(fyne.KeySpace)
	k.heard("text yes")
	k.editor.Present(answered(record.Text("OK"), "OK", ""))
	k.typed("a")
	k.heard("answer ")
}

var towns = []interview.Choice{{Name: "IT-BO", Label: "Bologna"}, {Name: "FR-BOR", Label: "Bordeaux"}}

func TestAChoiceOfALongList(t *testing.T) {
	long := of(form.TypeSelectOne)
	long.Long = true
	k := lay(t, long, State{})
	k.offered = towns
	k.typed("bo")
	if k.float == nil {
		t.Fatal("nothing is offered under the field")
	}
	k.press(fyne.KeyDown, fyne.KeyReturn)
	k.heard("answer FR-BOR", "move next")
	if k.float != nil {
		t.Error("the hits stay after one was chosen")
	}
}

func TestALongListIsLeft(t *testing.T) {
	long := of(form.TypeSelectOne)
	long.Long = true
	for _, c := range []struct {
		name  string
		state State
		do    func(k *table)
		want  []string
	}{
		{"untouched", answered(record.Text("IT-BO"), "Bologna", "Bologna"), func(k *table) { k.press(fyne.KeyReturn) }, []string{"move next"}},
		{"emptied", answered(record.Text("IT-BO"), "Bologna", "Bologna"), func(k *table) { k.press(fyne.KeyBackspace, fyne.KeyReturn) }, []string{"text ", "move next"}},
		{"with Down, nothing typed", State{}, func(k *table) { k.press(fyne.KeyDown) }, []string{"move below"}},
		{"for another place", State{}, func(k *table) { k.typed("Bologna"); k.window.Canvas().Unfocus() }, []string{"text Bologna"}},
		{"with Escape", State{}, func(k *table) { k.typed("bo"); k.press(fyne.KeyEscape, fyne.KeyReturn) }, []string{"move next"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := lay(t, long, c.state)
			k.offered = towns
			c.do(k)
			k.heard(c.want...)
		})
	}
}

func TestNobodyWaitsForASearch(t *testing.T) {
	k := lay(t, of(form.TypeSelectOne, func(q *form.Question) { q.Kind = "cooperative" }), State{})
	k.offered, k.waits = towns, true
	k.typed("bo")
	k.press(fyne.KeyReturn)
	k.heard("answer IT-BO", "move next")
	k.later() // what comes too late is dropped
	if k.float != nil {
		t.Error("hits of an old text are shown")
	}
}

func TestAReferenceOffersANewRecord(t *testing.T) {
	cfg := of(form.TypeSelectOne, func(q *form.Question) { q.Kind = "person" })
	k := lay(t, cfg, State{})
	k.editor.(*search).calls.Create = func(name string) { k.said = append(k.said, "create "+name) }
	k.offered = towns
	k.typed("Ana")
	k.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	k.heard("create Ana")
}

func TestSeveralChoicesOfALongList(t *testing.T) {
	long := of(form.TypeSelectMultiple)
	long.Long = true
	k := lay(t, long, State{Answer: record.Answer{Value: record.List([]string{"IT-MI"})}, Choices: []interview.Choice{{Name: "IT-MI", Label: "Milano"}}})
	k.offered = towns
	k.typed("bo")
	k.press(fyne.KeyReturn)
	k.heard("answer IT-MI IT-BO")
	k.press(fyne.KeyBackspace)
	k.heard("answer ")
	k.press(fyne.KeyReturn)
	k.heard("move next")
}

func TestFiles(t *testing.T) {
	k := lay(t, of(form.TypeFile), State{})
	k.press(fyne.KeySpace)
	k.heard("attach")
	k.press(fyne.KeyDelete, fyne.KeyReturn)
	k.heard("answer ", "move next")
}

func TestWhatIsOnlyReadTakesNoKeyboard(t *testing.T) {
	locked := of(form.TypeInteger)
	locked.ReadOnly = true
	for name, cfg := range map[string]Config{"note": of(form.TypeNote), "calculation": of(form.TypeCalculate), "read-only": locked} {
		cfg.Words = english(t)
		if k := lay(t, cfg, State{}); k.editor.Focus(k.window.Canvas()) {
			t.Errorf("a %s takes the keyboard", name)
		}
	}
}

func TestFieldsAreKnownByTheNameOfTheirQuestion(t *testing.T) {
	for _, kind := range []form.Type{form.TypeText, form.TypeInteger, form.TypeDate, form.TypeSelectOne, form.TypeFile, form.TypeGeopoint, form.TypeTime} {
		k := lay(t, of(kind), State{Choices: yesNo})
		named, ok := k.window.Canvas().Focused().(interface{ FocusName() string })
		if !ok || named.FocusName() != "asked" {
			t.Errorf("what answers %s has no name for traces", kind)
		}
	}
}
