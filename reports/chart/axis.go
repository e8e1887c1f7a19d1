package chart

import "math"

// axis is the value axis: ends that are whole steps, and the labels of its ticks from the lower end up.
type axis struct {
	min, max, step float64
	labels         []string
}

// tickRange is how many steps the axis of a chart may have.
func (d *Definition) tickRange() (most int) {
	if d.Compact {
		return 4
	}
	return 7
}

// base is the value that an axis must show: 100 for an index, else zero.
func (d *Definition) base() float64 {
	if d.Kind == Index {
		return 100
	}
	return 0
}

// smallestSpan keeps noise from filling a whole chart: an index axis spans at least ten points.
const smallestSpan = 10

// span is the range of the values with the base.
func (d *Definition) span() (low, high float64) {
	low, high = d.base(), d.base()
	d.eachPoint(func(p Point) { low, high = min(low, p.Value), max(high, p.Value) })
	if d.Kind == Index && high-low < smallestSpan {
		missing := smallestSpan - (high - low)
		low, high = low-missing/2, high+missing/2
	}
	if low == high {
		high = low + 1
	}
	return low, high
}

// valueAxis chooses the ends and steps of the value axis. Given ends are widened to whole steps, so that charts with
// the same Minimum and Maximum have the same axis.
func (d *Definition) valueAxis() axis {
	low, high := d.span()
	if d.Minimum != nil {
		low = *d.Minimum
	}
	if d.Maximum != nil {
		high = *d.Maximum
	}
	if low >= high {
		low, high = min(low, high), max(low, high)+1
	}
	step, first, last := steps(low, high, d.tickRange())
	a := axis{step: step}
	decimals := max(0, int(math.Ceil(-math.Log10(a.step)-1e-9)))
	if scaled := a.step * math.Pow10(decimals); math.Abs(scaled-math.Round(scaled)) > 1e-9 {
		decimals++ // steps of 2.5
	}
	tidy := func(v float64) float64 { return math.Round(v*math.Pow10(decimals)) / math.Pow10(decimals) }
	a.min, a.max = tidy(first*a.step), tidy(last*a.step)
	for i := first; i <= last; i++ {
		a.labels = append(a.labels, d.numbers().Number(tidy(i*a.step), min(decimals, 6)))
	}
	return a
}

// steps finds the step of 1, 2, 2.5 or 5 times a power of ten whose whole multiples fit a range most tightly with at
// most so many steps and at least three; of two that fit alike, the one with fewer ticks, and rather not steps of 2.5,
// which read badly. It returns the first and last multiple.
func steps(low, high float64, most int) (step, first, last float64) {
	power := math.Pow(10, math.Floor(math.Log10((high-low)/float64(most))))
	best := math.Inf(1)
	for _, factor := range [...]float64{1, 2, 2.5, 5, 10, 20} {
		s := factor * power
		f, l := math.Floor(low/s+1e-9), math.Ceil(high/s-1e-9)
		if l-f > float64(most) || l-f < 3 && !math.IsInf(best, 1) {
			continue
		}
		waste := (l - f) * s
		if factor == 2.5 {
			waste *= 1.02
		}
		if waste <= best*(1+1e-9) {
			best, step, first, last = waste, s, f, l
		}
	}
	return step, first, last
}

// SameAxes gives all charts the one Minimum and Maximum that hold the values of each, for small multiples side by side.
func SameAxes(charts []*Definition) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, d := range charts {
		l, h := d.span()
		low, high = min(low, l), max(high, h)
	}
	for _, d := range charts {
		l, h := low, high
		d.Minimum, d.Maximum = &l, &h
	}
}
