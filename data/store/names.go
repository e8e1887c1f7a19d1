package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"coopatlas/data/record"
)

// nameIndex keeps personal names of records in memory, and nowhere else.
type nameIndex struct {
	mu    sync.Mutex
	round int // counts forgettings, so that a name worked out before one is not kept after it
	names map[record.ID]string
}

func newNameIndex() *nameIndex { return &nameIndex{names: map[record.ID]string{}} }

func (n *nameIndex) forget(id record.ID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.round++
	delete(n.names, id)
}

func (n *nameIndex) get(id record.ID) (name string, found bool, round int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	name, found = n.names[id]
	return name, found, n.round
}

func (n *nameIndex) keep(id record.ID, name string, round int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.round == round {
		n.names[id] = name
	}
}

// fillNames puts personal names into the rows of a list.
func (s *Store) fillNames(ctx context.Context, k *kind, rows []Row) error {
	return s.read(ctx, func(q querier) error {
		for i := range rows {
			name, found, round := s.names.get(rows[i].Record)
			if !found {
				h, key, err := s.historyOf(q, rows[i].Record)
				if err != nil {
					return err
				}
				st, err := s.opened(q, key, h)
				if err != nil {
					return err
				}
				name = s.anyName(k, st)
				s.names.keep(rows[i].Record, name, round)
			}
			rows[i].Label = name
		}
		return ctx.Err()
	})
}

// asksName tells whether a query needs the names of records to be answered.
func (q Query) asksName() bool {
	return slices.ContainsFunc(q.Where, func(c Condition) bool { return c.Column == "label" }) ||
		slices.ContainsFunc(q.Sort, func(o Order) bool { return o.Column == "label" })
}

// listByName answers a query about a kind with personal names: what concerns the name is done in memory.
func (s *Store) listByName(ctx context.Context, k *kind, q Query) ([]Row, error) {
	var byName []Condition
	inner := Query{Columns: q.Columns, Deleted: q.Deleted}
	for _, c := range q.Where {
		if c.Column == "label" {
			byName = append(byName, c)
		} else {
			inner.Where = append(inner.Where, c)
		}
	}
	for _, o := range q.Sort {
		if o.Column != "label" {
			inner.Sort = append(inner.Sort, o)
		}
	}
	rows, err := s.list(ctx, k, inner)
	if err == nil {
		err = s.fillNames(ctx, k, rows)
	}
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(r Row) bool { return !named(r.Label, byName) })
	if i := slices.IndexFunc(q.Sort, func(o Order) bool { return o.Column == "label" }); i >= 0 {
		sortByName(rows, q.Sort[i].Descending)
	}
	rows = rows[min(q.Offset, len(rows)):]
	if q.Limit > 0 {
		rows = rows[:min(q.Limit, len(rows))]
	}
	return rows, nil
}

func sortByName(rows []Row, descending bool) {
	slices.SortStableFunc(rows, func(a, b Row) int {
		order := cmp.Compare(fold(a.Label), fold(b.Label))
		if descending {
			return -order
		}
		return order
	})
}

// named tells whether a name meets conditions.
func named(name string, where []Condition) bool {
	name = fold(name)
	for _, c := range where {
		hit := slices.ContainsFunc(c.Values, func(v string) bool {
			switch c.Compare {
			case Contains:
				return strings.Contains(name, fold(v))
			case Words:
				wanted := words(v)
				return len(wanted) > 0 && matches(words(name), wanted)
			}
			return name == fold(v)
		})
		switch c.Compare {
		case Unequal:
			hit = !hit
		case Blank:
			hit = name == ""
		case Filled:
			hit = name != ""
		}
		if !hit {
			return false
		}
	}
	return true
}
