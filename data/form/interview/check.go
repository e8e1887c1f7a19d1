package interview

import (
	"maps"
	"slices"
	"strconv"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// ProblemKind says what is wrong with an answer.
type ProblemKind string

// The kinds of problems: no answer, a failed constraint, a failed soft check, a value of the wrong type, a value that
// is no choice, an expression of the form that cannot be worked out.
const (
	ProblemRequired   ProblemKind = "required"
	ProblemConstraint ProblemKind = "constraint"
	ProblemCheck      ProblemKind = "check"
	ProblemType       ProblemKind = "type"
	ProblemChoice     ProblemKind = "choice"
	ProblemForm       ProblemKind = "form"
)

// Problem is one thing wrong with one answer, in the interview's language. A hard problem keeps a record from being
// submitted; the others ask for a comment.
type Problem struct {
	Path    record.Path
	Kind    ProblemKind
	Hard    bool
	Message string
}

// Problems returns every problem of the interview, in the order of the questions.
func (iv *Interview) Problems() []Problem { return iv.problemsBelow(iv.top) }

// ProblemsIn returns the problems in one group, row or question.
func (iv *Interview) ProblemsIn(path record.Path) []Problem {
	if n := iv.byPath[path]; n != nil {
		return iv.problemsBelow(n)
	}
	return nil
}

func (iv *Interview) problemsBelow(top *node) []Problem {
	var out []Problem
	top.each(func(n *node) { out = iv.problems(n, out) })
	return out
}

// problems appends the problems of one question.
func (iv *Interview) problems(n *node, out []Problem) []Problem {
	q := n.question
	if q == nil || !n.relevant || !q.Core.AskedIn(iv.env.Length) {
		return out
	}
	add := func(kind ProblemKind, hard bool, message string) {
		out = append(out, Problem{Path: n.path, Kind: kind, Hard: hard, Message: message})
	}
	if faults := iv.faults[n.path]; len(faults) > 0 {
		for _, fault := range slices.Sorted(maps.Values(faults)) {
			add(ProblemForm, false, iv.say("interview.expression", fault))
		}
	}
	if why := iv.broken[source(q)]; why != "" {
		add(ProblemForm, false, iv.say("interview.list", why))
	}
	if n.answer.Value.IsZero() || n.answer.Status != record.Answered {
		if n.required && q.Asked() && q.Stored() && !settled(n.answer.Status) {
			add(ProblemRequired, true, iv.orSay(n, q.RequiredMessage, "interview.required"))
		}
		return out
	}
	iv.valueProblems(n, add)
	for i, check := range q.Checks {
		if n.failed&(1<<i) == 0 {
			continue
		}
		kind := ProblemConstraint
		if check.Soft {
			kind = ProblemCheck
		}
		add(kind, !check.Soft, iv.orSay(n, check.Message, "interview.constraint"))
	}
	return out
}

// settled tells whether a status stands for an answer that is known to be missing.
func settled(s record.Status) bool {
	return s == record.DontKnow || s == record.Refused || s == record.NotCollected || s == record.Erased
}

func (iv *Interview) orSay(n *node, message form.Text, key string) string {
	if text := iv.render(message, n); text != "" {
		return text
	}
	return iv.say(key)
}

// valueProblems finds what is wrong with the value itself.
func (iv *Interview) valueProblems(n *node, add func(ProblemKind, bool, string)) {
	q, value := n.question, n.answer.Value
	if !wellFormed(q, value) {
		add(ProblemType, true, iv.say(typeMessage(q), value.String()))
		return
	}
	if number, ok := value.Number(); ok {
		if int(number.Scale) > q.Decimals && q.Storage() == form.StoreNumber {
			add(ProblemType, false, iv.say("interview.type.decimals", number.String(), strconv.Itoa(q.Decimals)))
		}
		if q.Type == form.TypeRange && outside(q, number.Float()) {
			add(ProblemConstraint, true, iv.say("interview.range", number.String(), q.Parameters["start"], q.Parameters["end"]))
		}
	}
	if q.Type.TakesChoices() {
		iv.choiceProblems(n, add)
	}
}

func outside(q *form.Question, f float64) bool {
	start, _ := strconv.ParseFloat(q.Parameters["start"], 64)
	end, _ := strconv.ParseFloat(q.Parameters["end"], 64)
	return f < min(start, end) || f > max(start, end)
}

func typeMessage(q *form.Question) string {
	switch q.Storage() {
	case form.StoreNumber:
		if q.Type == form.TypeInteger {
			return "interview.type.integer"
		}
		return "interview.type.number"
	case form.StoreDate:
		return "interview.type.date"
	case form.StoreTime:
		return "interview.type.time"
	case form.StoreDateTime:
		return "interview.type.datetime"
	case form.StorePlace:
		return "interview.type.place"
	}
	return "interview.type.list"
}

func (iv *Interview) choiceProblems(n *node, add func(ProblemKind, bool, string)) {
	q := n.question
	for _, name := range n.answer.Value.Items() {
		switch {
		case q.Kind != "":
			if _, found := iv.choice(n, name); !found && iv.env.Lookup != nil {
				add(ProblemChoice, false, iv.say("interview.choice.record", name))
			}
		case q.ItemsFrom != nil:
		default:
			if _, found := iv.choice(n, name); !found {
				add(ProblemChoice, true, iv.say("interview.choice", name))
			} else if n.filtered {
				add(ProblemChoice, true, iv.say("interview.filtered", iv.choiceLabel(n, name)))
			}
		}
	}
}

// runCheck evaluates one check. Checks do not bind on blank answers.
func (iv *Interview) runCheck(c *cell) {
	n := c.node
	failed := n.failed &^ (1 << c.check)
	if n.text == "" {
		c.unsubscribe()
	} else if !iv.evaluate(c, c.expr, n, n).BoolValue() {
		failed |= 1 << c.check
	}
	if failed != n.failed {
		n.failed = failed
		iv.changed.problem(n)
	}
}
