package tabular

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"coopatlas/data/record"
	"pgregory.net/rapid"
)

const shopMapping = `
source: Shops
source_public: true
records:
  - kind: shop
    key: [id]
    repeated: true
    state: validated
    constants: {country: IT}
    columns:
      title: name
      founded: {column: since, unknown: blank}
      area: {column: area, quality: D}
  - kind: visit
    key: [id, year]
    state: submitted
    reference_year: year
    columns:
      shop: {record: shop}
      fiscal_end: end
      visitors: visitors
      note: note
`

const shopRows = `id,name,since,area,year,end,visitors,note
a,Alba,1901,12.5,2020,2019-12-31,0,first
a,Alba Nuova,,,2021,2020-12-31,,
b,Bruma,1700,,2021,2018-06-30,7,
a,,?,13,2022,2020-12-31,5,x
b,Bruma,1700,,2022,2018-06-30,8,
`

func TestImport(t *testing.T) {
	target := newMemory()
	report := run(t, target, shopMapping, shopRows)
	want := &Report{Source: "Shops", Stored: true, Saved: 7, Rows: 5, Warned: 2, Carried: 2, Old: 2,
		Kinds: []KindReport{{Kind: "shop", Title: "Shop", Records: 2, New: 2}, {Kind: "visit", Title: "Visit", Records: 5, New: 5}},
		Warnings: []Problem{
			{Line: 5, Column: "since", Message: `"?" is not a number; left blank`},
			{Line: 4, Column: "shop: founded", Message: report.Warnings[1].Message},
		}}
	report.listed = nil
	if !reflect.DeepEqual(report, want) {
		t.Errorf("%+v\nwant %+v", report, want)
	}
	a := target.state(shopID("a"))
	if a.Lifecycle != record.Validated || !a.Public || !reflect.DeepEqual(a.Sources, []string{"Shops"}) {
		t.Errorf("%+v", a)
	}
	fields := map[record.Path]record.Answer{}
	for path, field := range a.Fields {
		fields[path] = field.Answer
	}
	if !maps.EqualFunc(fields, map[record.Path]record.Answer{
		"title": {Value: record.Text("Alba Nuova")}, "founded": {Value: record.Int(1901)}, "country": {Value: record.Text("IT")},
		"area": {Value: record.Int(13), Quality: record.Documented}, "age": {Value: record.Int(125)},
	}, record.Answer.Equal) {
		t.Errorf("the shop says %v", fields)
	}
	visit := target.state(record.RegisterID("Shops", "visit", "a", "2020"))
	if visit.Lifecycle != record.Submitted || visit.Fields["visitors"].Value.String() != "0" || visit.Fields["shop"].Value.String() != shopID("a").String() {
		t.Errorf("0 is a value: %+v", visit.Fields)
	}
	if _, blank := target.state(record.RegisterID("Shops", "visit", "a", "2021")).Fields["visitors"]; blank {
		t.Error("a blank cell became an answer")
	}
}

func TestSecondImportFindsNothing(t *testing.T) {
	target := newMemory()
	run(t, target, shopMapping, shopRows)
	before := target.saves
	report := run(t, target, shopMapping, shopRows)
	if !report.Nothing() || target.saves != before || report.Kinds[1].Unchanged != 5 {
		t.Errorf("%+v", report)
	}
	// Neither the order of the rows nor of the columns is news.
	lines := strings.Split(strings.TrimSpace(shopRows), "\n")
	lines[3], lines[5] = lines[5], lines[3]
	if report := run(t, target, shopMapping, strings.Join(lines, "\r\n")); !report.Nothing() {
		t.Errorf("%+v", report.Kinds)
	}
}

// writes returns what the last revision of a record set.
func (m *memory) writes(id record.ID) map[record.Path]string {
	out := map[record.Path]string{}
	all := m.revisions[id]
	for path, write := range all[len(all)-1].Changes.Set {
		out[path] = write.Value.String() + "|" + write.Status.String()
	}
	return out
}

