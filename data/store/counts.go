package store

import (
	"fmt"
	"slices"
	"sync"
)

// countCache remembers how many records met which conditions, as of a state of the kind.
type countCache struct {
	mu    sync.Mutex
	known map[string]counted
}

// counted is a count, and which state of the kind it is of.
type counted struct{ changes, count int64 }

// countsKept bounds how many counts are remembered.
const countsKept = 256

func newCountCache() *countCache { return &countCache{known: map[string]counted{}} }

func (c *countCache) get(key string, changes int64) (int64, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	known, ok := c.known[key]
	return known.count, ok && known.changes == changes
}

func (c *countCache) put(key string, changes, count int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.known) >= countsKept {
		clear(c.known)
	}
	c.known[key] = counted{changes, count}
}

// countName is what a count depends on beside the state of the kind.
func (l *lister) countName() string {
	return fmt.Sprintf("%s%s %#v", l.kind.name, l.where(), l.args())
}

// known returns how many rows meet the conditions, where that is remembered.
func (l *lister) known() (int64, bool, error) {
	changes, err := l.changes()
	if err != nil || l.looksWide() {
		return 0, false, err
	}
	n, ok := l.counts.get(l.countName(), changes)
	return n, ok, nil
}

// count returns how many rows meet the conditions.
func (l *lister) count() (int64, error) {
	n, ok, err := l.known()
	if err != nil || ok {
		return n, err
	}
	from, err := l.counted()
	if err != nil {
		return 0, err
	}
	if err := l.row("SELECT count(*) FROM "+from+l.where(), l.args()...).Scan(&n); err != nil {
		return 0, err
	}
	changes, err := l.changes()
	if err == nil && !l.looksWide() {
		l.counts.put(l.countName(), changes, n)
	}
	return n, err
}

// looksWide tells whether a condition looks at records of other kinds, so that more than those of the kind would have
// to be unchanged for a count to stay true.
func (l *lister) looksWide() bool {
	return slices.ContainsFunc(l.tests, func(t test) bool { return t.wide })
}

// changes says which state of the kind the snapshot sees.
func (l *lister) changes() (n int64, err error) {
	err = l.row("SELECT changes FROM kinds WHERE name = ?", l.kind.name).Scan(&n)
	return n, err
}

// counted is the table, through the index in which rows are counted quickest.
func (l *lister) counted() (string, error) {
	switch {
	case len(l.tests) == 0 && !l.asked.Deleted:
		return l.indexedBy(l.kind.tables[0].indexes.sorted["changed"]), nil
	case len(l.tests) == 1 && l.lookup(l.tests[0]) != "" && !l.refers(l.tests[0].column):
		return l.indexedBy(l.lookup(l.tests[0])), nil
	}
	return l.source()
}
