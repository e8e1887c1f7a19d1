package directory

import (
	"slices"

	"fyne.io/fyne/v2"

	"coopatlas/app/kit"
	"coopatlas/app/page"
	"coopatlas/data/codes"
	"coopatlas/data/form"
	"coopatlas/data/workspace"
)

// listed are the program's own kinds that the list can show, the first where the route names none.
var listed = [...]string{kindCooperative, "organisation", "person", "relationship", "project", "dossier", "outcome", "macro", "aggregate", "population", "context"}

// own are the kinds of a workspace's own questionnaires, which the list can show too.
func own(space *workspace.Workspace) []string {
	return slices.DeleteFunc(space.Kinds(), func(kind string) bool { return space.Versions(kind)[0].BuiltIn() })
}

// kindOf is the kind that a route asks for.
func kindOf(space *workspace.Workspace, at page.Route) string {
	if kind := at.Get("kind"); slices.Contains(listed[:], kind) || slices.Contains(own(space), kind) {
		return kind
	}
	return kindCooperative
}

// kinds are the kinds to choose from, by what people call several of them.
func (p *List) kinds() []kit.Option {
	var out []kit.Option
	for _, kind := range listed {
		out = append(out, kit.Option{Value: kind, Label: p.several(kind)})
	}
	for _, kind := range own(p.s.Workspace()) {
		out = append(out, kit.Option{Value: kind, Label: p.several(kind)})
	}
	return out
}

// several is what people call several records of a kind: of a workspace's own questionnaire its title.
func (p *List) several(kind string) string {
	if slices.Contains(listed[:], kind) {
		return p.say("kind." + kind)
	}
	return p.title(kind)
}

// ofCooperatives tells whether the list is of cooperatives, which have sectors and cease.
func (p *List) ofCooperatives() bool { return p.at.kind == kindCooperative }

// countryOf finds the question that says which country a record of a kind belongs to.
func countryOf(space *workspace.Workspace, kind string) (*form.Question, bool) {
	f, ok := space.Form(kind)
	if !ok {
		return nil, false
	}
	q, ok := f.ByConcept("country")
	if !ok {
		q, ok = workspace.FindQuestion(f, "country")
	}
	return q, ok && q.File == codes.CountryList && q.Repeat() == nil
}

// states are the states to filter by.
func (p *List) states() []kit.Option {
	if p.ofCooperatives() {
		return []kit.Option{{Label: p.say("every_state")}, {Value: stateExisting, Label: p.say("existing")}, {Value: stateCeased, Label: p.say("ceased")},
			{Value: stateConflicts, Label: p.say("with_conflicts")}, {Value: stateDeleted, Label: p.say("deleted")}}
	}
	return []kit.Option{{Label: p.say("whatever_state")}, {Value: stateConflicts, Label: p.say("with_conflicts")}, {Value: stateDeleted, Label: p.say("deleted")}}
}

// emptiness says what to do where there is no record of the kind at all.
func (p *List) emptiness() *fyne.Container {
	if p.ofCooperatives() {
		return kit.NewEmpty(kit.IconDirectory, p.say("empty"), p.say("empty_action"), func() { p.s.Navigate("imports") })
	}
	none := "none.own"
	if slices.Contains(listed[:], p.at.kind) {
		none = "none." + p.at.kind
	}
	return kit.NewEmpty(kit.IconDirectory, p.say(none), p.newLabel(), p.new)
}

// newLabel is on the button that begins a record.
func (p *List) newLabel() string {
	if p.ofCooperatives() {
		return p.say("new")
	}
	return p.say("new_of", "Kind", p.title(p.at.kind))
}

// title is what the program calls a record of a kind.
func (p *List) title(kind string) string {
	f, ok := p.s.Workspace().Form(kind)
	if !ok {
		return kind
	}
	return f.Title.In(p.s.Words().Language(), f.DefaultLanguage)
}

// footer says how many there are.
func (p *List) footer(n int) string {
	if p.ofCooperatives() {
		return p.say("footer", n)
	}
	return p.several(p.at.kind) + p.s.Words().Colon() + " " + p.s.Words().Integer(int64(n))
}
