package brief

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/reports/document"
	"coopatlas/reports/trend"

	"gopkg.in/yaml.v3"
)

// sims is the quality report of a release, under the headings of the European Single Integrated Metadata Structure.
func (b *builder) sims(parameters *yaml.Node) ([]document.Block, error) {
	in, err := choose(parameters)
	if err != nil {
		return nil, err
	}
	var results []*indicator.Result
	for _, code := range in.Indicators {
		p, err := b.panel(code)
		if err != nil {
			return nil, err
		}
		results = append(results, p.result)
	}
	sheet, err := indicator.Quality(b.ctx, b.Source, b.About, results...)
	if err != nil {
		return nil, err
	}
	s := &sheetWriter{builder: b, sheet: sheet}
	for _, part := range [...]func(){s.contact, s.presentation, s.coverage, s.period, s.confidentiality, s.accuracy, s.timeliness, s.comparability, s.processing} {
		part()
	}
	return s.blocks, nil
}

// sheetWriter puts a quality sheet into words.
type sheetWriter struct {
	*builder
	sheet  *indicator.Sheet
	blocks []document.Block
}

func (s *sheetWriter) tell(key string, args ...any) string {
	return s.Words.Say("quality_report."+key, args...)
}

func (s *sheetWriter) head(key string) {
	s.blocks = append(s.blocks, &document.Heading{Level: 2, Text: s.tell("head." + key)})
}

func (s *sheetWriter) paragraph(text string) {
	s.blocks = append(s.blocks, &document.Paragraph{Text: rich(text)})
}

// stated is what the release says under a heading, or that it says nothing.
func (s *sheetWriter) stated(key, text string) {
	s.head(key)
	if text == "" {
		text = s.tell("not_stated")
	}
	s.paragraph(strings.ReplaceAll(text, "**", ""))
}

func (s *sheetWriter) contact() { s.stated("contact", s.sheet.Contact) }

// presentation describes each indicator: what it answers, in which unit, and what it may not be taken for.
func (s *sheetWriter) presentation() {
	s.head("presentation")
	t := s.table("indicators", "indicator", "unit", "question", "pitfall")
	language := s.Words.Language()
	for i, d := range s.sheet.Description {
		unit := s.unitName(d.Unit)
		if used := s.used(i); used != nil {
			unit = trend.Money(s.Words, used)
		}
		t.Rows = append(t.Rows, plainRow(d.Code+" "+d.Name.In(language), unit, d.Question.In(language), d.Pitfall.In(language)))
	}
	s.blocks = append(s.blocks, t)
}

func (s *sheetWriter) period() {
	s.head("period")
	s.paragraph(s.Words.Years(s.sheet.ReferencePeriod[0], s.sheet.ReferencePeriod[1]))
}

// used is the money that the figures of an indicator are in.
func (s *sheetWriter) used(i int) *indicator.MoneyUsed {
	if p := s.panels[s.sheet.Description[i].Code]; p != nil {
		return p.used
	}
	return nil
}

func (s *sheetWriter) coverage() {
	c := s.sheet.Coverage
	s.head("coverage")
	var countries, shares []string
	for _, code := range c.Countries {
		countries = append(countries, s.label("country", code))
	}
	s.paragraph(s.tell("countries", words.Args{"Countries": s.Words.List(countries)}))
	if c.Frame != "" {
		s.paragraph(strings.ReplaceAll(c.Frame, "**", ""))
	}
	for _, code := range slices.Sorted(maps.Keys(c.Share)) {
		shares = append(shares, s.label("country", code)+" "+s.Words.Percent(c.Share[code], 1))
	}
	year := words.Year(s.sheet.ReferencePeriod[1])
	if len(shares) > 0 {
		s.paragraph(s.tell("shares", words.Args{"Year": year, "Shares": s.Words.List(shares)}))
	} else {
		s.paragraph(s.tell("no_shares", words.Args{"Year": year}))
	}
	t := s.table("years", "year", "mapped", "response")
	for _, year := range slices.Sorted(maps.Keys(c.Mapped)) {
		t.Rows = append(t.Rows, plainRow(fmt.Sprint(year), s.Words.Integer(int64(c.Mapped[year])), s.percent(s.sheet.Accuracy.UnitResponse, year)))
	}
	s.blocks = append(s.blocks, t)
}

// percent is a percentage, or a colon where it is not known.
func (s *sheetWriter) percent(of map[int]float64, year int) string {
	return s.known(of[year])
}

func (s *sheetWriter) known(percent float64) string {
	if percent < 0 {
		return ":"
	}
	return s.Words.Percent(percent, 1)
}

func (s *sheetWriter) confidentiality() {
	c := s.sheet.Confidentiality
	s.head("confidentiality")
	s.paragraph(s.tell("rules"))
	s.paragraph(s.tell("hidden", words.Args{"Count": c.Hidden, "Of": c.Of}))
	s.stated("policy", s.sheet.ReleasePolicy)
}

