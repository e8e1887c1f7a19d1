package xpath

import (
	"fmt"
	"slices"
	"testing"
)

// describeReferences writes references as people would.
func describeReferences(e *Expr, context string) []string {
	var list []string
	for _, r := range e.References() {
		switch {
		case r.Path.Start == FromVariable && len(r.Path.Steps) == 0:
			text := "${" + r.Path.Variable + "}"
			if r.Quoted {
				text += " quoted"
			}
			list = append(list, text)
		case r.Path.Start == FromInstance:
			list = append(list, "instance "+r.Path.Instance)
		default:
			path, exact, ok := r.Resolve(context)
			switch {
			case !ok:
				list = append(list, "unknown")
			case !exact:
				list = append(list, path+" and below")
			default:
				list = append(list, path)
			}
		}
	}
	return list
}

func TestReferences(t *testing.T) {
	const context = "/data/group/q"
	for _, c := range []struct {
		source string
		want   []string
	}{
		{"1 + 2", nil},
		{".", []string{"/data/group/q"}},
		{". > ../p", []string{"/data/group/q", "/data/group/p"}},
		{"/data/a + ../../b/c", []string{"/data/a", "/data/b/c"}},
		{"${a} + ${b} * ${a}", []string{"${a}", "${b}", "${a}"}},
		{"${last-saved#a}", []string{"${last-saved#a}"}},
		{"current()/../p", []string{"/data/group/p"}},
		{"if(${a}, concat(${b}, 'x'), not(${c}))", []string{"${a}", "${b}", "${c}"}},
		{"sum(/data/votes[./kind = current()/../p]/share)", []string{"/data/votes/share", "/data/votes/kind", "/data/group/p"}},
		{"sum(/data/votes[kind = ${k}][position() > 1]/share)", []string{"/data/votes/share", "/data/votes/kind", "${k}"}},
		{"instance('list')/root/item[name = ${a} and ../../x]/label", []string{"instance list", "unknown", "${a}", "unknown"}},
		{"count(/data/votes/*)", []string{"/data/votes and below"}},
		{"//share", []string{"/ and below"}},
		{"/data/*/share", []string{"/data and below"}},
		{"../@version", []string{"/data/group"}},
		{"child::x | parent::group/following-sibling::other", []string{"/data/group/q/x", "/data/other"}},
		{"jr:choice-name(${a}, '${a}')", []string{"${a} quoted", "${a}"}},
		{"jr:choice-name(/data/a, ' /data/a ')", []string{"/data/a", "/data/a"}},
		{"string-length() > 3", []string{"/data/group/q"}},
		{"once(random())", nil},
		{"position(..)", []string{"/data/group"}},
		{"indexed-repeat(${share}, ${votes}, position(..) - 1)", []string{"${share}", "${votes}", "/data/group"}},
		{"-(${a})", []string{"${a}"}},
		{"(/data/votes)[kind = 1]/share", []string{"unknown", "/data/votes", "/data/votes/kind"}},
		{"${votes}[kind = 1]", []string{"${votes}", "unknown"}},
		{"randomize(instance('l')/root/item)", []string{"instance l"}},
		{"../../../../../x", []string{"/ and below"}},
	} {
		got := describeReferences(mustParse(t, c.source), context)
		slices.Sort(got)
		want := slices.Clone(c.want)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s reads %q, want %q", c.source, got, want)
		}
	}
}

func TestReferencesTellWhereTheyStand(t *testing.T) {
	e := mustParse(t, "'é' = ${last-saved#name} or /data/a")
	references := e.References()
	if references[0].Offset != 6 || references[0].Variable() != "name" || !references[0].LastSaved() {
		t.Errorf("the first reference is %+v", references[0])
	}
	if references[1].Offset != 28 || references[1].LastSaved() || references[1].Variable() != "" {
		t.Errorf("the second reference is %+v", references[1])
	}
	steps := fmt.Sprint(references[1].Path.Steps)
	if steps != "[{0 data} {0 a}]" {
		t.Errorf("its steps are %s", steps)
	}
}

func TestReferencesByName(t *testing.T) {
	question := func(name string) (string, bool) { return "/data/g/" + name, name != "missing" }
	e := mustParse(t, "${votes}[kind = ../x]/share + ${a} + ${missing} + ${last-saved#a}")
	var got []string
	for _, r := range e.References() {
		path, exact, ok := r.ResolveNamed("/data/q", question)
		got = append(got, fmt.Sprintf("%s %t %t", path, exact, ok))
	}
	want := []string{
		"/data/g/votes/share true true", "/data/g/votes/kind true true", "/data/g/x true true",
		"/data/g/a true true", "/ false false", "/ false false",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
