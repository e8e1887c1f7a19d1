package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"golang.org/x/term"
)

// question shows a question: number, label, unit, hint, choices, and what disagrees.
func (f *filler) question(step interview.Step) {
	iv, q := f.session.Interview(), step.Question
	label := iv.Label(step.Path)
	if step.Required {
		label += " *"
	}
	if !f.opened {
		f.page.gap()
	}
	f.opened = false
	f.page.question(q.Code, label, f.unit(q))
	if hint := iv.Hint(step.Path); hint != "" {
		f.page.soft(hint)
	}
	if !q.Stored() {
		return
	}
	if step.ReadOnly {
		f.page.line(f.present(step) + " (" + f.words.Say("fill.read_only") + ")")
		return
	}
	f.choices(step)
	if format := f.format(q); format != "" {
		f.page.soft(format)
	}
	f.disagreement(step)
}

func (f *filler) disagreement(step interview.Step) {
	var said []string
	for _, answer := range f.session.Conflict(step.Path) {
		said = append(said, f.shown(step.Path, answer))
	}
	if len(said) > 0 {
		f.page.warn(f.words.Say("fill.conflict", "Answers", strings.Join(said, " | ")))
	}
}

// unit is what a number counts; of money, the currency that the interview has by now.
func (f *filler) unit(q *form.Question) string {
	if !q.Money() {
		if q.Unit != "" && f.words.Has("unit."+q.Unit) {
			return f.words.Say("unit." + q.Unit)
		}
		return q.Unit
	}
	if currency, ok := f.session.Form().ByConcept("currency"); ok {
		return f.session.Interview().Answer(record.Path(currency.Path)).Value.String()
	}
	return ""
}

// choices shows a short list in full, and how to search a long one.
func (f *filler) choices(step interview.Step) {
	q := step.Question
	if !q.Type.TakesChoices() {
		return
	}
	offered := f.session.Interview().Choices(step.Path)
	switch {
	case len(offered) == 0 && q.Kind != "":
		f.page.soft(f.words.Say("fill.empty_list", "Kind", q.Kind))
	case len(offered) == 0:
		f.page.soft(f.words.Say("fill.no_choices"))
	case len(offered) > shortList && q.Kind != "":
		f.page.soft(f.words.Say("fill.search_record"))
	case len(offered) > shortList:
		f.page.soft(f.words.Say("fill.search"))
	default:
		labels := make([]string, len(offered))
		for i, c := range offered {
			labels[i] = labelOf(c)
		}
		f.page.lettered(labels)
	}
	if q.Storage() == form.StoreList {
		f.page.soft(f.words.Say("fill.several"))
	}
}

// format says how an answer is written, where that is not plain.
func (f *filler) format(q *form.Question) string {
	switch q.Storage() {
	case form.StoreDate:
		return f.words.Say("fill.format_date")
	case form.StoreTime:
		return f.words.Say("fill.format_time")
	case form.StoreDateTime:
		return f.words.Say("fill.format_datetime")
	case form.StorePlace:
		return f.words.Say("fill.format_place")
	case form.StoreFile:
		return f.words.Say("fill.format_file")
	}
	switch {
	case q.Type == form.TypeAcknowledge:
		return f.words.Say("fill.format_yes")
	case multiline(q):
		return f.words.Say("fill.format_lines")
	}
	return ""
}

// page writes lines of at most 80 columns, in colour where a person sees them and has not declined it.
type page struct {
	out    io.Writer
	width  int
	margin string // where labels, answers and choices begin, after the numbers of the questions
	colour bool
}

func newPage(out io.Writer) *page {
	p := &page{out: out, width: 80, margin: "  "}
	if !isTerminal(out) {
		return p
	}
	p.colour = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	if width, _, err := term.GetSize(int(out.(*os.File).Fd())); err == nil && width >= 30 {
		p.width = min(p.width, width)
	}
	return p
}

// numbered makes room for the numbers of a form's questions before their labels.
func (p *page) numbered(f *form.Form) {
	for _, q := range f.Questions {
		if room := utf8.RuneCountInString(q.Code) + 2; q.Asked() && room > len(p.margin) {
			p.margin = strings.Repeat(" ", min(room, 12))
		}
	}
}

// The looks of text, as terminals take them.
const (
	bold   = "1"
	dim    = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
	cyan   = "36"
)

func (p *page) paint(look, text string) string {
	if !p.colour || text == "" {
		return text
	}
	return "\x1b[" + look + "m" + text + "\x1b[0m"
}

func (p *page) gap()                { fmt.Fprintln(p.out) }
func (p *page) literal(text string) { fmt.Fprintln(p.out, text) }

