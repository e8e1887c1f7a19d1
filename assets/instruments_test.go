package assets_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/record"
)

// row adds a row to a repeat and answers in it, as answer does for the questions outside.
func row(t *testing.T, iv *interview.Interview, repeat, answers string) record.Path {
	t.Helper()
	for _, item := range iv.Form().Named(repeat) {
		if g, is := item.(*form.Group); is && g.Repeat {
			repeat = g.Path
		}
	}
	p, _, err := iv.AddRow(record.Path(repeat))
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range strings.Fields(answers) {
		name, text, _ := strings.Cut(pair, "=")
		at := p + record.Path("/"+name)
		q, known := iv.Question(at)
		if !known {
			t.Fatalf("%s has no question %s", repeat, name)
		}
		value, err := valued(iv, q, at, text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := iv.Set(at, record.Answer{Value: value}); err != nil {
			t.Fatalf("%s: %v", pair, err)
		}
	}
	return p
}

// rows are rows written "repeat: name=value name=value; repeat: …".
func rows(t *testing.T, iv *interview.Interview, text string) {
	t.Helper()
	for _, one := range strings.Split(text, ";") {
		if repeat, answers, found := strings.Cut(one, ":"); found {
			row(t, iv, strings.TrimSpace(repeat), answers)
		}
	}
}

func TestEveryNumberedRowOfTheMappingIsAsked(t *testing.T) {
	// The rows of the reference, modules M0 to M17; M0.01 is the record itself, M1.05 and M1.06 are kept with the person.
	last := []int{8, 6, 10, 6, 6, 6, 6, 15, 14, 12, 4, 6, 5, 5, 4, 4, 2, 5}
	have := map[string]bool{"M0.01": true}
	for _, kind := range []string{"mapping", "cooperative", "person"} {
		f := compiled(t, kind)
		for _, q := range f.Questions {
			have[q.Code] = true
		}
		for _, g := range f.Groups {
			have[g.Code] = true
		}
	}
	for module, n := range last {
		for i := 1; i <= n; i++ {
			code := "M" + strconv.Itoa(module) + "." + string(rune('0'+i/10)) + string(rune('0'+i%10))
			if !have[code] {
				t.Errorf("%s is in no form", code)
			}
		}
	}
}

func TestEveryThemeOfTheCountryFormHasACitation(t *testing.T) {
	f := compiled(t, "macro")
	for i := 1; i <= 26; i++ {
		code := "K" + strconv.Itoa(i)
		var names []string
		for _, q := range f.Questions {
			if q.Code == code {
				names = append(names, q.Name)
			}
		}
		cited := slices.ContainsFunc(names, func(n string) bool { return strings.HasSuffix(n, "_citation") })
		sure := slices.ContainsFunc(names, func(n string) bool { return strings.HasSuffix(n, "_confidence") })
		if !cited || !sure || len(names) < 3 {
			t.Errorf("%s has the questions %v", code, names)
		}
	}
}

func TestLettersAndLengthsAgree(t *testing.T) {
	short, standard, full := mapping(t, "short"), mapping(t, "standard"), mapping(t, "full")
	for _, iv := range []*interview.Interview{short, standard, full} {
		answer(t, iv, social+numbers+"surplus=10")
	}
	for _, q := range compiled(t, "mapping").Questions {
		p := record.Path(q.Path)
		if q.Repeat() != nil || !put(q) {
			continue
		}
		if q.Core == form.CoreOnly && short.Relevant(p) || q.Core == form.Optional && standard.Relevant(p) && q.Name != "respondent" && q.Name != "comments" {
			t.Errorf("%s is of core %c and its condition holds in a shorter interview", q.Path, q.Core)
		}
		if short.Asked(p) && !standard.Asked(p) || standard.Asked(p) && !full.Asked(p) {
			t.Errorf("%s is asked in a shorter interview and not in a longer one", q.Path)
		}
	}
}

func TestNothingOfLastYearIsFilledIntoFigures(t *testing.T) {
	for _, q := range compiled(t, "mapping").Questions {
		for _, module := range []string{"M6.", "M7.", "M8.", "M9.02", "M9.03", "M10.", "M11."} {
			if strings.HasPrefix(q.Code, module) && len(q.Triggers) > 0 {
				t.Errorf("%s (%s) is filled in", q.Path, q.Code)
			}
		}
	}
}

func TestMemberCategories(t *testing.T) {
	const w, p, u, v = "category=workers", "category=producers", "category=users", "category=investors"
	for _, c := range []struct{ rows, suggestion, hard string }{
		{"", "", ""},
		{"member_categories: " + w + " category_votes=100", "worker", ""},
		{"member_categories: " + w + " category_votes=60; member_categories: " + u + " category_votes=40", "worker", ""},
		{"member_categories: " + w + " category_votes=40; member_categories: " + p + " category_votes=60", "producer", ""},
		{"member_categories: " + w + " category_votes=40; member_categories: " + u + " category_votes=40; member_categories: " + v + " category_votes=20", "multi", ""},
		{"member_categories: " + w + " category_votes=50; member_categories: " + u + " category_votes=50", "multi", ""},
		{"member_categories: " + w + " category_votes=30; member_categories: " + v + " category_votes=70", "", ""},
		{"member_categories: " + w + " category_votes=40 category_veto=no; member_categories: " + u + " category_votes=60 category_veto=yes", "consumer", ""},
		{"member_categories: " + u + " category_votes=50 category_veto=yes; member_categories: " + w + " category_votes=50", "consumer", ""},
		{"member_categories: " + w + " category_votes=60; member_categories: " + u + " category_votes=30", "worker", "category_votes"},
		{"member_categories: " + w + " category_votes=60; member_categories: " + u, "worker", ""}, // not complete
		{"member_categories: " + w + " category_votes=120", "worker", "category_votes"},
		{"member_categories: " + w + " category_votes=100 category_members=13", "worker", "category_members"},
	} {
		iv := mapping(t, "standard")
		answer(t, iv, start+"members=12 family=social ilo_type="+c.suggestion)
		rows(t, iv, c.rows)
		if got := iv.Answer(find(t, iv, "ilo_suggestion")).Value.String(); got != c.suggestion {
			t.Errorf("%s suggests %q, want %q", c.rows, got, c.suggestion)
		}
		if hard, soft := failing(t, iv); hard != c.hard || soft != "" {
			t.Errorf("%s: %q block and %q ask for a comment", c.rows, hard, soft)
		}
		if c.suggestion == "producer" {
			answer(t, iv, "ilo_type=consumer")
			if _, soft := failing(t, iv); soft != "ilo_type" {
				t.Errorf("another type than the votes suggest asks for a comment on %q", soft)
			}
		}
	}
}

func TestTheCalculatedTests(t *testing.T) {
	const standards = "standard_interest=yes standard_nonstate=yes standard_multi=yes standard_votes=yes standard_distribution=yes "
	for _, c := range []struct{ answers, name, want string }{
		{worker + "members=12 worker_members=10 non_member_employees=5", "declaration", "consistent"},
		{worker + "members=20 worker_members=10 non_member_employees=5", "declaration", "not"}, // half is no majority
		{worker + "members=12 worker_members=5 non_member_employees=5", "declaration", "not"},
		{worker + "members=12 worker_members=10", "declaration", "unknown"},
		{worker + "members=0 worker_members=0 non_member_employees=0", "declaration", "unknown"},
		{social + "members=12 worker_members=10 non_member_employees=5", "declaration", ""},
		{social + standards + "disadvantaged=8 persons_working=15", "social_standards", "consistent"},
		{social + standards + "disadvantaged=7 persons_working=15", "social_standards", "not"},
		{social + standards + "persons_working=15", "social_standards", "unknown"},
		{social + "purpose=services " + standards, "social_standards", "consistent"},
		{social + "purpose=services " + standards + "standard_votes=no", "social_standards", "not"},
		{social + "purpose=services " + standards + "standard_votes=?", "social_standards", "unknown"},
		{worker, "social_standards", ""},
		{worker + "turnover=1000 purchases=400 other_income=50 grants=20 inventories=-10", "value_added", "620"},
		{worker + "turnover=1000 purchases=400", "value_added", "600"},
		{worker + "turnover=1000", "value_added", ""},
		{worker + "turnover=1000 purchases=400 value_added_reported=580", "value_added", "580"},
	} {
		iv := mapping(t, "full")
		answer(t, iv, c.answers)
		if got := iv.Answer(find(t, iv, c.name)).Value.String(); got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.answers, c.name, got, c.want)
		}
	}
}

