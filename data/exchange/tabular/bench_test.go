package tabular_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

// rowsVariable says how many rows BenchmarkImportMillion imports: 1000000 for what its name says.
const rowsVariable = "COOPATLAS_BENCH_ROWS"

const defaultRows = 100_000

// BenchmarkImportMillion imports a register of invented cooperatives with five years each into a real workspace, while
// a person keeps typing into a draft. It reports rows a second, the greatest memory of the process and the longest
// wait of the draft, beside the rows a second that the sqlite3 shell imports the same file with.
func BenchmarkImportMillion(b *testing.B) {
	if testing.Short() {
		b.Skip("not under -short")
	}
	rows := defaultRows
	if text := os.Getenv(rowsVariable); text != "" {
		var err error
		if rows, err = strconv.Atoi(text); err != nil || rows < 1 {
			b.Fatalf("%s is %q; write a number of rows, such as 1000000", rowsVariable, text)
		}
	} else {
		b.Logf("%d rows; %s=1000000 imports a million", rows, rowsVariable)
	}
	file := filepath.Join(b.TempDir(), "register.csv")
	if err := invent(file, rows); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		w := open(b)
		wait := typing(b, w)
		b.StartTimer()
		begun := time.Now()
		report, err := w.Import(b.Context(), workspace.ImportJob{File: file, Mapping: "testdata/invented.yaml"})
		took := time.Since(begun)
		b.StopTimer()
		if err != nil || report.Rows != rows || report.Refused != 0 || report.Kinds[1].New != rows {
			b.Fatalf("%+v (%v)", report, err)
		}
		b.ReportMetric(float64(rows)/took.Seconds(), "rows/s")
		b.ReportMetric(float64(wait().Microseconds())/1000, "ms-longest-draft")
		if peak, ok := peakMemory(); ok {
			b.ReportMetric(peak/(1<<20), "MB-peak")
		}
		b.StartTimer()
	}
	b.StopTimer()
	shellImport(b, file, rows)
}

// typing keeps a draft as a person types, one answer every 20 milliseconds, until the function it returns is called,
// which gives the longest wait.
func typing(b *testing.B, w *workspace.Workspace) func() time.Duration {
	draft, err := w.Store.OpenDraft(b.Context(), store.DraftOf{Kind: "cooperative"})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(b.Context())
	var longest time.Duration
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for n := 0; ; n++ {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			begun := time.Now()
			err := w.Store.SetDraft(ctx, draft.ID, "names/legal_name", record.Answer{Value: record.Text(fmt.Sprint("Typed ", n))})
			if err != nil {
				if !errors.Is(err, context.Canceled) {
					b.Error(err)
				}
				return
			}
			longest = max(longest, time.Since(begun))
		}
	})
	return func() time.Duration { cancel(); wg.Wait(); return longest }
}

// peakMemory is the greatest resident memory of this process so far in bytes, where the system says it.
func peakMemory() (float64, bool) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, false
	}
	for _, line := range strings.Split(string(status), "\n") {
		if text, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kilobytes, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(text), " kB"), 64)
			return kilobytes * 1024, err == nil
		}
	}
	return 0, false
}

// shellImport measures the sqlite3 shell on the same file.
func shellImport(b *testing.B, file string, rows int) {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Log("the sqlite3 shell is not installed, so there is nothing to compare with")
		return
	}
	begun := time.Now()
	c := exec.CommandContext(b.Context(), shell, filepath.Join(b.TempDir(), "shell.db"), ".mode csv", ".import '"+file+"' register")
	if output, err := c.CombinedOutput(); err != nil {
		b.Fatalf("sqlite3: %v: %s", err, output)
	}
	b.ReportMetric(float64(rows)/time.Since(begun).Seconds(), "rows/s-sqlite3-shell")
}

// invent writes a register of so many rows: five years for each cooperative, the same for the same number of rows.
func invent(file string, rows int) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintln(w, "id,name,form,country,region,city,sector,founded,year,year_end,currency,turnover,equity,members,persons,worker_members")
	random := rand.New(rand.NewPCG(20261122, uint64(rows)))
	for n, c := 0, 0; n < rows; c++ {
		coop := inventCooperative(random, c)
		for year := 2018; year < 2023 && n < rows; year++ {
			fmt.Fprintln(w, coop.row(random, year))
			n++
		}
	}
	return errors.Join(w.Flush(), f.Close())
}

type invented struct {
	columns, money string
	persons        int
}

func inventCooperative(random *rand.Rand, n int) invented {
	places := [...]struct{ country, region, city, money string }{
		{"IT", "IT-45", "Bologna", "EUR"}, {"ES", "ES-PV", "Mondragón", "EUR"}, {"FR", "FR-ARA", "Lyon", "EUR"}, {"UK", "GB-ENG", "Leeds", "GBP"}, {"Brazil", "BR-SP", "São Paulo", "BRL"},
	}
	sectors := [...]string{"10", "25", "41", "47", "56", "62", "81", "85", "88", "96"}
	words := [...]string{"Aurora", "Forno", "Officina", "Verde", "Nuova", "Taller", "Atelier", "União", "Bridge", "Norte", "Lavoro", "Solidaire"}
	place := places[random.IntN(len(places))]
	name := fmt.Sprintf("%s %s %d", words[random.IntN(len(words))], words[random.IntN(len(words))], n)
	return invented{money: place.money, persons: 3 + int(random.ExpFloat64()*25), columns: fmt.Sprintf("C%07d,%s,Cooperative,%s,%s,%s,%s,%d-%02d-%02d",
		n, name, place.country, place.region, place.city, sectors[random.IntN(len(sectors))], 1950+random.IntN(65), 1+random.IntN(12), 1+random.IntN(28))}
}

// row is a year of the cooperative, with something missing now and then.
func (c *invented) row(random *rand.Rand, year int) string {
	c.persons = max(2, c.persons+random.IntN(5)-2)
	turnover, equity := strconv.Itoa(c.persons*(20_000+random.IntN(60_000))), strconv.Itoa(c.persons*random.IntN(20_000))
	if random.IntN(10) == 0 {
		turnover = ""
	}
	if random.IntN(4) == 0 {
		equity = ""
	}
	return fmt.Sprintf("%s,%d,%d-12-31,%s,%s,%s,%d,%d,%d", c.columns, year, year, c.money, turnover, equity, c.persons+random.IntN(10), c.persons, max(1, c.persons-random.IntN(3)))
}
