package demonstration

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
)

// organisations are the federation of each country, and those that give money or decide.
func organisations() []Record {
	add := func(key, name, kind, level, country string) Record {
		return Record{Kind: "organisation", Key: key, State: "saved", Answers: map[string]string{
			"legal_name": name + invented, "kind": kind, "level": level, "country": country,
		}}
	}
	return []Record{
		add("IT", "Federazione delle cooperative", "federation", "national", "IT"),
		add("FR", "Fédération des coopératives", "federation", "national", "FR"),
		add("PT", "Federação das cooperativas", "federation", "national", "PT"),
		add("donor", "Fund for Cooperative Development", "foundation", "supranational", "BE"),
		add("institution", "Directorate for Enterprise", "eu", "supranational", "BE"),
	}
}

// relationships link cooperatives to the federation of their country, and now and then to each other.
func relationships(random *rand.Rand, lives []*life) []Record {
	var out []Record
	link := func(l *life, to, toKind, kind string) {
		since := max(l.founded, l.found-random.IntN(10))
		r := Record{
			Kind: "relationship", Key: l.key + " " + kind + " " + to, State: "saved",
			Refer: map[string]string{"tie_from": l.key, "tie_to": to},
			Answers: map[string]string{
				"from_kind": "cooperative", "to_kind": toKind, "tie_type": kind, "tie_since": fmt.Sprint(since), "tie_strength": fmt.Sprint(1 + random.IntN(3)),
				"tie_reported_by": "from", "tie_status": "alleged",
			},
		}
		if toKind == "organisation" {
			delete(r.Refer, "tie_to")
			r.Refer["tie_to_organisation"] = to
		}
		if random.Float64() < 0.4 {
			r.Answers["tie_reported_by"], r.Answers["tie_status"] = "both", "confirmed"
		}
		if l.ends > 0 {
			r.Answers["tie_status"], r.Answers["tie_until"] = "ended", fmt.Sprint(max(l.ends, since))
		}
		out = append(out, r)
	}
	for _, l := range lives {
		if random.Float64() < 0.6 {
			link(l, l.country.code, "organisation", "member_of")
		}
		for range random.IntN(3) {
			if other := lives[random.IntN(len(lives))]; other != l {
				link(l, other.key, "cooperative", []string{"partners", "supplies", "advises"}[random.IntN(3)])
			}
		}
	}
	slices.SortFunc(out, func(a, b Record) int { return cmp.Compare(a.Key, b.Key) })
	return slices.CompactFunc(out, func(a, b Record) bool { return a.Key == b.Key })
}

// answersOfLaw are what the country forms may say, by question.
var answersOfLaw = [...]struct {
	concept string
	answers []string
}{
	{"constitution", []string{"yes", "no"}}, {"definition_identity", []string{"yes", "no"}}, {"definition_ilo", []string{"no", "yes"}},
	{"types", []string{"worker social", "worker", "worker social multi"}}, {"vote_rule", []string{"one_member", "weighted"}},
	{"investors", []string{"yes", "no"}}, {"reserves_locked", []string{"yes", "no"}}, {"dissolution", []string{"cooperatives", "members", "state"}},
	{"labour_status", []string{"employee", "own", "choice"}}, {"tax_corporate", []string{"reduced", "ordinary"}}, {"tax_reserves", []string{"exempt", "reduced", "ordinary"}},
	{"tax_returns", []string{"ordinary", "reduced"}}, {"audit_compulsory", []string{"yes", "no"}}, {"state_powers", []string{"audit", "register", "intervene"}},
	{"procurement", []string{"equal", "preferred", "hindered"}}, {"reserved_contracts", []string{"yes", "no"}}, {"competition", []string{"ordinary", "exempt"}},
	{"transfer", []string{"information funds", "none", "preemption"}}, {"policy", []string{"yes", "no"}}, {"funds", []string{"promotion mutual", "none", "guarantee"}},
	{"education", []string{"university", "vocational university", "none"}}, {"register_flag", []string{"yes", "no"}}, {"statistics_frequency", []string{"yearly", "less"}},
	{"guidelines", []string{"tested", "planned", "no"}}, {"consulted", []string{"yes", "no"}}, {"reform_stage", []string{"proposed", "none", "drafted"}},
	{"obstacles", []string{"finance taxation", "law", "finance skills"}}, {"assessment", []string{"4", "3", "2"}},
}

