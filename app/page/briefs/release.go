package briefs

import (
	"cmp"

	"coopatlas/app/freezing"
	"coopatlas/app/kit"
	"coopatlas/data/workspace"
)

// releases are the figures that a brief can be made from: those of now, and those that were frozen, the last first.
func (p *Page) releases() []kit.Option {
	out := []kit.Option{{Label: p.say("release.present")}}
	for _, r := range p.offer.releases {
		out = append(out, kit.Option{Value: r.Record.String(), Label: p.say("release.named", map[string]any{"Title": r.Title, "Date": r.Locked})})
	}
	return out
}

// freeze makes a release of the years that are chosen, and takes it as what briefs are made from.
func (p *Page) freeze() {
	span := p.at.span()
	if n := len(p.offer.years); n > 0 && span.Years == nil && (span.From != 0 || span.To != 0) {
		span.From, span.To = cmp.Or(span.From, p.offer.years[0]), cmp.Or(span.To, p.offer.years[n-1])
	}
	freezing.Ask(p.s, span, func(r workspace.Release) {
		p.offer.releases = append([]workspace.Release{r}, p.offer.releases...)
		p.choose(func(s *scope) { s.release = r.Record.String() })
	})
}
