package interview_test

import (
	"testing"
	"time"

	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

const typedForm = `
| survey | |
| | type | name | label | appearance | parameters | decimals |
| | integer | n | N | | | |
| | decimal | d | D | | | |
| | decimal | fine | Fine | | | 4 |
| | date | day | Day | | | |
| | date | y | Year | year | | |
| | date | m | Month | month-year | | |
| | time | at | At | | | |
| | dateTime | when | When | | | |
| | geopoint | place | Place | | | |
| | acknowledge | ok | OK | | | |
| | text | word | Word | | | |
| | range | r | R | | start=1 end=5 step=0.5 | |
| | select_one sector | sector | Sector | | | |
| | select_multiple sector | sectors | Sectors | | | |
| | select_one score | score | Score | | | |
| choices | |
| | list_name | name | label |
| | sector | agri | Agriculture |
| | sector | ind | Industry |
| | sector | cons | Construction of buildings |
| | sector | serv | Services, other |
| | score | 5 | Five |
| | score | 1 | One |
`

func TestParse(t *testing.T) {
	e := env()
	e.Location = time.FixedZone("", 3600)
	iv := interview.New(compile(t, typedForm), e)
	for _, c := range []struct{ path, typed, want string }{
		{"n", "12", "12"}, {"n", " 1 234 ", "1234"}, {"n", "1,234", "1234"}, {"n", "1.234.567", "1234567"}, {"n", "-3", "-3"}, {"n", "−3", "-3"},
		{"n", "1.5", "!"}, {"n", "twelve", "!"}, {"n", "1e3", "!"}, {"n", "12,5", "!"}, {"n", "0", "0"}, {"n", "", ""},
		{"d", "12,5", "12.5"}, {"d", "12.50", "12.5"}, {"d", "1.234,5", "1234.5"}, {"d", "1,234.5", "1234.5"}, {"d", "1 234,50", "1234.5"},
		{"d", "1.234", "!"}, {"d", "1,234,567", "1234567"}, {"d", "1,2,3", "!"}, {"fine", "1.2345", "1.2345"}, {"d", "99999999999999999999", "!"},
		{"day", "2026-11-22", "2026-11-22"}, {"day", "22/11/2026", "2026-11-22"}, {"day", "2.1.2026", "2026-01-02"}, {"day", "31/02/2026", "!"}, {"day", "2026", "!"},
		{"y", "2014", "2014-01-01"}, {"m", "11/2014", "2014-11-01"}, {"m", "2014-11", "2014-11-01"},
		{"at", "14:30", "14:30:00"}, {"at", "14h30", "14:30:00"}, {"at", "25:00", "!"},
		{"when", "2026-11-22 9:05", "2026-11-22T09:05:00+01:00"}, {"when", "2026-11-22T09:05:00Z", "2026-11-22T09:05:00+00:00"}, {"when", "2026-11-22", "!"},
		{"place", "44.49, 11.34", "44.49 11.34"}, {"place", "44.49 11.34 50 5", "44.49 11.34 50 5"}, {"place", "94 11", "!"}, {"place", "x", "!"},
		{"ok", "yes", "OK"}, {"ok", "oui", "OK"}, {"ok", "no", "!"}, {"word", " a b ", "a b"}, {"r", "2,5", "2.5"},
		{"sector", "ind", "ind"}, {"sector", "2", "ind"}, {"sector", "Industry", "ind"}, {"sector", "agr", "agri"}, {"sector", "buildings", "cons"},
		{"sector", "9", "!"}, {"sector", "r", "!"}, {"sector", "AGRI", "agri"},
		{"sectors", "1,3", "agri cons"}, {"sectors", "1 1 2", "agri ind"}, {"sectors", "Services, other", "serv"}, {"sectors", "1,xyz", "!"}, {"sectors", "agri; ind", "agri ind"},
		{"score", "5", "5"}, {"score", "2", "1"}, {"score", "1", "1"},
	} {
		v, err := iv.Parse(record.Path(c.path), c.typed)
		switch {
		case c.want == "!":
			if err == nil {
				t.Errorf("%s: %q is read as %q", c.path, c.typed, v)
			}
		case err != nil || v.String() != c.want:
			t.Errorf("%s: %q gives %q, %v, want %q", c.path, c.typed, v, err, c.want)
		}
	}
	if _, err := iv.Parse("nowhere", "1"); err == nil {
		t.Error("an unknown question is read")
	}
	v, _ := iv.Parse("sectors", "1,4")
	if got := iv.Format("sectors", v); got != "Agriculture, Services, other" {
		t.Errorf("formatted: %q", got)
	}
	if got := iv.Format("n", record.Int(1200)); got != "1200" {
		t.Errorf("formatted: %q", got)
	}
}

// Values of the wrong kind, as an import may bring them, are problems and not errors.
func TestValuesOfTheWrongKind(t *testing.T) {
	iv := interview.New(compile(t, typedForm), env())
	half, _ := record.ParseDecimal("1.5")
	third, _ := record.ParseDecimal("0.333")
	for _, c := range []struct {
		path  record.Path
		value record.Value
		want  string // kind of the problem
		hard  bool
	}{
		{"n", record.Text("many"), "type", true}, {"n", record.Number(half), "type", true}, {"d", record.Number(third), "type", false},
		{"d", record.Number(half), "", false}, {"day", record.Text("soon"), "type", true}, {"day", record.Text("2026-11-22"), "", false},
		{"at", record.Text("14:30"), "", false}, {"when", record.Text("then"), "type", true}, {"place", record.Text("here"), "type", true},
		{"r", record.Int(9), "constraint", true}, {"sector", record.Text("mining"), "choice", true},
		{"sectors", record.List([]string{"agri", "mining"}), "choice", true}, {"word", record.Text("any"), "", false},
	} {
		set(t, iv, c.path, record.Answer{Value: c.value})
		got := iv.ProblemsIn(c.path)
		switch {
		case c.want == "":
			if len(got) != 0 {
				t.Errorf("%s %v: %+v", c.path, c.value, got)
			}
		case len(got) != 1 || string(got[0].Kind) != c.want || got[0].Hard != c.hard || got[0].Message == "":
			t.Errorf("%s %v: %+v", c.path, c.value, got)
		}
	}
}

func TestMessagesInAnotherLanguage(t *testing.T) {
	e := env()
	e.Say = func(key string, args ...string) string {
		if key == "interview.type.integer" {
			return args[0] + " n'est pas un nombre entier."
		}
		return ""
	}
	iv := interview.New(compile(t, typedForm), e)
	_, err := iv.Parse("n", "douze")
	if err == nil || err.Error() != "douze n'est pas un nombre entier." {
		t.Errorf("%v", err)
	}
	if _, err = iv.Parse("d", "douze"); err == nil || err.Error() != "douze is not a number; write digits only." {
		t.Errorf("%v", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, typed := range []string{"12", "1,2", "22/11/2026", "44 11", "1,3", "", "−", "'"} {
		f.Add(typed)
	}
	iv := interview.New(compile(f, typedForm), env())
	f.Fuzz(func(t *testing.T, typed string) {
		for _, s := range iv.Steps() {
			v, err := iv.Parse(s.Path, typed)
			if err != nil || v.IsZero() {
				continue
			}
			if _, err := iv.Set(s.Path, record.Answer{Value: v}); err != nil {
				t.Fatal(err)
			}
			for _, p := range iv.ProblemsIn(s.Path) {
				if p.Kind == interview.ProblemType || p.Kind == interview.ProblemChoice {
					t.Fatalf("%q is read as %q, which is a problem: %s", typed, v, p.Message)
				}
			}
		}
	})
}