// law is the form of a country and year.
func law(random *rand.Rand, c country, year int) Record {
	r := Record{Kind: "macro", Key: fmt.Sprintf("%s %d", c.code, year), State: "validated", Answers: map[string]string{"country": c.code, "year": fmt.Sprint(year)}}
	for _, question := range answersOfLaw {
		r.Answers[question.concept] = question.answers[random.IntN(len(question.answers))]
	}
	return r
}

// themes name the invented projects and dossiers.
var themes = [...]string{"Business transfer to workers", "Social cooperatives and care", "Young people found cooperatives", "Mutual funds for growth", "Women lead", "Skills for artisans", "Fair procurement", "Data on cooperatives"}

// projects are what the federations applied for, over the waves and the two years before.
func projects(random *rand.Rand) []Record {
	var out []Record
	for i := range 64 {
		c := countries[random.IntN(len(countries))]
		year := FirstYear - 2 + i/10
		cost := 100_000 + 25_000*random.IntN(60)
		r := Record{
			Kind: "project", Key: fmt.Sprintf("P%02d", i+1), State: "saved",
			Refer: map[string]string{"applicant": c.code, "donor": "donor"},
			Answers: map[string]string{
				"title": fmt.Sprintf("%s %d%s", themes[i%len(themes)], i+1, invented), "country": c.code, "countries": c.code, "programme": "Invented programme",
				"noted": fmt.Sprintf("%d-02-01", year), "project_status": "idea", "currency": "EUR", "total_cost": fmt.Sprint(cost), "grant_asked": fmt.Sprint(cost / 100 * 80),
				"levels": []string{"micro", "meso", "macro"}[i%3], "sdg": "8",
			},
		}
		advance(random, r.Answers, year)
		out = append(out, r)
	}
	return out
}

// advance takes a project along its chain of statuses, as far as its age lets it go.
func advance(random *rand.Rand, answers map[string]string, year int) {
	if random.Float64() < 0.1 {
		answers["project_status"] = "no_go"
		return
	}
	answers["submitted"] = fmt.Sprintf("%d-06-15", year)
	answers["project_status"] = "submitted"
	if year >= LastYear {
		return
	}
	answers["decided"] = fmt.Sprintf("%d-%02d-20", year+random.IntN(2), 9+random.IntN(3))
	switch fate := random.Float64(); {
	case fate < 0.45:
		answers["project_status"] = "rejected"
		answers["rejection_stage"] = []string{"concept", "application"}[random.IntN(2)]
	case fate < 0.5:
		answers["project_status"] = "withdrawn"
	case year < LastYear-3:
		answers["project_status"] = "closed"
	case fate < 0.6:
		answers["project_status"] = "contracted"
	default:
		answers["project_status"] = "implementing"
	}
}

// lobbying are the dossiers, and what came of what was asked for in them.
func lobbying(random *rand.Rand) []Record {
	dossiers := [...]struct{ title, kind, status string }{
		{"Directive on public procurement", "directive", "implementation"}, {"Action plan for the social economy", "communication", "active"},
		{"Law on business transfers", "law", "decided"}, {"Statistics on cooperatives", "convention", "watching"},
	}
	var out []Record
	for i, d := range dossiers {
		out = append(out, Record{Kind: "dossier", Key: fmt.Sprintf("D%d", i+1), State: "saved", Refer: map[string]string{"lead": "institution"}, Answers: map[string]string{
			"title": d.title + invented, "type": d.kind, "status": d.status, "priority": fmt.Sprint(1 + i%3), "levels": "macro",
		}})
	}
	for i := range 18 {
		status := []string{"verified", "claimed"}[random.IntN(2)]
		out = append(out, Record{
			Kind: "outcome", Key: fmt.Sprintf("O%02d", i+1), State: "saved", Refer: map[string]string{"dossier": fmt.Sprintf("D%d", 1+random.IntN(len(dossiers)))},
			Answers: map[string]string{
				"date": fmt.Sprintf("%d-%02d-10", FirstYear+i/4, 1+random.IntN(12)), "ask": "Invented ask", "changed": "Invented change", "outcome_grade": fmt.Sprint(random.IntN(6)),
				"outcome_contribution": []string{"none", "plausible", "documented"}[random.IntN(3)], "outcome_status": status,
			},
		})
	}
	return out
}
