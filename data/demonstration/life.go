package demonstration

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// life is what happens to one cooperative over the waves.
type life struct {
	country  country
	key      string
	name     string
	trade    string
	region   string
	family   string
	founded  int
	born     bool // within the waves
	found    int  // the first wave that knows of it
	ends     int  // the year it ceases in; 0 while it lives
	absorbed *life
	joins    *life // the cooperative it merged into
	size     float64
	growth   float64
	shy      float64 // how likely it is to refuse its turnover
	careless bool    // now and then repeats last year's accounts
}

func begin(random *rand.Rand, c country, i int) *life {
	first, second := i%len(c.first), (i/len(c.first)+i)%len(c.second)
	l := &life{
		country: c, key: fmt.Sprintf("%s%03d", c.code, i+1), trade: trades[first], region: c.regions[random.IntN(len(c.regions))],
		name:    fmt.Sprintf("%s %s%s", c.first[first], c.second[second], invented),
		founded: 1975 + random.IntN(45), found: FirstYear, family: "worker",
		size: math.Exp(2.1 + 1.1*random.NormFloat64()), growth: c.growth * (1 + 0.05*random.NormFloat64()),
	}
	if random.Float64() < 0.25 {
		l.family = "social"
	}
	switch fate := random.Float64(); {
	case fate < 0.16: // founded between the waves
		l.founded = FirstYear + 1 + random.IntN(LastYear-FirstYear)
		l.found, l.born, l.size = l.founded, true, 3+4*random.Float64()
	case fate < 0.30: // old, but nobody had mapped it
		l.found = FirstYear + 1 + random.IntN(LastYear-FirstYear)
	case fate < 0.42: // closes
		l.ends = FirstYear + 1 + random.IntN(LastYear-FirstYear)
	}
	if random.Float64() < 0.3 {
		l.shy = 0.3
	}
	l.careless = random.Float64() < 0.12
	l.size = max(3, l.size)
	return l
}

// merge lets the first two lasting cooperatives of a country with names of one trade merge in the third wave.
func merge(random *rand.Rand, lives []*life) {
	for i, l := range lives {
		for _, other := range lives[i+1:] {
			if l.lasts() && other.lasts() && l.trade == other.trade {
				l.absorbed, other.joins = other, l
				other.ends = FirstYear + 2
				l.growth *= 1 + 0.01*random.Float64()
				return
			}
		}
	}
}

func (l *life) lasts() bool { return l.found == FirstYear && l.ends == 0 && !l.born }

// records gives the cooperative and its interviews.
func (l *life) records(random *rand.Rand) []Record {
	out := []Record{l.cooperative()}
	last := accounts{}
	for year := l.found; year <= LastYear; year++ {
		now := l.accounts(random, year, last)
		if l.ends > 0 && year > l.ends {
			break
		}
		if random.Float64() < 0.07 && year > l.found && year != l.ends { // could not be reached this time
			last = now
			continue
		}
		out = append(out, l.interview(random, year, now))
		last = now
	}
	return out
}

func (l *life) cooperative() Record {
	r := Record{Kind: "cooperative", Key: l.key, State: "saved", Answers: map[string]string{
		"legal_name": l.name, "country": l.country.code, "region": l.region, "founded": fmt.Sprint(l.founded), "registered": fmt.Sprint(l.founded),
		"register": "Invented register", "registration_number": l.key, "legal_form": l.country.law,
	}}
	if l.joins != nil {
		r.Link = &Link{Kind: "merged_into", To: l.joins.key, Date: fmt.Sprintf("%d-06-30", l.ends)}
	} else if l.ends > 0 {
		r.Answers["ceased"] = fmt.Sprintf("%d-09-30", l.ends)
	}
	return r
}

// accounts are the figures of one fiscal year, and the year they are of.
type accounts struct {
	year               int
	workers, employees int
	members            int
	turnover, equity   int
}

func (l *life) accounts(random *rand.Rand, year int, last accounts) accounts {
	if l.careless && last.year > 0 && random.Float64() < 0.4 {
		return last
	}
	age := float64(year - max(l.found, FirstYear))
	size := l.size * math.Pow(l.growth, age) * (1 + 0.06*random.NormFloat64())
	if l.absorbed != nil && year >= l.absorbed.ends {
		size += l.absorbed.size
	}
	persons := max(2, int(math.Round(size)))
	workers := max(1, int(math.Round(float64(persons)*(0.62+0.05*random.NormFloat64()))))
	workers = min(workers, persons)
	perPerson := 38_000 + 9_000*random.NormFloat64() + 1_500*age
	turnover := int(float64(persons)*max(perPerson, 9_000)/100) * 100
	return accounts{
		year: year, workers: workers, employees: persons - workers, members: workers + random.IntN(4),
		turnover: turnover, equity: int(float64(turnover)*(0.22+0.04*random.NormFloat64())/100) * 100,
	}
}

func (l *life) interview(random *rand.Rand, year int, a accounts) Record {
	r := Record{Kind: "mapping", Key: fmt.Sprintf("%s %d", l.key, year), State: "validated", Refer: map[string]string{"subject": l.key, "wave": fmt.Sprint(year)}}
	if year == LastYear && random.Float64() < 0.08 {
		r.State = "submitted" // headquarters has not looked at it yet
	}
	r.Answers = map[string]string{
		"year": fmt.Sprint(year), "fiscal_start": fmt.Sprintf("%d-01-01", a.year), "fiscal_end": fmt.Sprintf("%d-12-31", a.year),
		"outcome": "complete", "interview_date": fmt.Sprintf("%d-05-15", min(year+1, LastYear+1)), "mode": "phone", "notice": "oral", "agrees": "yes",
		"named_use": "none", "legal_form": l.country.law, "activity": "Invented activity", "voting": "one_member", "accounting": "simplified",
		"source": "accounts", "reliability": "3", "status": "active", "level": "primary", "figures_cover": "entity", "entry": l.entry(year),
		"country": l.country.code, "region": l.region, "ilo_type": l.kindOfCooperative(), "family": l.family, "isic": l.trade,
		"members": fmt.Sprint(a.members), "persons_working": fmt.Sprint(a.workers + a.employees), "worker_members": fmt.Sprint(a.workers),
		"non_member_employees": fmt.Sprint(a.employees), "currency": "EUR", "turnover": fmt.Sprint(a.turnover), "equity": fmt.Sprint(a.equity),
	}
	if year == l.ends {
		l.end(r.Answers, year)
		return r
	}
	if random.Float64() < l.shy {
		r.Refused = append(r.Refused, "turnover")
		delete(r.Answers, "turnover")
		delete(r.Answers, "equity")
	}
	return r
}

// end turns an interview into the record of a cooperative that is no more on the last day of the year.
func (l *life) end(answers map[string]string, year int) {
	answers["status"], answers["cessation_reason"] = "ceased", "voluntary"
	if l.joins != nil {
		answers["status"], answers["cessation_reason"] = "merged", "merger"
	}
	answers["cessation_year"] = fmt.Sprint(year)
	for _, figure := range strings.Fields("members persons_working worker_members non_member_employees turnover equity") {
		delete(answers, figure)
	}
}

func (l *life) entry(year int) string {
	if l.born && year == l.founded {
		return "birth"
	}
	return "existing"
}

func (l *life) kindOfCooperative() string {
	if l.family == "social" {
		return "multi"
	}
	return "worker"
}
