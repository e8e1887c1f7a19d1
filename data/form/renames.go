package form

import (
	"slices"
	"strings"
)

// Renames says what a version of a questionnaire calls anew what the version before it had: the old path of a question
// or group leads to its new one ("members/total" to "members/count"), and the old path of a question, a colon and an
// old choice lead to the new choice ("legal_form:assoc" to "association"). What lies in a renamed group moves with it.
type Renames map[string]string

// Path returns the path that an old path has now: its own, or that of the nearest group that is renamed.
func (r Renames) Path(old string) string { return Renamed(old, r) }

// Choice returns the name that a choice of the question at an old path has now.
func (r Renames) Choice(question, choice string) string {
	if to, is := r[question+":"+choice]; is {
		return to
	}
	return choice
}

// before returns the path that a new path had.
func (r Renames) before(path string) string {
	best := ""
	for old, to := range r {
		if strings.Contains(old, ":") || path != to && !strings.HasPrefix(path, to+"/") {
			continue
		}
		if best == "" || len(to) > len(r[best]) {
			best = old
		}
	}
	if best == "" {
		return path
	}
	return best + path[len(r[best]):]
}

// After returns the form with what was renamed in each of its versions up to this one, oldest first. The form itself
// stays as it is.
func (f *Form) After(steps []Renames) *Form {
	out := *f
	out.steps = slices.Clone(steps)
	out.former, out.recoded = map[string][]string{}, map[string]map[string]string{}
	for _, item := range allItems(f) {
		out.trace(item.ItemPath())
	}
	return &out
}

// trace follows a path back through the versions, and notes the paths and choices that it had in them.
func (f *Form) trace(path string) {
	at := path
	later := map[string]string{} // the present name of a choice, by the name it has at this point
	for _, step := range slices.Backward(f.steps) {
		before := step.before(at)
		for key, to := range step {
			question, choice, is := strings.Cut(key, ":")
			if !is || question != before {
				continue
			}
			if now, moved := later[to]; moved {
				to = now
			}
			later[choice] = to
		}
		if before != at && before != path && !slices.Contains(f.former[path], before) {
			f.former[path] = append(f.former[path], before)
		}
		at = before
	}
	if len(later) > 0 {
		f.recoded[path] = later
	}
}

// Former returns the paths that the question or group at a path had in earlier versions, the last one first.
func (f *Form) Former(path string) []string { return f.former[path] }

// Recode returns the present name of a choice of a question that an earlier version called otherwise.
func (f *Form) Recode(path, choice string) string {
	if to, is := f.recoded[path][choice]; is {
		return to
	}
	return choice
}

// Renamed tells whether anything of the questionnaire was called otherwise in an earlier version.
func (f *Form) Renamed() bool { return len(f.former)+len(f.recoded) > 0 }

// EachRenamed tells of everything that was called otherwise in an earlier version, in a fixed order: of paths was is the
// old path and now is empty, of choices was is the old name and now the present one.
func (f *Form) EachRenamed(tell func(path, was, now string)) {
	for _, path := range sortedKeys(f.former) {
		for _, was := range f.former[path] {
			tell(path, was, "")
		}
	}
	for _, path := range sortedKeys(f.recoded) {
		for _, was := range sortedKeys(f.recoded[path]) {
			tell(path, was, f.recoded[path][was])
		}
	}
}