func TestOnlyWhatTheSourceChangedIsWritten(t *testing.T) {
	target := newMemory()
	run(t, target, shopMapping, shopRows)
	id := record.RegisterID("Shops", "visit", "a", "2022")

	report := run(t, target, shopMapping, strings.Replace(shopRows, "2020-12-31,5,x", "2020-12-31,6,x", 1))
	if got := target.writes(id); report.Kinds[1].Changed != 1 || !reflect.DeepEqual(got, map[record.Path]string{"visitors": "6|answered"}) {
		t.Errorf("a changed cell wrote %v", got)
	}
	run(t, target, shopMapping, strings.Replace(shopRows, "2020-12-31,5,x", "2020-12-31,,x", 1))
	if got := target.writes(id); !reflect.DeepEqual(got, map[record.Path]string{"visitors": "|not_collected"}) {
		t.Errorf("an emptied cell wrote %v", got)
	}
	before := target.saves
	run(t, target, shopMapping, strings.Replace(shopRows, "2020-12-31,5,x", "2020-12-31,,x", 1))
	if target.saves != before {
		t.Error("an empty cell is news every time")
	}
	run(t, target, shopMapping, shopRows)
	if got := target.writes(id); !reflect.DeepEqual(got, map[record.Path]string{"visitors": "5|answered"}) {
		t.Errorf("a cell that is filled again wrote %v", got)
	}
	run(t, target, shopMapping, strings.ReplaceAll(shopRows, "1901", "1902"))
	if got := target.writes(shopID("a")); !reflect.DeepEqual(got, map[record.Path]string{"founded": "1902|answered", "age": "124|answered"}) {
		t.Errorf("what is calculated of a changed cell: %v", got)
	}
}

func TestCorrectionsOfAPerson(t *testing.T) {
	target := newMemory()
	run(t, target, shopMapping, shopRows)
	id := shopID("a")
	target.correct(t, id, record.Edit, map[record.Path]record.Answer{"title": {Value: record.Text("Alba, corrected")}})
	says := func(title, area string, lifecycle record.Lifecycle) {
		t.Helper()
		s := target.state(id)
		if s.Fields["title"].Value.String() != title || s.Fields["area"].Value.String() != area || s.Lifecycle != lifecycle || len(s.Conflicts) > 0 {
			t.Errorf("%s, %s, %s, %v", s.Fields["title"].Value, s.Fields["area"].Value, s.Lifecycle, s.Conflicts)
		}
	}
	run(t, target, shopMapping, shopRows)
	says("Alba, corrected", "13", record.Submitted)
	run(t, target, shopMapping, strings.ReplaceAll(shopRows, ",13,", ",14,"))
	says("Alba, corrected", "14", record.Submitted) // nobody has validated the correction
	target.correct(t, id, record.Validate, nil)
	run(t, target, shopMapping, strings.ReplaceAll(shopRows, ",13,", ",15,"))
	says("Alba, corrected", "15", record.Validated)
	run(t, target, shopMapping, strings.ReplaceAll(strings.ReplaceAll(shopRows, ",13,", ",15,"), "Alba Nuova", "Alba Terza"))
	says("Alba Terza", "15", record.Validated) // the source itself changed it
}

func TestLockedAndDeletedRecordsAreLeft(t *testing.T) {
	target := newMemory()
	run(t, target, shopMapping, shopRows)
	target.correct(t, shopID("a"), record.Lock, nil)
	target.correct(t, shopID("b"), record.Delete, nil)
	before := target.saves
	if report := run(t, target, shopMapping, shopRows); report.Warned != 2-1 || target.saves != before {
		t.Errorf("what the source left as it was: %+v", report)
	}
	report := run(t, target, shopMapping, strings.NewReplacer(",13,", ",14,", "Bruma", "Brumaio").Replace(shopRows))
	if report.Kinds[0].Kept != 2 || target.saves != before || report.Nothing() == false {
		t.Errorf("%+v", report.Kinds)
	}
	var left []string
	for _, p := range report.Warnings {
		if strings.Contains(p.Message, "left as it is") || strings.Contains(p.Message, "was left") {
			left = append(left, p.Message)
		}
	}
	if len(left) != 2 || !strings.Contains(strings.Join(left, " "), "locked") || !strings.Contains(strings.Join(left, " "), "deleted") {
		t.Errorf("%q", left)
	}
}

