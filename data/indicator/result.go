package indicator

import "time"

// Flags of a figure, in the order in which the SDMX guideline ranks them.
const (
	FlagMissing     = "O" // no value was reported
	FlagHidden      = "c" // confidential
	FlagImputed     = "I" // imputed values are part of it
	FlagEstimated   = "E" // weighted to the known population
	FlagProvisional = "P" // may still change: a death can turn out to be none within two years
	FlagUnreliable  = "u" // fewer than 20 cooperatives, or a change that may not be a headline
	FlagUnvalidated = "V" // submitted records that nobody validated are part of it
)

// Unknown is the key of records whose breakdown is not known.
const Unknown = "unknown"

// Result is an indicator over years and breakdowns.
type Result struct {
	Indicator string `json:"indicator"` // the code in the catalogue
	Name      Text   `json:"name"`
	Unit      string `json:"unit"` // "mixed" where it differs by point (money by currency)
	Basis     Basis  `json:"basis"`
	Pairs     Pairs  `json:"pairs"`
	// By are the breakdowns, "year" first; Point.Keys has one key for each.
	By             []string        `json:"by"`
	Points         []Point         `json:"points"`
	Decompositions []Decomposition `json:"decompositions,omitempty"`
	Notes          []Note          `json:"notes,omitempty"`
	Money          *MoneyUsed      `json:"money,omitempty"`     // nil for national currency
	Estimated      *Estimated      `json:"estimated,omitempty"` // nil for reported totals
	Frame          string          `json:"frame"`               // Source.ID
	Newest         time.Time       `json:"newest"`              // Source.Newest
	Of             *Indicator      `json:"-"`                   // Query.Of
}

// IndexPoint is a point of a chained index, 100 at the start of its segment.
type IndexPoint struct {
	Index   float64 `json:"index"`
	Segment int     `json:"segment"`
}

// Point is the indicator of one year in one cell of the breakdown.
type Point struct {
	Year int      `json:"year"`
	Keys []string `json:"keys"` // one for each of Result.By
	Unit string   `json:"unit"`
	// Value is the reported or estimated total, or the ratio, mean or median with two decimals.
	// It is the same on every basis, and nothing unless Known.
	Value  Decimal `json:"value"`
	Known  bool    `json:"known"`
	Hidden bool    `json:"hidden"` // known, but confidential: Value is left empty
	N      int     `json:"n"`      // cooperatives with a value, or what Indicator.Noun says; of an estimated total those with a weight
	// Counted says that Value is the number of records above the line of a rate,
	// and N that below it, because they are too few for the rate itself.
	Counted bool `json:"counted,omitempty"`
	// Quartiles are the lower and the upper one, where Value is the median of an
	// indicator of quartiles and is told.
	Quartiles *[2]Decimal `json:"quartiles,omitempty"`
	// Bounds are those of a survival rate: what is known to be alive, and that
	// with all that are out of sight.
	Bounds *[2]Decimal `json:"bounds,omitempty"`
	// AtLeast says that the true figure is this or more, because the mapping
	// reaches too few.
	AtLeast bool `json:"at_least,omitempty"`
	// Coverage is mapped active cooperatives over the known population, in
	// percent, nil where the population is unknown.
	Coverage *float64 `json:"coverage,omitempty"`
	// Change is the change from the wave before on the basis of the result; it
	// is the same as one of the three after it. Nil in the first wave.
	Change      *Change `json:"change,omitempty"`
	Matched     *Change `json:"matched,omitempty"`     // G1, nil where the indicator has no matched basis
	Demographic *Change `json:"demographic,omitempty"` // G2, likewise
	All         *Change `json:"all,omitempty"`         // G3
	// Index is the chained index of the basis, 100 at the start of a segment;
	// nil where there is none. Points of another Segment are never joined.
	Index *float64 `json:"index,omitempty"`
	// Beside is the point of the demographic index, which always stands beside the
	// matched one, because survivors flatter (domain reference, B.2): nil on
	// another basis, and where there is none.
	Beside  *IndexPoint `json:"beside,omitempty"`
	Segment int         `json:"segment"`
	Flags   []string    `json:"flags,omitempty"`

	CarriedForward Part `json:"carried_forward"` // figures that repeat earlier accounts
	Old            Part `json:"old"`             // figures of accounts that end more than 730 days before the year does
	Imputed        Part `json:"imputed"`
	Unvalidated    Part `json:"unvalidated"`
}

// Part says how much of a level comes from records of some sort.
type Part struct {
	N     int     `json:"n"`     // cooperatives
	Share float64 `json:"share"` // of the value (of a ratio: of its base), in percent with one decimal
}

// Change is a change between consecutive published years on one basis.
type Change struct {
	From  int  `json:"from"` // the year s
	To    int  `json:"to"`   // the year t
	Known bool `json:"known"`
	// Pct is the change over the whole period in percent, of a ratio in
	// percentage points, rounded once to two decimals. Nothing unless Known.
	Pct float64 `json:"pct"`
	// Yearly is Pct annualised, (1+G)^(1/(t-s))-1 in percent with two decimals;
	// of a ratio percentage points a year.
	Yearly float64 `json:"yearly"`
	Points bool    `json:"points"` // Pct is a difference: in percentage points, or in the figure's unit where InUnits
	// InUnits says that Pct and Yearly are differences in the unit of the figure:
	// of means, medians and rates.
	InUnits bool `json:"in_units,omitempty"`
	N       int  `json:"n"` // cooperatives that the change rests on
	// Share is the base value of the set used over the whole base, in percent
	// with one decimal; ShareKnown is false where the base is not positive.
	Share      float64 `json:"share"`
	ShareKnown bool    `json:"share_known"`
	// Headline says that the change may be printed as a finding; where it is
	// false, Reason says in one sentence why not.
	Headline bool   `json:"headline"`
	Reason   Reason `json:"reason,omitempty"`
	Hidden   bool   `json:"hidden"` // confidential: Known is false and nothing is told

	growth float64 // 1+G over the period, unrounded
	drawn  bool    // the link may be part of an index line
}

