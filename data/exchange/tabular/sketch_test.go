package tabular

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coopatlas/assets"
	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
)

func kindsNamed(t *testing.T, names ...string) []*form.Form {
	t.Helper()
	var out []*form.Form
	for _, name := range names {
		f, _, err := xlsform.Kind(assets.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

func sketchOf(t *testing.T, text string, kinds ...string) string {
	t.Helper()
	table, err := OpenTable(strings.NewReader(text), Written{})
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	out, err := Sketch(table, "registers/Registre 2016.csv", kindsNamed(t, kinds...), "en")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

func TestSketchFindsWhatColumnsAre(t *testing.T) {
	out := sketchOf(t, "coop_id,Dénomination sociale,country,Reference year,turnover_gbp,Members,colour\nR1,Atelier,FR,2014,100,5,red\nR1,Atelier,FR,2015,120,6,red\n",
		"cooperative", "mapping")
	for _, want := range []string{
		"source: Registre 2016 #", "- kind: cooperative\n    key: [coop_id]", "repeated: true", "names/legal_name: Dénomination sociale # Legal name",
		"      country: country", "- kind: mapping\n    key: [coop_id, Reference year]", "reference_year: Reference year",
		"administration/cooperative: {record: cooperative}", "economics/turnover: turnover_gbp", "# Columns that answer nothing yet: colour\n",
		"#   economics/turnover: Turnover",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("it lacks %q", want)
		}
	}
	if t.Failed() {
		t.Log(out)
	}
}

func TestSketchWithoutYearsLeavesTheYearlyKindOut(t *testing.T) {
	out := sketchOf(t, "quoi;couleur\nAtelier;vert\n", "cooperative", "mapping")
	if strings.Contains(out, "- kind: mapping") || !strings.Contains(out, "key: [quoi]") || !strings.Contains(out, "{} # none was found") {
		t.Error(out)
	}
}

// Whatever the columns are called, a sketch is a mapping that can be read.
func TestSketchIsAlwaysAMapping(t *testing.T) {
	for _, columns := range []string{"a: b,\"c,#d\"", "yes,no", "\"\"\"\",x", "- a,? b", "2014,2015", "é\tñ,ß", "[x],{y}"} {
		sketchOf(t, columns+"\n1,2\n", "cooperative", "mapping")
	}
}

// A sketch of the real register binds to its columns and to the questionnaires as it stands.
func TestSketchOfTheRealRegister(t *testing.T) {
	file, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "shared", "data", "uk-worker-coops-2011-2016.csv"))
	if err != nil {
		t.Skipf("the sample data are not here: %v", err)
	}
	out := sketchOf(t, string(file), "cooperative", "mapping")
	for _, want := range []string{"key: [coop_id, economic_year]", "economics/turnover: turnover_gbp", "types/legal_form: legal_form",
		"names/legal_name: name", "address/municipality: city", "membership/members: memberships", "work/persons_working: employees", "administration/fiscal_end: year_end"} {
		if !strings.Contains(out, want) {
			t.Errorf("it lacks %q:\n%s", want, out)
		}
	}
}
