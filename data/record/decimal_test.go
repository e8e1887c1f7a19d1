package record_test

import (
	"errors"
	"math"
	"testing"

	"coopatlas/data/record"
	"pgregory.net/rapid"
)

func TestParseDecimal(t *testing.T) {
	facts := []struct {
		text string
		want record.Decimal
		back string
	}{
		{"0", record.Decimal{}, "0"},
		{"-0", record.Decimal{}, "0"},
		{"42", record.Decimal{Coefficient: 42}, "42"},
		{"+42", record.Decimal{Coefficient: 42}, "42"},
		{"007", record.Decimal{Coefficient: 7}, "7"},
		{"12.50", record.Decimal{Coefficient: 125, Scale: 1}, "12.5"},
		{"-0.05", record.Decimal{Coefficient: -5, Scale: 2}, "-0.05"},
		{".5", record.Decimal{Coefficient: 5, Scale: 1}, "0.5"},
		{"3.", record.Decimal{Coefficient: 3}, "3"},
		{"1000", record.Decimal{Coefficient: 1000}, "1000"},
		{"-9223372036854775808", record.Decimal{Coefficient: math.MinInt64}, "-9223372036854775808"},
	}
	for _, fact := range facts {
		got, err := record.ParseDecimal(fact.text)
		if err != nil || got != fact.want || got.String() != fact.back {
			t.Errorf("%q: got %v %q, %v; want %v %q", fact.text, got, got.String(), err, fact.want, fact.back)
		}
	}
	for _, bad := range []string{"", "-", ".", "+-1", "1,5", "1e3", "1.2.3", " 1", "½", "NaN", "0x10"} {
		if got, err := record.ParseDecimal(bad); err == nil {
			t.Errorf("%q was read as %v", bad, got)
		}
	}
	for _, long := range []string{"9223372036854775808", "0.1234567890123456789"} {
		if _, err := record.ParseDecimal(long); !errors.Is(err, record.ErrDecimalRange) {
			t.Errorf("%q: %v, want ErrDecimalRange", long, err)
		}
	}
}

func TestScaledRoundsHalfAwayFromZero(t *testing.T) {
	facts := []struct {
		number string
		scale  uint8
		want   int64
		ok     bool
	}{
		{"2.5", 0, 3, true}, {"-2.5", 0, -3, true}, {"2.49", 0, 2, true}, {"-2.49", 0, -2, true},
		{"1.005", 2, 101, true}, {"7", 2, 700, true}, {"9223372036854775807", 1, 0, false}, {"0.5", 0, 1, true},
	}
	for _, fact := range facts {
		d, err := record.ParseDecimal(fact.number)
		if err != nil {
			t.Fatal(err)
		}
		if n, ok := d.Scaled(fact.scale); n != fact.want || ok != fact.ok {
			t.Errorf("%s at scale %d: %d, %v; want %d, %v", fact.number, fact.scale, n, ok, fact.want, fact.ok)
		}
	}
}

func TestDecimalTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := record.NewDecimal(rapid.Int64().Draw(t, "coefficient"), rapid.Uint8Range(0, record.MaxScale).Draw(t, "scale"))
		back, err := record.ParseDecimal(d.String())
		if err != nil || back != d {
			t.Fatalf("%v wrote %q and read %v, %v", d, d.String(), back, err)
		}
		if f := d.Float(); math.Abs(f) > 9.3e18 {
			t.Fatalf("%v is %g as a float", d, f)
		}
	})
}

func FuzzParseDecimal(f *testing.F) {
	f.Add("-12.50")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := record.ParseDecimal(text)
		if err != nil {
			return
		}
		if back, err := record.ParseDecimal(d.String()); err != nil || back != d {
			t.Fatalf("%q gave %v, which reads back as %v, %v", text, d, back, err)
		}
	})
}
