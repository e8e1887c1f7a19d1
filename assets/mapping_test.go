package assets_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"coopatlas/assets"
	"coopatlas/data/codes"
	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

// register is what other records hold in these tests: by kind, id and question.
type register map[string]map[string]map[string]string

func registers(length string) register {
	return register{
		"wave": {"w": {"year": "2024", "length": length, "fiscal_start": "2024-01-01", "fiscal_end": "2024-12-31", "mode": "face",
			"accounting": "national", "supervisor": "s", "interviewer": "p", "fiscal_rule": "ends"}},
		"cooperative": {"c": {"country": "IT", "region": "IT-21", "legal_form": "Società cooperativa", "activity": "Bakery", "founded": "1990"},
			"young": {"country": "IT", "founded": "2025"}, "island": {"country": "PR"}},
		"person": {"p": {}, "s": {}},
	}
}

// mapping opens an interview of the kind mapping in a length.
func mapping(t *testing.T, length string) *interview.Interview {
	t.Helper()
	return opened(t, "mapping", length)
}

// opened opens an interview of a kind on the code lists and these registers.
func opened(t *testing.T, kind, length string) *interview.Interview {
	t.Helper()
	lists, err := codes.Open(assets.FS())
	if err != nil {
		t.Skip(err)
	}
	known := registers(length)
	read := map[string][]interview.Choice{}
	choices := func(source string) ([]interview.Choice, error) {
		out := read[source]
		if out != nil {
			return out, nil
		}
		for _, id := range slices.Sorted(maps.Keys(known[source])) {
			out = append(out, interview.Choice{Name: id, Label: id, Attributes: known[source][id]})
		}
		if list, ok := lists.List(source); ok {
			for i := range list.Codes {
				c := &list.Codes[i]
				out = append(out, interview.Choice{Name: c.Value, Label: c.Label("en"), Attributes: c.Attributes})
			}
		}
		read[source] = out
		return out, nil
	}
	lookup := func(source, name string) (interview.Choice, bool) {
		all, _ := choices(source)
		i := slices.IndexFunc(all, func(c interview.Choice) bool { return c.Name == name })
		if i < 0 {
			return interview.Choice{}, false
		}
		return all[i], true
	}
	letters := map[string]string{"short": "R", "standard": "RC", "full": "RCO"}
	next := byte(0)
	return interview.New(compiled(t, kind), interview.Env{
		Now:    func() time.Time { return time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC) },
		Length: letters[length], Choices: choices, Lookup: lookup,
		NewID: func() record.ID { next++; return record.ID{next} },
	})
}

// find gives the path of a question of this name.
func find(t *testing.T, iv *interview.Interview, name string) record.Path {
	t.Helper()
	for _, item := range iv.Form().Named(name) {
		if q, is := item.(*form.Question); is {
			return record.Path(q.Path)
		}
	}
	t.Fatalf("there is no question %s", name)
	return ""
}

// answer gives answers written "name=value name=value"; "?" is don't know and "!" refused.
func answer(t *testing.T, iv *interview.Interview, answers string) {
	t.Helper()
	for _, pair := range strings.Fields(answers) {
		name, text, _ := strings.Cut(pair, "=")
		p := find(t, iv, name)
		given := record.Answer{}
		switch text {
		case "?":
			given.Status = record.DontKnow
		case "!":
			given.Status = record.Refused
		case "":
		default:
			q, _ := iv.Question(p)
			var err error
			if given.Value, err = valued(iv, q, p, text); err != nil {
				t.Fatalf("%s: %v", pair, err)
			}
		}
		if _, err := iv.Set(p, given); err != nil {
			t.Fatalf("%s: %v", pair, err)
		}
	}
}

func valued(iv *interview.Interview, q *form.Question, p record.Path, text string) (record.Value, error) {
	switch {
	case q.Type == form.TypeSelectMultiple:
		return record.List(strings.Split(text, ",")), nil
	case q.Type.TakesChoices(), q.Type == form.TypeText, q.Type == form.TypeDate:
		return record.Text(text), nil
	}
	return iv.Parse(p, text)
}

const (
	start   = "wave=w cooperative=c outcome=complete notice=oral agrees=yes named_use=none status=active level=primary figures_cover=entity "
	worker  = start + "ilo_type=worker family=worker isic=10 "
	social  = start + "ilo_type=multi family=social purpose=services,integration isic=88 "
	numbers = "members=12 persons_working=15 worker_members=10 non_member_employees=5 voting=one_member turnover=500000 "
)

// asked returns the names of the core R questions that are put to a person.
func asked(iv *interview.Interview, count func(*form.Question) bool) []string {
	var out []string
	for _, step := range iv.Steps() {
		if step.Question != nil && step.Question.Core == form.Required && count(step.Question) {
			out = append(out, step.Question.Name)
		}
	}
	return out
}

