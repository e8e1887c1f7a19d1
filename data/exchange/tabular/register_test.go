package tabular_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"coopatlas/data/exchange/tabular"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

const shared = "../../../../shared/data/"

// open makes a workspace in a new folder, with an identity of its own.
func open(t testing.TB) *workspace.Workspace {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("COOPATLAS_IDENTITY", filepath.Join(dir, "identity"))
	w, err := workspace.Create(t.Context(), filepath.Join(dir, "workspace"), workspace.Settings{Name: "Test"}, workspace.Config{
		Name: "Tester", Now: func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func registerFile(t testing.TB, name string) string {
	t.Helper()
	if _, err := os.Stat(shared + name); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the shared folder with %s is not here", name)
	}
	return shared + name
}

func runImport(t *testing.T, w *workspace.Workspace, file, mapping string) *tabular.Report {
	t.Helper()
	report, err := w.Import(t.Context(), workspace.ImportJob{File: file, Mapping: mapping})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestUKRegister(t *testing.T) {
	w, file := open(t), registerFile(t, "uk-worker-coops-2011-2016.csv")
	first := runImport(t, w, file, "testdata/uk-worker-coops.yaml")
	for _, p := range first.Warnings {
		t.Log(p)
	}
	if first.Rows != 1809 || first.Refused != 0 || first.Carried != 1093 || first.Old != 1203 || !first.Stored {
		t.Errorf("%d rows, %d refused, %d carried forward, %d old", first.Rows, first.Refused, first.Carried, first.Old)
	}
	want := []tabular.KindReport{
		{Kind: "cooperative", Title: "Cooperative", Records: 381, New: 381},
		{Kind: "mapping", Title: "Cooperative mapping", Records: 1809, New: 1809},
	}
	for i, k := range first.Kinds {
		if k != want[i] {
			t.Errorf("%+v, want %+v", k, want[i])
		}
	}
	if second := runImport(t, w, file, "testdata/uk-worker-coops.yaml"); !second.Nothing() || second.Warned != 0 {
		t.Errorf("the second import found something new: %+v", second.Kinds)
	}
	settings, err := w.Settings(t.Context())
	if err != nil || strings.Join(settings.Sources(), "") != "Co-operatives UK, Open data, June 2016, ODC-By 1.0" {
		t.Errorf("attribution %q (%v)", settings.Sources(), err)
	}
}

// A person's correction stays, also when the source changes something else of the record; what the source itself
// changes is taken over.
func TestCorrectionStays(t *testing.T) {
	w, file := open(t), registerFile(t, "uk-worker-coops-2011-2016.csv")
	const mapping, source = "testdata/uk-worker-coops.yaml", "Co-operatives UK open data 2016"
	runImport(t, w, file, mapping)
	id := record.RegisterID(source, "mapping", "R000036", "2011")
	if _, err := w.Revise(t.Context(), id, record.Edit, map[string]string{"work/persons_working": "134"}, "corrected"); err != nil {
		t.Fatal(err)
	}
	says := func(persons, turnover string, lifecycle record.Lifecycle) {
		t.Helper()
		state, err := w.Store.State(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if got := state.Fields["work/persons_working"].Value.String(); got != persons {
			t.Errorf("%s persons, want %s", got, persons)
		}
		if got := state.Fields["economics/turnover"].Value.String(); got != turnover {
			t.Errorf("turnover %s, want %s", got, turnover)
		}
		if state.Lifecycle != lifecycle {
			t.Errorf("the record is %s, want %s", state.Lifecycle, lifecycle)
		}
	}
	if third := runImport(t, w, file, mapping); !third.Nothing() {
		t.Errorf("something new: %+v", third.Kinds)
	}
	says("134", "5716876", record.Submitted)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	later := filepath.Join(t.TempDir(), "later.csv")
	for _, edition := range []struct{ from, to, persons, turnover string }{
		{"2011,2007-12-01,5716876,", "2011,2007-12-01,5716877,", "134", "5716877"},
		{",579,135,1\nR000036,Equity Shoes Limited,Society,England,Birmingham,Manufacturing,Manufacturing,Workers,1887-01-11,Dead,,,,2012", ",579,136,1\nR000036,Equity Shoes Limited,Society,England,Birmingham,Manufacturing,Manufacturing,Workers,1887-01-11,Dead,,,,2012", "136", "5716877"},
	} {
		if data = bytes.Replace(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), []byte(edition.from), []byte(edition.to), 1); !bytes.Contains(data, []byte(edition.to)) {
			t.Fatal("the file has no such row")
		}
		if err := os.WriteFile(later, data, 0o600); err != nil {
			t.Fatal(err)
		}
		report := runImport(t, w, later, mapping)
		if k := report.Kinds[1]; k.Changed != 1 || k.New != 0 || report.Kinds[0].Changed != 0 {
			t.Errorf("%+v", report.Kinds)
		}
		says(edition.persons, edition.turnover, record.Submitted)
	}
}

func TestTechList(t *testing.T) {
	w, file := open(t), registerFile(t, "tech-coops-world.csv")
	report := runImport(t, w, file, "testdata/tech-coops.yaml")
	for _, p := range report.Warnings {
		t.Log(p)
	}
	if report.Rows != 170 || report.Refused != 0 || report.Kinds[0].New != 169 {
		t.Errorf("%d rows, %d refused, %+v", report.Rows, report.Refused, report.Kinds)
	}
	countries := map[string]string{"Agaric": "US", "CoLab": "US", "Baseline": "CA", "IT Kollektivet": "DK", "Enspiral": "NZ", "bits.coop": ""}
	rows, err := w.Store.List(context.Background(), "cooperative", store.Query{Columns: []string{"names/legal_name", "country"}})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, row := range rows {
		name, country := row.Values["names/legal_name"].Value.String(), row.Values["country"].Value.String()
		seen[country]++
		if want, asked := countries[name]; asked && country != want {
			t.Errorf("%s lies in %q, want %q", name, country, want)
		}
	}
	t.Log(seen)
	if runImport(t, w, file, "testdata/tech-coops.yaml").Nothing() == false {
		t.Error("the second import found something new")
	}
}
