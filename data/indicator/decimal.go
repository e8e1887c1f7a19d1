package indicator

import (
	"fmt"
	"math/big"
	"math/bits"
	"strings"
)

// Int128 is a signed 128-bit whole number, wide enough for the exact sum of
// any number of 64-bit values that fit into memory.
type Int128 struct {
	hi int64
	lo uint64
}

// Add adds a 64-bit number.
func (a *Int128) Add(v int64) {
	lo, carry := bits.Add64(a.lo, uint64(v), 0)
	a.lo, a.hi = lo, a.hi+(v>>63)+int64(carry)
}

// Plus gives the sum of two numbers.
func (a Int128) Plus(b Int128) Int128 {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	return Int128{a.hi + b.hi + int64(carry), lo}
}

// Minus gives the difference of two numbers.
func (a Int128) Minus(b Int128) Int128 {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	return Int128{a.hi - b.hi - int64(borrow), lo}
}

// Sign is -1, 0 or 1.
func (a Int128) Sign() int {
	switch {
	case a.hi < 0:
		return -1
	case a.hi == 0 && a.lo == 0:
		return 0
	}
	return 1
}

// Big gives the number with arbitrary precision.
func (a Int128) Big() *big.Int {
	if v := int64(a.lo); a.hi == v>>63 {
		return big.NewInt(v)
	}
	b := new(big.Int).Lsh(big.NewInt(a.hi), 64)
	return b.Add(b, new(big.Int).SetUint64(a.lo))
}

// Decimal is an exact decimal number: a 128-bit integer over a power of ten.
type Decimal struct {
	Units Int128
	Scale uint8 // decimals
}

// Float gives the nearest floating point number, for drawing.
func (d Decimal) Float() float64 {
	if v := int64(d.Units.lo); d.Scale <= 18 && v < 1<<53 && v > -1<<53 && d.Units.hi == v>>63 {
		return float64(v) / float64(int64Pow10(d.Scale)) // both are exact
	}
	f, _ := new(big.Rat).SetFrac(d.Units.Big(), pow10(d.Scale)).Float64()
	return f
}

// String writes the number with a point and exactly Scale decimals.
func (d Decimal) String() string {
	text := d.Units.Big().String()
	if d.Scale == 0 {
		return text
	}
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	if missing := int(d.Scale) + 1 - len(text); missing > 0 {
		text = strings.Repeat("0", missing) + text
	}
	cut := len(text) - int(d.Scale)
	return sign + text[:cut] + "." + text[cut:]
}

// MarshalText writes the number as String does, so that JSON keeps it exact.
func (d Decimal) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Decimal) UnmarshalText(text []byte) error {
	whole, fraction, _ := strings.Cut(string(text), ".")
	n, ok := new(big.Int).SetString(whole+fraction, 10)
	if !ok || n.BitLen() > 127 || len(fraction) > 255 {
		return fmt.Errorf("%q is not a decimal number", text)
	}
	*d = Decimal{fromBig(n), uint8(len(fraction))}
	return nil
}

func fromBig(n *big.Int) Int128 {
	if n.IsInt64() {
		return fromInt(n.Int64())
	}
	low := new(big.Int).And(n, new(big.Int).SetUint64(^uint64(0)))
	return Int128{new(big.Int).Rsh(n, 64).Int64(), low.Uint64()}
}

func pow10(scale uint8) *big.Int {
	if scale <= 18 {
		return big.NewInt(int64Pow10(scale))
	}
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
}

// quotient gives factor × a / b rounded once, half away from zero, to a number
// of decimals. b must not be zero.
func quotient(a, b *big.Int, factor int64, decimals uint8) Decimal {
	num := new(big.Int).Mul(a, big.NewInt(factor))
	return roundRat(new(big.Rat).SetFrac(num, b), decimals)
}

// roundRat rounds half away from zero to a number of decimals.
func roundRat(r *big.Rat, decimals uint8) Decimal {
	num := new(big.Int).Mul(r.Num(), pow10(decimals))
	num.Abs(num).Lsh(num, 1).Add(num, r.Denom())
	num.Quo(num, new(big.Int).Lsh(r.Denom(), 1))
	if r.Sign() < 0 {
		num.Neg(num)
	}
	return Decimal{fromBig(num), decimals}
}