func TestCompleteness(t *testing.T) {
	for _, c := range []struct{ length, answers, want string }{
		{"short", worker + numbers, "100"},
		{"short", worker + numbers + "turnover=! turnover_band=under_10k", "93"},
		{"short", "wave=w cooperative=c outcome=no_contact", ""},
		{"standard", worker + numbers, "32"},
	} {
		iv := mapping(t, c.length)
		answer(t, iv, c.answers)
		if got := iv.Answer(find(t, iv, "completeness")).Value.String(); got != c.want {
			t.Errorf("%s, %s: %q %% complete, want %q", c.length, c.answers, got, c.want)
		}
	}
}

func TestChecksOfTheFurtherModules(t *testing.T) {
	const staff = "persons_working=15 worker_members=10 non_member_employees=5 other_members_employed=0 "
	for _, c := range []struct{ answers, rows, hard, soft string }{
		{staff + "workers_f=4 workers_m=6 workers_x=0 employees_f=3 employees_m=2 employees_x=0", "", "", ""},
		{staff + "workers_f=4 workers_m=6 workers_x=1", "", "workers_x", ""},
		{staff + "employees_f=6", "", "employees_f", ""},
		{"members_natural=10 members_15_24=1 members_25_29=2 members_30_34=3 members_35_54=2 members_55_64=1 members_65=1 members_age_unknown=0", "", "", ""},
		{"members_natural=10 members_15_24=1 members_25_29=2 members_30_34=3 members_35_54=2 members_55_64=1 members_65=1 members_age_unknown=1", "", "members_age_unknown", ""},
		{"members_natural=10 members_15_24=1 members_age_unknown=1", "", "", ""},
		{staff + "workers_15_24=11", "", "workers_15_24", ""},
		{staff + "permanent=9 fixed_term=4 casual=0 apprentices=2", "", "", ""},
		{staff + "permanent=9 fixed_term=4 casual=0 apprentices=3", "", "apprentices", ""},
		{staff + "permanent=9 apprentices=3", "", "", ""},
		{staff + "part_time=16", "", "part_time", ""},
		{staff + "workers_covered=11 employees_covered=6", "", "workers_covered employees_covered", ""},
		{"board=5 board_f=2", "", "", ""},
		{"board=5 board_f=6", "", "board_f", ""},
		{"members=12 assembly_held=yes assembly_attendance=13", "", "assembly_attendance", ""},
		{"capital_workers=60 capital_members=90 capital_external=10", "", "", ""},
		{"capital_workers=60 capital_members=50 capital_external=10", "", "capital_members capital_external", ""},
		{"other_income=10 grants=11", "", "grants", ""},
		{"assets=100 fixed_assets=101", "", "fixed_assets", ""},
		{staff + "turnover=500 assets=900000", "", "", "assets"},
		{"surplus=1000 allocation_legal=300 allocation_labour=700 allocation_other=0", "", "", ""},
		{"surplus=1000 allocation_legal=300 allocation_labour=705 allocation_other=0", "", "", ""}, // one per cent
		{"surplus=1000 allocation_legal=300 allocation_labour=720 allocation_other=0", "", "allocation_other", ""},
		{"persons_working=15 disadvantaged=6 disadvantaged_migrants=7", "", "disadvantaged_migrants", ""},
		{"pay_ratio=0.9", "", "pay_ratio", ""},
		{"labour_rights=none,union", "", "labour_rights", ""},
		{"difficulties=finance,law,skills", "", "", ""},
		{"difficulties=finance,law,skills,market", "", "difficulties", ""},
		{"members=12 members_joined=13", "", "", "members_joined"},
		{"members=12 members_joined=13 members_left=2", "", "", ""},
		{"establishments=0", "", "establishments", ""},
		{"main_share=101", "", "main_share", ""},
		{"", "secondary_activities: secondary_isic=11; secondary_activities: secondary_isic=47", "", ""},
		{"", "secondary_activities: secondary_isic=10", "secondary_isic", ""}, // the main one
		{"", "secondary_activities: secondary_isic=11; secondary_activities: secondary_isic=47; secondary_activities: secondary_isic=56; secondary_activities: secondary_isic=62", "secondary_isic", ""},
		{"affiliated=yes", "affiliations: affiliation_since=2025", "affiliation_since", ""},
		{"affiliated=yes", "affiliations: affiliation_since=2001 affiliation_tier=national", "", ""},
		{"", "attempts: attempt_date=2026-03-02", "attempt_date", ""},
		{"sdg=1,4,5,8,10,12", "", "sdg", ""},
	} {
		iv := mapping(t, "full")
		answer(t, iv, worker+c.answers)
		rows(t, iv, c.rows)
		if hard, soft := failing(t, iv); hard != c.hard || soft != c.soft {
			t.Errorf("%s %s: %q block and %q ask for a comment, want %q and %q", c.answers, c.rows, hard, soft, c.hard, c.soft)
		}
	}
}

