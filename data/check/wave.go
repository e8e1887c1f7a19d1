package check

import "math"

// lastWave asks about figures that are far from the cooperative's own last wave: about 1,000 or 100 times it, more than
// three times it or less than a third, or further from the usual change of its section and country than nearly all.
func (l *looker) lastWave() {
	usual := spreads(l.groups.near, l.changes())
	for u := range len(l.start) - 1 {
		l.follow(int(l.start[u]), int(l.start[u+1]), usual)
	}
}

// changes are the logarithms of each value over the one before of the same cooperative, NaN where there is none that can
// be compared.
func (l *looker) changes() []float64 {
	out := make([]float64, len(l.rows))
	last := -1
	for i, log := range l.logs {
		out[i] = math.NaN()
		if last >= 0 && l.unit[last] != l.unit[i] {
			last = -1
		}
		if math.IsNaN(log) {
			continue
		}
		if last >= 0 && l.comparable(last, i) {
			out[i] = log - l.logs[last]
		}
		last = i
	}
	return out
}

// comparable tells whether a later place of the same cooperative measures the same as an earlier one.
func (l *looker) comparable(before, now int) bool {
	return l.yearOf[before] < l.yearOf[now] && (!l.has(money) || l.currency[before] == l.currency[now]) &&
		(l.cover[before] == l.cover[now] || l.cover[before] < 0 || l.cover[now] < 0)
}

// follow goes through the years of one cooperative. Where a value is odd the one before it stays what the next is held
// against, so that going back to normal is not odd too; where the next agrees with the odd one, that level is taken.
func (l *looker) follow(from, to int, usual []spread) {
	held, last := -1, -1
	for i := from; i < to; i++ {
		if math.IsNaN(l.logs[i]) {
			continue
		}
		settled := last != held && math.Abs(l.logs[i]-l.logs[last]) < threefold
		if held >= 0 && !settled && l.comparable(held, i) && l.moved(i, held, usual[l.groups.near[i]]) {
			last = i
			continue
		}
		held, last = i, i
	}
}

// moved tells of a place that has moved too far from an earlier one, if it has.
func (l *looker) moved(i, before int, usual spread) bool {
	change := l.logs[i] - l.logs[before]
	off, strength := change, 0.0
	if usual.enough() {
		off, strength = change-usual.middle, usual.off(change)
	}
	unit := unitFactor(off, nearOwn, nearOwn100)
	far := math.Abs(off) > threefold || math.Abs(strength) > farFromOwnPath && math.Abs(off) > byHalf
	if unit == 0 && !far || !l.has(money) && math.Abs(l.float(i)-l.float(before)) <= leastChange {
		return false
	}
	rule := RuleLastWave
	if unit != 0 {
		rule = RuleUnit
	}
	f := l.tell(i, rule, l.exact(before))
	f.From, f.Unit, f.Peers, f.Strength = l.years[l.yearOf[before]], unit, usual.n, strength
	if usual.enough() {
		f.Usual = math.Exp(usual.middle)
	}
	return true
}