func TestRefusedRows(t *testing.T) {
	const rows = shopRows + "c,Cala,1950,1,2020,2020-12-31,many,\n" + // no number
		",Nameless,1950,1,2020,2020-12-31,1,\n" + // no key
		"d,Duna,1950,1,2020,2020-12-31\n" + // too few cells
		"a,Alba,1901,1,2020,2020-12-31,1,\n" + // the year stands there
		"e,Elba,1950,1,2020,2020-12-31,1,\n"
	target := newMemory()
	report := run(t, target, shopMapping, rows)
	var says []string
	for _, p := range report.Refusals {
		says = append(says, p.String())
	}
	for i, want := range []string{`line 7, visitors: "many" is not a number`, "line 8, id: the key is blank", "line 9: it has 6 cells", "line 10, id: the row repeats the key of line 2"} {
		if i >= len(says) || !strings.HasPrefix(says[i], want) {
			t.Errorf("%q, want %s", says, want)
		}
	}
	if report.Rows != 10 || report.Refused != 4 || report.Kinds[1].New != 6 || len(target.revisions[shopID("e")]) != 1 || target.revisions[shopID("c")] != nil {
		t.Errorf("%+v", report)
	}

	strict := job(t, newMemory(), shopMapping, rows)
	strict.Strict = true
	report, err := strict.Run(t.Context())
	if !errors.Is(err, ErrRefused) || report.Refused != 4 || report.Stored || strict.Target.(*memory).saves != 0 {
		t.Errorf("strict: %+v %v", report, err)
	}
	strict = job(t, newMemory(), shopMapping, shopRows)
	strict.Strict = true
	if report, err := strict.Run(t.Context()); err != nil || !report.Stored {
		t.Errorf("strict, with nothing to refuse: %+v %v", report, err)
	}
}

func TestDryRunStoresNothing(t *testing.T) {
	target := newMemory()
	dry := job(t, target, shopMapping, shopRows)
	dry.DryRun = true
	would, err := dry.Run(t.Context())
	if err != nil || would.Stored || target.saves != 0 || !would.DryRun {
		t.Fatalf("%+v %v", would, err)
	}
	did := run(t, target, shopMapping, shopRows)
	did.DryRun, did.Stored, did.Saved = true, false, 0
	if !reflect.DeepEqual(would, did) {
		t.Errorf("a dry run foretold %+v\nand it was %+v", would, did)
	}
}

func TestInterruptedImportsRunAgain(t *testing.T) {
	whole := newMemory()
	run(t, whole, shopMapping, shopRows)
	broken := errors.New("the disk was pulled out")
	for name, breakIt := range map[string]func(*Import, *memory, context.CancelFunc) error{
		"the disk is full": func(_ *Import, m *memory, _ context.CancelFunc) error { m.failAfter = 3; return errFull },
		"stopped by the person": func(_ *Import, m *memory, cancel context.CancelFunc) error {
			m.stopAfter, m.stop = 3, cancel
			return context.Canceled
		},
		"the file cannot be read to its end": func(i *Import, _ *memory, _ context.CancelFunc) error {
			opened := 0
			i.Open = func() (io.ReadCloser, error) {
				if opened++; opened == 1 {
					return opener(shopRows)()
				}
				half := io.MultiReader(strings.NewReader(shopRows[:len(shopRows)/2]), iotest.ErrReader(broken))
				return io.NopCloser(half), nil
			}
			return broken
		},
	} {
		target := newMemory()
		ctx, cancel := context.WithCancel(t.Context())
		i := job(t, target, shopMapping, shopRows)
		want := breakIt(&i, target, cancel)
		report, err := i.Run(ctx)
		cancel()
		if !errors.Is(err, want) || report == nil || report.Stored || target.saves == 0 || report.Saved != target.saves {
			t.Errorf("%s: %+v %v", name, report, err)
		}
		target.failAfter, target.stopAfter = 0, 0
		if run(t, target, shopMapping, shopRows); !sameStates(target, whole) {
			t.Errorf("%s: the second run did not complete the first", name)
		}
	}
	i := job(t, newMemory(), shopMapping, shopRows)
	i.Open = func() (io.ReadCloser, error) { return io.NopCloser(iotest.ErrReader(broken)), nil }
	if report, err := i.Run(t.Context()); err == nil || report != nil {
		t.Errorf("a file that cannot be read at all: %v %v", report, err)
	}
}

