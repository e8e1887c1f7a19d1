package interviews

import (
	"strconv"
	"strings"

	"coopatlas/data/form/interview"
	"coopatlas/data/record"
	"coopatlas/data/workspace"
)

// editorLimit is how many editors a page of questions holds at most: long forms grow slower than linearly to draw.
const editorLimit = 60

// section is a part of the questionnaire that is shown at once.
type section struct {
	key   string // the group's path; of questions outside of groups the first one's, after a "~"
	title string
	steps []interview.Step
}

// sectionsOf cuts the steps of an interview into sections: one a group of the questionnaire, one for each run of
// questions between groups, and several where one would hold more than editorLimit questions.
func sectionsOf(s *workspace.Session) []section {
	iv := s.Interview()
	var out []section
	for _, step := range iv.Steps() {
		top, _, inside := strings.Cut(string(step.Path.Question()), "/")
		inside = inside || step.Kind == interview.StepRepeat
		key := top
		if !inside {
			key = "~" + top
			if last := len(out) - 1; last >= 0 && strings.HasPrefix(out[last].key, "~") && len(out[last].steps) < editorLimit {
				key = out[last].key
			}
		}
		out = put(out, key, step, func() string { return titleOf(s, key) })
	}
	return out
}

// put adds a step to its section, or begins one. A repeat is not cut: its grid shows some rows at a time.
func put(out []section, key string, step interview.Step, title func() string) []section {
	last := len(out) - 1
	if last >= 0 && base(out[last].key) == key {
		if len(out[last].steps) < editorLimit || step.Kind == interview.StepRepeat || rowOf(step.Path) != "" {
			out[last].steps = append(out[last].steps, step)
			return out
		}
		part := 2
		if _, number, cut := strings.Cut(out[last].key, "#"); cut {
			part, _ = strconv.Atoi(number)
			part++
		}
		return append(out, section{key + "#" + strconv.Itoa(part), title() + " " + strconv.Itoa(part), []interview.Step{step}})
	}
	return append(out, section{key, title(), []interview.Step{step}})
}

// base is the key of a section without the number of its part.
func base(key string) string {
	key, _, _ = strings.Cut(key, "#")
	return key
}

func titleOf(s *workspace.Session, key string) string {
	path, loose := strings.CutPrefix(key, "~")
	label := s.Interview().Label(record.Path(path))
	if g, ok := s.Form().Group(path); ok && label == "" && !loose {
		label = g.Label.In(s.Words().Language(), s.Form().DefaultLanguage)
	}
	if label == "" {
		return path
	}
	return label
}

// rowOf is the row of a repeat that a path lies in ("votes[…]"), or "".
func rowOf(path record.Path) record.Path {
	return path[:strings.LastIndexByte(string(path), ']')+1]
}

// repeatOf is the repeat of a row or of a path in one, or "".
func repeatOf(path record.Path) record.Path {
	row := rowOf(path)
	if row == "" {
		return ""
	}
	repeat, _, _ := row.SplitRow()
	return repeat
}

// indexOf is the place of the section that a path is asked in, or -1.
func indexOf(sections []section, path record.Path) int {
	for i, s := range sections {
		for _, step := range s.steps {
			if step.Path == path {
				return i
			}
		}
	}
	return -1
}

// samePaths tells whether two sections ask the same, in the same order.
func samePaths(a, b section) bool {
	if len(a.steps) != len(b.steps) || a.key != b.key {
		return false
	}
	for i := range a.steps {
		if a.steps[i].Path != b.steps[i].Path || a.steps[i].ReadOnly != b.steps[i].ReadOnly {
			return false
		}
	}
	return true
}

// standing is how far a section is.
type standing struct {
	asked, answered, left int // left: required, and without an answer
	hard, soft            int // problems, without those of missing answers
}

// standingOf counts what a section asks.
func standingOf(iv *interview.Interview, s section, problems map[record.Path][]interview.Problem) standing {
	var out standing
	for _, step := range s.steps {
		if step.Kind != interview.StepQuestion || !step.Question.Stored() || step.ReadOnly {
			continue
		}
		out.asked++
		if !iv.Answer(step.Path).Blank() {
			out.answered++
		} else if step.Required {
			out.left++
		}
		for _, p := range problems[step.Path] {
			switch {
			case p.Kind == interview.ProblemRequired:
			case p.Hard:
				out.hard++
			default:
				out.soft++
			}
		}
	}
	return out
}
