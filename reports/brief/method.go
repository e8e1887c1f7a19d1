package brief

import (
	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/document"
	"coopatlas/reports/trend"

	"gopkg.in/yaml.v3"
)

// method is the box on how the figures are made.
func (b *builder) method(*yaml.Node) ([]document.Block, error) {
	text := b.Words.Say("bulletin.method.text", words.Args{"Minimum": indicator.DefaultMinN}) + b.remedied()
	return []document.Block{&document.Callout{Title: b.Words.Say("bulletin.method.title"), Blocks: []document.Block{
		&document.Note{Text: rich(text)},
	}}}, nil
}

// remarks are the notes of a result that the quality box tells, in this order.
var remarks = [...]indicator.NoteKey{
	indicator.NoteCarried, indicator.NoteOld, indicator.NoteImputed, indicator.NoteHidden, indicator.NoteRepeated,
	indicator.NoteNoCurrency, indicator.NoteHigherLevel, indicator.NoteConsolidated, indicator.NoteOutPopulation, indicator.NoteReworded,
	indicator.NoteWeighted, indicator.NoteStrataJoined, indicator.NoteTrimmed,
	indicator.NoteNobody, indicator.NoteFrameShort, indicator.NoteAlone,
}

// quality is the box on coverage, on figures carried forward and old, and on what was left out, for the indicators it
// names.
func (b *builder) quality(parameters *yaml.Node) ([]document.Block, error) {
	in, err := choose(parameters)
	if err != nil {
		return nil, err
	}
	coverage, err := b.coverage(b.To)
	if err != nil {
		return nil, err
	}
	out := &document.List{Items: []document.Text{rich(b.Words.Say("bulletin.quality.coverage", words.Args{
		"Coverage": capital(coverage), "Year": words.Year(b.To), "Where": b.where(),
	}))}}
	notes := map[indicator.NoteKey]indicator.Note{}
	rates, left := "", ""
	for _, code := range in.Indicators {
		p, err := b.panel(code)
		if err != nil {
			return nil, err
		}
		if p.used != nil {
			rates = trend.Rates(b.Words, p.used)
		}
		if text := b.leftOut(p.result.Estimated); text != "" {
			left = text
		}
		for key, note := range p.notes {
			if key == indicator.NoteHidden {
				sum := notes[key]
				note.Count, note.Of = note.Count+sum.Count, note.Of+sum.Of
			}
			if note.Count >= notes[key].Count {
				notes[key] = note
			}
		}
	}
	for _, key := range remarks {
		if note := notes[key]; note.Count > 0 {
			text := b.Words.Say("bulletin.quality."+string(key), words.Args{"Count": note.Count, "Of": note.Of})
			out.Items = append(out.Items, rich(text))
		}
	}
	for _, key := range [...]indicator.NoteKey{indicator.NoteNoRate, indicator.NoteFiscalYears} {
		if text := trend.MoneyNote(b.Words, notes[key]); text != "" {
			out.Items = append(out.Items, rich(text))
		}
	}
	for _, text := range [...]string{left, rates} {
		if text != "" {
			out.Items = append(out.Items, rich(text))
		}
	}
	return []document.Block{&document.Callout{Title: b.Words.Say("bulletin.quality.title"), Blocks: smaller(out)}}, nil
}

// smaller makes a list small print.
func smaller(list *document.List) []document.Block {
	var out []document.Block
	for _, item := range list.Items {
		out = append(out, &document.Note{Text: item})
	}
	return out
}
