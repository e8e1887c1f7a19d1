package crowd

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

// source is the name of the register that the invented records come from; it enters their ids.
const source = "Crowd (invented)"

// The waves, and how many interviews a cooperative has of them.
const (
	firstYear = 2016
	years     = 10
	perUnit   = 5
)

// interviewers is how many persons ask.
const interviewers = 40

// crowd invents the records.
type crowd struct {
	interviews, units int
	form              func(kind string) (*form.Form, error)
	err               error
}

// changes gives waves, persons, cooperatives and then their interviews wave by wave, as they come in.
func (c *crowd) changes(yield func(store.Change) bool) {
	give := func(kind, key string, operation record.Operation, label string, answers map[string]string) bool {
		change, err := c.change(kind, key, answers)
		if err != nil {
			c.err = err
			return false
		}
		change.Operation, change.Label = operation, label
		return yield(change)
	}
	for y := range years {
		year := fmt.Sprint(firstYear + y)
		title := "Wave " + year + " (invented)"
		if !give("wave", year, record.Edit, title, map[string]string{"title": title, "year": year, "countries": allCountries()}) {
			return
		}
	}
	for i := range interviewers {
		given, family := givenNames[i%len(givenNames)], familyNames[i/2%len(familyNames)]
		if !give("person", fmt.Sprint(i), record.Edit, "", map[string]string{"given_name": given, "family_name": family}) {
			return
		}
	}
	for u := range c.units {
		x := unitOf(u)
		if !give("cooperative", x.key, record.Edit, x.name, x.cooperative()) {
			return
		}
	}
	left := c.interviews
	for y := range years {
		for u := range c.units {
			x := unitOf(u)
			if y < x.first || y >= x.first+perUnit || left == 0 {
				continue
			}
			left--
			key := fmt.Sprintf("%s %d", x.key, firstYear+y)
			if !give("mapping", key, x.operation(y), fmt.Sprintf("%s %d", x.name, firstYear+y), x.interview(y)) {
				return
			}
		}
	}
}

// change puts answers, by concept or name, where the questionnaire has them.
func (c *crowd) change(kind, key string, answers map[string]string) (store.Change, error) {
	f, err := c.form(kind)
	if err != nil {
		return store.Change{}, err
	}
	out := store.Change{Record: idOf(kind, key), Kind: kind, Form: f.Version, Set: make(map[record.Path]record.Answer, len(answers))}
	for name, text := range answers {
		q, ok := f.ByConcept(name)
		if !ok {
			if q, ok = workspace.FindQuestion(f, name); !ok {
				return out, fmt.Errorf("the questionnaire %s has no question for %s", kind, name)
			}
		}
		answer := record.Answer{Value: record.Text(text)}
		switch q.Storage() {
		case form.StoreList:
			answer.Value = record.List(strings.Fields(text))
		case form.StoreNumber:
			number, err := record.ParseDecimal(text)
			if err != nil {
				return out, err
			}
			answer.Value = record.Number(number)
		}
		if q.Calculation == nil {
			answer.Quality = record.Documented
		}
		out.Set[record.Path(q.Path)] = answer
	}
	return out, nil
}

func idOf(kind, key string) record.ID { return record.RegisterID(source, kind, key) }

// unit is a cooperative.
type unit struct {
	key, name string
	nation    nation
	trade     trade
	family    string
	first     int // the wave of its first interview
	founded   int
	size      float64
	ceased    bool
	random    *rand.Rand
}

// unitOf invents the cooperative of a number.
func unitOf(number int) *unit {
	random := rand.New(rand.NewPCG(uint64(number), 11))
	x := &unit{key: fmt.Sprint(number), nation: nations[pick(random, weights)], trade: trades[random.IntN(len(trades))], random: random}
	script := scripts[x.nation.script]
	x.name = fmt.Sprintf("%s %s %d", script.first[random.IntN(len(script.first))], script.second[random.IntN(len(script.second))], number)
	x.family = families[random.IntN(len(families))]
	x.first, x.founded = random.IntN(years-perUnit+1), 1950+random.IntN(66)
	x.size, x.ceased = math.Exp(2.3+1.2*random.NormFloat64()), random.Float64() < 0.1
	return x
}

func (x *unit) cooperative() map[string]string {
	out := map[string]string{
		"legal_name": x.name, "country": x.nation.code, "region": x.nation.region(x.random), "founded": fmt.Sprint(x.founded), "registered": fmt.Sprint(x.founded),
		"register": source, "registration_number": x.nation.code + x.key, "municipality": places[x.random.IntN(len(places))],
	}
	if x.ceased {
		out["ceased"] = fmt.Sprintf("%d-09-30", firstYear+x.first+perUnit-1)
	}
	return out
}

// operation is how far an interview of a wave is: those of the newest are still on their way.
func (x *unit) operation(wave int) record.Operation {
	switch chance := x.random.Float64(); {
	case wave < years-1 && chance < 0.3:
		return record.Lock
	case wave < years-1 || chance < 0.5:
		return record.Validate
	case chance < 0.75:
		return record.Submit
	case chance < 0.8:
		return record.Return
	}
	return record.Edit
}

func (x *unit) interview(wave int) map[string]string {
	year := firstYear + wave
	persons := max(2, int(x.size*math.Pow(1.02, float64(wave))*(1+0.1*x.random.NormFloat64())))
	workers := max(1, persons*(50+x.random.IntN(40))/100)
	turnover := persons * (20_000 + x.random.IntN(40_000))
	status := "active"
	if x.ceased && wave == x.first+perUnit-1 {
		status = "ceased"
	}
	return map[string]string{
		"subject": idOf("cooperative", x.key).String(), "wave": idOf("wave", fmt.Sprint(year)).String(), "year": fmt.Sprint(year),
		"interviewer":  idOf("person", fmt.Sprint(x.random.IntN(interviewers))).String(),
		"fiscal_start": fmt.Sprintf("%d-01-01", year), "fiscal_end": fmt.Sprintf("%d-12-31", year), "interview_date": fmt.Sprintf("%d-05-%02d", year+1, 1+x.random.IntN(30)),
		"mode": "phone", "outcome": outcomes[pick(x.random, []int{8, 1, 1})], "notice": "oral", "agrees": "yes", "named_use": "none",
		"status": status, "level": "primary", "figures_cover": "entity", "entry": "existing", "legal_form": "Cooperative",
		"country": x.nation.code, "region": x.nation.region(x.random), "ilo_type": iloTypes[x.random.IntN(len(iloTypes))], "family": x.family,
		"activity": x.trade.name, "isic": x.trade.division, "section": x.trade.section, "macro_sector": x.trade.macro,
		"members": fmt.Sprint(workers + x.random.IntN(9)), "persons_working": fmt.Sprint(persons), "worker_members": fmt.Sprint(workers),
		"non_member_employees": fmt.Sprint(persons - workers), "voting": "one_member", "accounting": "simplified", "currency": "EUR",
		"turnover": fmt.Sprint(turnover), "equity": fmt.Sprint(turnover / 4), "source": "accounts", "reliability": "3",
		"completeness": fmt.Sprint(30 + x.random.IntN(70)),
	}
}

// pick draws an index by weights.
func pick(random *rand.Rand, weights []int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	at := random.IntN(sum)
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return 0
}