func TestPathsOfTheFurtherModules(t *testing.T) {
	for _, c := range []struct{ length, answers, open, closed string }{
		{"standard", worker, "place area clients workers_f worker_pay permanent board board_f outside_control affiliated difficulties change_jobs sdg", "volunteers capital_workers purchases allocation_legal law_tax members_15_24 post_kind mdg europe2020 standard_votes"},
		{"full", worker + "surplus=100", "members_15_24 workers_65 volunteers allocation_legal law_tax dissolution debt_banks work_stream", "loss_treatment standard_votes"},
		{"full", worker + "surplus=-100", "loss_treatment", "allocation_legal"},
		{"full", worker + "worker_pay=mixed saved=yes fund_support=yes disadvantaged=3", "members_paid_wage jobs_saved fund_amount disadvantaged_migrants", ""},
		{"standard", social, "standard_votes disadvantaged", "declaration_yes"},
		{"standard", start + "ilo_type=producer family=artisan", "employees_f", "workers_f workers_covered worker_pay"},
		{"standard", worker + "difficulties=finance", "", "difficulty_first difficulty_other"},
		{"standard", worker + "difficulties=finance,other", "difficulty_first difficulty_other", ""},
		{"standard", worker + "status=ceased", "place area clients", "board permanent affiliated sdg"},
		{"standard", "wave=w cooperative=c outcome=complete mode=desk", "board", "interview_language interpreted"},
	} {
		iv := mapping(t, c.length)
		answer(t, iv, c.answers)
		for _, name := range strings.Fields(c.open) {
			if !iv.Asked(find(t, iv, name)) {
				t.Errorf("%s, %s: %s is not asked", c.length, c.answers, name)
			}
		}
		for _, name := range strings.Fields(c.closed) {
			if p := find(t, iv, name); iv.Asked(p) {
				t.Errorf("%s, %s: %s is asked", c.length, c.answers, name)
			}
		}
	}
}