func fresh(q *form.Question) bool { return !filledIn(q) }

// notFromWave counts what the wave does not fill in, though the cooperative's record or the day may.
func notFromWave(q *form.Question) bool { return !slices.Contains(q.Triggers, "administration/wave") }

func TestAtMost25QuestionsAreAsked(t *testing.T) {
	for name, c := range map[string]struct {
		answers string
		count   func(*form.Question) bool
	}{
		"an ordinary worker cooperative, confirmations counted": {worker + numbers, notFromWave},
		"worker cooperative":              {worker + numbers, fresh},
		"turnover refused":                {worker + numbers + "turnover=!", fresh},
		"social, everything that applies": {social + numbers + "turnover=?", fresh},
		"notice on paper":                 {strings.Replace(social, "oral", "paper", 1) + numbers + "turnover=!", fresh},
		"ceased":                          {strings.Replace(social, "active", "ceased", 1) + "turnover=?", fresh},
		"self-completed":                  {social + numbers + "mode=self turnover=!", fresh},
		"desk":                            {worker + numbers + "mode=desk", fresh},
		"group":                           {worker + numbers + "level=group figures_cover=group voting=other reliability=1", fresh},
		"nothing answered yet":            {"", fresh},
	} {
		iv := mapping(t, "short")
		answer(t, iv, c.answers)
		if got := asked(iv, c.count); len(got) > 25 {
			t.Errorf("%s: %d questions are asked: %v", name, len(got), got)
		}
	}
}

func TestEveryRequiredQuestionIsAskedOnSomePath(t *testing.T) {
	reached := map[string]bool{}
	for _, answers := range []string{worker + numbers, social + numbers + "turnover=!", strings.Replace(worker, "active", "ceased", 1),
		strings.Replace(worker, "oral", "email", 1)} {
		iv := mapping(t, "short")
		answer(t, iv, answers)
		for _, name := range asked(iv, func(*form.Question) bool { return true }) {
			reached[name] = true
		}
	}
	for _, q := range compiled(t, "mapping").Questions {
		if q.Core == form.Required && put(q) && !reached[q.Name] {
			t.Errorf("%s is never asked", q.Name)
		}
	}
}

