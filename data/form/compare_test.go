package form_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"coopatlas/assets"
	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
)

const oldVersion = `| survey | |
| | type | name | label | label::fr | relevant | constraint | constraint_message | concept | unit | core |
| | text | first | First name | Prénom | | | | | | R |
| | integer | members | Members | Membres | | . >= 1 | One or more. | members | | R |
| | decimal | pay | Pay | Salaire | | | | pay | currency | C |
| | select_one yn | agrees | Do you agree? | D’accord ? | | | | agrees | | |
| | begin_group | place | Place | Lieu | | | | | | |
| | text | town | Town | Ville | | | | | | |
| | begin_repeat | visit | Visit | Visite | | | | | | |
| | date | day | Day | Jour | | | | | | |
| | end_repeat | | | | | | | | | |
| | end_group | | | | | | | | | |
| choices | |
| | list_name | name | label | label::fr |
| | yn | y | Yes | Oui |
| | yn | n | No | Non |
| settings | |
| | form_title | form_id | version | default_language | instance_name |
| | Visits | visits | 1 | en | ${first} |
`

// changed is the old version with some cells written anew.
func changed(t testing.TB, replacements ...string) *form.Form {
	t.Helper()
	f, problems := form.Compile(xlsform.Markdown("v.md", strings.NewReplacer(replacements...).Replace(oldVersion)))
	if f == nil {
		t.Fatal(form.Errors(problems))
	}
	return f
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name     string
		replaced []string
		renames  map[string]string
		want     []string
	}{
		{"nothing", nil, nil, nil},
		{"only the version", []string{"visits | 1 |", "visits | 2 |"}, nil, nil},
		{"a question more", []string{"| | decimal | pay", "| | text | role | Role | Rôle | | | | | | |\n| | decimal | pay"}, nil, []string{"added: role"}},
		{"a label", []string{"| Town |", "| City |"}, nil, []string{`wording: place/town, label (en): "Town" → "City"`}},
		{"a translation", []string{"Ville", "Commune"}, nil, []string{`wording: place/town, label (fr): "Ville" → "Commune"`}},
		{"the label of a concept", []string{"| Members |", "| Memberships |"}, nil, []string{`wording: members, label (en): "Members" → "Memberships"`, "concept members (members) may break: wording"}},
		{"a type", []string{"decimal | pay", "integer | pay"}, nil, []string{"retyped: pay, decimal → integer", `rule: pay, decimals: "2" → "0"`, "concept pay (pay) may break: type"}},
		{"a unit", []string{"| currency |", "| EUR |"}, nil, []string{`rule: pay, unit: "currency" → "EUR"`, "concept pay (pay) may break: unit"}},
		{"a choice more", []string{"| | yn | n | No | Non |", "| | yn | n | No | Non |\n| | yn | m | Maybe | Peut-être |"}, nil,
			[]string{`choice added: m of agrees: "" → "Maybe"`, "concept agrees (agrees) may break: choices"}},
		{"a choice less", []string{"| | yn | n | No | Non |\n", ""}, nil, []string{`choice removed: n of agrees: "No" → ""`, "concept agrees (agrees) may break: choices"}},
		{"a choice named anew", []string{"| Oui |", "| Certes |"}, nil, []string{`choice relabelled: y of agrees (fr): "Oui" → "Certes"`, "concept agrees (agrees) may break: choices"}},
		{"a constraint", []string{". >= 1", ". >= 2", "One or more", "Two or more"}, nil,
			[]string{`wording: members, constraint_message (en): "One or more." → "Two or more."`, `rule: members, constraint: ". >= 1" → ". >= 2"`}},
		{"a length", []string{"| currency | C |", "| currency | O |"}, nil, []string{`rule: pay, core: "C" → "O"`}},
		{"a renamed group, proposed", []string{"begin_group | place", "begin_group | where"}, nil,
			[]string{"added: where", "added: where/town", "added: where/visit", "added: where/visit/day", "removed: place", "removed: place/town", "removed: place/visit", "removed: place/visit/day",
				"perhaps renamed: place → where"}},
		{"a renamed group, mapped", []string{"begin_group | place", "begin_group | where"}, map[string]string{"place": "where"},
			[]string{"renamed: place → where", "renamed: place/town → where/town", "renamed: place/visit → where/visit", "renamed: place/visit/day → where/visit/day"}},
		{"a renamed concept", []string{"integer | members", "integer | memberships"}, map[string]string{"members": "memberships"}, []string{"renamed: members → memberships"}},
		{"a concept that moved", []string{"integer | members", "integer | memberships"}, nil,
			[]string{"added: memberships", "removed: members", "perhaps renamed: members → memberships", "concept members (memberships) may break: question"}},
		{"a question in another group", []string{"| | text | first | First name | Prénom | | | | | | R |\n", "", "| | text | town |", "| | text | first | Given name | Nom | | | | | | R |\n| | text | town |", "${first}", "${town}"}, nil,
			[]string{"added: place/first", "removed: first", "perhaps renamed: first → place/first", `rule: settings, instance_name: "${first}" → "${town}"`}},
		{"a question in other words", []string{"| | text | town | Town |", "| | text | municipality | Town or city or village |", "| | text | first | First name |", "| | text | forename | The first name |", "${first}", "${forename}"}, nil,
			[]string{"added: forename", "added: place/municipality", "removed: first", "removed: place/town", "perhaps renamed: first → forename", `rule: settings, instance_name: "${first}" → "${forename}"`}},
		{"a choice of another name", []string{"| yn | y |", "| yn | yes |"}, nil,
			[]string{"perhaps renamed: agrees:y → yes", `choice removed: y of agrees: "Yes" → ""`, `choice added: yes of agrees: "" → "Yes"`, "concept agrees (agrees) may break: choices"}},
		{"a choice of another name, mapped", []string{"| yn | y |", "| yn | yes |"}, map[string]string{"agrees:y": "yes"}, []string{`choice renamed: yes of agrees: "y" → "yes"`}},
		{"a rename of no choice", nil, map[string]string{"agrees:m": "y"}, []string{"unknown rename: agrees:m → y"}},
		{"a concept gone", []string{"| members | | R", "| | | R"}, nil, []string{`rule: members, concept: "members" → ""`, "concept members (members) may break: gone"}},
		{"a rename of nothing", nil, map[string]string{"nobody": "members"}, []string{"unknown rename: nobody → members"}},
		{"the name of records", []string{"en | ${first} |", "en | ${town} |"}, nil, []string{`rule: settings, instance_name: "${first}" → "${town}"`}},
		{"a group that became a repeat", []string{"begin_group | place", "begin_repeat | place", "| | end_group", "| | end_repeat"}, nil, []string{"retyped: place, group → repeat"}},
	} {
		d := form.Compare(changed(t), changed(t, c.replaced...), c.renames)
		var got []string
		for _, line := range d.Lines() {
			line, _, _ = strings.Cut(line, " (they look")
			got = append(got, line)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
		if d.Empty() != (len(c.want) == 0 || strings.HasPrefix(c.name, "a rename of n")) {
			t.Errorf("%s: empty is %v", c.name, d.Empty())
		}
	}
}

