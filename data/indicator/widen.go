package indicator

// widenTo finds what is hidden of changes over chosen years, between which
// others were published. Each pair of years is a table by itself, so that what
// is hidden of it does not hang on the other years that a query chooses.
func (g *guard) widenTo(spans []span) error {
	missing := false
	for _, sp := range spans {
		missing = missing || !g.knows(sp)
	}
	if !missing {
		return nil
	}
	pairs, err := g.whole.addPairs(spans, g.whole.levels, false)
	if err != nil {
		return err
	}
	for i, sp := range spans {
		if g.knows(sp) {
			continue
		}
		one := make([]pairAcc, len(g.up))
		for cell := range one {
			one[cell] = pairs[cell*len(spans)+i]
		}
		g.wide[g.yearsOf(sp)] = g.changesOver(sp, one)
	}
	return nil
}

// changesOver finds what is hidden of the changes over one pair of years. What is
// hidden on the way from one to the other is hidden over all of it: a reader who
// knew the whole and all parts but one could compute that one.
func (g *guard) changesOver(sp span, pairs []pairAcc) *[3]*figures {
	var out [3]*figures
	for what := range out {
		f := g.changesOf([]span{sp}, pairs, telling(what))
		for slot, part := range g.whole.spans {
			if part.s < sp.s || part.t > sp.t {
				continue
			}
			for node := range f.masks {
				f.hidden[0][node] = f.hidden[0][node] || g.changes[what].secret(slot, int32(node))
			}
		}
		f.protect()
		out[what] = f
	}
	return &out
}

// knows says whether it is known what is hidden of a pair of years.
func (g *guard) knows(sp span) bool {
	_, next := g.spans[g.yearsOf(sp)]
	return next || g.wide[g.yearsOf(sp)] != nil
}

func (g *guard) yearsOf(sp span) [2]int {
	return [2]int{g.whole.years[sp.s], g.whole.years[sp.t]}
}
