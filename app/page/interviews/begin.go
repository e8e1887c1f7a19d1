package interviews

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/record"
	"coopatlas/data/store"
	"coopatlas/data/workspace"
)

// New makes the page that begins an interview: first the cooperative is looked for, so that none is entered twice, then
// the wave is chosen. Its route is "interviews/new", with the query wave.
func New(s page.Services, at page.Route) page.Page {
	b := &beginning{services: s, wave: at.Get("wave"), content: container.NewStack()}
	b.build()
	return b
}

// beginning is the page that begins an interview.
type beginning struct {
	services page.Services
	wave     string
	content  *fyne.Container
	search   *kit.Entry
	waves    *kit.Select
	found    *fyne.Container
	choices  []candidate
	looking  task.Latest
	shown    string // the text that the choices belong to
	eager    bool   // Enter was pressed before they were there
	busy     bool
}

// candidate is a cooperative that may be meant, with what the chosen wave has of it.
type candidate struct {
	id     record.ID
	label  string
	detail string // country, municipality, number in the register
	record record.ID
	draft  bool
}

// Route is where the page is.
func (b *beginning) Route() string { return page.MakeRoute("interviews/new", "wave", b.wave) }

// Title is what stands in the top bar.
func (b *beginning) Title() string { return b.services.Words().Say("interviews.new.title") }

// Content is what is shown.
func (b *beginning) Content() fyne.CanvasObject { return b.content }

// Focus gives the keyboard to the search.
func (b *beginning) Focus() { b.services.Canvas().Focus(b.search) }

func (b *beginning) build() {
	say := b.services.Words().Say
	b.search = kit.NewEntry(say("interviews.new.search"))
	b.search.ID = "interviews.new.search"
	b.search.OnChanged = func(string) { b.look() }
	b.search.OnEnter = b.first
	b.waves = kit.NewSelect(nil, "", func(value string) {
		b.wave = value
		b.services.Replace(b.Route())
		b.look()
	})
	b.waves.PlaceHolder = say("interviews.new.choose_wave")
	b.waves.SetWidth(320)
	b.found = kit.Column(kit.Gap8)
	b.content.Objects = []fyne.CanvasObject{container.NewVScroll(kit.Limit(760, kit.Column(kit.Gap8,
		kit.Heading(say("interviews.new.wave")), kit.Row(0, b.waves),
		kit.Heading(say("interviews.new.cooperative")), b.search, kit.Hint(say("interviews.new.hint")), b.found)))}
}

// Reload reads the waves; the newest is chosen where none is.
func (b *beginning) Reload() {
	w := b.services.Workspace()
	task.Quiet(b.services.Runner(), func(ctx context.Context) ([]store.Row, error) {
		return w.Store.List(ctx, "wave", store.Query{Columns: []string{}, Sort: []store.Order{{Column: "year", Descending: true}}})
	}, func(rows []store.Row, err error) {
		if err != nil {
			b.services.Fail(err)
			return
		}
		b.offer(rows)
	})
}

func (b *beginning) offer(rows []store.Row) {
	say := b.services.Words().Say
	if len(rows) == 0 {
		b.content.Objects = []fyne.CanvasObject{kit.NewEmpty(kit.IconInterview, say("interviews.new.no_wave"), say("interviews.new.make_wave"),
			func() { b.services.Navigate(page.MakeRoute("interviews/new/fill", "kind", "wave")) })}
		b.content.Refresh()
		return
	}
	var options []kit.Option
	for _, row := range rows {
		options = append(options, kit.Option{Value: row.Record.String(), Label: row.Label})
	}
	b.waves.SetOptionList(options)
	if !slices.ContainsFunc(options, func(o kit.Option) bool { return o.Value == b.wave }) {
		b.wave = options[0].Value
	}
	b.waves.SetValue(b.wave)
	b.look()
}

// look looks for cooperatives with words of what is typed; before anything is, for those that the wave has not reached.
func (b *beginning) look() {
	text, wave, w := strings.TrimSpace(b.search.Text), b.wave, b.services.Workspace()
	language := b.services.Words().Language()
	find := func(ctx context.Context) ([]candidate, error) { return candidates(ctx, w, text, wave, language) }
	if text == "" {
		find = func(ctx context.Context) ([]candidate, error) { return toVisit(ctx, w, wave, language) }
	}
	task.Do(&b.looking, b.services.Runner(), find,
		func(found []candidate, err error) {
			if err != nil {
				b.services.Fail(err)
				return
			}
			b.show(found, text)
		})
}

