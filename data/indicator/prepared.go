package indicator

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Keeper is a Source that keeps what questions have made of it, so that the
// next one over the same frame need not make it again.
type Keeper interface {
	Source
	// Prepared gives the frame made ready for questions, the same one each time.
	Prepared() *Prepared
}

// Prepared is a frame made ready for questions: its records arranged by
// cooperative and year, and, of what was asked for last, breakdowns and values.
// Each part is made when it is first needed and does not change after; a
// Prepared may be used from several goroutines. It reads from its source only
// while it makes a part.
type Prepared struct {
	src      Source
	shape    shape                   // of the records that are arranged
	main     *Prepared               // the same frame, with the mapping arranged
	others   kept[string, *Prepared] // the same frame, with the records of another kind arranged
	rows     kept[struct{}, *frameRows]
	chosen   kept[bool, *chosen]
	classes  kept[string, *classes]
	measures kept[string, *measured]
	cells    kept[string, *cells]
	known    kept[struct{}, *population]
	ties     kept[struct{}, *tied]
}

// How many of each part are kept. At a million records a measure takes about 20
// MB, cells take 4.
const (
	keptMeasures = 8
	keptCells    = 8
	keptPairings = 2 // of each measure
)

// Prepare makes a frame ready for questions. It reads nothing yet.
func Prepare(src Source) *Prepared {
	return prepare(src, shapes[0])
}

// prepare makes the records of a kind ready.
func prepare(src Source, s shape) *Prepared {
	p := &Prepared{src: src, shape: s}
	p.main = p
	p.measures.most, p.cells.most = keptMeasures, keptCells
	return p
}

// of gives the frame with the records that an indicator reads arranged.
func (p *Prepared) of(ind Indicator) *Prepared {
	s := shapeOf(ind.Kind)
	if s.kind == p.shape.kind {
		return p
	}
	other, _ := p.others.get(s.kind, func() (*Prepared, error) { // it reads nothing yet
		other := prepare(p.src, s)
		other.main = p
		return other, nil
	})
	return other
}

// prepared gives what a source keeps, or makes a source ready for one question.
func prepared(src Source) *Prepared {
	if k, ok := src.(Keeper); ok {
		return k.Prepared()
	}
	return Prepare(src)
}

// arranged gives the records by cooperative and year.
func (p *Prepared) arranged(ctx context.Context) (*frameRows, error) {
	return p.rows.get(struct{}{}, func() (*frameRows, error) {
		return remembered(p.src, p.shape.memo("rows"), &rowsMemo{p: p}, func() (*frameRows, error) { return arrange(ctx, p) })
	})
}

// choose gives one record of each cooperative and year.
func (p *Prepared) choose(ctx context.Context, validated bool) (*chosen, error) {
	return p.chosen.get(validated, func() (*chosen, error) {
		rows, err := p.arranged(ctx)
		if err != nil {
			return nil, err
		}
		return remembered(p.src, p.shape.memo(fmt.Sprintf("chosen, validated %t", validated)), &chosenMemo{rows}, func() (*chosen, error) {
			return choose(ctx, rows, validated)
		})
	})
}

// populations gives the known numbers of cooperatives; nil where there are none.
func (p *Prepared) populations() (*population, error) {
	return p.known.get(struct{}{}, func() (*population, error) { return readPopulation(p.src) })
}

// measure gives the values of an indicator, which are the same whether their
// mean, their median or their quartiles are asked for.
func (p *Prepared) measure(ctx context.Context, ind Indicator, q Query) (*measured, error) {
	if ind.Formula == Median || ind.Formula == Quartiles {
		ind.Formula = Mean
	}
	of := fmt.Sprintf("%q %t %d %q %q %q %q %q %q %t%t%t%t", ind.Unit, q.Validated, ind.Formula, ind.Concepts, ind.Parts,
		ind.Codes, ind.Against, ind.Only, ind.Positive, ind.PrimaryOnly, ind.Consolidate, ind.Money, ind.Flow)
	if ind.Money && q.Money.converted() {
		of += fmt.Sprintf(" %s %d %p", q.Money.Kind, q.Money.Base, q.Money.Rates)
	}
	return p.measures.get(of, func() (*measured, error) {
		rows, err := p.choose(ctx, q.Validated)
		if err != nil {
			return nil, err
		}
		return measure(ctx, rows, ind, q.Money)
	})
}

// cellsOf gives the cells of breakdowns under a filter.
func (p *Prepared) cellsOf(rows *frameRows, by []string, where map[string][]string) (*cells, error) {
	of := strings.Join(by, "\x00")
	for _, name := range sortedKeys(where) {
		of += fmt.Sprintf("\x00%q %q", name, where[name])
	}
	return p.cells.get(of, func() (*cells, error) { return newCells(rows, by, where) })
}

// kept makes things when they are first asked for, each once, and keeps those
// that were asked for last.
type kept[K comparable, V any] struct {
	most int // 0 for all

	mu   sync.Mutex
	held []*holding[K, V] // in the order of their last use
}

// holding is one thing, or the place of one that is being made.
type holding[K comparable, V any] struct {
	key K

	mu    sync.Mutex
	made  bool
	value V
}

// get gives the thing of a key. Where making it fails, the next one to ask
// tries again.
func (k *kept[K, V]) get(key K, fresh func() (V, error)) (V, error) {
	h := k.hold(key)
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.made {
		value, err := fresh()
		if err != nil {
			return h.value, err
		}
		h.value, h.made = value, true
	}
	return h.value, nil
}

// hold finds the place of a key, and lets go what was not used for longest.
func (k *kept[K, V]) hold(key K) *holding[K, V] {
	k.mu.Lock()
	defer k.mu.Unlock()
	at := slices.IndexFunc(k.held, func(h *holding[K, V]) bool { return h.key == key })
	h := &holding[K, V]{key: key}
	if at >= 0 {
		h = k.held[at]
		k.held = slices.Delete(k.held, at, at+1)
	} else if k.most > 0 && len(k.held) >= k.most {
		k.held = slices.Delete(k.held, 0, 1)
	}
	k.held = append(k.held, h)
	return h
}
