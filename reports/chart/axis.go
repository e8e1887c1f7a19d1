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
	return 6
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
	a := axis{step: niceStep(high-low, d.tickRange())}
	first, last := math.Floor(low/a.step+1e-9), math.Ceil(high/a.step-1e-9)
	for last-first > float64(d.tickRange()) {
		a.step = niceStep(a.step*float64(d.tickRange())*1.01, d.tickRange())
		first, last = math.Floor(low/a.step+1e-9), math.Ceil(high/a.step-1e-9)
	}
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

// niceStep is the smallest of 1, 2, 2.5, 5 times a power of ten that divides a range into at most so many steps.
func niceStep(span float64, most int) float64 {
	raw := span / float64(most)
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, factor := range [...]float64{1, 2, 2.5, 5} {
		if factor*power >= raw*(1-1e-9) {
			return factor * power
		}
	}
	return 10 * power
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
