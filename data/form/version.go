package form

import (
	"cmp"
	"strings"
)

// CompareVersions orders versions as people number them: figures by their value, so that 2026.2 comes before 2026.10,
// and everything else letter by letter. It is -1, 0 or 1; an empty version comes before all others.
func CompareVersions(a, b string) int {
	for a != "" && b != "" {
		x, restA := piece(a)
		y, restB := piece(b)
		if c := comparePieces(x, y); c != 0 {
			return c
		}
		a, b = restA, restB
	}
	return cmp.Compare(len(a), len(b))
}

// piece cuts off the run of figures, or the one letter, that a version begins with.
func piece(version string) (first, rest string) {
	n := 0
	for n < len(version) && figure(version[n]) {
		n++
	}
	n = max(n, 1)
	return version[:n], version[n:]
}

func figure(c byte) bool { return c >= '0' && c <= '9' }

// comparePieces compares two runs of figures by value; of the same value the one with more noughts is the later, so
// that no two different versions are equal.
func comparePieces(x, y string) int {
	if !figure(x[0]) || !figure(y[0]) {
		return cmp.Compare(x, y)
	}
	a, b := strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b), cmp.Compare(len(x), len(y)))
}