// Reason says why a change is no headline. It is also a key of words.
type Reason string

// The reasons, strongest first.
const (
	ReasonHidden      Reason = "confidential"
	ReasonNoPairs     Reason = "no cooperative has comparable figures in both years"
	ReasonBase        Reason = "the base is zero or negative"
	ReasonFew         Reason = "fewer cooperatives than the minimum"
	ReasonShare       Reason = "not representative: less than half of the base"
	ReasonComposition Reason = "change in reported total, composition not constant"
	ReasonAnyPairs    Reason = "counts pairs that are not comparable"
)

// Note is a remark on the whole result: how many records of how many.
type Note struct {
	Key   NoteKey `json:"key"`
	Count int     `json:"count"`
	Of    int     `json:"of"`
}

// NoteKey names a remark; programs put it into words.
type NoteKey string

// The remarks.
const (
	NoteCarried        NoteKey = "carried_forward"   // records that repeat earlier accounts
	NoteOld            NoteKey = "old"               // records of old accounts
	NoteUnvalidated    NoteKey = "unvalidated"       // records nobody validated
	NoteImputed        NoteKey = "imputed"           // imputed values
	NoteRepeated       NoteKey = "repeated_records"  // further records of a cooperative and year, left out
	NoteNoCurrency     NoteKey = "no_currency"       // money without a currency, left out of totals
	NoteNoRate         NoteKey = "no_rate"           // money without a rate or deflator, left out of totals
	NoteHyperinflation NoteKey = "hyperinflation"    // money of countries with hyperinflation, left out of totals
	NoteFiscalYears    NoteKey = "fiscal_years"      // fiscal years that do not end in December, at yearly rates
	NoteHigherLevel    NoteKey = "higher_level"      // secondary and tertiary cooperatives left out
	NoteConsolidated   NoteKey = "consolidated"      // subsidiaries inside a consolidated group, left out
	NoteHidden         NoteKey = "hidden"            // confidential points
	NoteNotPositive    NoteKey = "not_positive"      // records without a surplus, left out
	NoteWeighted       NoteKey = "weighted"          // cooperatives that answered, of those that the frames of estimated totals count
	NoteStrataJoined   NoteKey = "strata_joined"     // strata of the frames that were joined because they had too few, beside the strata that came of it
	NoteTrimmed        NoteKey = "trimmed"           // strata whose weight was cut
	NoteNobody         NoteKey = "nobody"            // known cooperatives that nobody stands for since weights were cut
	NoteFrameShort     NoteKey = "frame_short"       // strata in which more were found than the frame counts
	NoteAlone          NoteKey = "alone"             // cooperatives that stand for themselves alone
	NoteOneSided       NoteKey = "one_sided"         // linked pairs that one side only has told of
	NoteOutPopulation  NoteKey = "out_of_population" // figures for a time after a cooperative had ceased, left out
)

// Set is one of the six sets of B.2. Every cooperative with a value at s or t
// falls in exactly one.
type Set uint8

// The sets, in the order in which they are printed.
const (
	SetMatched       Set = iota // M: comparable figures in both years
	SetNotComparable            // N: figures in both years that cannot be compared
	SetBirth                    // B: registered after s
	SetDeath                    // D: ceased by the end of t
	SetEntered                  // E: first seen at t, or without an answer at s
	SetLost                     // L: no answer at t, still alive as far as is known
)

// String is the letter of the set.
func (s Set) String() string { return "MNBDEL"[s : s+1] }

// SetSum is what one set adds to a change.
type SetSum struct {
	N    int     `json:"n"`    // cooperatives; linked ones count once
	From Decimal `json:"from"` // sum at s
	To   Decimal `json:"to"`   // sum at t
}

// Difference is what the set adds to the change: To less From, which have the
// same scale.
func (s SetSum) Difference() Decimal {
	return Decimal{s.To.Units.Minus(s.From.Units), s.To.Scale}
}

// Decomposition splits the change of the reported total between two years:
// To - From is the sum of the sets' differences plus Moved.
type Decomposition struct {
	Keys   []string  `json:"keys"` // as Point.Keys, with the year t first
	From   int       `json:"from"` // the year s
	To     int       `json:"to"`   // the year t
	Unit   string    `json:"unit"`
	Hidden bool      `json:"hidden"` // confidential: no sums are told
	Base   Decimal   `json:"base"`   // X_s
	Total  Decimal   `json:"total"`  // X_t
	Sets   [6]SetSum `json:"sets"`   // indexed by Set
	// ConvertedIn and ConvertedOut are the parts of B and D that are
	// conversions into and out of the cooperative form.
	ConvertedIn  SetSum `json:"converted_in"`
	ConvertedOut SetSum `json:"converted_out"`
	// Moved is the value at t that cooperatives of another class at s brought
	// into this cell, less what its own took elsewhere; always 0 without a
	// breakdown. Movers are never births, deaths, entries or losses.
	Moved Decimal `json:"moved"`
	// JobCreation and JobDestruction are the gains and losses of single units
	// over the mean of both years, on M, B and D, in percent with three
	// decimals (Davis and Haltiwanger); 0 where that mean is not positive.
	JobCreation    float64 `json:"creation"`
	JobDestruction float64 `json:"destruction"`
}
