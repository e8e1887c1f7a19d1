package paper

import (
	"strings"
	"testing"
	"unicode/utf8"

	"coopatlas/data/form"
)

// sentenceOf is what paper says of the condition of a question or group, by its path.
func sentenceOf(t *testing.T, f *form.Form, path, length, language string) string {
	t.Helper()
	known := map[string]string{}
	if length != "" {
		known["length"] = length
	}
	say := speaker{form: f, words: spoken(t, language)}
	if q, is := f.Question(path); is && q.Relevant != nil {
		return say.only(conditionOf(f, known, q.Relevant.String()))
	}
	if g, is := f.Group(path); is && g.Relevant != nil {
		return say.only(conditionOf(f, known, g.Relevant.String()))
	}
	t.Fatalf("%s has no condition", path)
	return ""
}

func TestSkipSentences(t *testing.T) {
	for _, c := range []struct{ kind, path, length, language, want string }{
		{"mapping", "identification/cessation_year", "", "en", "Only if it is not so that the cooperative still exists."},
		{"mapping", "types/purpose", "", "en", "Only if M4.04 “Family (CICOPA)” is Social cooperative."},
		{"mapping", "types/purpose", "", "fr", "Seulement si M4.04 « Famille (CICOPA) » : Coopérative sociale."},
		{"mapping", "agreement/notice_date", "", "en", "Only if M1.01 “How was the information notice given?” is On paper or By e-mail."},
		{"mapping", "work/worker_members", "", "en", "Only if M4.03 “Type of cooperative (ILO)” is neither Producer cooperative nor Consumer or user cooperative or M4.04 “Family (CICOPA)” is Worker cooperative."},
		{"mapping", "work/within_scope", "", "en", "Only if M4.03 “Type of cooperative (ILO)” is Producer cooperative or Multi-stakeholder cooperative."},
		{"mapping", "work/beneficiaries", "", "en", "Only if M4.05 “Purpose of the social cooperative” includes Services of general interest."},
		{"mapping", "economics/turnover_band", "", "en", "Only if M9.02 “Turnover, net of VAT” was refused or M9.02 “Turnover, net of VAT” is not known."},
		{"mapping", "economics/turnover_band", "", "fr", "Seulement si M9.02 « Chiffre d’affaires hors taxes » est refusé ou M9.02 « Chiffre d’affaires hors taxes » n’est pas connu."},
		{"mapping", "economics/loss_treatment", "", "en", "Only if M10.01 “Net surplus after tax, before distribution” is less than 0."},
		{"mapping", "location/region", "", "en", "Asked or not according to M3.01 “Country”."},
		{"mapping", "membership/members_f", "short", "en", ""}, // never asked then
		{"mapping", "membership/members_f", "standard", "en", ""},
		{"mapping", "work/disadvantaged", "standard", "en", ""},
		{"mapping", "work/disadvantaged", "short", "en", "Only if M4.05 “Purpose of the social cooperative” includes Work integration."},
		{"mapping", "tags/mdg", "", "en", "Only if M0.03 “Reference year” is at least 2000 and M0.03 “Reference year” is at most 2015."},
		{"mapping", "tags/sdg", "", "en", "Only if M0.03 “Reference year” is at least 2015."},
		{"mapping", "practice/difficulty_first", "", "en", "Only if the number of answers to M12.02 “Main difficulties” is more than 1."},
		{"mapping", "practice/difficulty_other", "", "en", "Only if M12.02 “Main difficulties” includes Other."},
		{"mapping", "practice/practice_contact", "", "en", "Only if M12.05 “A good practice, in at most 200 words” is answered."},
		{"mapping", "economics/allocation", "full", "en", "Only if M10.01 “Net surplus after tax, before distribution” is more than 0."},
		{"mapping", "agreement", "", "en", "Only if M0.06 “Mode of collection” is not Desk: register or accounts, nobody interviewed and M0.07 “Outcome” is Complete, Partial or Refused."},
		{"mapping", "membership", "", "en", "Only if the notice was given, the cooperative agrees and the outcome is complete or partial and the cooperative still exists."},
		{"cooperative", "registration/register", "", "en", "Only if M2.03 “Registration number” is answered."},
		{"cooperative", "links/link_date", "", "en", "Only if “This cooperative …” is not … is a duplicate of the other."},
		{"person", "contact", "", "en", "Only if “Why may this person’s data be kept?” is answered and M1.05 “Consent withdrawn on” is not answered."},
		{"organisation", "affiliated_since", "", "en", "Only if S6 “Affiliations” is answered and S6 “Affiliations” does not include None."},
	} {
		f := kind(t, c.kind)
		got := strings.ReplaceAll(sentenceOf(t, f, c.path, c.length, c.language), "\u00a0", " ")
		if c.kind == "person" {
			got = strings.ReplaceAll(got, "M1.05 “Why", "“Why")
		}
		if got != c.want {
			t.Errorf("%s of %s in %q:\n%s\nwant\n%s", c.path, c.kind, c.length, got, c.want)
		}
	}
}

func TestConditionsThatCannotBeSaidNameWhatTheyRead(t *testing.T) {
	f := kind(t, "mapping")
	say := speaker{form: f, words: spoken(t, "en")}
	for source, want := range map[string]string{
		"regex(${activity}, 'a+')":        "Asked or not according to M5.01 “Main activity, in the respondent’s words”.",
		"${members} > ${persons_working}": "Asked or not according to M6.01 “Members at the end of the year (memberships)” and M7.01 “Persons working at the end of the year”.",
		"${members} + 1 > 3":              "Asked or not according to M6.01 “Members at the end of the year (memberships)”.",
		"true()":                          "",
		"":                                "",
		"not(":                            "",
		"${nothing} = 'a'":                "",
		"3 < ${members}":                  "Only if M6.01 “Members at the end of the year (memberships)” is more than 3.",
		"not(${members} > 3 or ${status} = 'active')": "Only if M6.01 “Members at the end of the year (memberships)” is at most 3 and M2.06 “Status on the last day of the reference year” is not Active.",
		"${length} = 'full' or ${members} = 1":        "Only if M6.01 “Members at the end of the year (memberships)” is 1.",
		"${length} = 'short' or ${members} = 1":       "",
		"${declaration} = 'consistent'":               "Asked or not according to M4.04 “Family (CICOPA)”, M7.02 “of which worker-members”, M7.03 “of which non-member employees” and M6.01 “Members at the end of the year (memberships)”.",
	} {
		if got := say.only(conditionOf(f, map[string]string{"length": "short"}, source)); got != want {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}

func FuzzCondition(f *testing.F) {
	mapping := kind(f, "mapping")
	for _, q := range mapping.Questions {
		if q.Relevant != nil {
			f.Add(q.Relevant.String())
		}
	}
	for _, seed := range []string{"", "(", "not(", "selected('', ${status})", "${length}", "'", "coalesce(", "selected(${purpose}, '')", "${ }=''"} {
		f.Add(seed)
	}
	say := speaker{form: mapping, words: spoken(f, "fr")}
	f.Fuzz(func(t *testing.T, source string) {
		if said := say.only(conditionOf(mapping, map[string]string{"length": "full"}, source)); utf8.ValidString(source) && !utf8.ValidString(said) {
			t.Errorf("%q is said as %q", source, said)
		}
	})
}
