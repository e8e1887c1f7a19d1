package tabular

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync"
	"testing"
	"time"

	"coopatlas/assets"
	"coopatlas/data/codes"
	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/record"
	"coopatlas/data/store"
)

// Two small kinds: a shop, and what was found at a visit of it in a year.
const shopForm = `
| survey  |                                  |           |       |          |         |          |                                             |                         |
|         | type                             | name      | label | personal | concept | decimals | calculation                                 | constraint              |
|         | text                             | title     | Title |          |         |          |                                             |                         |
|         | integer                          | founded   | Year  |          |         |          |                                             | . >= 1800               |
|         | date                             | opened    | Day   |          |         |          |                                             |                         |
|         | select_one_from_file country.csv | country   | Land  |          | country |          |                                             |                         |
|         | decimal                          | area      | Area  |          |         | 2        |                                             |                         |
|         | select_multiple goods            | goods     | Goods |          |         |          |                                             |                         |
|         | text                             | owner     | Owner | yes      |         |          |                                             |                         |
|         | image                            | photo     | Photo |          |         |          |                                             |                         |
|         | calculate                        | age       |       |          |         | 0        | 2026 - ${founded}                           |                         |
|         | begin_repeat                     | staff     | Staff |          |         |          |                                             |                         |
|         | text                             | role      | Role  |          |         |          |                                             |                         |
|         | end_repeat                       |           |       |          |         |          |                                             |                         |
| choices  |           |        |                    |
|          | list_name | name   | label              |
|          | goods     | bread  | Bread              |
|          | goods     | wine   | Wine               |
|          | goods     | other  | Sundries           |
|          | goods     | extra  | Sundries           |
| settings |         |       |         |               |
|          | form_id | form_title | version | instance_name |
|          | shop    | Shop  | 1       | ${title}      |
`

const visitForm = `
| survey  |                           |            |       |            |
|         | type                      | name       | label | concept    |
|         | select_one_from_file shop | shop       | Shop  | subject    |
|         | integer                   | year       | Year  | year       |
|         | date                      | fiscal_end | End   | fiscal_end |
|         | integer                   | visitors   | Count |            |
|         | text                      | note       | Note  |            |
| settings |         |       |         |               |
|          | form_id | form_title | version | instance_name |
|          | visit   | Visit | 1       | concat(${year}, '')  |
`

// catalogue holds the kinds of these tests and the real code lists.
type catalogue struct {
	*codes.Lists
	forms map[string]*form.Form
}

func (c *catalogue) Form(kind string) (*form.Form, bool) {
	f, ok := c.forms[kind]
	return f, ok
}

func kinds(t testing.TB) *catalogue {
	t.Helper()
	c, err := theKinds()
	if err != nil {
		t.Skipf("the code lists are not built: %v", err)
	}
	return c
}

var theKinds = sync.OnceValues(func() (*catalogue, error) {
	lists, err := codes.Open(assets.FS())
	if err != nil {
		return nil, err
	}
	c := &catalogue{Lists: lists, forms: map[string]*form.Form{}}
	for name, text := range map[string]string{"shop": shopForm, "visit": visitForm} {
		text = strings.NewReplacer("\n| choices", "\n\n| choices", "\n| settings", "\n\n| settings").Replace(text)
		f, problems := form.Compile(xlsform.Markdown(name+".md", text))
		if errs := form.Errors(problems); len(errs) > 0 {
			return nil, fmt.Errorf("%v", errs)
		}
		c.forms[name] = f
	}
	return c, nil
})

// memory is a target in memory.
type memory struct {
	mutex     sync.Mutex
	revisions map[record.ID][]record.Revision
	saves     int
	// After so many saves, where they are not 0, saving fails, or a person stops the import.
	failAfter, stopAfter int
	stop                 context.CancelFunc
}

var errFull = errors.New("the disk is full")

func newMemory() *memory { return &memory{revisions: map[record.ID][]record.Revision{}} }

func (m *memory) History(_ context.Context, id record.ID) (*record.History, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.revisions[id] == nil {
		return nil, store.ErrNotFound
	}
	return record.NewHistory(m.revisions[id]), nil
}

func (m *memory) SaveAll(ctx context.Context, by record.Identity, changes iter.Seq[store.Change], progress store.Progress) (int, error) {
	saved := 0
	for c := range changes {
		if m.failAfter > 0 && m.saves >= m.failAfter {
			return saved, errFull
		}
		if ctx.Err() != nil {
			return saved, ctx.Err()
		}
		if _, err := m.save(by, c); err != nil {
			return saved, err
		}
		if m.stopAfter > 0 && m.saves == m.stopAfter {
			m.stop()
		}
		saved++
	}
	return saved, nil
}

func (m *memory) save(by record.Identity, c store.Change) (record.Revision, error) {
	r := record.Revision{Record: c.Record, Kind: c.Kind, Form: c.Form, Author: by.Key(), Time: clock(), Operation: c.Operation,
		Changes: record.Changes{Set: map[record.Path]record.Write{}, Note: c.Note, Origin: c.Origin}}
	for path, answer := range c.Set {
		r.Changes.Set[path] = record.Write{Answer: answer}
	}
	sealed, err := r.Sealed(c.Parents)
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if err == nil {
		m.revisions[c.Record] = append(m.revisions[c.Record], sealed)
		m.saves++
	}
	return sealed, err
}

func (m *memory) state(id record.ID) record.State { return record.Merge(m.revisions[id]) }

// correct is a person's change of a record.
func (m *memory) correct(t testing.TB, id record.ID, operation record.Operation, set map[record.Path]record.Answer) {
	t.Helper()
	state := m.state(id)
	if _, err := m.save(person(), store.Change{Record: id, Kind: state.Kind, Form: state.Form, Parents: state.Heads, Operation: operation, Set: set}); err != nil {
		t.Fatal(err)
	}
}

func clock() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

func person() record.Identity { return record.NewIdentity("Tester", [32]byte{7}) }

// complete runs the questionnaire over a record.
func complete(f *form.Form, _ record.ID, state record.State, set map[record.Path]record.Answer) (Completed, error) {
	c := interview.Content{Answers: map[record.Path]record.Answer{}}
	for path, field := range state.Fields {
		c.Answers[path] = field.Answer
	}
	for path, answer := range set {
		c.Answers[path] = answer
	}
	iv := interview.Open(f, interview.Env{Now: clock}, c)
	out := Completed{Calculated: map[record.Path]record.Answer{}, Label: iv.InstanceName()}
	for path, answer := range iv.Answers() {
		if q, _ := f.Question(string(path)); q.Calculation != nil {
			out.Calculated[path] = answer
		}
	}
	for _, p := range iv.Problems() {
		if p.Kind == interview.ProblemConstraint {
			out.Problems = append(out.Problems, Problem{Column: string(p.Path), Message: p.Message})
		}
	}
	return out, nil
}

// job is an import of a text through a mapping into a memory.
func job(t testing.TB, target *memory, mapping, csv string) Import {
	t.Helper()
	m, err := ParseMapping([]byte(mapping))
	if err != nil {
		t.Fatal(err)
	}
	return Import{Open: opener(csv), Mapping: m, Catalogue: kinds(t), Target: target, By: person(), Complete: complete}
}

func opener(csv string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader([]byte(csv))), nil }
}

func run(t testing.TB, target *memory, mapping, csv string) *Report {
	t.Helper()
	report, err := job(t, target, mapping, csv).Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func shopID(key string) record.ID { return record.RegisterID("Shops", "shop", key) }
