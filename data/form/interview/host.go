package interview

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"strconv"
	"strings"

	"coopatlas/data/form"
	"coopatlas/data/form/xpath"
)

// instance gives an expression a secondary instance: a choice list, a file or a register.
func (iv *Interview) instance(id string) (xpath.Node, bool) {
	source, known := iv.form.Instances[id]
	if !known {
		return nil, false
	}
	return iv.listFor(source).root, true
}

// host answers the functions that the language leaves to the program.
func (iv *Interview) host(call xpath.Call) (xpath.Value, error) {
	switch {
	case call.Name == "jr:choice-name" && len(call.Args) == 2:
		return xpath.StringOf(iv.choiceName(call)), nil
	case call.Name == "pulldata" && len(call.Args) == 4:
		return xpath.StringOf(iv.pulldata(call)), nil
	case call.Name == "status" && len(call.Args) == 1:
		return xpath.StringOf(iv.statusOf(call)), nil
	case call.Name == "version":
		return xpath.StringOf(iv.form.Version), nil
	case call.Name == "jr:itext", call.Name == "property":
		return xpath.StringOf(""), nil
	}
	return xpath.Value{}, xpath.ErrUnknownFunction
}

// statusOf returns the status of a question, blank where it is not relevant or has no answer.
func (iv *Interview) statusOf(call xpath.Call) string {
	for _, found := range call.Args[0].Nodes() {
		if n, is := found.(*node); is && n.question != nil {
			iv.note(n)
			if n.relevant && given(n.answer) {
				return n.answer.Status.String()
			}
		}
	}
	return ""
}

// choiceName returns the label of a choice: of its value and the path, or ${name}, of its question.
func (iv *Interview) choiceName(call xpath.Call) string {
	value := call.Args[0].StringValue()
	if value == "" {
		return ""
	}
	for _, found := range call.Args[1].Nodes() {
		if n, is := found.(*node); is && n.question != nil {
			return iv.choiceLabel(n, value)
		}
	}
	name := strings.TrimSpace(call.Args[1].StringValue())
	name = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(name, "${"), "}"))
	name = name[strings.LastIndexByte(name, '/')+1:]
	for _, item := range iv.form.Named(name) {
		if q, is := item.(*form.Question); is && q.Type.TakesChoices() {
			return iv.choiceLabel(&node{iv: iv, question: q}, value)
		}
	}
	return value
}

// pulldata looks one column up in the row of a file whose key column has a value; blank where there is none.
func (iv *Interview) pulldata(call xpath.Call) string {
	id, column := strings.TrimSuffix(call.Args[0].StringValue(), ".csv"), call.Args[1].StringValue()
	key, value := call.Args[2].StringValue(), call.Args[3].StringValue()
	source := iv.form.Instances[id]
	if source == "" {
		source = id + ".csv"
	}
	if kind, is := strings.CutPrefix(source, "kind:"); is && key == "name" && iv.env.Lookup != nil {
		c, _ := iv.env.Lookup(kind, value)
		return c.column(column)
	}
	l := iv.listFor(source)
	if i := l.find(key, value); i >= 0 {
		return l.choices[i].column(column)
	}
	return ""
}

// parkMiller is the generator that ODK shuffles with, so that a seed gives the same order everywhere.
type parkMiller int64

func (p *parkMiller) next() float64 {
	*p = *p * 16807 % 2147483647
	return float64(*p-1) / 2147483646
}

// seed reads the seed of a randomized question, a number or ${name}; without one it is drawn once. A text that is no
// number seeds with the first eight bytes of its SHA-256, a blank one with 0, as in JavaRosa.
func (iv *Interview) seed(n *node) int64 {
	text := n.question.Parameters["seed"]
	if name, is := strings.CutPrefix(text, "${"); is {
		found, _ := iv.resolve(strings.TrimSpace(strings.TrimSuffix(name, "}")), n)
		text = ""
		if len(found) > 0 {
			text = found[0].Text()
		}
		return seedOf(text)
	}
	if text != "" {
		return seedOf(text)
	}
	if n.seed == 0 {
		n.seed = 1
		if iv.env.Random != nil {
			n.seed += int64(iv.env.Random() * 2147483645)
		}
	}
	return n.seed
}

func seedOf(text string) int64 {
	f, err := strconv.ParseFloat(text, 64)
	switch {
	case text == "", math.IsNaN(f):
		return 0
	case err == nil:
		return int64(max(-1<<40, min(1<<40, f)))
	}
	hash := sha256.Sum256([]byte(text))
	return int64(binary.BigEndian.Uint64(hash[:8]))
}

func shuffle(choices []Choice, seed int64) []Choice {
	state := parkMiller(seed % 2147483647)
	if state <= 0 {
		state += 2147483646
	}
	out := append([]Choice(nil), choices...)
	for i := len(out) - 1; i > 0; i-- {
		j := int(state.next() * float64(i+1))
		out[i], out[j] = out[j], out[i]
	}
	return out
}
