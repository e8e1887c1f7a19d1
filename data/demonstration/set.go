package demonstration

import (
	"fmt"
	"math/rand/v2"
)

// Source is the name of the register that the invented records come from; it enters their ids.
const Source = "Coopatlas demonstration (invented)"

// The waves: reference years that are mapped.
const (
	FirstYear = 2021
	LastYear  = 2025
)

// Seed is the seed of the set that `coopctl init --demo` makes.
const Seed = 20260301

// Record is one invented record: its answers by concept. Key names it within the source.
type Record struct {
	Kind    string
	Key     string
	State   string            // saved, submitted or validated
	Answers map[string]string // by concept, or by the question's name where it feeds no indicator
	Refer   map[string]string // by concept: the key of another record, of the kind that Referred names
	Refused []string          // concepts the respondent would not answer
	Link    *Link
}

// Referred names the kind of record that a concept refers to.
func Referred(concept string) string {
	switch concept {
	case "wave", "dossier":
		return concept
	case "applicant", "donor", "lead", "tie_to_organisation":
		return "organisation"
	}
	return "cooperative"
}

// Link is a dated link of a cooperative to another.
type Link struct{ Kind, To, Date string }

// country is one of the three, with what makes its cooperatives different.
type country struct {
	code, language string
	known          int     // cooperatives in the country at the first wave
	growth         float64 // a year, of persons working
	regions        []string
	law            string   // the legal form
	first, second  []string // the parts of names
}

var countries = [...]country{
	{"IT", "it", 140, 1.025, []string{"IT-21", "IT-45", "IT-52"}, "Società cooperativa",
		[]string{"Officina", "Forno", "Cantiere", "Servizi", "Tipografia", "Cucine", "Trasporti", "Giardini"},
		[]string{"Aurora", "del Ponte", "Nuova Riva", "Quercia", "Le Mura", "San Vivo", "Lanterna", "Orizzonte"}},
	{"FR", "fr", 180, 1.035, []string{"FR-BRE", "FR-ARA", "FR-OCC"}, "Scop",
		[]string{"Atelier", "Menuiserie", "Fabrique", "Services", "Imprimerie", "Maraîchers", "Transports", "Métallerie"},
		[]string{"du Lavoir", "des Trois Vents", "Horizon", "de la Halle", "du Moulin", "Passerelle", "Cap Clair", "du Verger"}},
	{"PT", "pt", 90, 1.01, []string{"PT-11", "PT-13", "PT-08"}, "Cooperativa de trabalho",
		[]string{"Oficina", "Padaria", "Construções", "Serviços", "Gráfica", "Cozinhas", "Transportes", "Cerâmica"},
		[]string{"do Cais", "Boa Hora", "da Serra", "Nova Maré", "do Largo", "Alvorada", "da Fonte", "Ribeira"}},
}

// invented ends every name, so that no list, chart or map shows one without it.
const invented = " (invented)"

// trades are the ISIC Rev.4 divisions that the first part of a name stands for, in its order in country.first.
var trades = [...]string{"33", "10", "41", "81", "18", "56", "49", "25"}

// Records gives the whole set of a seed: the waves, the known populations, then each cooperative with its interviews,
// then the organisations with what links them, the law of the countries, projects, dossiers and outcomes.
func Records(seed uint64) []Record {
	random := rand.New(rand.NewPCG(seed, 1))
	var out []Record
	for year := FirstYear; year <= LastYear; year++ {
		out = append(out, wave(year))
	}
	for c := range countries {
		for year := FirstYear; year <= LastYear; year++ {
			out = append(out, population(countries[c], year))
		}
	}
	var all []*life
	for c := range countries {
		lives := make([]*life, 0, 64)
		for i := range 44 + 8*c {
			lives = append(lives, begin(random, countries[c], i))
		}
		merge(random, lives)
		for _, l := range lives {
			out = append(out, l.records(random)...)
		}
		all = append(all, lives...)
	}
	return append(out, around(random, all)...)
}

// around is what surrounds the cooperatives.
func around(random *rand.Rand, lives []*life) []Record {
	out := append(organisations(), relationships(random, lives)...)
	for c := range countries {
		for _, year := range [...]int{FirstYear + 2, LastYear} {
			out = append(out, law(random, countries[c], year))
		}
	}
	return append(append(out, projects(random)...), lobbying(random)...)
}

func wave(year int) Record {
	return Record{Kind: "wave", Key: fmt.Sprint(year), State: "saved", Answers: map[string]string{
		"title": fmt.Sprintf("Wave %d%s", year, invented), "year": fmt.Sprint(year), "length": "standard", "fiscal_rule": "ends", "countries": "IT FR PT",
		"field_start": fmt.Sprintf("%d-03-01", year+1), "field_end": fmt.Sprintf("%d-06-30", year+1),
		"fiscal_start": fmt.Sprintf("%d-01-01", year), "fiscal_end": fmt.Sprintf("%d-12-31", year),
	}}
}

func population(c country, year int) Record {
	known := c.known + (year-FirstYear)*c.known/40
	return Record{Kind: "population", Key: fmt.Sprintf("%s %d", c.code, year), State: "saved", Answers: map[string]string{
		"country": c.code, "year": fmt.Sprint(year), "known": fmt.Sprint(known), "source": "Invented business register",
	}}
}
