package record

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math"

	"github.com/fxamacker/cbor/v2"
)

// ErrEncoding is wrapped where bytes are not the canonical encoding of what they should be.
var ErrEncoding = errors.New("not in the canonical encoding")

// encoder and decoder hold the one encoding that hashes and signatures are made over: CBOR with the core
// deterministic rules of RFC 8949, section 4.2.1.
var (
	encoder = mustEncoder()
	decoder = mustDecoder()
)

func mustEncoder() cbor.EncMode {
	options := cbor.CoreDetEncOptions()
	options.BigIntConvert = cbor.BigIntConvertShortest
	mode, err := options.EncMode()
	if err != nil {
		panic(err) // the options are constants: a test encodes with them
	}
	return mode
}

func mustDecoder() cbor.DecMode {
	mode, err := cbor.DecOptions{
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		IndefLength:       cbor.IndefLengthForbidden,
		ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
		MaxArrayElements:  1 << 20,
		MaxMapPairs:       1 << 20,
		UTF8:              cbor.UTF8RejectInvalid,
	}.DecMode()
	if err != nil {
		panic(err) // the options are constants: a test decodes with them
	}
	return mode
}

// canonical encodes what this package hands it; it cannot fail for the types it is used with.
func canonical(value any) []byte {
	data, err := encoder.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("record: encoding %T: %v", value, err))
	}
	return data
}

// tagDecimal is CBOR's decimal fraction, [exponent, mantissa] (RFC 8949, section 3.4.4).
const tagDecimal = 4

// MarshalCBOR writes the canonical encoding of the value: null, a text, an integer, a decimal fraction or a list of texts.
func (v Value) MarshalCBOR() ([]byte, error) {
	switch v.kind {
	case TextValue:
		return encoder.Marshal(v.text)
	case ListValue:
		return encoder.Marshal(v.list)
	case NumberValue:
		if v.number.IsInteger() {
			return encoder.Marshal(v.number.Coefficient)
		}
		return encoder.Marshal(cbor.Tag{Number: tagDecimal, Content: [2]int64{-int64(v.number.Scale), v.number.Coefficient}})
	}
	return encoder.Marshal(nil)
}

// UnmarshalCBOR reads what MarshalCBOR writes, and nothing else.
func (v *Value) UnmarshalCBOR(data []byte) error {
	var raw any
	if err := decoder.Unmarshal(data, &raw); err != nil {
		return fmt.Errorf("%w: %w", ErrEncoding, err)
	}
	value, err := valueOf(raw)
	if err != nil {
		return err
	}
	*v = value
	return nil
}

func valueOf(raw any) (Value, error) {
	switch raw := raw.(type) {
	case nil:
		return Value{}, nil
	case string:
		return Text(raw), nil
	case uint64:
		if raw > math.MaxInt64 {
			return Value{}, ErrDecimalRange
		}
		return Int(int64(raw)), nil
	case int64:
		return Int(raw), nil
	case cbor.Tag:
		return decimalOf(raw)
	case []any:
		return listOf(raw)
	}
	return Value{}, fmt.Errorf("%w: a value of type %T", ErrEncoding, raw)
}

func decimalOf(tag cbor.Tag) (Value, error) {
	parts, ok := tag.Content.([]any)
	if !ok || tag.Number != tagDecimal || len(parts) != 2 {
		return Value{}, fmt.Errorf("%w: tag %d", ErrEncoding, tag.Number)
	}
	exponent, err := valueOf(parts[0])
	if err != nil {
		return Value{}, err
	}
	mantissa, err := valueOf(parts[1])
	if err != nil {
		return Value{}, err
	}
	scale := -exponent.number.Coefficient
	if exponent.kind != NumberValue || mantissa.kind != NumberValue || scale < 1 || scale > MaxScale {
		return Value{}, fmt.Errorf("%w: a decimal fraction out of range", ErrEncoding)
	}
	return Number(NewDecimal(mantissa.number.Coefficient, uint8(scale))), nil
}

func listOf(raw []any) (Value, error) {
	items := make([]string, len(raw))
	for i, item := range raw {
		text, ok := item.(string)
		if !ok {
			return Value{}, fmt.Errorf("%w: a list with an item of type %T", ErrEncoding, item)
		}
		items[i] = text
	}
	return List(items), nil
}

// Canonical returns the canonical encoding of the value: what commitments are made over.
func (v Value) Canonical() []byte { return canonical(v) }

// DecodeValue reads the canonical encoding of a value.
func DecodeValue(data []byte) (Value, error) {
	var v Value
	err := v.UnmarshalCBOR(data)
	return v, err
}

// EncodeRevision returns the revision without its id in canonical encoding: the bytes its id is the SHA-256 of.
func EncodeRevision(r Revision) []byte { return canonical(wireOf(r)) }

// DecodeRevision reads what EncodeRevision wrote and gives the revision with its id, the SHA-256 of the bytes. Bytes
// that carry what this version does not know are refused with an error that wraps ErrEncoding; bytes that say the
// same in another encoding have another id than the revision they hold, which Commit.Verify finds.
func DecodeRevision(data []byte) (Revision, error) {
	var w wire
	if err := decoder.Unmarshal(data, &w); err != nil {
		return Revision{}, fmt.Errorf("revision: %w: %w", ErrEncoding, err)
	}
	if w.Format != format {
		return Revision{}, fmt.Errorf("revision: %w: its format is %d, this program knows %d; get a newer Coopatlas", ErrEncoding, w.Format, format)
	}
	r := w.revision()
	r.ID = sha256.Sum256(data)
	if err := r.check(); err != nil {
		return Revision{}, err
	}
	return r, nil
}

// format is the version of the encoding of revisions.
const format = 1

// wire is a revision as it is encoded. The numbers of its fields are fixed for ever.
type wire struct {
	Format    int           `cbor:"0,keyasint"`
	Record    ID            `cbor:"1,keyasint"`
	Kind      string        `cbor:"2,keyasint"`
	Form      string        `cbor:"3,keyasint"`
	Parents   []Hash        `cbor:"4,keyasint,omitempty"`
	Author    Key           `cbor:"5,keyasint"`
	Time      int64         `cbor:"6,keyasint"` // milliseconds since 1970-01-01 UTC
	Depth     uint32        `cbor:"7,keyasint"`
	Operation Operation     `cbor:"8,keyasint"`
	Changes   wireOfChanges `cbor:"9,keyasint"`
}

type wireOfChanges struct {
	Set    map[Path]wireOfWrite `cbor:"1,keyasint,omitempty"`
	Add    []Path               `cbor:"2,keyasint,omitempty"`
	Remove []Path               `cbor:"3,keyasint,omitempty"`
	Erase  []Path               `cbor:"4,keyasint,omitempty"`
	Alias  *ID                  `cbor:"5,keyasint,omitempty"`
	Note   string               `cbor:"6,keyasint,omitempty"`
	Origin *wireOfOrigin        `cbor:"7,keyasint,omitempty"`
}

type wireOfWrite struct {
	Value      *Value  `cbor:"1,keyasint,omitempty"`
	Status     Status  `cbor:"2,keyasint,omitempty"`
	Quality    Quality `cbor:"3,keyasint,omitempty"`
	Commitment *Hash   `cbor:"4,keyasint,omitempty"`
}

type wireOfOrigin struct {
	Source string `cbor:"1,keyasint"`
	Row    Hash   `cbor:"2,keyasint"`
	Public bool   `cbor:"3,keyasint,omitempty"`
}