// A language that is added changes no wording that was there.
func TestCompareWithAnotherLanguage(t *testing.T) {
	with := strings.NewReplacer("label::fr", "label::it")
	old, _ := form.Compile(xlsform.Markdown("v.md", with.Replace(oldVersion)))
	new, _ := form.Compile(xlsform.Markdown("v.md", strings.NewReplacer("| core |", "| core | label::es |", "| label | label::fr |\n", "| label | label::it |\n").Replace(with.Replace(oldVersion))))
	if d := form.Compare(old, new, nil); !d.Empty() {
		t.Errorf("%q", d.Lines())
	}
}

// Every kind equals itself, and comparing backwards swaps what was added and removed.
func TestCompareIsEvenHanded(t *testing.T) {
	kinds, err := xlsform.Kinds(assets.FS())
	if err != nil {
		t.Fatal(err)
	}
	var forms []*form.Form
	for _, kind := range kinds {
		if f, _, _ := xlsform.Kind(assets.FS(), kind); f != nil {
			forms = append(forms, f)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SampledFrom(forms).Draw(t, "a"), rapid.SampledFrom(forms).Draw(t, "b")
		there, back := form.Compare(a, b, nil), form.Compare(b, a, nil)
		if a == b && !there.Empty() {
			t.Fatalf("%s differs from itself: %q", a.ID, there.Lines())
		}
		if !slices.Equal(there.Added, back.Removed) || !slices.Equal(there.Removed, back.Added) || len(there.Retyped) != len(back.Retyped) {
			t.Fatalf("%s and %s: %q, backwards %q", a.ID, b.ID, there.Lines(), back.Lines())
		}
	})
}

func TestRenamed(t *testing.T) {
	renames := map[string]string{"a": "x/y", "a/b": "z", "c": "d"}
	for old, want := range map[string]string{"a": "x/y", "a/b": "z", "a/b/c": "z/c", "a/q": "x/y/q", "ab": "ab", "c/e": "d/e", "": ""} {
		if got := form.Renamed(old, renames); got != want {
			t.Errorf("%q is %q, want %q", old, got, want)
		}
	}
}
