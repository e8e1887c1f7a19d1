package form

import (
	"maps"
	"slices"
	"strings"

	"coopatlas/data/form/xpath"
)

// Difference is what changed between two versions of a questionnaire. Items are named by their paths, in the new
// version where they are in both.
type Difference struct {
	From, To string     // the versions
	Added    []string   // groups and questions that only the new version has
	Removed  []string   // groups and questions that only the old version has
	Renamed  []Rename   // by the map of renames
	Proposed []Rename   // removed and added ones that look the same; of choices as Renames writes them
	Retyped  []Retyping // questions whose answers are of another type
	Choices  []ChoiceChange
	Wording  []Wording
	Rules    []Rule   // conditions, calculations, units and whatever else decides about an answer
	Breaks   []Break  // concepts whose figures may not go on as before
	Unknown  []string // renames that name nothing in one of the versions, as "old → new"
}

// Rename is one item under its old and its new path.
type Rename struct{ Old, New string }

// Retyping is a question whose answers are of another type now.
type Retyping struct{ Path, Old, New string }

// ChoiceChange is one choice that was added, removed or named anew.
type ChoiceChange struct {
	Path     string // of the question
	Choice   string // its stable name
	Change   string // "added", "removed", "renamed" or "relabelled"
	Language string // of a label
	Old, New string // the labels
}

// Wording is a text for people that changed in one language.
type Wording struct {
	Path, Column, Language string
	Old, New               string
}

// Rule is a cell that decides about an answer and changed.
type Rule struct {
	Path, Column string
	Old, New     string
}

// Break is a concept that is not asked the way it was, so that a trend over both versions must say so.
type Break struct {
	Concept string
	Path    string   // of the question that feeds it, in the new version; in the old one where it is gone
	Reasons []string // "type", "wording", "choices", "unit", "calculation", "question" (another one feeds it), "gone", "new"
}

// Empty tells whether nothing changed but perhaps the version.
func (d Difference) Empty() bool {
	return len(d.Added)+len(d.Removed)+len(d.Renamed)+len(d.Retyped)+len(d.Choices)+len(d.Wording)+len(d.Rules)+len(d.Breaks) == 0
}

// Compare says what changed from one version of a questionnaire to another. renames tells the new paths of items that
// were renamed or moved, and the new names of choices.
func Compare(before, after *Form, renames Renames) Difference {
	c := comparison{renames: renames, old: before, new: after, d: Difference{From: before.Version, To: after.Version}, now: map[string]string{}, was: map[string]bool{}}
	c.pair(renames)
	for _, item := range allItems(before) {
		if path, kept := c.now[item.ItemPath()]; kept {
			c.item(item, after.itemAt(path))
		}
	}
	c.settings()
	c.breaks()
	c.propose()
	c.proposeChoices()
	return c.d
}

// comparison is a Difference being made.
type comparison struct {
	old, new *Form
	renames  Renames
	d        Difference
	now      map[string]string // new paths of old items that stayed
	was      map[string]bool   // new paths that come from an old item
}

func allItems(f *Form) []Item {
	c := compiler{form: f}
	return c.items()
}

func (f *Form) itemAt(path string) Item {
	c := compiler{form: f}
	return c.itemAt(path)
}

// Renamed returns the path that an old path has after renames: its own, or that of the nearest group that is renamed.
func Renamed(path string, renames map[string]string) string {
	for at := path; at != ""; {
		if to, is := renames[at]; is {
			return to + path[len(at):]
		}
		i := strings.LastIndexByte(at, '/')
		at = at[:max(i, 0)]
	}
	return path
}

// pair finds which items are the same in both versions.
func (c *comparison) pair(renames map[string]string) {
	for _, item := range allItems(c.old) {
		path := item.ItemPath()
		to := Renamed(path, renames)
		other := c.new.itemAt(to)
		if other == nil || c.was[to] || isGroup(item) != isGroup(other) {
			c.d.Removed = append(c.d.Removed, path)
			continue
		}
		c.now[path], c.was[to] = to, true
		if to != path {
			c.d.Renamed = append(c.d.Renamed, Rename{path, to})
		}
	}
	for _, item := range allItems(c.new) {
		if !c.was[item.ItemPath()] {
			c.d.Added = append(c.d.Added, item.ItemPath())
		}
	}
	for _, path := range sortedKeys(renames) {
		if !c.names(path, renames[path]) {
			c.d.Unknown = append(c.d.Unknown, path+" → "+renames[path])
		}
	}
}

