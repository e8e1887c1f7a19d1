package store

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"coopatlas/data/form"
	"coopatlas/data/indicator"
	"coopatlas/data/record"
)

// panelForms are questionnaires of what a question about turnover reads.
func panelForms() Config {
	cooperative := &form.Form{ID: "cooperative", Version: "1", Root: &form.Group{Name: "data"}, Settings: map[string]string{"lifecycle": "none"}}
	cooperative.Questions = []*form.Question{
		{Name: "name", Path: "name", Type: form.TypeText, ListOrder: 1, Parent: cooperative.Root},
		{Name: "founded", Path: "founded", Type: form.TypeInteger, Concept: "founded", Parent: cooperative.Root},
	}
	mapping := &form.Form{ID: "mapping", Version: "1", Root: &form.Group{Name: "data"}}
	mapping.Questions = []*form.Question{
		{Name: "subject", Path: "subject", Type: form.TypeSelectOne, Kind: "cooperative", Concept: "subject", Parent: mapping.Root},
		{Name: "year", Path: "year", Type: form.TypeInteger, Concept: "year", Parent: mapping.Root},
		{Name: "fiscal_end", Path: "fiscal_end", Type: form.TypeDate, Concept: "fiscal_end", Parent: mapping.Root},
		{Name: "turnover", Path: "turnover", Type: form.TypeInteger, Concept: "turnover", Parent: mapping.Root},
	}
	for _, name := range []string{"currency", "country", "ilo_type", "section"} {
		mapping.Questions = append(mapping.Questions, &form.Question{Name: name, Path: name, Type: form.TypeSelectOne, Concept: name, Parent: mapping.Root})
	}
	return Config{Forms: []*form.Form{cooperative, mapping}}
}

// panelOf gives the records of a panel of n mapping records: a fifth as many cooperatives, ten years. Each is told to
// the CSV file too, as DuckDB reads it.
func panelOf(n int, csv *bufio.Writer) func(yield func(Change) bool) {
	return func(yield func(Change) bool) {
		random := rand.New(rand.NewPCG(7, 7))
		coop := func(u int) record.ID { return record.RegisterID("bench", "cooperative", strconv.Itoa(u)) }
		for u := range n / 5 {
			set := answers("name", "Cooperative "+strconv.Itoa(u), "founded", 1950+u%60)
			if !yield(Change{Record: coop(u), Kind: "cooperative", Set: set}) {
				return
			}
		}
		fmt.Fprintln(csv, "subject,year,turnover,country,ilo_type,section")
		for row := range n {
			u, year := row%(n/5), 2011+2*(row/(n/5))+random.IntN(2)
			country, kind := []string{"FR", "IT", "ES", "PT"}[u%4], []string{"worker", "producer", "consumer", "multi"}[u/4%4]
			section := []string{"A", "C", "F", "G", "H", "I", "J", "M", "N", "P", "Q", "R"}[u%12]
			set := answers("subject", coop(u), "year", year, "fiscal_end", fmt.Sprintf("%d-12-31", year),
				"currency", "EUR", "country", country, "ilo_type", kind, "section", section)
			turnover, known := random.IntN(1e9), ""
			if random.IntN(10) > 0 {
				set["turnover"], known = answer(turnover), strconv.Itoa(turnover)
			}
			fmt.Fprintf(csv, "%s,%d,%s,%s,%s,%s\n", coop(u), year, known, country, kind, section)
			c := Change{Record: record.RegisterID("bench", "mapping", strconv.Itoa(row)), Kind: "mapping", Operation: record.Validate, Set: set}
			if !yield(c) {
				return
			}
		}
	}
}