func TestFilesWithoutRows(t *testing.T) {
	for text, want := range map[string]error{"": ErrFile, "\n\n": ErrFile, "a,b\n": ErrMapping, strings.SplitAfter(shopRows, "\n")[0]: nil} {
		report, err := job(t, newMemory(), shopMapping, text).Run(t.Context())
		if !errors.Is(err, want) || err == nil && (report.Rows != 0 || len(report.Kinds) != 2 || !report.Stored) {
			t.Errorf("%q: %+v %v", text, report, err)
		}
	}
}

// sameStates tells whether two targets say the same of the same records.
func sameStates(a, b *memory) bool {
	return maps.EqualFunc(a.revisions, b.revisions, func(x, y []record.Revision) bool {
		s, r := record.Merge(x), record.Merge(y)
		return s.Lifecycle == r.Lifecycle && maps.EqualFunc(s.Fields, r.Fields, func(f, g record.Field) bool { return f.Answer.Equal(g.Answer) })
	})
}

// Importing a file in two halves gives what importing it at once gives.
func TestHalves(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		cell := rapid.SampledFrom([]string{"", "0", "7", "12", "1900"})
		var rows []string
		seen := map[string]bool{}
		for range rapid.IntRange(1, 12).Draw(r, "rows") {
			shop, year := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(r, "shop"), rapid.IntRange(2019, 2024).Draw(r, "year")
			if key := fmt.Sprint(shop, year); seen[key] {
				continue
			} else {
				seen[key] = true
			}
			rows = append(rows, fmt.Sprintf("%s,%s,%s,%s,%d,%d-12-31,%s,%s", shop, rapid.SampledFrom([]string{"", "Uno", "Due"}).Draw(r, "name"),
				cell.Draw(r, "since"), cell.Draw(r, "area"), year, year, cell.Draw(r, "visitors"), cell.Draw(r, "note")))
		}
		file := func(rows []string) string {
			return "id,name,since,area,year,end,visitors,note\n" + strings.Join(rows, "\n")
		}
		once, twice := newMemory(), newMemory()
		run(t, once, shopMapping, file(rows))
		cut := rapid.IntRange(0, len(rows)).Draw(r, "cut")
		run(t, twice, shopMapping, file(rows[:cut]))
		run(t, twice, shopMapping, file(rows[cut:]))
		if !sameStates(once, twice) {
			r.Fatal("the halves say something else than the whole")
		}
		run(t, twice, shopMapping, file(rows))
		if !sameStates(once, twice) {
			r.Fatal("the whole after its halves says something else")
		}
	})
}

func TestPacking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOf(rapid.String()).Draw(t, "texts")
		if long := rapid.IntRange(0, 40000).Draw(t, "length"); long > 30000 {
			texts = append(texts, strings.Repeat("x", long))
		}
		packed := pack(nil, texts)
		if got := unpack(string(packed), len(texts)); len(got) != len(texts) || len(texts) > 0 && !reflect.DeepEqual(got, texts) {
			t.Errorf("%q became %q", texts, got)
		}
	})
}

func TestWarningsAreListedOnce(t *testing.T) {
	var r Report
	for line := range 5000 {
		r.warn(Problem{Line: line + 2, Column: "a", Message: "the same"})
		r.warn(Problem{Line: line + 2, Column: "b", Message: fmt.Sprint(line)})
	}
	if r.Warned != 10000 || len(r.Warnings) != ListLimit || r.Warnings[0].String() != "line 2 and 4999 more, a: the same" {
		t.Errorf("%d warnings, %d listed, first %s", r.Warned, len(r.Warnings), r.Warnings[0])
	}
}

func TestProgress(t *testing.T) {
	var csv bytes.Buffer
	csv.WriteString("id,name,since,area,year,end,visitors,note\n")
	for n := range 2500 {
		fmt.Fprintf(&csv, "s%d,Shop,1950,1,2020,2020-12-31,1,\n", n)
	}
	i := job(t, newMemory(), shopMapping, csv.String())
	var told []int
	i.Progress = func(done, total int) {
		if total != 2500 {
			t.Errorf("%d of %d", done, total)
		}
		told = append(told, done)
	}
	if _, err := i.Run(t.Context()); err != nil || !reflect.DeepEqual(told, []int{1000, 2000, 2500}) {
		t.Errorf("told %v (%v)", told, err)
	}
}
