package indicator

import "math"

// Wilson gives the 95 % interval of a proportion of k in n, as fractions
// (Wilson 1927). It is for probability samples only; of a purposive mapping
// print the coverage. With n = 0 nothing is known: 0 to 1.
func Wilson(k, n int) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	const z = 1.959963984540054
	size, share := float64(n), float64(k)/float64(n)
	centre := share + z*z/(2*size)
	spread := z * math.Sqrt(share*(1-share)/size+z*z/(4*size*size))
	width := 1 + z*z/size
	return (centre - spread) / width, (centre + spread) / width
}