// accuracy says what is missing of each indicator, and what was left out.
func (s *sheetWriter) accuracy() {
	a := s.sheet.Accuracy
	s.head("accuracy")
	t := s.table("items", "indicator", "item", "imputed", "carried")
	for _, d := range s.sheet.Description {
		t.Rows = append(t.Rows, plainRow(d.Code+" "+d.Name.In(s.Words.Language()), s.known(a.ItemResponse[d.Code]),
			s.Words.Percent(a.Imputed[d.Code], 1), s.Words.Percent(a.Carried[d.Code], 1)))
	}
	s.blocks = append(s.blocks, t)
	list := &document.List{}
	for _, note := range a.Notes {
		text := trend.MoneyNote(s.Words, note)
		if key := "bulletin.quality." + string(note.Key); s.Words.Has(key) {
			text = s.Words.Say(key, words.Args{"Count": note.Count, "Of": note.Of})
		}
		if note.Count > 0 && text != "" {
			list.Items = append(list.Items, rich(text))
		}
	}
	s.weights()
	for _, text := range s.leftOuts() {
		list.Items = append(list.Items, rich(text))
	}
	if len(list.Items) > 0 {
		s.blocks = append(s.blocks, list)
	}
}

// weights is the table of the frames that the totals of the last year were weighted to; nothing for reported totals.
func (s *sheetWriter) weights() {
	t := s.table("weights", "indicator", "country", "known", "answers", "strata", "joined", "trimmed", "lost")
	t.Caption += ", " + fmt.Sprint(s.sheet.ReferencePeriod[1])
	for _, d := range s.sheet.Description {
		of := s.sheet.Accuracy.Estimated[d.Code]
		if of == nil {
			continue
		}
		for _, u := range of.Weights {
			if u.Year != s.sheet.ReferencePeriod[1] {
				continue
			}
			row := []string{d.Code, s.label("country", u.Country)}
			for _, n := range [...]int{u.Known, u.N, u.Strata, u.Joined, u.Trimmed, u.Lost} {
				row = append(row, s.Words.Integer(int64(n)))
			}
			t.Rows = append(t.Rows, plainRow(row...))
		}
	}
	if len(t.Rows) > 0 {
		s.blocks = append(s.blocks, t)
	}
}

// leftOuts name what estimated totals have no part of, each sentence once.
func (s *sheetWriter) leftOuts() []string {
	var out []string
	for _, d := range s.sheet.Description {
		text := s.leftOut(s.sheet.Accuracy.Estimated[d.Code])
		if text != "" && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

func (s *sheetWriter) timeliness() {
	s.head("timeliness")
	s.paragraph(s.tell("timeliness", words.Args{
		"Time": s.Words.Time(s.sheet.Timeliness.Newest), "Count": s.sheet.Timeliness.Days, "Year": words.Year(s.sheet.ReferencePeriod[1]),
	}))
}

func (s *sheetWriter) comparability() {
	s.head("comparability")
	var breaks []string
	for _, broken := range s.sheet.Comparability {
		breaks = append(breaks, broken.Indicator+" "+strings.Join(broken.Keys, ", "))
	}
	if len(breaks) == 0 {
		s.paragraph(s.tell("no_breaks"))
	} else {
		s.paragraph(s.tell("breaks", words.Args{"Count": len(breaks), "Breaks": strings.Join(breaks, s.Words.Say("number.semicolon"))}))
	}
	s.stated("coherence", s.sheet.Coherence)
	s.stated("revision", s.sheet.RevisionPolicy)
}

// processing says what the figures were made of, and follows the phases of the Generic Statistical Business Process
// Model.
func (s *sheetWriter) processing() {
	p := s.sheet.Processing
	s.head("processing")
	release := p.Release
	if release == "" {
		release = s.tell("unreleased")
	}
	var states, codes []string
	all := 0
	for _, state := range slices.Sorted(maps.Keys(p.States)) {
		all += p.States[state]
		name := state
		if key := "quality_report.state." + state; s.Words.Has(key) {
			name = s.Words.Say(key)
		}
		states = append(states, s.Words.Integer(int64(p.States[state]))+" "+name)
	}
	for _, d := range s.sheet.Description {
		codes = append(codes, d.Code)
	}
	t := s.table("trace", "phase", "traces")
	add := func(phase, text string) { t.Rows = append(t.Rows, plainRow(s.tell("phase."+phase), text)) }
	add("needs", s.Words.List(codes))
	add("design", s.tell("design"))
	add("collect", s.tell("collected", words.Args{"Count": all}))
	if len(s.sheet.Accuracy.Estimated) > 0 {
		states = append(states, s.tell("weighted"))
	}
	add("process", s.Words.List(states))
	add("analyse", s.tell("hidden", words.Args{"Count": s.sheet.Confidentiality.Hidden, "Of": s.sheet.Confidentiality.Of}))
	add("disseminate", release)
	add("evaluate", s.tell("evaluated", words.Args{"Count": len(s.sheet.Comparability)}))
	s.blocks = append(s.blocks, t)
	s.paragraph(s.tell("frame", words.Args{"Frame": p.Frame, "Program": p.Program}))
	for i := range p.Money {
		s.paragraph(trend.Rates(s.Words, &p.Money[i]))
	}
}

// table begins a table whose caption and titles are words of the report.
func (s *sheetWriter) table(caption string, titles ...string) *document.Table {
	t := &document.Table{Caption: s.tell("table." + caption), Dense: true}
	for i, title := range titles {
		column := document.Column{Title: s.tell("column." + title), Align: document.Left, Weight: 1}
		switch title {
		case "question", "pitfall", "traces":
			column.Weight = 2.5
		case "mapped", "response", "item", "imputed", "carried", "known", "answers", "strata", "joined", "trimmed", "lost":
			column.Align = document.Right
		default:
			if i == 0 && len(titles) > 3 {
				column.Weight = 1.6
			}
		}
		t.Columns = append(t.Columns, column)
	}
	return t
}

func plainRow(cells ...string) document.Row {
	var row document.Row
	for _, cell := range cells {
		row.Cells = append(row.Cells, document.Plain(cell))
	}
	return row
}