// names tells whether a rename names something in both versions.
func (c *comparison) names(old, to string) bool {
	path, choice, coded := strings.Cut(old, ":")
	if !coded {
		return c.old.itemAt(old) != nil && c.new.itemAt(to) != nil
	}
	a, was := c.old.questions[path]
	b, is := c.new.questions[c.renames.Path(path)]
	if !was || !is || c.old.Lists[a.List] == nil || c.new.Lists[b.List] == nil {
		return false
	}
	_, had := c.old.Lists[a.List].Choice(choice)
	_, has := c.new.Lists[b.List].Choice(to)
	return had && has
}

func isGroup(item Item) bool { _, is := item.(*Group); return is }

func labelOf(item Item) string {
	switch item := item.(type) {
	case *Group:
		return strings.TrimSpace(item.Label.In("", ""))
	case *Question:
		return strings.TrimSpace(item.Label.In("", ""))
	}
	return ""
}

// typeOf writes what an item is: "integer", "select_one yes_no", "repeat".
func typeOf(item Item) string {
	switch item := item.(type) {
	case *Question:
		return item.TypeName()
	case *Group:
		return groupWord(item.Repeat)
	}
	return ""
}

// TypeName writes the type of a question as a survey sheet does, with the list, file or kind that it takes its answers
// from: "select_one yes_no".
func (q *Question) TypeName() string {
	name := q.Type.String()
	switch source := q.List + q.File + q.Kind; {
	case q.ItemsFrom != nil:
		name += " " + q.ItemsFrom.String()
	case source != "" && q.List == "":
		name += "_from_file " + source
	case source != "":
		name += " " + source
	}
	if q.OrOther {
		name += " or_other"
	}
	return name
}

// item compares an item of both versions.
func (c *comparison) item(old, new Item) {
	path := new.ItemPath()
	a, was := old.(*Question)
	b, is := new.(*Question)
	if !was || !is {
		x, y := old.(*Group), new.(*Group)
		c.texts(path, "label", x.Label, y.Label)
		c.texts(path, "hint", x.Hint, y.Hint)
		if x.Repeat != y.Repeat {
			c.d.Retyped = append(c.d.Retyped, Retyping{path, groupWord(x.Repeat), groupWord(y.Repeat)})
		}
		c.rule(path, "relevant", source(x.Relevant), source(y.Relevant))
		c.rule(path, "repeat_count", source(x.RepeatCount), source(y.RepeatCount))
		return
	}
	if a.TypeName() != b.TypeName() {
		c.d.Retyped = append(c.d.Retyped, Retyping{path, a.TypeName(), b.TypeName()})
	}
	c.texts(path, "label", a.Label, b.Label)
	c.texts(path, "hint", a.Hint, b.Hint)
	c.texts(path, "guidance_hint", a.Guidance, b.Guidance)
	c.texts(path, "required_message", a.RequiredMessage, b.RequiredMessage)
	c.rulesOf(path, a, b)
	c.choices(path, a.Path, c.old.Lists[a.List], c.new.Lists[b.List])
}

// texts compares a text language by language. A language that is new to the questionnaire changes no wording.
func (c *comparison) texts(path, column string, old, new Text) {
	for _, language := range bothLanguages(old, new) {
		if old[language] != new[language] && (old[language] != "" || slices.Contains(c.old.Languages, language)) {
			c.d.Wording = append(c.d.Wording, Wording{path, column, language, old[language], new[language]})
		}
	}
}

func bothLanguages(old, new Text) []string {
	all := append(slices.Collect(maps.Keys(old)), slices.Collect(maps.Keys(new))...)
	slices.Sort(all)
	return slices.Compact(all)
}

func source(e *xpath.Expr) string {
	if e == nil {
		return ""
	}
	return e.String()
}

func (c *comparison) rule(path, column, old, new string) {
	if old != new {
		c.d.Rules = append(c.d.Rules, Rule{path, column, old, new})
	}
}
