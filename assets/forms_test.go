package assets_test

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"coopatlas/assets"
	"coopatlas/data/codes"
	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
)

// kinds are the kinds of record this version has. Their names stand in stored records and never change.
var kinds = []string{"aggregate", "context", "cooperative", "dossier", "indicator", "macro", "mapping", "organisation", "outcome", "person", "population",
	"project", "query", "questionnaire", "rates", "relationship", "release", "released", "view", "wave"}

// compiledBefore holds the forms that were compiled without a problem, by kind: they are never changed.
var compiledBefore sync.Map

// compiled returns a kind's form and fails on anything that is wrong with it.
func compiled(t testing.TB, kind string) *form.Form {
	t.Helper()
	if f, known := compiledBefore.Load(kind); known {
		return f.(*form.Form)
	}
	f, problems, err := xlsform.Kind(assets.FS(), kind)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", kind, p)
	}
	if f == nil || len(problems) > 0 {
		t.FailNow()
	}
	compiledBefore.Store(kind, f)
	return f
}

func TestKinds(t *testing.T) {
	have, err := xlsform.Kinds(assets.FS())
	if err != nil || !slices.Equal(have, kinds) {
		t.Errorf("the kinds are %v (%v), want %v", have, err, kinds)
	}
}

func TestKindsCompileWithoutProblems(t *testing.T) {
	for _, kind := range kinds {
		f := compiled(t, kind)
		if f.ID != kind || f.Version == "" || f.InstanceName == nil {
			t.Errorf("%s has the id %q, version %q and a name for records: %v", kind, f.ID, f.Version, f.InstanceName != nil)
		}
		if !slices.Equal(f.Languages, languages(t)) {
			t.Errorf("%s is in %v", kind, f.Languages)
		}
		if len(f.ListColumns()) == 0 {
			t.Errorf("%s has no list columns", kind)
		}
		for _, other := range f.Kinds() {
			if !slices.Contains(kinds, other) {
				t.Errorf("%s refers to the kind %s, which is not there", kind, other)
			}
		}
	}
}

// texts are what a person may read of a form, by where it stands.
func texts(f *form.Form) map[string]form.Text {
	out := map[string]form.Text{"title": f.Title}
	for _, g := range f.Groups {
		out[g.Path+" label"], out[g.Path+" hint"] = g.Label, g.Hint
	}
	for _, q := range f.Questions {
		out[q.Path+" label"], out[q.Path+" hint"] = q.Label, q.Hint
		out[q.Path+" guidance"], out[q.Path+" required"] = q.Guidance, q.RequiredMessage
		for i, check := range q.Checks {
			out[q.Path+" check "+string(rune('0'+i))] = check.Message
		}
	}
	for _, l := range f.Lists {
		for _, c := range l.Choices {
			out[l.Name+" "+c.Name] = c.Label
		}
	}
	return out
}

