package document

import (
	"strings"

	"coopatlas/reports/scene"
)

// word is a piece of text that is never broken: letters of one or more styles without a space between.
type word struct {
	parts  []Run
	width  float64
	breaks bool // a line break is asked for after it
}

// paint is how a text is set.
type paint struct {
	font   font
	colour scene.Colour
	bold   bool
	italic bool
	align  Align
}

func (p paint) face(run Run) scene.Face {
	return scene.Face{Bold: p.bold || run.Bold, Italic: p.italic || run.Italic}
}

// typesetter breaks texts into lines.
type typesetter struct{ fonts *scene.Fonts }

func (t typesetter) width(text string, p paint, run Run) float64 {
	return t.fonts.Measure(text, p.face(run), p.font.size)
}

// words splits a text at its spaces. A no-break space is no space.
func (t typesetter) words(text Text, p paint) []word {
	var words []word
	open := false // the last word goes on with the next run
	for _, run := range text {
		for i, piece := range splitSpaces(run.Text) {
			if i > 0 {
				open = false
				if strings.Contains(piece.before, "\n") && len(words) > 0 {
					words[len(words)-1].breaks = true
				}
			}
			if piece.text == "" {
				continue
			}
			if !open {
				words = append(words, word{})
			}
			last := &words[len(words)-1]
			part := run
			part.Text = piece.text
			last.parts = append(last.parts, part)
			last.width += t.width(piece.text, p, run)
			open = true
		}
	}
	return words
}

type piece struct{ before, text string }

func splitSpaces(text string) []piece {
	var pieces []piece
	current := piece{}
	inSpace := false
	for _, r := range text {
		space := r == ' ' || r == '\n' || r == '\t' || r == '\r'
		switch {
		case space && !inSpace:
			pieces = append(pieces, current)
			current = piece{before: string(r)}
		case space:
			current.before += string(r)
		default:
			current.text += string(r)
		}
		inSpace = space
	}
	return append(pieces, current)
}

// lines breaks a text into lines no wider than width; a word that is wider is broken between its characters.
func (t typesetter) lines(text Text, p paint, width float64) [][]word {
	space := t.fonts.Measure(" ", scene.Face{Bold: p.bold}, p.font.size)
	var lines [][]word
	var line []word
	used := 0.0
	flush := func() {
		lines = append(lines, line)
		line, used = nil, 0
	}
	for _, w := range t.fitting(t.words(text, p), p, width) {
		need := w.width
		if len(line) > 0 {
			need += space
		}
		if len(line) > 0 && used+need > width+0.01 {
			flush()
			need = w.width
		}
		line = append(line, w)
		used += need
		if w.breaks {
			flush()
		}
	}
	if len(line) > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// fitting breaks the words that are wider than a line.
func (t typesetter) fitting(words []word, p paint, width float64) []word {
	out := make([]word, 0, len(words))
	for _, w := range words {
		if w.width <= width+0.01 {
			out = append(out, w)
			continue
		}
		piece := word{}
		for _, part := range w.parts {
			for _, r := range part.Text {
				one := t.width(string(r), p, part)
				if piece.width+one > width && len(piece.parts) > 0 {
					out = append(out, piece)
					piece = word{}
				}
				piece.add(part, r, one)
			}
		}
		piece.breaks = w.breaks
		out = append(out, piece)
	}
	return out
}

func (w *word) add(part Run, r rune, width float64) {
	w.width += width
	if n := len(w.parts); n > 0 && sameStyle(w.parts[n-1], part) {
		w.parts[n-1].Text += string(r)
		return
	}
	part.Text = string(r)
	w.parts = append(w.parts, part)
}

func sameStyle(a, b Run) bool { return a.Bold == b.Bold && a.Italic == b.Italic && a.Link == b.Link }

// joined puts the words of a line together again, as few stretches as can be, so that a reader selects whole lines.
func joined(line []word) Text {
	var out Text
	for i, w := range line {
		for j, part := range w.parts {
			if i > 0 && j == 0 {
				if n := len(out); n > 0 && (sameStyle(out[n-1], part) || part.Link != "") {
					out[n-1].Text += " "
				} else {
					part.Text = " " + part.Text
				}
			}
			if n := len(out); n > 0 && sameStyle(out[n-1], part) {
				out[n-1].Text += part.Text
				continue
			}
			out = append(out, part)
		}
	}
	return out
}

// set draws a line with its top at y: its baseline stands where the letters are in the middle of the leading.
func (t typesetter) set(line []word, p paint, x, y, width float64) []scene.Item {
	text := joined(line)
	total := 0.0
	for _, run := range text {
		total += t.width(run.Text, p, run)
	}
	switch p.align {
	case Right:
		x += max(0, width-total) // what does not fit begins where it may
	case Centre:
		x += max(0, width-total) / 2
	}
	baseline := y + p.font.leading/2 + t.fonts.CapHeight(scene.Face{}, p.font.size)/2
	var items []scene.Item
	for _, run := range text {
		w := t.width(run.Text, p, run)
		colour := p.colour
		if run.Link != "" {
			colour = teal
			items = append(items,
				&scene.Path{Segments: scene.Rectangle(x, baseline+1.2, w, 0.4), Fill: &colour},
				&scene.Link{X: x, Y: y, W: w, H: p.font.leading, Target: run.Link})
		}
		items = append(items, &scene.Text{X: x, Y: baseline, String: run.Text, Face: p.face(run), Size: p.font.size, Colour: colour})
		x += w
	}
	return items
}

// block sets a whole text with its top at y and gives its items and height.
func (t typesetter) block(text Text, p paint, x, y, width float64) ([]scene.Item, float64) {
	if text.String() == "" {
		return nil, 0
	}
	var items []scene.Item
	height := 0.0
	for _, line := range t.lines(text, p, width) {
		items = append(items, t.set(line, p, x, y+height, width)...)
		height += p.font.leading
	}
	return items, height
}