func TestWhatTheWaveAndTheCooperativeKnowIsFilledIn(t *testing.T) {
	iv := mapping(t, "short")
	answer(t, iv, "wave=w cooperative=c outcome=complete isic=10")
	for name, want := range map[string]string{
		"year": "2024", "fiscal_start": "2024-01-01", "fiscal_end": "2024-12-31", "mode": "face", "accounting": "national", "supervisor": "s",
		"interview_date": "2026-03-01", "country": "IT", "region": "IT-21", "currency": "EUR", "activity": "Bakery", "section": "C",
		"macro_sector": "industry", "length": "short", "asked": "yes", "present": "yes",
	} {
		if got := iv.Answer(find(t, iv, name)).Value.String(); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := iv.InstanceName(); got != "c 2024" {
		t.Errorf("the record is named %q", got)
	}
	answer(t, iv, "year=2023 currency=CHF")
	if got := iv.Answer(find(t, iv, "year")).Value.String(); got != "2023" {
		t.Errorf("the year was changed to 2023 and is %s", got)
	}
}

func TestPaths(t *testing.T) {
	for _, c := range []struct{ length, answers, open, closed string }{
		{"short", worker, "members worker_members turnover voting", "entry members_f fte equity surplus within_scope purpose cessation_year turnover_band keyed_by"},
		{"standard", worker, "entry members_natural members_f fte equity surplus", "other_members_employed share_capital"},
		{"full", worker, "other_members_employed share_capital", "within_scope"},
		{"short", social, "purpose within_scope disadvantaged beneficiaries worker_members", "cessation_year"},
		{"short", start + "ilo_type=consumer family=outside", "non_member_employees", "worker_members within_scope"},
		{"short", start + "ilo_type=producer family=artisan", "within_scope", "worker_members"},
		{"short", worker + "status=ceased", "cessation_year cessation_reason country isic turnover", "members persons_working voting"},
		{"short", worker + "status=dormant", "members turnover", "cessation_year"},
		{"short", worker + "turnover=!", "turnover_band", ""},
		{"short", worker + "turnover=?", "turnover_band", ""},
		{"short", worker + "turnover=0", "", "turnover_band"},
		{"short", worker + "mode=self", "keyed_by notice", ""},
		{"short", "wave=w cooperative=c outcome=complete mode=desk", "status members turnover", "notice agrees named_use"},
		{"short", "wave=w cooperative=c outcome=no_contact", "status level source reliability", "notice agrees country members turnover figures_cover"},
		{"short", "wave=w cooperative=c outcome=refused", "notice agrees status source", "named_use country members turnover"},
		{"short", worker + "agrees=no", "status level source", "named_use country ilo_type isic members turnover figures_cover"},
		{"short", worker + "agrees=!", "status source", "country members turnover"},
		{"short", worker + "notice=!", "status source", "country members turnover"},
		{"short", worker + "notice=email", "notice_date", ""},
		{"short", worker + "cooperative=island", "country", "region"},
		{"short", worker + "voting=other reliability=2", "voting_other reliability_note", ""},
		{"short", "", "wave outcome members persons_working turnover", ""},
	} {
		iv := mapping(t, c.length)
		answer(t, iv, c.answers)
		for _, name := range strings.Fields(c.open) {
			if !iv.Asked(find(t, iv, name)) {
				t.Errorf("%s, %s: %s is not asked", c.length, c.answers, name)
			}
		}
		for _, name := range strings.Fields(c.closed) {
			if iv.Asked(find(t, iv, name)) {
				t.Errorf("%s, %s: %s is asked", c.length, c.answers, name)
			}
		}
	}
}

func TestChecks(t *testing.T) {
	const all = "members_natural=10 members_legal=2 members_f=4 members_m=5 members_x=1 other_members_employed=0 "
	for _, c := range []struct{ answers, hard, soft string }{
		{numbers + all, "", ""},
		{"members=12 persons_working=15", "", ""},                                   // totals alone
		{"members=12 members_natural=10", "", ""},                                   // one part alone
		{"members_natural=10 members_legal=2", "", ""},                              // parts alone
		{"members=12 members_natural=13", "members_natural", ""},                    // part > total
		{"members=12 members_natural=10 members_legal=3", "members_legal", ""},      // sum
		{"members=12 members_natural=? members_legal=3", "", ""},                    // sum not complete
		{"members_natural=10 members_f=4 members_m=5 members_x=2", "members_x", ""}, // sum
		{"members_natural=10 members_f=4 members_m=7", "members_m", ""},             // parts > total
		{"members_natural=10 members_f=4 members_m=? members_x=2", "", ""},          // sum not complete
		{"members=0", "", "members"},                                                // needs members
		{"members=1", "", "members"},                                                // two for a primary worker cooperative
		{"members=1 level=secondary", "", ""},                                       //
		{"members=-1", "members", "members"},                                        //
		{"members=12 worker_members=13", "worker_members", ""},                      //
		{"worker_members=0", "", "worker_members"},                                  //
		{"worker_members=0 family=social", "", ""},                                  //
		{"persons_working=15 worker_members=10 non_member_employees=6", "non_member_employees", "non_member_employees"},
		{"persons_working=15 worker_members=10 non_member_employees=4", "", "non_member_employees"}, // others not asked
		{"persons_working=15 worker_members=10 non_member_employees=4 other_members_employed=1", "", ""},
		{"persons_working=15 worker_members=10 non_member_employees=4 other_members_employed=2", "other_members_employed", ""},
		{"persons_working=15 worker_members=? non_member_employees=4 other_members_employed=2", "", ""},
		{"persons_working=10 fte=12", "", ""},
		{"persons_working=10 fte=12.5", "", "fte"},
		{"persons_working=10 turnover=0", "", "turnover"},
		{"persons_working=0 turnover=0", "", ""},
		{"turnover=0", "", ""},
		{"turnover=-5", "", "turnover"},
		{"year=1999", "year", "fiscal_end"},
		{"year=2027", "year", "fiscal_end"},
		{"cooperative=young", "", "year"},
		{"fiscal_end=2023-12-31", "fiscal_end", "fiscal_end"},
		{"fiscal_end=2024-03-31", "", "fiscal_end"},
		{"fiscal_start=2023-07-01 fiscal_end=2024-06-30", "", ""},
		{"fiscal_start=2022-07-01 fiscal_end=2024-06-30", "", "fiscal_end"},
		{"interview_date=2026-03-02", "interview_date", ""},
		{"agrees=no", "agrees", ""},
		{"agrees=no outcome=refused", "", ""},
		{"named_use=none,case", "named_use", ""},
		{"status=ceased cessation_year=2025", "cessation_year", ""},
		{"status=ceased cessation_year=2024", "", ""},
		{"outcome=ceased", "", "status"},
		{"ilo_type=consumer", "", "family"},
		{"isic=C", "", "isic"},
		{"currency=ITL", "", ""}, // kept in its day
		{"currency=CHF", "", "currency"},
		{"voting=capital", "", "voting"},
		{"voting=capital level=tertiary", "", ""},
		{"equity=100 share_capital=40 reserves_indivisible=50 reserves_divisible=10", "", ""},
		{"equity=100 share_capital=40 reserves_indivisible=50 reserves_divisible=20", "reserves_divisible", ""},
		{"equity=100 share_capital=40 reserves_divisible=20", "", ""},
	} {
		iv := mapping(t, "full")
		answer(t, iv, worker+c.answers)
		hard, soft := failing(t, iv)
		if hard != c.hard || soft != c.soft {
			t.Errorf("%s: %q block and %q ask for a comment, want %q and %q", c.answers, hard, soft, c.hard, c.soft)
		}
	}
}

func TestRequiredIsMetByDoNotKnowAndRefused(t *testing.T) {
	iv := mapping(t, "short")
	answer(t, iv, worker+"members=? persons_working=! worker_members=? non_member_employees=? voting=? turnover=! turnover_band=? source=? reliability=4")
	for _, p := range iv.Problems() {
		t.Errorf("%s: %s", p.Path, p.Message)
	}
}

// failing returns the questions whose answers block and those that ask for a comment, by name.
func failing(t *testing.T, iv *interview.Interview) (hard, soft string) {
	t.Helper()
	var blocks, comments []string
	for _, p := range iv.Problems() {
		name := string(p.Path[strings.LastIndexByte(string(p.Path), '/')+1:])
		switch {
		case p.Kind == interview.ProblemRequired:
		case p.Kind == interview.ProblemForm:
			t.Errorf("%s: %s", p.Path, p.Message)
		case p.Hard:
			blocks = append(blocks, name)
		default:
			comments = append(comments, name)
		}
	}
	return strings.Join(blocks, " "), strings.Join(comments, " ")
}

func TestChecksOfTheOtherKinds(t *testing.T) {
	for _, c := range []struct{ kind, answers, hard, soft string }{
		{"cooperative", "legal_name=Alba founded=1990 registered=1991 founded_on=1990-05-01 country=IT region=IT-21", "", ""},
		{"cooperative", "legal_name=A", "legal_name", ""},
		{"cooperative", "founded=1799", "founded", ""},
		{"cooperative", "founded=2027", "founded", ""},
		{"cooperative", "founded=1990 registered=1989", "registered", ""},
		{"cooperative", "founded=1990 registered=1989 origin=conversion", "", ""},
		{"cooperative", "registered=1989", "", ""},
		{"cooperative", "founded=1990 founded_on=1991-01-01", "", "founded_on"},
		{"cooperative", "founded=1990 ceased=1989-12-31", "ceased", ""},
		{"cooperative", "ceased=2027-01-01", "ceased", ""},
		{"cooperative", "website=www.example.org", "", ""},
		{"cooperative", "website=none", "website", ""},
		{"organisation", "affiliation=none,ica", "affiliation", ""},
		{"organisation", "affiliation=cicopa,ica", "", ""},
		{"person", "basis=consent consent_date=2026-01-01 consent_expiry=2025-01-01", "consent_expiry", ""},
		{"person", "basis=staff email=someone@example.org phone=+39_011_1234567", "phone", ""},
		{"person", "basis=staff email=someone", "email", ""},
		{"wave", "year=2024 field_start=2025-03-01 field_end=2025-02-01", "field_end", ""},
		{"wave", "year=2024 fiscal_start=2023-07-01 fiscal_end=2024-06-30", "", ""},
		{"population", "country=IT year=2024 known=-1", "known", ""},
		{"population", "country=IT year=1999 known=0", "year", ""},
	} {
		iv := opened(t, c.kind, "")
		answer(t, iv, c.answers)
		if hard, soft := failing(t, iv); hard != c.hard || soft != c.soft {
			t.Errorf("%s, %s: %q block and %q ask for a comment, want %q and %q", c.kind, c.answers, hard, soft, c.hard, c.soft)
		}
	}
}

func TestWhatAWaveFillsIn(t *testing.T) {
	iv := opened(t, "wave", "")
	answer(t, iv, "title=Italy year=2024 countries=IT")
	for name, want := range map[string]string{"country": "IT", "currency": "EUR", "fiscal_start": "2024-01-01", "fiscal_end": "2024-12-31", "fiscal_rule": "ends"} {
		if got := iv.Answer(find(t, iv, name)).Value.String(); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	answer(t, iv, "countries=IT,FR")
	if got := iv.Answer(find(t, iv, "country")).Value.String(); got != "" {
		t.Errorf("a wave over two countries has the country %q", got)
	}
	if got := iv.InstanceName(); got != "Italy" {
		t.Errorf("the wave is named %q", got)
	}
}

func TestContactDataNeedsAGround(t *testing.T) {
	iv := opened(t, "person", "")
	for _, c := range []struct {
		answers string
		open    bool
	}{{"family_name=Rossi", false}, {"basis=staff", true}, {"basis=consent", true}, {"withdrawn=2026-02-01", false}} {
		answer(t, iv, c.answers)
		if got := iv.Asked("contact/email"); got != c.open {
			t.Errorf("after %s the e-mail is asked: %v", c.answers, got)
		}
	}
}
