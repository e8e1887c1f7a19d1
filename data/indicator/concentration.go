package indicator

import "sort"

// Gini gives the Gini coefficient of values that are not negative:
// 2 sum(i x_i)/(n sum x) - (n+1)/n over the ascending values (domain reference,
// B.2), and the same corrected by n/(n-1), which is to be reported where n is
// below 100. It is not known for fewer than two values, a sum of zero or a
// negative value. Print it for n >= 10 only.
func Gini(values []float64) (gini, corrected float64, ok bool) {
	x := append([]float64(nil), values...)
	sort.Float64s(x)
	n, sum, ranked := float64(len(x)), 0.0, 0.0
	for i, v := range x {
		sum += v
		ranked += float64(i+1) * v
	}
	if len(x) < 2 || sum <= 0 || x[0] < 0 {
		return 0, 0, false
	}
	gini = 2*ranked/(n*sum) - (n+1)/n
	return gini, gini * n / (n - 1), true
}

// HHI gives the Herfindahl-Hirschman index, the sum of squared shares, from 0
// to 1; 0 for a sum that is not positive. It may disclose (B.5).
func HHI(values []float64) float64 {
	sum, squares := 0.0, 0.0
	for _, v := range values {
		sum += v
		squares += v * v
	}
	if sum <= 0 {
		return 0
	}
	return squares / (sum * sum)
}

// CR gives the concentration ratio: the share of the k largest in the sum, from
// 0 to 1; 0 for a sum that is not positive. It may disclose (B.5).
func CR(values []float64, k int) float64 {
	x := append([]float64(nil), values...)
	sort.Sort(sort.Reverse(sort.Float64Slice(x)))
	sum, top := 0.0, 0.0
	for i, v := range x {
		sum += v
		if i < k {
			top += v
		}
	}
	if sum <= 0 {
		return 0
	}
	return top / sum
}
