package briefs

import (
	"context"
	"slices"
	"strconv"

	"coopatlas/app/page"
	"coopatlas/assets"
	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/brief"
	"coopatlas/reports/publish"
)

// scope is which brief is wanted, of what. The route holds it.
type scope struct {
	template string
	country  string // "" for all
	from, to int    // 0: the first and the last there are
	years    string // these only, such as "2021,2025"; "" for all from the first to the last
	language string // "" for the workspace's
	release  string // the id of its record; "" for the present figures
	totals   string // estimatedTotals, or "" for reported ones
}

// estimatedTotals is what a scope says of totals that are weighted to the known population.
const estimatedTotals = "estimated"

func readScope(at page.Route) scope {
	s := scope{template: at.Get("template"), country: at.Get("country"), language: at.Get("lang"), release: at.Get("release"), totals: at.Get("totals")}
	s.from, _ = strconv.Atoi(at.Get("from"))
	s.to, _ = strconv.Atoi(at.Get("to"))
	if span, err := indicator.ParseSpan(at.Get("years")); err == nil && span.String() != "" {
		s.choose(span)
	}
	return s
}

// choose takes years: those from a first to a last one, or some only.
func (s *scope) choose(span indicator.Span) {
	s.from, s.to, s.years = span.From, span.To, ""
	switch len(span.Years) {
	case 0:
	case 1:
		s.from, s.to = span.Years[0], span.Years[0]
	default:
		s.from, s.to, s.years = 0, 0, span.String()
	}
}

// span is the years of the brief.
func (s scope) span() indicator.Span {
	if span, err := indicator.ParseSpan(s.years); err == nil && s.years != "" {
		return span
	}
	if s.from > s.to && s.to != 0 {
		return indicator.Span{From: s.to, To: s.from}
	}
	return indicator.Span{From: s.from, To: s.to}
}

func (s scope) route() string {
	return page.MakeRoute("briefs", "template", s.template, "country", s.country, "lang", s.language, "from", written(s.from), "to", written(s.to), "years", s.years, "release", s.release, "totals", s.totals)
}

func written(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// ask is the brief in the form that it is made from.
func (s scope) ask(say *words.Words) publish.Brief {
	span := s.span()
	ask := publish.Brief{Template: s.template, From: span.From, To: span.To, Years: span.Years, Words: say, Release: s.release}
	ask.Remedy.Estimated = s.totals == estimatedTotals
	if s.country != "" {
		ask.Where = map[string][]string{"country": {s.country}}
	}
	return ask
}

// offer is what the scope can be chosen from.
type offer struct {
	templates []string
	countries []string
	years     []int
	language  string // of the workspace
	releases  []workspace.Release
	framed    bool // totals can be estimated
}

// read finds out what a scope can be chosen from: the validated records say which countries and years there are.
func read(ctx context.Context, w *workspace.Workspace) (offer, error) {
	var out offer
	var err error
	if out.templates, err = brief.Templates(assets.FS()); err != nil {
		return out, err
	}
	settings, err := w.Settings(ctx)
	if err != nil {
		return out, err
	}
	out.language = settings.Language
	if out.releases, err = w.Releases(ctx); err != nil {
		return out, err
	}
	frame, err := w.Store.Frame(ctx)
	if err != nil {
		return out, err
	}
	defer frame.Close()
	out.framed = indicator.HasPopulation(frame)
	count, err := indicator.Compute(ctx, frame, indicator.Query{Indicator: "I01", By: []string{"country"}, Validated: true, Disclosure: true})
	if err != nil {
		return out, err
	}
	for _, p := range count.Points {
		if p.Keys[1] != indicator.Unknown && !slices.Contains(out.countries, p.Keys[1]) {
			out.countries = append(out.countries, p.Keys[1])
		}
		if !slices.Contains(out.years, p.Year) {
			out.years = append(out.years, p.Year)
		}
	}
	slices.Sort(out.years)
	return out, nil
}
