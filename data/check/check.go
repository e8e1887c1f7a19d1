package check

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"

	"coopatlas/data/indicator"
)

// Finding is one thing to ask about: a figure of a record that breaks a rule.
type Finding struct {
	Record  string `json:"record"`      // id of the record
	Subject string `json:"cooperative"` // id of the cooperative
	Year    int    `json:"year"`
	Wave    string `json:"wave,omitempty"` // id of the wave
	Country string `json:"country,omitempty"`
	Section string `json:"section,omitempty"`
	State   string `json:"state"`
	Rule    Rule   `json:"rule"`
	Concept string `json:"concept"` // the figure; of a total, the first of Whole
	// With is what it was held against: the parts of a total, the figure that it was divided by, or the one that makes a
	// zero odd. Whole is what the parts belong to, of a total only.
	With     []string `json:"with,omitempty"`
	Whole    []string `json:"whole,omitempty"`
	Currency string   `json:"currency,omitempty"`
	// Seen is the value; of a total, the sum of the parts. Expected is what the rule would have: last wave's value, the
	// peers' median, the total.
	Seen     indicator.Decimal `json:"seen"`
	Expected indicator.Decimal `json:"expected"`
	// From is the year of the last wave, or the first year of a repetition; 0 elsewhere.
	From int `json:"from,omitempty"`
	// Factor is seen over expected; 0 where either is not above zero.
	Factor float64 `json:"factor,omitempty"`
	// Unit is 1,000 or 100 where that factor is suspected.
	Unit int `json:"unit,omitempty"`
	// Peers is how many figures the expectation rests on, Strength how many robust deviations off it is; 0 where the rule
	// needs none.
	Peers    int     `json:"peers,omitempty"`
	Strength float64 `json:"strength,omitempty"`
	// Usual is the median factor of the changes of peers, where the last wave is the rule and there are enough.
	Usual float64 `json:"usual,omitempty"`
	// AtMost says that the parts of a total may be less than it.
	AtMost bool `json:"at_most,omitempty"`
	// Influence is the difference between seen and expected in percent of all that was reported that year (of money: in
	// its currency).
	Influence float64 `json:"influence"`
}

// Key names a finding for as long as its figure stays as it is. Who has checked it need not look again.
func (f Finding) Key() string {
	parts := append([]string{f.Record, string(f.Rule), f.Concept, f.Seen.String()}, f.With...)
	if f.Rule == RuleTotal {
		parts = append(parts, f.Expected.String())
	}
	return strings.Join(parts, "|")
}

// Config says what is looked for. The zero value looks for everything.
type Config struct {
	Rules    []Rule   // none: all
	Years    []int    // none: all
	Wave     string   // id of a wave; "" for all
	Country  string   // "" for all
	Concepts []string // none: all
}

// Keeps tells whether a finding is asked for.
func (c Config) Keeps(f Finding) bool { return c.keeps(&f) }

func (c Config) keeps(f *Finding) bool {
	return (len(c.Rules) == 0 || slices.Contains(c.Rules, f.Rule)) && (len(c.Years) == 0 || slices.Contains(c.Years, f.Year)) &&
		(c.Wave == "" || c.Wave == f.Wave) && (c.Country == "" || c.Country == f.Country) && (len(c.Concepts) == 0 || slices.Contains(c.Concepts, f.Concept))
}

// Look is a frame that was looked through. It may be used by several goroutines.
type Look struct {
	panel *panel // nil where there was nothing to look at
	all   []Finding
}

// Through looks through the mapping records of a frame. Peers and last waves are those of the whole frame.
func Through(ctx context.Context, src indicator.Source) (*Look, error) {
	p, err := newPanel(src)
	if err != nil || p == nil {
		return &Look{}, err
	}
	found := make([][]Finding, len(figures)+1)
	if found[0], err = p.look(figures[0]); err != nil {
		return nil, err
	}
	work := make([]func() error, 0, len(found))
	for i := range figures[1:] {
		work = append(work, func() (err error) {
			found[i+1], err = p.look(figures[i+1])
			return err
		})
	}
	work = append(work, func() (err error) {
		found[len(figures)], err = p.totals()
		return err
	})
	if err := side(ctx, work); err != nil {
		return nil, err
	}
	all := slices.Concat(found...)
	slices.SortFunc(all, before)
	return &Look{p, all}, nil
}

// Findings gives what was found of what is asked for, those that move a total most first.
func (l *Look) Findings(cfg Config) []Finding {
	var out []Finding
	for i := range l.all {
		if cfg.keeps(&l.all[i]) {
			out = append(out, l.all[i])
		}
	}
	return out
}

// Years are the reference years of the records that were looked at, in order.
func (l *Look) Years() []int {
	if l.panel == nil {
		return nil
	}
	return slices.Clone(l.panel.years)
}

// side does work side by side, on all processors.
func side(ctx context.Context, work []func() error) error {
	var group sync.WaitGroup
	errs, next := make([]error, len(work)), make(chan int, len(work))
	for i := range work {
		next <- i
	}
	close(next)
	for range min(runtime.GOMAXPROCS(0), len(work)) {
		group.Go(func() {
			for i := range next {
				if errs[i] = ctx.Err(); errs[i] == nil {
					errs[i] = work[i]()
				}
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return fmt.Errorf("looking through the records: %w", err)
		}
	}
	return nil
}

// before orders findings: what moves a total most, then what is strongest, then by record, so that the order is always
// the same.
func before(a, b Finding) int {
	return cmp.Or(cmp.Compare(b.Influence, a.Influence), cmp.Compare(math.Abs(b.Strength), math.Abs(a.Strength)),
		cmp.Compare(a.Record, b.Record), cmp.Compare(a.Concept, b.Concept), cmp.Compare(a.Rule, b.Rule), slices.Compare(a.With, b.With))
}