// coldQuestions are those of the benchmark in data/indicator, and how many rows each has.
var coldQuestions = []struct {
	name string
	ask  func(src indicator.Source) (rows int, err error)
}{
	{"sum and count by year and type", func(src indicator.Source) (int, error) {
		return points(indicator.Compute(background, src, indicator.Query{Indicator: "I13", Basis: indicator.All, By: []string{"ilo_type"}}))
	}},
	{"mean and median of a country", func(src indicator.Source) (int, error) {
		q := indicator.Query{Basis: indicator.All, Where: map[string][]string{"country": {"FR"}}}
		if _, err := points(indicator.ComputeOf(background, src, ownIndicator("mean"), q)); err != nil {
			return 0, err
		}
		return points(indicator.ComputeOf(background, src, ownIndicator("median"), q))
	}},
	{"distinct cooperatives by country", func(src indicator.Source) (int, error) {
		counts, err := indicator.Distinct(background, src, indicator.Query{By: []string{"country"}})
		return len(counts), err
	}},
	{"matched growth by year", func(src indicator.Source) (int, error) {
		r, err := indicator.Compute(background, src, indicator.Query{Indicator: "I13"})
		if err != nil {
			return 0, err
		}
		return len(slices.DeleteFunc(r.Points, func(p indicator.Point) bool { return p.Matched == nil || !p.Matched.Known })), nil
	}},
	{"median by section and year", func(src indicator.Source) (int, error) {
		return points(indicator.ComputeOf(background, src, ownIndicator("median"), indicator.Query{Basis: indicator.All, By: []string{"section"}}))
	}},
}

func points(r *indicator.Result, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	return len(r.Points), nil
}

func ownIndicator(formula string) indicator.Indicator {
	own := indicator.Custom{Code: "U1", Name: indicator.Text{"en": "u"}, Formula: formula, Of: []string{"turnover"}, Flow: true, Money: true}
	ind, err := own.Indicator()
	if err != nil {
		panic(err)
	}
	return ind
}

// told is what either side says of one question.
type told struct {
	NS     int64 `json:"ns"`
	Rows   int   `json:"rows"`
	Memory int64 `json:"memory"` // the most the process had, in KiB; 0 where the system does not say
}

// coldVariable holds the workspace and the question of a process that TestColdAnswer runs in.
const coldVariable = "COOPATLAS_COLD_QUESTION"

// TestColdAnswer is the process that the benchmark starts: it opens a workspace and answers one question.
func TestColdAnswer(t *testing.T) {
	number, err := strconv.Atoi(os.Getenv(coldVariable))
	if err != nil {
		t.Skip("it runs in a process of the benchmark only")
	}
	begun := time.Now()
	s, err := Open(os.Getenv(coldVariable+"_OF"), panelForms())
	if err != nil {
		t.Fatal(err)
	}
	f, err := s.Frame(background)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := coldQuestions[number].ask(f)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(told{time.Since(begun).Nanoseconds(), rows, peakMemory()})
	fmt.Printf("\n%s\n", text)
	os.Exit(0)
}

// BenchmarkCold answers questions from a cold start, a new process each, and beside it DuckDB from its own file; the
// files are in the system's memory for both. COOPATLAS_ROWS sets how many records (100,000), COOPATLAS_BENCH a folder
// to keep the workspace in. Without npm it says so and prints one side.
func BenchmarkCold(b *testing.B) {
	n := 100_000
	if rows, err := strconv.Atoi(os.Getenv("COOPATLAS_ROWS")); err == nil {
		n = rows
	}
	dir := os.Getenv("COOPATLAS_BENCH")
	if dir == "" {
		dir = b.TempDir()
	}
	dir = filepath.Join(dir, strconv.Itoa(n))
	if _, err := os.Stat(filepath.Join(dir, "ready")); err != nil {
		fillCold(b, dir, n)
	}
	duck := duckDB(b, dir)
	for i, q := range coldQuestions {
		ours := launch(b, dir, exec.Command(os.Args[0], "-test.run", "^TestColdAnswer$"), coldVariable+"="+strconv.Itoa(i), coldVariable+"_OF="+filepath.Join(dir, "workspace"))
		line := fmt.Sprintf("%8d records, %-34s %s", n, q.name, ours)
		if duck != nil {
			theirs := launch(b, dir, duck("cold", "records.db", q.name))
			if line += ", DuckDB " + theirs.String(); theirs.Rows != ours.Rows {
				b.Errorf("%s: %d rows, DuckDB %d", q.name, ours.Rows, theirs.Rows)
			}
		}
		b.Log(line)
	}
}

