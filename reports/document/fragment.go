package document

import (
	"fmt"

	"coopatlas/reports/scene"
)

// fragment is a piece of a page that is never broken: a line, a row of a table, a figure. Its items stand relative to
// its upper left corner.
type fragment struct {
	before float64 // room above it, dropped at the top of a page
	height float64
	items  []scene.Item
	keep   bool      // stays with the next one
	header *fragment // drawn again where a page begins with this fragment
	newly  bool      // begins a new page
	pinned bool      // stands at the foot of the page it falls on
}

// group places the items of a fragment.
func placed(items []scene.Item, x, y float64) scene.Item {
	return &scene.Group{Items: items, Transform: scene.Translate(x, y)}
}

// stacked makes one fragment of several, above one another.
func stacked(fragments []fragment) fragment {
	out := fragment{}
	for i, f := range fragments {
		if i > 0 {
			out.height += f.before
		}
		if len(f.items) > 0 {
			out.items = append(out.items, placed(f.items, 0, out.height))
		}
		out.height += f.height
	}
	return out
}

// flow puts fragments on pages. room tells the top and bottom of the content of a page by its number from 0.
type flow struct {
	room  func(page int) (top, bottom float64)
	left  float64
	pages [][]scene.Item
	y     float64
	empty bool // nothing stands on the page yet
}

func newFlow(left float64, room func(page int) (top, bottom float64)) *flow {
	f := &flow{room: room, left: left}
	f.turn()
	return f
}

func (f *flow) turn() {
	f.pages = append(f.pages, nil)
	f.y, _ = f.room(len(f.pages) - 1)
	f.empty = true
}

func (f *flow) bottom() float64 {
	_, bottom := f.room(len(f.pages) - 1)
	return bottom
}

// place puts all fragments on pages, those that keep together on one.
func (f *flow) place(fragments []fragment) error {
	for start := 0; start < len(fragments); {
		end := start
		for end < len(fragments)-1 && fragments[end].keep && !fragments[end+1].newly {
			end++
		}
		if err := f.unit(fragments[start : end+1]); err != nil {
			return err
		}
		start = end + 1
	}
	return nil
}

// unit places fragments that belong together: on this page if they fit, else on the next, and one by one where even a
// whole page would not hold them.
func (f *flow) unit(unit []fragment) error {
	if unit[0].newly && !f.empty {
		f.turn()
	}
	if !f.fits(unit) && !f.empty {
		f.turn()
		f.repeat(unit[0].header)
	}
	if f.fits(unit) || len(unit) == 1 {
		for _, one := range unit {
			if err := f.put(one); err != nil {
				return err
			}
		}
		return nil
	}
	for _, one := range unit {
		one.keep = false
		if err := f.unit([]fragment{one}); err != nil {
			return err
		}
	}
	return nil
}

func (f *flow) fits(unit []fragment) bool {
	height := 0.0
	for i, one := range unit {
		if i > 0 || !f.empty {
			height += one.before
		}
		height += one.height
	}
	return f.y+height <= f.bottom()+0.01
}

func (f *flow) repeat(header *fragment) {
	if header == nil {
		return
	}
	f.add(placed(header.items, f.left, f.y))
	f.y += header.height
}

func (f *flow) put(one fragment) error {
	if one.pinned {
		if bottom := f.bottom() - one.height; bottom >= f.y {
			f.y = bottom
		}
	} else if !f.empty {
		f.y += one.before
	}
	if f.y+one.height > f.bottom()+0.01 {
		return fmt.Errorf("a part of the document is %.0f points high, and page %d has room for %.0f: make it shorter",
			one.height, len(f.pages), f.bottom()-f.y)
	}
	if len(one.items) > 0 {
		f.add(placed(one.items, f.left, f.y))
	}
	f.y += one.height
	f.empty = false
	return nil
}

func (f *flow) add(item scene.Item) {
	last := len(f.pages) - 1
	f.pages[last] = append(f.pages[last], item)
}
