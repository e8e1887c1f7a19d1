package xpath

import (
	"errors"
	"fmt"
)

// many is the greatest number of arguments where there is no greatest.
const many = 1 << 20

// function is one entry of the tables: a name, the least and most arguments and
// the body, which evaluates the arguments it wants.
type function struct {
	name     string
	min, max int
	body     func(ev *evaluator, args []expr) Value
}

var table = func() map[string]*function {
	all := map[string]*function{}
	for _, family := range [][]function{
		booleanFunctions, stringFunctions, numberFunctions, aggregateFunctions, dateFunctions,
		nodeFunctions, choiceFunctions, geographyFunctions, digestFunctions, randomFunctions, repeatFunctions,
	} {
		for i := range family {
			all[family[i].name] = &family[i]
		}
	}
	return all
}()

func lookup(name string) *function { return table[name] }

// hostFunctions are those of the language that only the host can answer.
var hostFunctions = map[string]bool{
	"jr:choice-name": true, "jr:itext": true, "pulldata": true, "version": true, "property": true,
}

// arityMessage says what is wrong with a number of arguments, or nothing.
func (f *function) arityMessage(count int) string {
	if count >= f.min && count <= f.max {
		return ""
	}
	wanted := fmt.Sprintf("%d to %d arguments", f.min, f.max)
	switch {
	case f.min == f.max && f.min == 1:
		wanted = "1 argument"
	case f.min == f.max:
		wanted = fmt.Sprintf("%d arguments", f.min)
	case f.max == many:
		wanted = fmt.Sprintf("at least %d arguments", f.min)
	}
	return fmt.Sprintf("%s() takes %s, not %d", f.name, wanted, count)
}

func (c *call) eval(ev *evaluator) Value {
	if ev.err != nil {
		return Value{}
	}
	if c.fn == nil {
		return c.host(ev)
	}
	if message := c.fn.arityMessage(len(c.args)); message != "" {
		return ev.fail("%s", message)
	}
	if c.pattern != nil {
		return BooleanOf(c.pattern.MatchString(ev.str(c.args[0])))
	}
	return c.fn.body(ev, c.args)
}

func (c *call) host(ev *evaluator) Value {
	if ev.ctx.Host == nil {
		return ev.fail("there is no function %s()", c.name)
	}
	args := make([]Value, len(c.args))
	for i, arg := range c.args {
		args[i] = arg.eval(ev)
	}
	if ev.err != nil {
		return Value{}
	}
	v, err := ev.ctx.Host(Call{Name: c.name, Args: args, Node: ev.node, Current: ev.current()})
	if errors.Is(err, ErrUnknownFunction) {
		return ev.fail("there is no function %s(): %w", c.name, err)
	}
	if err != nil {
		return ev.fail("%s(): %w", c.name, err)
	}
	return v
}

// values evaluates arguments; a node-set standing alone is one value a node.
func (ev *evaluator) values(args []expr, yield func(Value) bool) {
	for _, arg := range args {
		v := arg.eval(ev)
		if v.kind != NodeSet || v.count() == 0 && len(args) > 1 {
			if !yield(v) {
				return
			}
			continue
		}
		for i := range v.count() {
			if !ev.visit(1) || !yield(StringOf(v.at(i).Text())) {
				return
			}
		}
	}
}