// fillCold makes the workspace and the CSV file, and asks once, so that the columns are made.
func fillCold(b *testing.B, dir string, n int) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		b.Fatal(err)
	}
	file, err := os.Create(filepath.Join(dir, "records.csv"))
	if err != nil {
		b.Fatal(err)
	}
	csv := bufio.NewWriter(file)
	s, err := Create(filepath.Join(dir, "workspace"), panelForms())
	if err != nil {
		b.Fatal(err)
	}
	if saved, err := s.SaveAll(background, identity(1), panelOf(n, csv), nil); err != nil || saved != n+n/5 {
		b.Fatal(saved, err)
	}
	f, err := s.Frame(background)
	if err != nil {
		b.Fatal(err)
	}
	for _, err := range []error{f.Close(), s.Close(), csv.Flush(), file.Close(), os.WriteFile(filepath.Join(dir, "ready"), nil, 0o600)} {
		if err != nil {
			b.Fatal(err)
		}
	}
}

// peakMemory is the most memory that this process had, in KiB; 0 where the system does not say.
func peakMemory() (kib int64) {
	status, err := os.ReadFile("/proc/self/status")
	if _, after, found := bytes.Cut(status, []byte("VmHWM:")); err == nil && found {
		_, _ = fmt.Sscan(string(after), &kib)
	}
	return kib
}

// run is one process: what it said, and how long it ran in all.
type run struct {
	told
	all time.Duration
}

func (r run) String() string {
	return fmt.Sprintf("%7.1f ms, with its start %7.1f ms, %4d MB", float64(r.NS)/1e6, float64(r.all.Microseconds())/1e3, r.Memory>>10)
}

// launch runs a process three times and gives the best.
func launch(b *testing.B, dir string, command *exec.Cmd, environment ...string) (best run) {
	for range 3 {
		ctx, stop := context.WithTimeout(background, 5*time.Minute)
		c := exec.CommandContext(ctx, command.Args[0], command.Args[1:]...)
		c.Dir, c.Env = dir, append(os.Environ(), environment...)
		begun := time.Now()
		text, err := c.Output()
		one := run{all: time.Since(begun)}
		stop()
		if err != nil {
			b.Fatalf("%v: %v %s", command.Args, err, text)
		}
		for _, line := range bytes.Split(text, []byte("\n")) {
			if len(line) > 0 && line[0] == '{' {
				err = json.Unmarshal(line, &one.told)
			}
		}
		if err != nil || one.NS == 0 {
			b.Fatalf("%v: %v %s", command.Args, err, text)
		}
		if best.NS == 0 || one.NS < best.NS {
			best = one
		}
	}
	return best
}

// duckDB installs DuckDB and gives its commands; nil where it cannot be.
func duckDB(b *testing.B, dir string) func(args ...string) *exec.Cmd {
	script, err := filepath.Abs(filepath.Join("..", "indicator", "testdata", "duckdb.mjs"))
	if err != nil {
		b.Fatal(err)
	}
	duck := func(args ...string) *exec.Cmd { return exec.Command("node", append([]string{script}, args...)...) }
	if _, err := os.Stat(filepath.Join(dir, "records.db")); err == nil {
		return duck
	}
	for _, c := range []*exec.Cmd{
		exec.Command("npm", "install", "--no-save", "--silent", "--no-audit", "--no-fund", "@duckdb/node-api"), duck("load", "records.csv", "records.db"),
	} {
		c.Dir = dir
		if text, err := c.CombinedOutput(); err != nil {
			b.Logf("DuckDB cannot be installed here, so nothing is compared: %v %s", err, text)
			return nil
		}
	}
	return duck
}
