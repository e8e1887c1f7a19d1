package interview_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"coopatlas/data/form/interview"
)

// towns is a form that asks for a town of a list, which may be filtered.
func towns(t testing.TB, filter string, choices []interview.Choice) *interview.Interview {
	f := survey(t, "type | name | label | choice_filter", "text | c | C |", "integer | n | N |",
		"select_one_from_file towns.csv | town | Town | "+filter)
	e := env()
	e.Choices = func(string) ([]interview.Choice, error) { return choices, nil }
	return interview.New(f, e)
}

func names(choices []interview.Choice) string {
	var out []string
	for _, c := range choices {
		out = append(out, c.Name)
	}
	return strings.Join(out, " ")
}

func TestSearch(t *testing.T) {
	choices := []interview.Choice{
		{Name: "bo", Label: "Bologna"}, {Name: "bz", Label: "Bolzano – Bozen"}, {Name: "sl", Label: "São Luís"}, {Name: "sb", Label: "San Benedetto del Tronto"},
		{Name: "tr", Label: "Tronzano"}, {Name: "x1", Label: "Łódź"}, {Name: "mo", Label: "Москва́"}, {Name: "BOL", Label: "Another one"},
	}
	iv := towns(t, "", choices)
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"bo", 0, "bo bz BOL"},  // a name, then beginnings
		{"BOL", 0, "BOL bo bz"}, // the name as it is written comes first
		{"bologna", 0, "bo"},    // the whole label
		{"bozen", 0, "bz"},      // a later word
		{"sao luis", 0, "sl"},   // without accents
		{"LUIS", 0, "sl"},       // without capitals
		{"tron", 0, "tr sb"},    // a beginning, then a later word
		{"ben tro", 0, "sb"},    // two words
		{"tro ben", 0, "sb"},    // in any order
		{"onz", 0, "tr"},        // inside a word
		{"москва", 0, "mo"},     // other scripts
		{"", 3, "bo bz sl"},     // nothing typed: the list as it is
		{"o", 0, "BOL"},         // two letters stand inside too many words
		{"o b", 0, ""},          // and so beside others
		{"on", 0, "BOL"},        // the second word of a name
		{"b", 2, "bo bz"},       // a limit
		{"–", 0, ""},            // no letter
		{"nowhere", 0, ""},
	} {
		if got := names(iv.Search("town", c.text, c.limit)); got != c.want {
			t.Errorf("%q finds %q, want %q", c.text, got, c.want)
		}
	}
	if got := iv.Search("c", "b", 0); got != nil {
		t.Errorf("a text has no choices, but %v", got)
	}
}

func TestFind(t *testing.T) {
	iv := towns(t, "", []interview.Choice{{Name: "1", Label: "Bo"}, {Name: "bo", Label: "Bologna"}, {Name: "X-1", Label: "Città"}, {Name: "x2", Label: "1"}})
	for typed, want := range map[string]string{"bo": "bo true", "BO": "1 true", "b": "1 bo false", "1": "1 true", "citta": "X-1 true", "x-1": "X-1 true", "x": "X-1 x2 false", "": "1 bo X-1 x2 false", "?": " false"} {
		found, exact := iv.Find("town", typed, 0)
		if got := fmt.Sprint(names(found), " ", exact); got != want {
			t.Errorf("%q finds %q, want %q", typed, got, want)
		}
	}
}

func TestSearchAmongWhatTheFilterLeaves(t *testing.T) {
	choices := []interview.Choice{
		{Name: "1", Label: "Alba", Attributes: map[string]string{"country": "it"}}, {Name: "2", Label: "Albi", Attributes: map[string]string{"country": "fr"}},
		{Name: "3", Label: "Albano", Attributes: map[string]string{"country": "it"}}, {Name: "4", Label: "Albion"},
	}
	iv := towns(t, "country = ${c}", choices)
	for _, c := range []struct{ country, want string }{{"it", "1 3"}, {"fr", "2"}, {"", ""}, {"it", "1 3"}} {
		set(t, iv, "c", text(c.country))
		if got := names(iv.Search("town", "alb", 0)); got != c.want {
			t.Errorf("in %q: %q, want %q", c.country, got, c.want)
		}
	}
}

// Whatever the shape of a filter, the index offers what evaluating it for each row offers.
func TestFiltersByIndexOfferTheSame(t *testing.T) {
	filters := []string{"country = ${c}", "${c} = country", "country = ${c} and size = 'big'", "country = ${c} and size != 'big'", "name = ${c}", "country = ${n}",
		"country = ${n} + 0", "size = 'big' and (country = ${c} or country = '1')", "country = size", "country = 1", "country = current()/../c", "true() and country = ${c}",
		"country = /data/c and label = ${c}", "country = instance('towns')/root/item[name = current()/../c]/country", "not(country = ${c})", "country = string(${n})"}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"1", "2", "3", "big", "01", ""})
		var choices []interview.Choice
		for i := range rapid.IntRange(0, 12).Draw(t, "choices") {
			c := interview.Choice{Name: fmt.Sprint(i % 5), Label: word.Draw(t, "label"), Attributes: map[string]string{}}
			for _, column := range []string{"country", "size"} {
				if rapid.Bool().Draw(t, "has") {
					c.Attributes[column] = word.Draw(t, column)
				}
			}
			choices = append(choices, c)
		}
		filter := rapid.SampledFrom(filters).Draw(t, "filter")
		c, n := word.Draw(t, "c"), rapid.SampledFrom([]int64{1, 2, 3}).Draw(t, "n")
		var got []string
		for _, filter := range []string{filter, "(" + filter + ") or false()"} { // the second form knows no index
			iv := interviewOf(choices, filter)
			if _, err := iv.Set("c", text(c)); err != nil {
				t.Fatal(err)
			}
			if _, err := iv.Set("n", whole(n)); err != nil {
				t.Fatal(err)
			}
			got = append(got, names(iv.Choices("town")), names(iv.Choices("town")))
		}
		if slices.Sort(got); got[0] != got[3] {
			t.Fatalf("%s of %v with c %q and n %d offers %q", filter, choices, c, n, got)
		}
	})
}

