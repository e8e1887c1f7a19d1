package indicator

import "testing"

// catalogued gives the English texts of the catalogue.
func catalogued() map[string]bool {
	all := map[string]bool{}
	for _, i := range Catalogue() {
		for _, text := range []Text{i.Name, i.Question, i.Missing, i.Pitfall} {
			all[text["en"]] = true
		}
		for _, item := range i.Items {
			all[item.Name["en"]] = true
		}
	}
	delete(all, "")
	return all
}

func TestWordingsAreThoseOfTheCatalogue(t *testing.T) {
	all := catalogued()
	for language, of := range wordings {
		for english := range all {
			if of[english] == "" {
				t.Errorf("%s lacks %q", language, english)
			}
		}
		for english := range of {
			if !all[english] {
				t.Errorf("%s words %q, which the catalogue does not say", language, english)
			}
		}
	}
}

func TestTextsAreGivenInALanguage(t *testing.T) {
	text := Text{"en": "Turnover", "fr": "Chiffre d'affaires"}
	for language, want := range map[string]string{"en": "Turnover", "fr": "Chiffre d'affaires", "xx": "Turnover"} {
		equal(t, language, text.In(language), want)
	}
	equal(t, "nothing", Text(nil).In("en"), "")
}
