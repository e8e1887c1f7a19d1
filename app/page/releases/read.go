package releases

import (
	"context"
	"strings"
	"sync"

	"coopatlas/app/kit"
	"coopatlas/data/indicator"
	"coopatlas/data/workspace"
)

// release is a release with what was made of it.
type release struct {
	workspace.Release
	told []workspace.Told
}

// rates is a table of rates with its lines.
type rates struct {
	workspace.RateTable
	lines []indicator.RateLine
}

// readAll reads what the page shows.
func readAll(ctx context.Context, space *workspace.Workspace) (known, error) {
	var out known
	all, err := space.Releases(ctx)
	if err != nil {
		return out, err
	}
	for _, r := range all {
		told, err := space.Told(ctx, r)
		if err != nil {
			return out, err
		}
		out.releases = append(out.releases, release{r, told})
	}
	tables, err := space.RateTables(ctx)
	if err != nil {
		return out, err
	}
	for _, t := range tables {
		table, err := space.Rates(ctx, t.Vintage)
		if err != nil {
			return out, err
		}
		out.rates = append(out.rates, rates{t, table.Lines()})
	}
	return out, nil
}

// rows are the rows of a list, which a table reads in the background.
type rows struct {
	mutex sync.Mutex
	all   []kit.TableRow
}

func (r *rows) set(all []kit.TableRow) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.all = all
}

func (r *rows) fetch(_ context.Context, q kit.TableQuery) (kit.TablePage, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	from := min(q.Offset, len(r.all))
	return kit.TablePage{Total: len(r.all), Rows: r.all[from:min(from+q.Limit, len(r.all))]}, nil
}

// The columns of the lists.
const (
	titleColumn      = "title"
	lockedColumn     = "locked"
	frameColumn      = "frame"
	yearsColumn      = "years"
	ratesColumn      = "rates"
	programColumn    = "program"
	vintageColumn    = "vintage"
	sourceColumn     = "source"
	currenciesColumn = "currencies"
	linesColumn      = "lines"
)

func (p *Page) columns() []kit.TableColumn {
	names := []string{titleColumn, lockedColumn, frameColumn, yearsColumn, ratesColumn, programColumn}
	if p.part == partRates {
		names = []string{vintageColumn, sourceColumn, yearsColumn, currenciesColumn, linesColumn}
	}
	var out []kit.TableColumn
	for _, name := range names {
		out = append(out, kit.TableColumn{Name: name, Title: p.say("column." + name), Number: name == linesColumn})
	}
	return out
}

// listed are the rows of the part that is shown.
func (p *Page) listed() []kit.TableRow {
	var out []kit.TableRow
	if p.part == partRates {
		for _, r := range p.known.rates {
			out = append(out, kit.TableRow{Key: r.Vintage, Cells: map[string]kit.Cell{vintageColumn: {Text: r.Vintage}, sourceColumn: {Text: r.Source},
				yearsColumn: {Text: p.s.Words().Years(r.From, r.To)}, currenciesColumn: {Text: strings.Join(r.Currencies, " ")},
				linesColumn: {Text: p.s.Words().Integer(int64(r.Lines))}}})
		}
		return out
	}
	for _, r := range p.known.releases {
		out = append(out, kit.TableRow{Key: r.Record.String(), Cells: map[string]kit.Cell{titleColumn: {Text: r.Title}, lockedColumn: {Text: r.Locked},
			frameColumn: {Text: r.Name()}, yearsColumn: {Text: p.yearsOf(r.Release)}, ratesColumn: {Text: r.Rates}, programColumn: {Text: r.Program}}})
	}
	return out
}

// yearsOf says which years a release is of: all, from one to another, or some.
func (p *Page) yearsOf(r workspace.Release) string {
	switch {
	case r.Years != nil:
		return strings.ReplaceAll(r.Span().String(), ",", ", ")
	case r.From == 0 && r.To == 0:
		return p.say("all_years")
	case r.From == 0:
		return p.say("until", "Year", year(r.To))
	case r.To == 0:
		return p.say("since", "Year", year(r.From))
	}
	return p.s.Words().Years(r.From, r.To)
}