// interviewOf is towns for rapid, whose T is no testing.TB.
func interviewOf(choices []interview.Choice, filter string) *interview.Interview {
	var iv *interview.Interview
	testing.Init()
	iv = towns(quiet{}, filter, choices)
	return iv
}

// quiet is a testing.TB for forms that are known to compile.
type quiet struct{ testing.TB }

func (quiet) Helper()           {}
func (quiet) Fatal(args ...any) { panic(fmt.Sprint(args...)) }

// Typing letter by letter finds what typing all at once finds.
func TestSearchLetterByLetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[abÀ. ]{0,4}`)
		var choices []interview.Choice
		for range rapid.IntRange(0, 12).Draw(t, "choices") {
			choices = append(choices, interview.Choice{Name: word.Draw(t, "name"), Label: word.Draw(t, "label"), Attributes: map[string]string{"country": rapid.SampledFrom([]string{"it", "fr"}).Draw(t, "country")}})
		}
		iv := interviewOf(choices, rapid.SampledFrom([]string{"", "country = ${c}"}).Draw(t, "filter"))
		if _, err := iv.Set("c", text("it")); err != nil {
			t.Fatal(err)
		}
		typed := []rune(rapid.StringMatching(`[abÀ. ]{1,5}`).Draw(t, "typed"))
		for i := range typed {
			iv.Search("town", string(typed[:i+1]), 3)
		}
		fresh := interviewOf(choices, "country = 'it' or true()")
		if len(iv.Choices("town")) < len(choices) {
			fresh = interviewOf(choices, "country = 'it'")
		}
		if got, want := names(iv.Search("town", string(typed), 0)), names(fresh.Search("town", string(typed), 0)); got != want {
			t.Fatalf("%q: %q, want %q", string(typed), got, want)
		}
	})
}

// manyTowns are 50,000 choices in 100 countries.
func manyTowns() []interview.Choice {
	choices := make([]interview.Choice, 50_000)
	for i := range choices {
		choices[i] = interview.Choice{Name: fmt.Sprintf("n%d", i), Label: fmt.Sprintf("Cooperativa número %d de São Tomé", i),
			Attributes: map[string]string{"country": fmt.Sprintf("c%d", i%100)}}
	}
	return choices
}

// BenchmarkKeystrokes measures a keystroke in a list of 50,000 choices under filters of several sorts: it is to be
// answered before the next, within 16 ms.
func BenchmarkKeystrokes(b *testing.B) {
	choices := manyTowns()
	typed := []string{"c", "co", "coo", "coop", "coop n", "coop nu", "coop num", "tome 49", "tome 499", "9 tome", "zzz"}
	for _, filter := range []string{"", "country = ${c}", "country != ${c}", "contains(label, '7') or country = ${c}"} {
		b.Run(filter, func(b *testing.B) {
			iv := towns(b, filter, choices)
			if _, err := iv.Set("c", text("c7")); err != nil {
				b.Fatal(err)
			}
			iv.Search("town", "", 20) // the question comes up: its list is read
			for i := 0; b.Loop(); i++ {
				iv.Search("town", typed[i%len(typed)], 20)
			}
		})
	}
}

func BenchmarkSearchFiftyThousand(b *testing.B) {
	iv := towns(b, "", manyTowns())
	for b.Loop() {
		iv.Search("town", "tome 499", 20)
	}
}

func BenchmarkFirstSearchFiftyThousand(b *testing.B) {
	choices := manyTowns()
	for b.Loop() {
		towns(b, "", choices).Search("town", "coop", 20)
	}
}

func BenchmarkFilterWithoutIndex(b *testing.B) {
	iv := towns(b, "contains(label, '7') or country = ${c}", manyTowns())
	for i := 0; b.Loop(); i++ {
		set(b, iv, "c", text(fmt.Sprint("c", i%100)))
		iv.Choices("town")
	}
}

// A seed gives the order that randomize() gives, on every device: also a text, and a blank.
func TestSeedsOrderChoicesAsRandomizeDoes(t *testing.T) {
	f := compile(t, "| survey | |\n| | type | name | label | parameters | calculation |\n| | text | s | S | | |\n| | select_one l | q | Q | randomize=true seed=${s} | |\n"+
		"| | calculate | o | | | join(' ', randomize(instance('l')/root/item/name, ${s})) |\n| choices | |\n| | list_name | name | label |\n| | l | a | A |\n| | l | b | B |\n| | l | c | C |\n| | l | d | D |\n| | l | e | E |\n")
	iv := interview.New(f, env())
	orders := map[string]bool{}
	for _, seed := range []string{"42", "7", "word", "", "-3", "9999999999999999"} {
		set(t, iv, "s", text(seed))
		got := names(iv.Choices("q"))
		if want := value(iv, "o"); got != want {
			t.Errorf("the seed %q orders %q, randomize() %q", seed, got, want)
		}
		orders[got] = true
	}
	if len(orders) < 3 {
		t.Errorf("six seeds give only %d orders", len(orders))
	}
}
