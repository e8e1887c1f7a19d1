package demonstration_test

import (
	"reflect"
	"strconv"
	"strings"
	"testing"

	"coopatlas/data/demonstration"
)

func records(t *testing.T) map[string][]demonstration.Record {
	t.Helper()
	byKind := map[string][]demonstration.Record{}
	for _, r := range demonstration.Records(demonstration.Seed) {
		byKind[r.Kind] = append(byKind[r.Kind], r)
	}
	return byKind
}

func TestTheSameSeedGivesTheSameSet(t *testing.T) {
	if !reflect.DeepEqual(demonstration.Records(7), demonstration.Records(7)) {
		t.Error("two runs of one seed differ")
	}
	if reflect.DeepEqual(demonstration.Records(7), demonstration.Records(8)) {
		t.Error("another seed gives the same set")
	}
}

func TestEveryNameSaysThatItIsInvented(t *testing.T) {
	byKind := records(t)
	for kind, field := range map[string]string{"cooperative": "legal_name", "wave": "title", "organisation": "legal_name", "project": "title", "dossier": "title"} {
		if len(byKind[kind]) == 0 {
			t.Errorf("there is no %s", kind)
		}
		for _, r := range byKind[kind] {
			if !strings.HasSuffix(r.Answers[field], "(invented)") {
				t.Errorf("%s %s is called %q", kind, r.Key, r.Answers[field])
			}
		}
	}
}

// What the demonstration is to show: each must happen a few times, in each country where it can.
func TestWhatHappensInTheSet(t *testing.T) {
	byKind := records(t)
	years, countries, happened := map[string]bool{}, map[string]bool{}, map[string]int{}
	for _, r := range byKind["mapping"] {
		years[r.Answers["year"]], countries[r.Answers["country"]] = true, true
		happened["status "+r.Answers["status"]]++
		happened["entry "+r.Answers["entry"]]++
		happened["state "+r.State]++
		if len(r.Refused) > 0 {
			happened["refusal"]++
		}
		if r.Answers["fiscal_end"][:4] < r.Answers["year"] {
			happened["carried forward"]++
		}
	}
	for _, r := range byKind["cooperative"] {
		if r.Link != nil {
			happened["merger"]++
		}
	}
	if len(years) != 5 || len(countries) != 3 || len(byKind["population"]) != 15 {
		t.Errorf("%d waves, %d countries, %d populations", len(years), len(countries), len(byKind["population"]))
	}
	for _, what := range []string{"status ceased", "status merged", "entry birth", "entry existing", "state submitted", "state validated", "refusal", "carried forward", "merger"} {
		if happened[what] < 3 {
			t.Errorf("%s happens %d times", what, happened[what])
		}
	}
}

func TestFiguresAddUpAndKeysAreUnique(t *testing.T) {
	for kind, all := range records(t) {
		seen := map[string]bool{}
		for _, r := range all {
			if seen[r.Key] {
				t.Errorf("%s %s comes twice", kind, r.Key)
			}
			seen[r.Key] = true
			if persons, told := r.Answers["persons_working"]; told {
				if whole := number(t, r.Answers["worker_members"]) + number(t, r.Answers["non_member_employees"]); number(t, persons) != whole {
					t.Errorf("%s %s: %s persons, %d in parts", kind, r.Key, persons, whole)
				}
			}
		}
	}
}

func TestLateEntriesAreOlderThanTheirFirstWave(t *testing.T) {
	byKind := records(t)
	founded, first := map[string]int{}, map[string]int{}
	for _, r := range byKind["cooperative"] {
		founded[r.Key] = number(t, r.Answers["founded"])
	}
	for _, r := range byKind["mapping"] {
		if year, key := number(t, r.Answers["year"]), r.Refer["subject"]; first[key] == 0 || year < first[key] {
			first[key] = year
		}
	}
	late := 0
	for key, year := range first {
		if year > demonstration.FirstYear && founded[key] < year {
			late++
		}
		if founded[key] > year {
			t.Errorf("%s is mapped in %d and founded in %d", key, year, founded[key])
		}
	}
	if late < 6 {
		t.Errorf("%d cooperatives are found late", late)
	}
}

func number(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%q is not a number", text)
	}
	return n
}
