package question

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"coopatlas/app/kit"
	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

func newTestBlock(t *testing.T, stacked bool) *Block {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.Look{Mode: kit.Light}))
	k := &table{t: t, words: english(t)}
	cfg := of(form.TypeInteger)
	cfg.Words, cfg.Calls = k.words, k.calls()
	return NewBlock(BlockConfig{Editor: cfg, Room: 900, Stacked: stacked, Menu: func(fyne.CanvasObject) {}})
}

func TestTheRoomOfAMessageIsKept(t *testing.T) {
	for _, stacked := range []bool{false, true} {
		b := newTestBlock(t, stacked)
		b.Put(Face{Code: "M6.01", Label: "Members", Needed: true})
		before := b.Object().MinSize()
		b.Put(Face{Code: "M6.01", Label: "Members", Needed: true, Message: "Adds up to 41, the total says 42.", Level: kit.Warn, Aside: "2025: 38 (+4)"})
		if after := b.Object().MinSize(); after != before {
			t.Errorf("stacked %v: a message makes the block %v high, it was %v", stacked, after, before)
		}
		b.Put(Face{Label: "Members", Message: strings.Repeat("This is a long sentence that wraps. ", 12), Level: kit.Bad})
		if after := b.Object().MinSize(); after.Height <= before.Height {
			t.Errorf("stacked %v: a message of several lines has no room", stacked)
		}
	}
}

func TestTheLabelOfWhatIsNeededHasAStar(t *testing.T) {
	b := newTestBlock(t, false)
	b.Put(Face{Label: "Members", Needed: true})
	if b.label.Text() != "Members *" {
		t.Errorf("the label says %q", b.label.Text())
	}
}

func TestProseWrapsAtWordsAndKeepsNoBreakSpaces(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.Look{Mode: kit.Light}))
	p := NewProse("one two three four\u00a0? five", kit.SizeBody, kit.ColorInk, 80)
	joined := strings.Join(p.wrapped(), "|")
	if len(p.wrapped()) < 2 || strings.Contains(joined, "|?") || strings.ReplaceAll(joined, "|", " ") != p.Text() {
		t.Errorf("wrapped as %q", joined)
	}
	p.SetWidth(2000)
	if len(p.wrapped()) != 1 {
		t.Errorf("a wide text has %d lines", len(p.wrapped()))
	}
}

func TestGridAddsAndRemovesRows(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.Look{Mode: kit.Light}))
	var said []string
	note := func(text string) func() { return func() { said = append(said, text) } }
	g := NewGrid(GridConfig{Name: "links", Words: english(t), Columns: []string{"Kind", "Other"}, Room: 800, Add: note("add"),
		Remove: func(row record.Path) { said = append(said, "remove "+string(row)) },
		Move:   func(to Direction) { said = append(said, "move "+moves[to]) }, Turn: func(int) {}})
	k := &table{t: t, words: english(t)}
	cfg := of(form.TypeText)
	cfg.Words, cfg.Calls, cfg.Compact, cfg.Width = k.words, k.calls(), true, CellWidth(800, 2)
	g.Set([]GridRow{{Path: "links[1]", Cells: []Editor{New(cfg), nil}}}, 0, 1)
	g.Say("links[1]", "This cannot be.", kit.Bad)
	if g.notes["links[1]"].Text() != "This cannot be." {
		t.Error("the row does not say what is wrong with it")
	}
	window := test.NewWindow(g.Object())
	defer window.Close()
	g.Focus(window.Canvas())
	k.window = window
	k.press(fyne.KeySpace)
	k.typed("+")
	k.press(fyne.KeyReturn)
	k.shift(fyne.KeyTab)
	if got := strings.Join(said, ", "); got != "add, add, move next, move previous" {
		t.Errorf("the grid called %s", got)
	}
}

func TestLongChoicesGoOnInAnotherLineAndAreClickedThere(t *testing.T) {
	long := yesNo[:1:1]
	long = append(long, interview.Choice{Name: "long", Label: strings.Repeat("a choice in many words ", 6)}, yesNo[2])
	k := lay(t, of(form.TypeSelectOne), State{Choices: long})
	o := k.editor.(*options)
	spots, height := o.spots()
	if len(spots) != 3 || len(spots[1].lines) < 2 || height <= 3*optionHeight {
		t.Fatalf("%d choices, the long one in %d lines, %v high", len(spots), len(spots[1].lines), height)
	}
	if o.MinSize().Height != height {
		t.Errorf("the list wants %v, its choices take %v", o.MinSize().Height, height)
	}
	o.Tapped(&fyne.PointEvent{Position: spots[2].at.AddXY(5, 5)})
	o.Tapped(&fyne.PointEvent{Position: spots[1].at.AddXY(5, spots[1].size.Height-5)})
	o.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, height+20)})
	k.heard("answer maybe", "answer long")
}