// opening writes a text from the edge of the page.
func (p *page) opening(text, look string) { p.write("", "", text, look) }
func (p *page) line(text string)          { p.block(text, "") }
func (p *page) soft(text string)          { p.block(text, dim) }
func (p *page) strong(text string)        { p.block(text, bold) }
func (p *page) bad(text string)           { p.marked("!", text, red) }
func (p *page) warn(text string)          { p.marked("·", text, yellow) }

// block writes a text under the labels.
func (p *page) block(text, look string) { p.write(p.margin, p.margin, text, look) }

// marked writes a message with its sign before it, so that it is told apart without colour.
func (p *page) marked(sign, text, look string) {
	p.write(p.margin[2:]+sign+" ", p.margin, text, look)
}

// hanging writes a text whose further lines stand under a column of it.
func (p *page) hanging(first, text string, column int) {
	p.write(p.margin+first, p.margin+strings.Repeat(" ", column), text, "")
}

// write wraps a text, the first line after one lead and the others after another.
func (p *page) write(first, further, text, look string) {
	lead, room := first, p.width-columns(first)
	var b strings.Builder
	for _, line := range strings.Split(text, "\n") {
		for more := true; more; lead, room = further, p.width-columns(further) {
			var part string
			part, line, more = wrap(line, room)
			b.WriteString(strings.TrimRight(lead+p.paint(look, part), " ") + "\n")
		}
	}
	io.WriteString(p.out, b.String())
}

// columns is how wide a text is on the terminal, without the marks of colour.
func columns(text string) int {
	width, marked := 0, false
	for _, r := range text {
		switch {
		case r == '\x1b':
			marked = true
		case marked:
			marked = r != 'm'
		default:
			width++
		}
	}
	return width
}

// wrap takes the first line of at most some columns off a text. It breaks at plain spaces; no-break spaces hold, and
// spaces inside a line stay, so that columns do.
func wrap(text string, width int) (line, rest string, more bool) {
	if columns(text) <= width {
		return text, "", false
	}
	cut, column := 0, 0
	for i, r := range text {
		if r == ' ' && (column <= width || cut == 0) && strings.TrimSpace(text[:i]) != "" {
			cut = i
		}
		column++
	}
	if cut == 0 {
		return text, "", false // one word that is wider than the page
	}
	return strings.TrimRight(text[:cut], " "), strings.TrimLeft(text[cut:], " "), true
}

func (p *page) heading(title string) {
	rule := max(0, p.width-utf8.RuneCountInString(title)-4)
	fmt.Fprintf(p.out, "\n%s\n", p.paint(bold, "── "+title+" "+strings.Repeat("─", rule)))
}

// question writes the number and the label of a question, and its unit behind it unless the label names it.
func (p *page) question(code, label, unit string) {
	if unit != "" && !strings.Contains(label, unit) {
		label += " · " + unit
	}
	lead := p.margin
	if code != "" {
		lead = p.paint(cyan, code) + strings.Repeat(" ", max(1, len(p.margin)-utf8.RuneCountInString(code)))
	}
	p.write(lead, p.margin, label, bold)
}

// choice writes one choice with its key.
func (p *page) choice(key, label string) {
	p.write(p.margin+p.paint(cyan, fmt.Sprintf("%2s", key))+"  ", p.margin+"    ", label, "")
}

// lettered writes choices with letters, in one line where they fit.
func (p *page) lettered(labels []string) {
	var row []string
	width := len(p.margin)
	for i, label := range labels {
		row = append(row, p.paint(cyan, letter(i))+" "+label)
		width += utf8.RuneCountInString(label) + 6
	}
	if width <= p.width {
		fmt.Fprintln(p.out, p.margin+" "+strings.Join(row, "    "))
		return
	}
	for i, label := range labels {
		p.choice(letter(i), label)
	}
}

// presentWidth is how much of the present answer the prompt shows.
const presentWidth = 50

func (p *page) prompt(present string) {
	if runes := []rune(present); len(runes) > presentWidth {
		present = string(runes[:presentWidth-1]) + "…"
	}
	if present != "" {
		present = "[" + present + "] "
	}
	fmt.Fprint(p.out, p.margin+p.paint(dim, present)+"> ")
}

// confirmed shows an answer as it was understood, and the progress at the right.
func (p *page) confirmed(answer, progress string) {
	room := p.width - len(p.margin) - 4 - utf8.RuneCountInString(progress)
	if runes := []rune(answer); len(runes) > room {
		answer = string(runes[:max(0, room-1)]) + "…"
	}
	space := strings.Repeat(" ", max(2, room-utf8.RuneCountInString(answer)+2))
	fmt.Fprintln(p.out, p.margin+p.paint(green, "= "+answer)+space+p.paint(dim, progress))
}