// candidateLimit is how many cooperatives are shown.
const candidateLimit = 8

// ceasedPath is the question of a cooperative's end.
const ceasedPath = "end/ceased"

// candidates finds cooperatives with all words of a text, then those with some of them: a name typed in full finds its
// own likely duplicates.
func candidates(ctx context.Context, w *workspace.Workspace, text, wave, language string) ([]candidate, error) {
	hits, err := findRecords(ctx, w, "cooperative", text)
	if err != nil {
		return nil, err
	}
	for _, word := range strings.Fields(text) {
		if len([]rune(word)) < 4 || len(hits) >= candidateLimit {
			continue
		}
		more, err := findRecords(ctx, w, "cooperative", word)
		if err != nil {
			return nil, err
		}
		hits = append(hits, more...)
	}
	var ids []string
	for _, hit := range hits {
		if !slices.Contains(ids, hit.Name) && len(ids) < candidateLimit {
			ids = append(ids, hit.Name)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return describe(ctx, w, ids, wave, language)
}

// toVisit finds the first cooperatives by name that are not said to have ceased and have no interview in the wave.
func toVisit(ctx context.Context, w *workspace.Workspace, wave, language string) ([]candidate, error) {
	f, err := w.MustKnow(mapping)
	if err != nil {
		return nil, err
	}
	of, in := pathOf(f, "subject"), pathOf(f, "wave")
	rows, err := w.Store.List(ctx, mapping, store.Query{Columns: []string{of}, Where: []store.Condition{{Column: in, Values: []string{wave}}}})
	if err != nil {
		return nil, err
	}
	reached := map[string]bool{}
	for _, row := range rows {
		reached[row.Values[record.Path(of)].Value.String()] = true
	}
	const part = 200
	var ids []string
	for from := 0; len(ids) < candidateLimit; from += part {
		rows, err := w.Store.List(ctx, "cooperative", store.Query{Columns: []string{}, Limit: part, Offset: from,
			Where: []store.Condition{{Column: ceasedPath, Compare: store.Blank}}, Sort: []store.Order{{Column: "label"}}})
		if err != nil || len(rows) == 0 {
			if err != nil || len(ids) == 0 {
				return nil, err
			}
			break
		}
		for _, row := range rows {
			if id := row.Record.String(); !reached[id] && len(ids) < candidateLimit {
				ids = append(ids, id)
			}
		}
	}
	return describe(ctx, w, ids, wave, language)
}

// describe reads what tells cooperatives apart, and which of them have an interview of the wave already.
func describe(ctx context.Context, w *workspace.Workspace, ids []string, wave, language string) ([]candidate, error) {
	rows, err := w.Store.List(ctx, "cooperative", store.Query{Where: []store.Condition{{Column: "record", Compare: store.In, Values: ids}},
		Columns: []string{"country", "address/municipality", "registration/registration_number", "beginnings/founded"}})
	if err != nil {
		return nil, err
	}
	f, _ := w.Form("cooperative")
	names := w.Namer(ctx, language)
	var out []candidate
	for _, row := range rows {
		var parts []string
		for _, path := range []record.Path{"address/municipality", "country", "beginnings/founded", "registration/registration_number"} {
			if q, ok := f.Question(string(path)); ok && !row.Values[path].Value.IsZero() {
				parts = append(parts, names(q, row.Values[path]))
			}
		}
		out = append(out, candidate{id: row.Record, label: row.Label, detail: strings.Join(parts, " · ")})
	}
	slices.SortFunc(out, func(a, b candidate) int {
		return slices.Index(ids, a.id.String()) - slices.Index(ids, b.id.String())
	})
	return out, interviewed(ctx, w, out, ids, wave)
}

// interviewed notes which cooperatives have a record or a draft of the wave.
func interviewed(ctx context.Context, w *workspace.Workspace, out []candidate, ids []string, wave string) error {
	f, err := w.MustKnow(mapping)
	if err != nil {
		return err
	}
	of, in := record.Path(pathOf(f, "subject")), record.Path(pathOf(f, "wave"))
	rows, err := w.Store.List(ctx, mapping, store.Query{Columns: []string{string(of)}, Where: []store.Condition{
		{Column: string(of), Compare: store.In, Values: ids}, {Column: string(in), Values: []string{wave}}}})
	if err != nil {
		return err
	}
	drafts, err := w.Store.Drafts(ctx)
	if err != nil {
		return err
	}
	for i := range out {
		name := out[i].id.String()
		for _, row := range rows {
			if row.Values[of].Value.String() == name {
				out[i].record = row.Record
			}
		}
		for _, d := range drafts {
			if d.Kind == mapping && d.Answers[of].Value.String() == name && d.Answers[in].Value.String() == wave {
				out[i].record, out[i].draft = d.Record, true
			}
		}
	}
	return nil
}

// show shows who may be meant, and under them the way to a new cooperative.
func (b *beginning) show(found []candidate, text string) {
	say := b.services.Words().Say
	b.choices, b.shown = found, text
	b.found.Objects = nil
	if text == "" && len(found) > 0 {
		b.found.Add(kit.Heading(say("interviews.new.unvisited")))
	}
	for _, c := range found {
		b.found.Add(b.candidate(c))
	}
	if text != "" {
		said := say("interviews.new.not_among")
		if len(found) == 0 {
			said = say("interviews.new.nobody", "Name", text)
		}
		b.found.Add(kit.Row(kit.Gap8, kit.Plain(said), kit.IconButton(kit.IconAdd, say("interviews.new.add", "Name", text), func() { b.add(text) })))
	}
	b.found.Refresh()
	b.content.Refresh()
	if b.eager {
		b.first()
	}
}

// candidate is one cooperative with what can be done about it.
func (b *beginning) candidate(c candidate) fyne.CanvasObject {
	say := b.services.Words().Say
	action := kit.Button(say("interviews.new.begin"), func() { b.choose(c) })
	note := fyne.CanvasObject(kit.NewShape("", "", 0))
	switch {
	case c.draft:
		action.SetText(say("interviews.list.resume"))
		note = kit.NewBadge(kit.Active, say("interviews.new.has_draft"))
	case !c.record.IsZero():
		action.SetText(say("interviews.new.open"))
		note = kit.NewBadge(kit.Good, say("interviews.new.has_record"))
	}
	if c.id == b.choices[0].id && b.shown != "" {
		action.Importance = 1 // the one that Enter takes
	}
	return kit.Sheet(kit.Pad(kit.Gap4, container.NewBorder(nil, nil, nil, container.NewCenter(kit.Row(kit.Gap8, note, action)),
		kit.Column(-kit.Gap12, kit.Line(c.label), kit.Caption(c.detail)))))
}

// first takes the first cooperative, at Enter; where they are still being looked for, once they are there.
func (b *beginning) first() {
	b.eager = b.shown != strings.TrimSpace(b.search.Text)
	if b.eager {
		return
	}
	if len(b.choices) > 0 && b.shown != "" {
		b.choose(b.choices[0])
	}
}

// choose opens the interview of a cooperative in the wave, or begins it.
func (b *beginning) choose(c candidate) {
	switch {
	case b.busy || b.wave == "":
	case c.draft:
		b.services.Navigate("interviews/" + c.record.String() + "/fill")
	case !c.record.IsZero():
		b.services.Navigate("interviews/" + c.record.String())
	default:
		b.begin(c.id)
	}
}

// begin begins the interview of a cooperative in the wave: both are the first answers of its draft.
func (b *beginning) begin(of record.ID) {
	b.busy = true
	w, wave, language := b.services.Workspace(), b.wave, b.services.Words().Language()
	task.Quiet(b.services.Runner(), func(ctx context.Context) (record.ID, error) { return beginInterview(ctx, w, of, wave, language) },
		func(id record.ID, err error) {
			b.busy = false
			if err != nil {
				b.services.Fail(err)
				return
			}
			b.services.Navigate("interviews/" + id.String() + "/fill")
		})
}

// beginInterview makes a draft with wave and cooperative, and leaves it at the question after them.
func beginInterview(ctx context.Context, w *workspace.Workspace, of record.ID, wave, language string) (record.ID, error) {
	s, err := w.Begin(ctx, workspace.SessionOf{Kind: mapping, Language: language})
	if err != nil {
		return record.ID{}, err
	}
	defer s.Leave()
	for _, given := range [...]struct{ concept, value string }{{"wave", wave}, {"subject", of.String()}} {
		path := record.Path(pathOf(s.Form(), given.concept))
		if _, err := s.Set(ctx, path, record.Answer{Value: record.Text(given.value)}); err != nil {
			return record.ID{}, err
		}
	}
	return s.Record(), nil
}

// add begins the record of a cooperative that is not there yet.
func (b *beginning) add(name string) {
	b.services.Navigate(page.MakeRoute("interviews/new/fill", "kind", "cooperative", "name", name, "wave", b.wave))
}

// Close stops looking.
func (b *beginning) Close() { b.looking.Stop() }
