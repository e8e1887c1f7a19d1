package indicator

import (
	"encoding/binary"
	"math"
	"math/bits"
	"sync/atomic"
)

// whole numbers that packed tables hold.
type integer interface{ ~int16 | ~int32 | ~uint16 }

// packing lays tables of numbers out as bytes, one after another, so that they
// are read back faster than they are made.
type packing struct{ data []byte }

func (w *packing) number(v int) { w.data = binary.AppendVarint(w.data, int64(v)) }

func (w *packing) text(s string) {
	w.number(len(s))
	w.data = append(w.data, s...)
}

func (w *packing) texts(all []string) {
	w.number(len(all))
	for _, s := range all {
		w.text(s)
	}
}

func (w *packing) bits(b Bits) {
	w.number(len(b))
	for _, word := range b {
		w.data = binary.LittleEndian.AppendUint64(w.data, word)
	}
}

// allAlike is what packInts is given where no value stands apart.
const allAlike = math.MaxInt64

// packInts writes a table: how many, the least, how many bytes each takes, and
// each less the least. apart is a value that is far from the others, as "not
// known" is: it is written as one below the least of them.
func packInts[T integer](w *packing, values []T, apart int64) {
	least, most := int64(math.MaxInt64), int64(math.MinInt64)
	for _, v := range values {
		if int64(v) != apart {
			least, most = min(least, int64(v)), max(most, int64(v))
		}
	}
	if least > most {
		least, most = 0, 0
	}
	least--
	width := widthOf(uint64(most - least))
	w.number(len(values))
	w.data = binary.AppendVarint(w.data, least)
	w.data = append(w.data, byte(width))
	var room [8]byte
	for _, v := range values {
		from := uint64(0)
		if int64(v) != apart {
			from = uint64(int64(v) - least)
		}
		binary.LittleEndian.PutUint64(room[:], from)
		w.data = append(w.data, room[:width]...)
	}
}

// widthOf gives the bytes that numbers up to one take: 1, 2, 4 or 8.
func widthOf(most uint64) int {
	for _, width := range [...]int{1, 2, 4} {
		if bits.Len64(most) <= 8*width {
			return width
		}
	}
	return 8
}

// unpacking reads what packing laid out. What was cut short or changed marks it
// broken, and all that is read after is empty.
type unpacking struct {
	data   []byte
	broken bool
}

func (r *unpacking) number() int {
	v, n := binary.Varint(r.data)
	if n <= 0 {
		r.broken, r.data = true, nil
		return 0
	}
	r.data = r.data[n:]
	return int(v)
}

// length reads how many things follow, each of so many bytes at least.
func (r *unpacking) length(each int) int {
	n := r.number()
	if n < 0 || n > len(r.data)/each {
		r.broken, r.data = true, nil
		return 0
	}
	return n
}

// below reads a number from 0 up to, but not including, another.
func (r *unpacking) below(end int) int {
	v := r.number()
	if v < 0 || v >= end {
		r.broken = true
		return 0
	}
	return v
}

func (r *unpacking) take(n int) []byte {
	if n > len(r.data) {
		r.broken, r.data = true, nil
		return nil
	}
	out := r.data[:n]
	r.data = r.data[n:]
	return out
}

func (r *unpacking) text() string { return string(r.take(r.length(1))) }

func (r *unpacking) texts() []string {
	out := make([]string, r.length(1))
	for i := range out {
		out[i] = r.text()
	}
	return out
}

// bits reads a set of numbers below an end.
func (r *unpacking) bits(end int) Bits {
	out := make(Bits, r.length(8))
	data := r.take(8 * len(out))
	for i := range out {
		out[i] = binary.LittleEndian.Uint64(data[8*i:])
	}
	if len(out) > (end+63)/64 || end&63 > 0 && len(out) > end>>6 && out[end>>6]>>(end&63) != 0 {
		r.broken = true
	}
	return out
}

// unpackInts reads a table whose numbers lie from low up to, but not including,
// high; apart stands for those written as such.
func unpackInts[T integer](r *unpacking, low, high, apart int64) []T {
	n := r.length(1)
	least, read := binary.Varint(r.data)
	if read <= 0 || len(r.data) <= read {
		r.broken, r.data = true, nil
		return nil
	}
	width := int(r.data[read])
	r.data = r.data[read+1:]
	if width != 1 && width != 2 && width != 4 && width != 8 || n > len(r.data)/width {
		r.broken, r.data = true, nil
		return nil
	}
	out, data := make([]T, n), r.take(n*width)
	var wrong atomic.Bool
	inRuns(n, func(from, to int) {
		if !unpackRun(out[from:to], data[from*width:], width, [4]int64{least, low, high, apart}) {
			wrong.Store(true)
		}
	})
	r.broken = r.broken || wrong.Load()
	return out
}

// unpackRun reads a run of a table, and says whether its numbers lie within the bounds.
func unpackRun[T integer](out []T, data []byte, width int, of [4]int64) bool {
	least, low, high, apart := of[0], of[1], of[2], of[3]
	lowest, highest := uint64(math.MaxUint64), uint64(0)
	for i := range out {
		var v uint64
		switch at := i * width; width {
		case 1:
			v = uint64(data[at])
		case 2:
			v = uint64(binary.LittleEndian.Uint16(data[at:]))
		case 4:
			v = uint64(binary.LittleEndian.Uint32(data[at:]))
		default:
			v = binary.LittleEndian.Uint64(data[at:])
		}
		lowest, highest = min(lowest, v), max(highest, v)
		out[i] = T(int64(v) + least)
	}
	if len(out) == 0 {
		return true
	}
	if lowest == 0 && apart != allAlike {
		for i, v := range out {
			if v == T(least) {
				out[i] = T(apart)
			}
		}
		lowest = 1
	}
	return lowest > 0 && int64(lowest)+least >= low && int64(highest)+least < high && highest <= math.MaxInt64
}
