package tabular

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every mapping that cannot be used says where, and what to do.
func TestMappingsThatCannotBeUsed(t *testing.T) {
	const head = "source: Shops\nvalues:\n  goods: {pan: bread}\n  wrong: {pan: brioche}\nrecords:\n  - kind: shop\n    key: [k]\n"
	for name, c := range map[string]struct{ text, says string }{
		"nothing": {"", "cannot be used: it is empty"},
		"a text":  {"id,name\n1,Aurora\n", "line 1: a text (id,name...) stands where entries, such as `key: value`, should stand"},
		"a list":  {"- a\n", "line 1: a list stands where entries"},
		"a key that is no list": {"source: x\nrecords:\n  - kind: shop\n    key: k\n  - kind: visit\n    key: k\n",
			"line 4: a text (k) stands where a list, such as [a, b] should stand"},
		"a rule that is a list": {head + "    columns:\n      title: [c, d]\n", "line 9: a list stands where entries, such as `key: value`, should stand"},
		"a question misspelt":   {head + "    columns:\n      titel: c\n", `titel: the questionnaire has no question of this path; is it "title"?`},
		"no YAML":               {"source: [", "line 1"},
		"an unknown entry":      {"sauce: Shops\n", "line 1: field sauce not found: a mapping has no such entry"},
		"an entry unknown to rules": {head + "    columns:\n      title: {column: c, spilt: x}\n",
			"line 9: field spilt not found: a mapping has no such entry"},
		"no source":           {"records:\n  - kind: shop\n    key: [k]\n", "`source:`"},
		"no records":          {"source: x\n", "`records:`"},
		"no key":              {"source: x\nrecords:\n  - kind: shop\n", "records, 1 (shop): it needs a `kind:` and a `key:`"},
		"encoding":            {"encoding: latin-7\n" + head, "windows-1252"},
		"separator":           {"separator: '\"'\n" + head, "separator"},
		"long separator":      {"separator: ab\n" + head, "separator"},
		"decimal":             {"decimal: '5'\n" + head, "`decimal:`"},
		"decimal as group":    {"decimal: ','\ngroup: ','\n" + head, "numbers could not be read"},
		"date":                {"dates: [D/M]\n" + head, `"D/M" has no year`},
		"state":               {head + "    state: done\n", `state "done" is unknown: write saved, submitted or validated`},
		"no column":           {head + "    columns:\n      title: {values: goods}\n", "title: a rule needs either a column"},
		"no such table":       {head + "    columns:\n      goods: {column: c, values: good}\n", `the table of values "good" does not stand`},
		"take":                {head + "    columns:\n      title: {column: c, take: second}\n", `take "second" is unknown`},
		"unknown":             {head + "    columns:\n      title: {column: c, unknown: ignore}\n", "write refuse or blank"},
		"quality":             {head + "    columns:\n      title: {column: c, quality: B}\n", "write A, D, E or I"},
		"no such kind":        {"source: x\nrecords:\n  - kind: shoppe\n    key: [k]\n", "shoppe: there is no questionnaire of this kind"},
		"no key column":       {"source: x\nrecords:\n  - kind: shop\n    key: [id]\n", `shop: key: the file has no column "id"; it has k, c`},
		"no such column":      {head + "    columns:\n      title: d\n", `shop: title: the file has no column "d"; it has k, c`},
		"no such question":    {head + "    columns:\n      names/title: c\n", `names/title: the questionnaire has no question of this path; is it "title"?`},
		"no such choice":      {head + "    columns:\n      goods: {column: c, values: wrong}\n", `says "brioche", which is not a choice`},
		"no such list":        {head + "    columns:\n      country: {column: c, lookup: land.csv}\n", `there is no code list "land.csv"`},
		"a personal question": {head + "    columns:\n      owner: c\n", "owner: the question is personal"},
		"a personal constant": {head + "    constants:\n      owner: Ann\n", "owner: the question is personal"},
		"a calculation":       {head + "    columns:\n      age: c\n", "age: the question is calculated"},
		"a repeat":            {head + "    columns:\n      staff/role: c\n", "staff/role: the question lies in a repeat"},
		"a photo":             {head + "    columns:\n      photo: c\n", "photo: the question keeps a file"},
		"a year of a text":    {head + "    columns:\n      title: {column: c, take: year}\n", "`take: year` gives a number"},
		"a blank constant":    {head + "    constants:\n      title: ''\n", "title: the constant is blank"},
		"an unknown constant": {head + "    constants:\n      goods: beer\n", `goods: "beer" is not among`},
		"twice":               {head + "    constants:\n      title: x\n    columns:\n      title: c\n", "title: it stands under `constants:` and `columns:`"},
		"no year":             {head + "    reference_year: c\n", "reference_year"},
		"a record not given":  {"source: x\nrecords:\n  - kind: visit\n    key: [k]\n    columns:\n      shop: {record: shop}\n", `no "shop" stands before it`},
		"a wrong reference":   {head + "  - kind: visit\n    key: [k]\n    columns:\n      note: {record: shop}\n", `note: the question does not refer to a record of kind "shop"`},
		"a kind twice":        {head + "  - kind: shop\n    key: [c]\n", "records, 2 (shop): the kind stands there before"},
		"year twice":          {head + "  - kind: visit\n    key: [k]\n    reference_year: c\n    columns:\n      year: c\n", "take one of both out"},
	} {
		m, err := ParseMapping([]byte(c.text))
		if err == nil {
			_, err = bind(m, kinds(t), []string{"k", "c"})
		}
		if !errors.Is(err, ErrMapping) || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v\nwant it to say %s", name, err, c.says)
		}
	}
}

func FuzzParseMapping(f *testing.F) {
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) < 3 {
		f.Fatalf("mappings: %q (%v)", files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(shopMapping))
	f.Add([]byte("source: &a [*a]\nrecords: *a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := ParseMapping(data)
		if err != nil {
			if !errors.Is(err, ErrMapping) {
				t.Errorf("an error of another kind: %v", err)
			}
			return
		}
		if _, err := bind(m, kinds(t), []string{"k", "c"}); err != nil && !errors.Is(err, ErrMapping) {
			t.Errorf("an error of another kind: %v", err)
		}
	})
}