// languages are those that the programs speak: English first, as it stands in the kinds' own files.
func languages(t testing.TB) []string {
	t.Helper()
	files, err := fs.Glob(assets.FS(), "lang/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	out := []string{"en"}
	for _, file := range files {
		if code := strings.TrimSuffix(path.Base(file), ".yaml"); code != "en" {
			out = append(out, code)
		}
	}
	return out
}

func TestEveryTextIsThereInEveryLanguage(t *testing.T) {
	spoken := languages(t)
	for _, kind := range kinds {
		f := compiled(t, kind)
		for where, text := range texts(f) {
			for _, language := range spoken {
				if !text.Empty() && text[language] == "" {
					t.Errorf("%s: %s, %q in English, is not said in %s", kind, where, text["en"], language)
				}
			}
			if strings.Contains(text["fr"], "'") || strings.Contains(text["fr"], " ?") || strings.Contains(text["fr"], " :") {
				t.Errorf("%s: %s: French is written with ’ and a no-break space before ? and :, not %q", kind, where, text["fr"])
			}
			if lower := strings.ToLower(text["en"]); strings.Contains(lower, "co-op") || strings.Contains(lower, "coop ") {
				t.Errorf("%s: %s: write cooperative in %q", kind, where, text["en"])
			}
		}
		for _, q := range f.Questions {
			if put(q) && q.Label.Empty() {
				t.Errorf("%s: %s has no label", kind, q.Path)
			}
			for _, check := range q.Checks {
				if check.Message.Empty() {
					t.Errorf("%s: a check of %s says nothing", kind, q.Path)
				}
			}
		}
	}
}

func TestHintsAreShort(t *testing.T) {
	for _, kind := range kinds {
		for where, text := range texts(compiled(t, kind)) {
			for language, words := range text {
				if n := utf8.RuneCountInString(words); n > 110 {
					t.Errorf("%s: %s has %d characters in %s", kind, where, n, language)
				}
			}
		}
	}
}

func TestTablesAreAligned(t *testing.T) {
	err := fs.WalkDir(assets.FS(), "forms", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Base(name) == "README.md" {
			return err
		}
		text, err := fs.ReadFile(assets.FS(), name)
		if err != nil {
			return err
		}
		width := 0
		for i, line := range strings.Split(string(text), "\n") {
			n := utf8.RuneCountInString(line)
			switch {
			case !strings.HasPrefix(line, "|"):
				width = 0
			case width == 0:
				width = n
			case n != width:
				t.Errorf("%s line %d is %d wide and its table %d", name, i+1, n, width)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// put tells whether a question is put to a person; one that a trigger fills in is.
func put(q *form.Question) bool {
	return q.Type.Asked() && q.Type != form.TypeNote && (q.Calculation == nil || len(q.Triggers) > 0)
}

// filledIn tells whether a question comes filled in from the wave, the cooperative's record or the day, and is only
// confirmed.
func filledIn(q *form.Question) bool {
	return len(q.Triggers) > 0 || q.DefaultExpression != nil
}

func TestPersonalDataLivesInPersons(t *testing.T) {
	want := []string{"names/family_name", "names/given_name", "role", "contact/email", "contact/phone"}
	for _, kind := range kinds {
		var personal []string
		f := compiled(t, kind)
		for _, q := range f.Questions {
			if q.Personal {
				personal = append(personal, q.Path)
			}
		}
		if kind != "person" && personal != nil || kind == "person" && !slices.Equal(personal, want) {
			t.Errorf("%s has the personal questions %v", kind, personal)
		}
		if f.NamePersonal != (kind == "person") {
			t.Errorf("the name of a record of %s is personal: %v", kind, f.NamePersonal)
		}
	}
}

// concepts are the variables that indicators, breakdowns and the demonstration lean on.
var concepts = map[string]string{
	"mapping": `wave subject year fiscal_start fiscal_end outcome interview_language length status cessation_year cessation_reason entry level
		figures_cover country region area establishments operation_countries legal_form category category_members category_votes
		category_veto ilo_type family purpose market_producer isic section macro_sector main_share secondary_isic clients share_export
		share_public share_cooperatives members members_natural members_legal members_f members_m members_x members_15_24
		members_25_29 members_30_34 members_35_54 members_55_64 members_65 members_age_unknown members_joined members_left
		minimum_share persons_working worker_members non_member_employees other_members_employed workers_f workers_m workers_x
		employees_f employees_m employees_x workers_15_24 workers_25_29 workers_30_34 workers_35_54 workers_55_64 workers_65
		workers_age_unknown employees_15_24 employees_25_29 employees_30_34 employees_35_54 employees_55_64 employees_65
		employees_age_unknown worker_pay members_paid_wage members_paid_surplus permanent fixed_term casual apprentices part_time fte
		within_scope volunteers volunteer_hours hires separations workers_covered employees_covered accidents disadvantaged
		beneficiaries open_membership probation_months voting assembly_held assembly_attendance board board_f board_young
		board_workers board_external chair_f chief_f capital_workers capital_members capital_external reserves_locked dissolution
		outside_control trained training_hours training_spend intercooperation community community_spend reporting declaration
		standard_interest standard_nonstate standard_multi standard_votes standard_distribution standard_integration social_standards
		currency turnover turnover_band other_income grants purchases inventories labour_employees labour_members depreciation
		production_taxes interest_paid value_added_reported value_added assets fixed_assets equity share_capital reserves_indivisible
		reserves_divisible debt_banks debt_cooperative debt_public debt_members debt_other investment surplus allocation_legal
		allocation_reserve allocation_labour allocation_patronage allocation_interest allocation_education allocation_community
		allocation_mutual allocation_other loss_treatment interest_capped interest_cap disadvantaged_disability
		disadvantaged_unemployed disadvantaged_prisoners disadvantaged_addiction disadvantaged_migrants disadvantaged_minority
		disadvantaged_other pay_ratio pay_f pay_m labour_rights saved jobs_saved change_turnover change_jobs change_members
		change_investment difficulties difficulty_first measures outlook_jobs outlook_turnover practice_transferable practice_contact
		affiliated affiliation_to affiliation_since affiliation_tier affiliation_fee service usefulness fund_contribution fund_support
		fund_amount partner_kind partner_cooperative partner_organisation partner_country partner_since partner_formal partner_value
		international law_registration law_tax law_capital law_labour law_procurement law_supervision programme_level programme_kind
		programme_amount public_bids reserved_bids bids_won sdg mdg europe2020 work_stream post_kind source reliability completeness`,
	"cooperative": "founded registered origin country region link_kind link_to link_date ceased",
	"organisation": `kind level country founded affiliation services service_users staff_fte currency budget income_fees income_services
		income_public income_donors mutual_fund fund_rate fund_assets fund_projects audits representation`,
	"person":     "",
	"population": "country ilo_type size year known",
	"wave":       "year country length",
	"aggregate": `country enterprise_type year organisation scope enterprises memberships worker_members non_member_employees within_scope women
		currency turnover reporting source_kind quality sector sector_enterprises sector_persons`,
	"macro": `country world_region year constitution law_scope law_year definition_identity definition_ilo types founders registration_days currency
		registration_fee nonmember_business nonmember_workers vote_rule investors investor_votes reserve_rate reserves_locked
		dissolution labour_status tax_corporate tax_reserves tax_returns audit_compulsory state_powers procurement reserved_contracts
		competition transfer policy policy_budget ministry funds education register_flag statistics_frequency guidelines consulted
		reform_stage obstacles assessment figure_cooperatives figure_memberships figure_employees organisation population employment
		gdp gdp_per_head cpi deflator fx_average fx_end ppp`,
	"project": "country project_status year currency total_cost grant_asked grant_awarded",
	"dossier": "",
	"outcome": "year outcome_grade outcome_contribution outcome_status",
	"relationship": `tie_from tie_from_organisation tie_type tie_to tie_to_organisation tie_since tie_until tie_strength tie_reported_by
		tie_status`,
}

func TestConceptsAreStable(t *testing.T) {
	for kind, names := range concepts {
		var have []string
		for _, q := range compiled(t, kind).Questions {
			if q.Concept != "" {
				have = append(have, q.Concept)
			}
		}
		want := strings.Fields(names)
		slices.Sort(have)
		slices.Sort(want)
		if !slices.Equal(have, want) {
			t.Errorf("%s has the concepts\n%v, want\n%v", kind, have, want)
		}
	}
}

// codesOf are the choice codes of every list. They are stored: a code may be added, never renamed or taken away.
var codesOf = map[string]map[string]string{
	"mapping": {
		"yes_no":           "yes no",
		"mode":             "face phone video self desk",
		"outcome":          "complete partial refused not_located no_contact postponed out_of_scope ceased merged duplicate",
		"notice":           "oral paper email",
		"named_use":        "none directory matching case open",
		"status":           "active dormant liquidation ceased merged converted",
		"cessation_reason": "insolvency voluntary merger demutualisation law other",
		"entry":            "birth existing reentry restructuring",
		"level":            "primary secondary tertiary group controlled",
		"figures_cover":    "entity group",
		"ilo_type":         "worker producer consumer multi",
		"family":           "worker social artisan other_worker_owned outside",
		"purpose":          "services integration",
		"voting":           "one_member weighted capital other",
		"accounting":       "cash ifrs national simplified",
		"turnover_band":    "under_10k 10k_50k 50k_250k 250k_2m 2m_10m 10m_50m over_50m",
		"source":           "audited accounts register federation interview web estimate",
		"reliability":      "1 2 3 4",
		"attempt_outcome":  "reached appointment absent wrong refused other",
		"area":             "urban peri_urban rural",
		"category":         "workers producers users volunteers investors public cooperatives",
		"clients":          "households enterprises public members cooperatives export",
		"worker_pay":       "wage surplus mixed",
		"dissolution":      "members cooperatives state unclear",
		"intercooperation": "buys sells finances advises other none",
		"community":        "policy spending environment other none",
		"reporting":        "annual audit social none",
		"loss":             "reserves capital carried",
		"labour_rights":    "agreement union safety leave parental none",
		"change":           "1 2 3 4 5",
		"difficulty":       "finance public_cuts late_payment competition law taxation skills technology market governance succession inputs informal security other",
		"measure":          "hours pay reserves redeployment products merger training members other none",
		"tier":             "local regional sectoral national international",
		"service":          "finance guarantee training audit legal lobbying innovation marketing tendering ict startup",
		"usefulness":       "1 2 3 4 5",
		"partner_kind":     "cooperative ngo public university other",
		"international":    "sells buys venture exchange donor none",
		"effect":           "1 2 3 4 5",
		"programme_level":  "local national eu international",
		"programme_kind":   "grant loan tax training employment other",
		"sdg":              "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17",
		"mdg":              "1 2 3 4 5 6 7 8",
		"europe2020":       "employment research climate education poverty smart sustainable inclusive",
		"work_stream":      "ws1 ws2 ws3 ws4 ws5 ws6 ws7 ws8",
		"post_kind":        "offer request",
		"skill":            "management finance law training production marketing ict project transfer research other",
		"document_kind":    "accounts statutes register minutes report other",
	},
	"cooperative": {
		"origin":           "startup transfer_succession transfer_crisis conversion formalisation spin_off restructuring privatisation other",
		"link_kind":        "merged_into took_over split_from subsidiary_of duplicate_of",
		"cessation_reason": "insolvency voluntary merger demutualisation law other",
	},
	"organisation": {
		"organisation_kind":  "cooperative federation consortium ngo support mutual_fund finance public eu un ica union university foundation other",
		"organisation_level": "local regional national supranational world",
		"affiliation":        "none ica cicopa cecop coops_europe",
		"scope":              "affiliated all",
		"data_source":        "register statistics file survey estimate",
		"quality":            "A D E",
		"enterprise_type":    "all worker social artisan producer consumer multi other_worker_owned secondary",
		"representation":     "dialogue council parliament european none",
		"yes_no":             "yes no",
		"service":            "finance guarantee training audit legal lobbying innovation marketing tendering ict startup",
	},
	"person": {
		"basis":            "consent staff public",
		"consent_purpose":  "followup network directory events",
		"consent_evidence": "paper email form oral",
		"contact_source":   "person cooperative organisation register web other",
	},
	"population": {
		"ilo_type": "worker producer consumer multi",
		"size":     "0-9 10-49 50-249 250+",
	},
	"wave": {
		"length":      "short standard full",
		"fiscal_rule": "ends starts published",
		"mode":        "face phone video self desk",
		"accounting":  "cash ifrs national simplified",
	},
	"aggregate": {
		"enterprise_type": "all worker social artisan producer consumer multi other_worker_owned secondary",
		"scope":           "affiliated all",
		"data_source":     "register statistics file survey estimate",
		"quality":         "A D E",
	},
	"macro": {
		"confidence":    "high medium low",
		"law_scope":     "general special code other",
		"law_type":      "worker social artisan multi secondary none",
		"vote_rule":     "one_member weighted capital statutes",
		"labour_status": "employee self_employed own choice unclear",
		"tax_treatment": "exempt reduced ordinary higher unclear",
		"state_powers":  "none register audit intervene",
		"procurement":   "equal preferred hindered",
		"competition":   "exempt ordinary unclear",
		"transfer":      "preemption capitalisation funds information tax none",
		"fund_kind":     "promotion mutual guarantee none",
		"curriculum":    "primary secondary vocational university none",
		"frequency":     "yearly less never",
		"guidelines":    "applied tested planned no",
		"reform_stage":  "none proposed drafted parliament adopted",
		"addressee":     "government parliament international movement",
		"enabling":      "1 2 3 4 5",
		"scope":         "affiliated all",
		"yes_no":        "yes no",
		"dissolution":   "members cooperatives state unclear",
		"difficulty":    "finance public_cuts late_payment competition law taxation skills technology market governance succession inputs informal security other",
	},
	"project": {
		"call_kind":       "open restricted direct none",
		"partner_role":    "co_applicant affiliated associate",
		"project_status":  "idea scoping concept_note submitted preselected full_application full_submitted provisional contracted implementing suspended reporting closed no_go rejected withdrawn cancelled",
		"rejection_stage": "concept application eligibility",
		"dac":             "16020 25030 25010 32130 32140 31194 24040 11330 15150 other",
		"sdg":             "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17",
		"action_level":    "micro meso macro",
		"work_stream":     "ws1 ws2 ws3 ws4 ws5 ws6 ws7 ws8",
		"result_level":    "impact outcome output",
		"indicator_kind":  "number percent qualitative ordinal",
		"yes_no":          "yes no",
		"likelihood":      "low medium high",
	},
	"dossier": {
		"dossier_type":     "regulation directive decision recommendation communication own_initiative law programme convention other",
		"dossier_step":     "consultation proposal committee plenary council trilogue transposition",
		"dossier_priority": "1 2 3",
		"dossier_status":   "watching preparing active decided implementation closed",
		"action_level":     "micro meso macro",
		"work_stream":      "ws1 ws2 ws3 ws4 ws5 ws6 ws7 ws8",
		"yes_no":           "yes no",
	},
	"outcome": {
		"outcome_grade":  "0 1 2 3 4 5",
		"contribution":   "none plausible documented",
		"outcome_status": "claimed verified",
	},
	"relationship": {
		"tie_end":      "cooperative organisation",
		"tie_type":     "member_of affiliate funds partners supplies advises supervises co_organises",
		"tie_strength": "1 2 3",
		"tie_reported": "from to both other",
		"tie_status":   "alleged confirmed ended",
	},
}

func TestChoiceCodesAreStable(t *testing.T) {
	for kind, lists := range codesOf {
		f := compiled(t, kind)
		for name, want := range lists {
			var have []string
			if list := f.Lists[name]; list != nil {
				for _, c := range list.Choices {
					have = append(have, c.Name)
				}
			}
			if got := strings.Join(have, " "); got != want {
				t.Errorf("%s: the list %s has the codes %q, want %q", kind, name, got, want)
			}
		}
		if len(f.Lists) != len(lists) {
			t.Errorf("%s has the lists %v; say their codes here", kind, slices.Sorted(maps.Keys(f.Lists)))
		}
	}
}

func TestListsOfTheSameNameSayTheSame(t *testing.T) {
	seen := map[string]form.Text{}
	for _, kind := range kinds {
		for _, list := range compiled(t, kind).Lists {
			for _, c := range list.Choices {
				key := list.Name + " " + c.Name
				if before, found := seen[key]; found && !maps.Equal(before, c.Label) {
					t.Errorf("%s: %s is %v here and %v elsewhere", kind, key, c.Label, before)
				}
				seen[key] = c.Label
			}
		}
	}
}

// pulled finds what an expression reads of another list or kind.
var pulled = regexp.MustCompile(`pulldata\('(\w+)', '(\w+)', 'name'`)

func TestWhatIsReadOfOtherKindsIsThere(t *testing.T) {
	reads := 0
	for _, kind := range kinds {
		text, err := fs.ReadFile(assets.FS(), "forms/"+kind+".md")
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range pulled.FindAllStringSubmatch(string(text), -1) {
			other, name := found[1], found[2]
			if !slices.Contains(kinds, other) {
				continue
			}
			reads++
			items := compiled(t, other).Named(name)
			if len(items) != 1 {
				t.Errorf("%s reads %s of %s, which has %d such questions", kind, name, other, len(items))
				continue
			}
			if q, is := items[0].(*form.Question); !is || q.Personal {
				t.Errorf("%s reads %s of %s, which is personal or no question", kind, name, other)
			}
		}
	}
	if reads == 0 {
		t.Error("no kind reads another")
	}
}

func TestWhatIsReadOfCodeListsIsThere(t *testing.T) {
	lists, err := codes.Open(assets.FS())
	if err != nil {
		t.Skip(err)
	}
	for _, kind := range kinds {
		f := compiled(t, kind)
		for _, q := range f.Questions {
			if _, ok := lists.List(q.File); q.File != "" && !ok {
				t.Errorf("%s: %s takes its choices from %s, which is no code list", kind, q.Path, q.File)
			}
		}
		text, _ := fs.ReadFile(assets.FS(), "forms/"+kind+".md")
		for _, found := range pulled.FindAllStringSubmatch(string(text), -1) {
			list, ok := lists.List(found[1] + ".csv")
			if !ok {
				continue
			}
			if _, has := list.Codes[0].Attributes[found[2]]; !has {
				t.Errorf("%s reads the column %s of %s, which is not there", kind, found[2], list.Name)
			}
		}
	}
}
