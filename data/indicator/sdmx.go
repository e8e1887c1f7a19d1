package indicator

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// sdmxStructure names the data flow of every row: agency, id and version.
const sdmxStructure = "COOPATLAS:COOPERATIVES(1.0)"

// sdmxColumns are the columns of SDMX-CSV 2.0: what identifies the structure,
// then the dimensions, the measure and the attributes.
var sdmxColumns = []string{
	"STRUCTURE", "STRUCTURE_ID", "ACTION",
	"FREQ", "REF_AREA", "INDICATOR", "COOP_TYPE", "ACTIVITY", "SIZE", "SEX", "AGE", "TIME_PERIOD",
	"OBS_VALUE",
	"UNIT_MEASURE", "UNIT_MULT", "DECIMALS", "OBS_STATUS", "CONF_STATUS", "N_UNITS", "COVERAGE", "COMMENT_OBS",
}

const sdmxTotal = "_T"

// sdmxDimension says which dimension a breakdown goes to, and what stands
// before its codes where two breakdowns share a dimension.
var sdmxDimension = map[string][2]string{
	"country": {"REF_AREA", ""}, "region": {"REF_AREA", ""}, "world_region": {"REF_AREA", "M49_"}, "ilo_type": {"COOP_TYPE", ""}, "family": {"COOP_TYPE", "FAM_"},
	"section": {"ACTIVITY", ""}, "macro_sector": {"ACTIVITY", "MACRO_"}, "size": {"SIZE", "S"},
}

// sdmxUnits are the codes of units; others are written in capitals.
var sdmxUnits = map[string]string{"persons": "PS", "%": "PT", "hours": "H", "ratio": "RO", "index": "IX"}

// WriteSDMX writes results as SDMX-CSV 2.0 with the dimensions FREQ, REF_AREA,
// INDICATOR, COOP_TYPE, ACTIVITY, SIZE, SEX, AGE and TIME_PERIOD; a total over a
// dimension is _T. The one flag of OBS_STATUS is the first that holds in the
// order of the SDMX guideline; a hidden value is empty, Q and confidential (C).
// The error names a breakdown that has no dimension, or a cell that two results
// give.
func WriteSDMX(w io.Writer, results ...*Result) error {
	out := csv.NewWriter(w)
	if err := out.Write(sdmxColumns); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, r := range results {
		broken := r.breaks()
		for i := range r.Points {
			line, err := r.sdmxLine(&r.Points[i], broken[i])
			if err != nil {
				return err
			}
			key := strings.Join(line[3:12], ".")
			if seen[key] {
				return fmt.Errorf("%s is given twice: ask for each indicator and breakdown once", key)
			}
			seen[key] = true
			if err := out.Write(line); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// breaks says which points begin a new segment, and so are not comparable with
// the one before.
func (r *Result) breaks() []bool {
	out := make([]bool, len(r.Points))
	last := map[string]*Point{}
	for i := range r.Points {
		pt := &r.Points[i]
		cell := strings.Join(pt.Keys[1:], "\x00")
		before := last[cell]
		out[i] = before != nil && before.Segment != pt.Segment && pt.Known && !pt.Hidden
		last[cell] = pt
	}
	return out
}

// sdmxLine is the row of a point.
func (r *Result) sdmxLine(pt *Point, broken bool) ([]string, error) {
	cells := map[string]string{
		"STRUCTURE": "dataflow", "STRUCTURE_ID": sdmxStructure, "ACTION": "I", "FREQ": "A",
		"INDICATOR": sdmxCode(r.Indicator), "TIME_PERIOD": strconv.Itoa(pt.Year), "SEX": sexOf(r.Indicator),
		"UNIT_MEASURE": sdmxUnit(pt.Unit), "UNIT_MULT": "0", "OBS_STATUS": sdmxStatus(pt, broken), "CONF_STATUS": "F",
		"N_UNITS": strconv.Itoa(pt.N), "COVERAGE": fixed(pt.Coverage, 1), "COMMENT_OBS": r.sdmxComment(pt),
	}
	for _, name := range [...]string{"REF_AREA", "COOP_TYPE", "ACTIVITY", "SIZE", "AGE"} {
		cells[name] = sdmxTotal
	}
	if pt.Known && !pt.Hidden {
		cells["OBS_VALUE"], cells["DECIMALS"] = pt.Value.String(), strconv.Itoa(int(pt.Value.Scale))
	}
	if pt.Hidden {
		cells["CONF_STATUS"] = "C"
	}
	for d, name := range r.By[1:] {
		if err := r.sdmxClass(cells, name, pt.Keys[d+1]); err != nil {
			return nil, err
		}
	}
	line := make([]string, len(sdmxColumns))
	for i, name := range sdmxColumns {
		line[i] = cells[name]
	}
	return line, nil
}

// sdmxClass puts a class of a breakdown into its dimension.
func (r *Result) sdmxClass(cells map[string]string, name, key string) error {
	if name == Answer {
		if age, ok := strings.CutPrefix(key, "15-"); ok {
			cells["AGE"] = "Y15T" + age
		} else {
			cells["INDICATOR"] += "_" + sdmxCode(key)
		}
		return nil
	}
	to, ok := sdmxDimension[name]
	if !ok {
		return fmt.Errorf("SDMX has no dimension for the breakdown %s: leave it out, or use a filter", name)
	}
	if key == AllClasses {
		return nil
	}
	if cells[to[0]] != sdmxTotal {
		return fmt.Errorf("the breakdown %s needs the same SDMX dimension as another: use one of them", name)
	}
	if cells[to[0]] = to[1] + sdmxCode(key); key == Unknown {
		cells[to[0]] = "_U"
	}
	return nil
}

// sexOf is the sex that an indicator is about.
func sexOf(code string) string {
	if strings.HasPrefix(code, "I10") && code != "I10s" {
		return "F"
	}
	return sdmxTotal
}

// sdmxCode writes a key as an SDMX identifier: letters, digits, _, @, $ and -.
func sdmxCode(key string) string {
	code := strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '@', r == '$':
			return r
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r == '+':
			return 'P' // "250+"
		}
		return '_'
	}, key)
	if code == "" {
		return "_U"
	}
	return code
}