func TestTheOtherInstruments(t *testing.T) {
	for _, c := range []struct{ kind, answers, rows, hard, soft string }{
		{"organisation", "kind=federation income_fees=50 income_services=30 income_public=10 income_donors=10", "", "", ""},
		{"organisation", "kind=federation income_fees=50 income_services=30 income_public=10 income_donors=20", "", "income_donors", ""},
		{"organisation", "kind=federation representation=none,council", "", "representation", ""},
		{"organisation", "kind=federation", "member_enterprises: enterprise_year=2024 enterprise_type=worker enterprise_scope=all enterprise_enterprises=40", "", ""},
		{"organisation", "kind=federation", "member_enterprises: enterprise_year=1999", "enterprise_year", ""},
		{"organisation", "kind=federation", "member_enterprises: enterprise_worker_members=10 enterprise_non_member_employees=5 enterprise_women=16", "enterprise_women", ""},
		{"organisation", "kind=federation", "member_enterprises: enterprise_memberships=9 enterprise_worker_members=10", "", "enterprise_worker_members"},
		{"aggregate", "country=IT year=2024 enterprise_type=worker scope=affiliated enterprises=40 reporting=80", "sectors: sector=C sector_enterprises=30", "", ""},
		{"aggregate", "country=IT year=2024 enterprises=40", "sectors: sector=C sector_enterprises=41", "sector_enterprises", ""},
		{"aggregate", "scope=affiliated reporting=101", "", "reporting", ""},
		{"aggregate", "enterprises=-1", "", "enterprises", ""},
		{"macro", "country=IT year=2024 expert=p peer=s reviewer_1=p reviewer_2=s", "", "", ""},
		{"macro", "expert=p peer=p", "", "peer", ""},
		{"macro", "reviewer_1=p reviewer_2=p", "", "reviewer_2", ""},
		{"macro", "reserve_rate=101", "", "reserve_rate", ""},
		{"macro", "transfer=none,funds", "", "transfer", ""},
		{"macro", "", "laws: law_year=1991 law_amended=1990", "law_amended", ""},
	} {
		iv := opened(t, c.kind, "")
		answer(t, iv, c.answers)
		rows(t, iv, c.rows)
		if hard, soft := failing(t, iv); hard != c.hard || soft != c.soft {
			t.Errorf("%s, %s %s: %q block and %q ask for a comment, want %q and %q", c.kind, c.answers, c.rows, hard, soft, c.hard, c.soft)
		}
	}
}

func TestNamesOfReturnsAndCountryForms(t *testing.T) {
	for kind, c := range map[string]struct{ answers, want string }{
		"aggregate": {"country=IT year=2024 enterprise_type=worker scope=all", "Italy 2024, Worker cooperative, All enterprises in the country"},
		"macro":     {"country=FR year=2025", "France 2025"},
	} {
		iv := opened(t, kind, "")
		answer(t, iv, c.answers)
		if got := iv.InstanceName(); got != c.want {
			t.Errorf("%s is named %q, want %q", kind, got, c.want)
		}
	}
}
