package brief

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/document"

	"gopkg.in/yaml.v3"
)

// chosen are the indicators of a block.
type chosen struct {
	Indicators []string
	Columns    int
	Optional   bool
}

func choose(parameters *yaml.Node) (chosen, error) {
	var in chosen
	if err := decode(parameters, &in); err != nil {
		return in, err
	}
	if len(in.Indicators) == 0 {
		return in, fmt.Errorf("it names no indicators: write indicators: [I01, I04]")
	}
	return in, nil
}

// keyFigures are the newest values with what each rests on.
func (b *builder) keyFigures(parameters *yaml.Node) ([]document.Block, error) {
	in, err := choose(parameters)
	if err != nil {
		return nil, err
	}
	out := &document.KeyFigures{Columns: in.Columns}
	for _, code := range in.Indicators {
		p, err := b.panel(code)
		if err != nil {
			return nil, err
		}
		figure, err := b.keyFigure(p)
		if err != nil {
			return nil, err
		}
		out.Figures = append(out.Figures, figure)
	}
	return []document.Block{out}, nil
}

func (b *builder) keyFigure(p *panel) (document.KeyFigure, error) {
	figure := document.KeyFigure{Label: b.short(p.Indicator)}
	switch len(p.lines) {
	case 0:
		figure.Value, figure.Quiet, figure.Change = "–", true, b.Words.Say("bulletin.no_value")
		return figure, nil
	case 1:
	default:
		return b.keyFigureOfMany(p)
	}
	line := p.lines[0]
	point := *line.latest()
	coverage, err := b.coverage(point.Year)
	if err != nil {
		return figure, err
	}
	figure.Value = b.value(p, line, point)
	figure.Notes = []string{b.Words.Say("bulletin.rests", words.Args{
		"Unit": capital(b.unit(p, line)), "Year": words.Year(point.Year), "Count": point.N, "Coverage": coverage,
	})}
	if p.result.Estimated != nil {
		figure.Notes = append(figure.Notes, b.Words.Say("bulletin.estimated"))
	}
	if !p.HasMatched() {
		figure.Quiet, figure.Change = true, b.Words.Say("bulletin.no_basis")
		return figure, nil
	}
	if headline(point.Matched) {
		figure.Change = b.Words.Say("bulletin.change_on", words.Args{"Change": b.changed(point.Matched), "From": words.Year(point.Matched.From)})
		figure.Notes = append(figure.Notes, capital(b.basis(point)))
		return figure, nil
	}
	figure.Quiet = true
	figure.Change = b.Words.Say("bulletin.no_comparable", words.Args{"Year": words.Year(point.Year)})
	figure.Notes = append(figure.Notes, capital(b.reason(point.Matched)))
	return figure, nil
}

// basis says what a change rests on, and gives the change with births and deaths beside it, without which a matched
// one is never printed.
func (b *builder) basis(point indicator.Point) string {
	change := point.Matched
	text := b.Words.Say("bulletin.matched_on", words.Args{
		"Count": change.N, "Share": b.Words.Percent(change.Share, 1), "From": words.Year(change.From),
	})
	if headline(point.Demographic) {
		return text + b.Words.Say("bulletin.demographic", words.Args{"Change": b.changed(point.Demographic)})
	}
	return text + b.Words.Say("bulletin.no_demographic")
}

// keyFigureOfMany gives one line a currency, because currencies are never added.
func (b *builder) keyFigureOfMany(p *panel) (document.KeyFigure, error) {
	figure := document.KeyFigure{Label: b.short(p.Indicator), Quiet: true}
	figure.Value = b.Words.Say("bulletin.currencies", words.Args{"Count": len(p.lines)})
	year := 0
	for _, line := range p.lines {
		year = max(year, line.latest().Year)
	}
	coverage, err := b.coverage(year)
	if err != nil {
		return figure, err
	}
	figure.Notes = []string{b.Words.Say("bulletin.never_added", words.Args{"Year": words.Year(year), "Coverage": coverage})}
	if p.result.Estimated != nil {
		figure.Notes = append(figure.Notes, b.Words.Say("bulletin.estimated"))
	}
	for _, line := range p.lines {
		point := *line.latest()
		text := b.Words.Say("bulletin.of_currency", words.Args{"Value": b.value(p, line, point), "Count": point.N, "Year": words.Year(point.Year)})
		if headline(point.Matched) {
			text += b.Words.Say("bulletin.of_currency_change", words.Args{
				"Change": b.changed(point.Matched), "Count": point.Matched.N, "Share": b.Words.Percent(point.Matched.Share, 1),
				"Demographic": b.besides(point),
			})
		} else {
			text += b.Words.Say("bulletin.of_currency_none")
		}
		figure.Notes = append(figure.Notes, text)
	}
	return figure, nil
}

func (b *builder) besides(point indicator.Point) string {
	if headline(point.Demographic) {
		return b.changed(point.Demographic)
	}
	return ":"
}

// capital makes the first letter of a sentence a capital.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}