func sdmxUnit(unit string) string {
	if code, ok := sdmxUnits[unit]; ok {
		return code
	}
	return sdmxCode(unit)
}

// sdmxStatus is the one flag of a point, the first of the guideline's order that
// holds: B, O, Q, I, E, P, U, V, else A.
func sdmxStatus(pt *Point, broken bool) string {
	switch has := func(flag string) bool { return slices.Contains(pt.Flags, flag) }; {
	case broken:
		return "B"
	case !pt.Known:
		return "O"
	case pt.Hidden:
		return "Q"
	case has(FlagImputed):
		return "I"
	case has(FlagEstimated):
		return "E"
	case has(FlagProvisional):
		return "P"
	case has(FlagUnreliable):
		return "U"
	case has(FlagUnvalidated):
		return "V"
	}
	return "A"
}

// sdmxComment says what the columns have no room for.
func (r *Result) sdmxComment(pt *Point) string {
	var parts []string
	add := func(is bool, format string, args ...any) {
		if is {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	tellable := pt.Known && !pt.Hidden
	add(tellable && pt.Counted, "count in place of a rate: fewer than %d records", reliable)
	if used := r.Estimated.of(r, pt); tellable && used.Known > 0 {
		add(true, "estimated total: %d stand for %d known", used.N, used.Known)
		add(used.Trimmed > 0, "weights trimmed, %d known not stood for", used.Lost)
		add(pt.AtLeast, "at least")
	} else {
		add(tellable && pt.AtLeast, "at least: coverage below %d %%", representativeCoverage)
	}
	add(pt.Quartiles != nil, "quartiles %s", joined(pt.Quartiles))
	add(pt.Bounds != nil, "bounds %s", joined(pt.Bounds))
	add(tellable && pt.CarriedForward.N > 0, "carried forward %d", pt.CarriedForward.N)
	add(tellable && pt.Imputed.N > 0, "imputed %d", pt.Imputed.N)
	add(tellable && pt.Unvalidated.N > 0, "not validated %d", pt.Unvalidated.N)
	if r.Money != nil {
		add(true, "%s, rates %s of %s", r.Money.Kind, r.Money.Vintage, r.Money.Source)
		add(r.Money.Kind == EURConstant, "base %d", r.Money.Base)
	}
	return strings.Join(parts, "; ")
}

func joined(pair *[2]Decimal) string {
	if pair == nil {
		return ""
	}
	return pair[0].String() + " and " + pair[1].String()
}
