package check

// copied asks about a value above zero that a cooperative gives in all its years, three or more: it was copied from one
// wave to the next. Accounts carried forward are known to be that, and are no evidence.
func (l *looker) copied() {
	if l.least == 0 {
		return
	}
	least := l.least * pow10(l.column.Scale)
	for u := range len(l.start) - 1 {
		first, last, years, same := -1, -1, 0, true
		for i := int(l.start[u]); i < int(l.start[u+1]); i++ {
			if !l.known[i] || l.idle[i] {
				continue
			}
			if first < 0 {
				first = i
			}
			if last < 0 || l.yearOf[i] != l.yearOf[last] {
				years++
			}
			same = same && l.value[i] == l.value[first] && (!l.has(money) || l.currency[i] == l.currency[first])
			last = i
		}
		if same && years >= fewestYears && l.value[last] >= least && !l.told[last] {
			f := l.tell(last, RuleCopied, l.exact(first))
			f.From, f.Peers, f.Factor = l.years[l.yearOf[first]], years, 0
		}
	}
}
