package assets_test

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"coopatlas/assets"
	"coopatlas/data/codes"
	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
)

// kinds are the kinds of record this version has. Their names stand in stored records and never change.
var kinds = []string{"cooperative", "mapping", "organisation", "person", "population", "wave"}

// compiled returns a kind's form and fails on anything that is wrong with it.
func compiled(t testing.TB, kind string) *form.Form {
	t.Helper()
	f, problems, err := xlsform.Kind(assets.FS(), kind)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", kind, p)
	}
	if f == nil {
		t.FailNow()
	}
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
		if !slices.Equal(f.Languages, []string{"en", "fr"}) {
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

func TestEveryTextIsThereInEnglishAndFrench(t *testing.T) {
	for _, kind := range kinds {
		f := compiled(t, kind)
		for where, text := range texts(f) {
			if !text.Empty() && (text["en"] == "" || text["fr"] == "") {
				t.Errorf("%s: %s is %q in English and %q in French", kind, where, text["en"], text["fr"])
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
	"mapping": `subject year wave fiscal_start fiscal_end outcome status cessation_year cessation_reason entry level
		figures_cover country region ilo_type family legal_form isic section macro_sector members members_natural members_legal
		members_f members_m members_x persons_working worker_members non_member_employees other_members_employed fte
		within_scope disadvantaged beneficiaries purpose voting currency turnover turnover_band surplus equity share_capital
		reserves_indivisible reserves_divisible source reliability length`,
	"cooperative":  "founded registered origin country region link_kind link_to link_date ceased",
	"organisation": "kind level country founded affiliation",
	"person":       "",
	"population":   "country ilo_type year known",
	"wave":         "year country length",
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
		"yes_no": "yes no", "mode": "face phone video self desk", "notice": "oral paper email",
		"outcome":          "complete partial refused not_located no_contact postponed out_of_scope ceased merged duplicate",
		"named_use":        "none directory matching case open",
		"status":           "active dormant liquidation ceased merged converted",
		"cessation_reason": "insolvency voluntary merger demutualisation law other",
		"entry":            "birth existing reentry restructuring",
		"level":            "primary secondary tertiary group controlled", "figures_cover": "entity group",
		"ilo_type": "worker producer consumer multi", "family": "worker social artisan other_worker_owned outside",
		"purpose": "services integration", "voting": "one_member weighted capital other", "accounting": "cash ifrs national simplified",
		"turnover_band": "under_10k 10k_50k 50k_250k 250k_2m 2m_10m 10m_50m over_50m",
		"source":        "audited accounts register federation interview web estimate", "reliability": "1 2 3 4",
	},
	"cooperative": {
		"origin":           "startup transfer_succession transfer_crisis conversion formalisation spin_off restructuring privatisation other",
		"link_kind":        "merged_into took_over split_from subsidiary_of duplicate_of",
		"cessation_reason": "insolvency voluntary merger demutualisation law other",
	},
	"organisation": {
		"organisation_kind":  "cooperative federation consortium ngo support mutual_fund finance public eu un ica union university foundation other",
		"organisation_level": "local regional national supranational world", "affiliation": "none ica cicopa cecop coops_europe",
	},
	"person": {
		"basis": "consent staff public", "consent_purpose": "followup network directory events", "consent_evidence": "paper email form oral",
		"contact_source": "person cooperative organisation register web other",
	},
	"population": {"ilo_type": "worker producer consumer multi"},
	"wave": {
		"length": "short standard full", "fiscal_rule": "ends starts published", "mode": "face phone video self desk",
		"accounting": "cash ifrs national simplified",
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
