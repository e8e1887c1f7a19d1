package xpath

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"strings"
)

var randomFunctions = []function{
	{"random", 0, 0, random},
	{"uuid", 0, 1, uuid},
	{"randomize", 1, 2, randomize},
}

func random(ev *evaluator, _ []expr) Value {
	if ev.ctx.Random == nil {
		return ev.fail("random() is not possible here: there is no source of random numbers")
	}
	return NumberOf(ev.ctx.Random())
}

// uuid gives a UUID, or that many characters of the digits of UUIDs.
func uuid(ev *evaluator, args []expr) Value {
	if ev.ctx.UUID == nil {
		return ev.fail("uuid() is not possible here: there is no source of UUIDs")
	}
	if len(args) == 0 {
		return StringOf(ev.ctx.UUID())
	}
	length := min(max(0, ev.index(args[0])), 4096)
	var b strings.Builder
	for b.Len() < length && ev.visit(1) {
		b.WriteString(strings.ReplaceAll(ev.ctx.UUID(), "-", ""))
	}
	text := b.String()
	return StringOf(text[:min(length, len(text))])
}

// randomize shuffles nodes: with a seed always the same way on every device
// (ODK XForms: Fisher-Yates with the minimal standard generator).
func randomize(ev *evaluator, args []expr) Value {
	set := ev.nodeSet("randomize", args[0])
	next := ev.ctx.Random
	if len(args) == 2 {
		next = parkMiller(ev.seed(args[1].eval(ev)))
	}
	if next == nil {
		return ev.fail("randomize() is not possible here: there is no source of random numbers")
	}
	nodes := append(make([]Node, 0, set.count()), set.Nodes()...)
	for i := len(nodes) - 1; i > 0; i-- {
		j := min(int(next()*float64(i+1)), i)
		nodes[i], nodes[max(j, 0)] = nodes[max(j, 0)], nodes[i]
	}
	return NodesOf(nodes...)
}

// seed is the number given, without fraction; of a text that is no number, the
// first eight bytes of its SHA-256.
func (ev *evaluator) seed(v Value) int64 {
	f := ev.number(v)
	if math.IsNaN(f) {
		if v.blank() {
			return 0
		}
		hash := sha256.Sum256([]byte(v.StringValue()))
		return int64(binary.BigEndian.Uint64(hash[:8]))
	}
	return int64(wholeNumber(f))
}

// parkMiller is the "minimal standard" generator of Park and Miller (1988),
// seeded as the XForms specification says.
func parkMiller(seed int64) func() float64 {
	const modulus = 1<<31 - 1
	state := seed % modulus
	if state <= 0 {
		state += modulus - 1
	}
	return func() float64 {
		state = state * 16807 % modulus
		return float64(state-1) / (modulus - 1)
	}
}
