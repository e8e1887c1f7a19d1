package brief

import (
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/document"

	"gopkg.in/yaml.v3"
)

// lead is the first paragraph: what is mapped, and what the changes are about.
func (b *builder) lead(*yaml.Node) ([]document.Block, error) {
	count, err := b.panel("I01")
	if err != nil {
		return nil, err
	}
	line := count.lines[0]
	point := *line.latest()
	coverage, err := b.coverage(point.Year)
	if err != nil {
		return nil, err
	}
	text := b.Words.Say("bulletin.lead", words.Args{
		"Year": words.Year(point.Year), "Count": int(point.Value.Float()), "Where": b.where(), "Coverage": coverage,
	})
	return []document.Block{&document.Paragraph{Lead: true, Text: rich(text)}}, nil
}

// says are the sentences on what the figures say and what they do not.
func (b *builder) says(parameters *yaml.Node) ([]document.Block, error) {
	in, err := choose(parameters)
	if err != nil {
		return nil, err
	}
	says := &document.List{}
	var silent []string
	money, members := false, false
	for _, code := range in.Indicators {
		p, err := b.panel(code)
		if err != nil {
			return nil, err
		}
		money = money || p.Money && len(p.lines) > 0 && b.Money.Kind != indicator.EURConstant
		members = members || p.Code == "I04" && len(p.lines) > 0
		sentence, reasons := b.sentences(p)
		if sentence != "" {
			says.Items = append(says.Items, rich(sentence))
		}
		silent = append(silent, reasons...)
	}
	if len(silent) > 0 {
		says.Items = append(says.Items, rich(b.Words.Say("bulletin.says.none", words.Args{"Reasons": strings.Join(silent, b.Words.Say("number.semicolon"))})))
	}
	not, err := b.saysNot(money, members)
	if err != nil {
		return nil, err
	}
	return []document.Block{&document.Callout{Dense: true, Title: b.Words.Say("bulletin.says.title"), Blocks: []document.Block{
		says, &document.Paragraph{Text: rich(not)},
	}}}, nil
}

// sentences say, in one sentence, the newest changes of a panel that may be headlines, and for each line whose newest
// year has none, why. Of several currencies each is named shortly, because what its change rests on stands with the key
// figures.
func (b *builder) sentences(p *panel) (sentence string, reasons []string) {
	var parts []string
	for _, line := range p.lines {
		point := *line.latest()
		if !p.HasMatched() {
			continue
		}
		if !headline(point.Matched) {
			reasons = append(reasons, b.Words.Say("bulletin.says.reason", words.Args{
				"Name": b.name(p, line), "Year": words.Year(point.Year), "Reason": b.shortReason(point.Matched),
			}))
		}
		if last := line.lastHeadline(); last != nil {
			args := b.changeArgs(*last)
			args["Name"], args["Currency"] = b.short(p.Indicator), line.unit
			sentence = b.Words.Say("bulletin.says.change", args)
			if last.Year == point.Year {
				parts = append(parts, b.Words.Say("bulletin.says.currency", args))
			}
		}
	}
	if len(p.lines) > 1 {
		if sentence = ""; len(parts) > 0 {
			sentence = b.Words.Say("bulletin.says.currencies", words.Args{"Name": b.short(p.Indicator), "Changes": b.Words.List(parts)})
		}
	}
	return sentence, reasons
}

func (b *builder) changeArgs(point indicator.Point) words.Args {
	change := point.Matched
	args := words.Args{
		"Change": b.changed(change), "From": words.Year(change.From), "To": words.Year(point.Year),
		"Count": change.N, "Share": b.Words.Percent(change.Share, 1),
	}
	args["Demographic"] = b.Words.Say("bulletin.no_demographic")
	if headline(point.Demographic) {
		args["Demographic"] = b.Words.Say("bulletin.demographic", words.Args{"Change": b.changed(point.Demographic)})
	}
	return args
}

// saysNot are the things a reader might take from the figures and must not.
func (b *builder) saysNot(money, members bool) (string, error) {
	coverage, err := b.coverage(b.To)
	if err != nil {
		return "", err
	}
	parts := []string{b.Words.Say("bulletin.not.head")}
	add := func(key string, args ...any) { parts = append(parts, b.Words.Say("bulletin.not."+key, args...)) }
	add("all", words.Args{"Coverage": coverage})
	add("totals")
	add("ceased")
	switch {
	case members && money:
		add("persons_and_prices")
	case members:
		add("persons")
	case money:
		add("prices")
	}
	add("cause")
	return strings.Join(parts, " "), nil
}
