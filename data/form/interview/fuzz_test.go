package interview_test

import (
	"strings"
	"testing"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/form/xlsform"
)

// FuzzExpressions puts an expression into every place of a form that has rows and lists, and fills the form: nothing
// panics and everything settles.
func FuzzExpressions(f *testing.F) {
	for _, e := range []string{"${a} + 1", "sum(${x})", "count(${r})", "../r[1]/x", "instance('l')/root/item[name = ${a}]/label", "indexed-repeat(${x}, ${r}, 1)",
		"once(random())", "jr:choice-name(${s}, '${s}')", "//*", "current()/../a", "position(..)", "status(${a})", ". + 1", "randomize(//x)", "/", "string(/)", "concat(/, /)"} {
		f.Add(e)
	}
	f.Fuzz(func(t *testing.T, expression string) {
		cell := strings.NewReplacer("|", `\|`, "\n", " ", "\r", " ").Replace(expression)
		for _, column := range []string{"calculation", "relevant", "constraint", "choice_filter", "repeat_count", "default"} {
			markdown := "| survey | |\n| | type | name | label | " + column + " |\n| | integer | a | A | |\n| | select_one l | s | S | " + only(column, "choice_filter", cell) +
				" |\n| | begin_repeat | r | R | " + only(column, "repeat_count", cell) + " |\n| | integer | x | X | |\n| | text | inside | I | " + cell +
				" |\n| | end_repeat | | | |\n| | text | outside | O | " + cell + " |\n| choices | |\n| | list_name | name | label |\n| | l | 1 | One |\n| | l | 2 | Two |\n"
			compiled, _ := form.Compile(xlsform.Markdown("fuzz.md", markdown))
			if compiled == nil || len(compiled.Questions) > 6 {
				continue
			}
			iv := interview.New(compiled, env())
			for range 2 {
				if row, _, err := iv.AddRow("r"); err == nil {
					_, _ = iv.Set(row+"/x", whole(3))
					_, _ = iv.Set(row+"/inside", text("i"))
				}
			}
			_, _ = iv.Set("a", whole(2))
			_, _ = iv.Set("s", text("1"))
			_, _ = iv.Set("outside", text("o"))
			iv.Choices("s")
			iv.Problems()
			iv.Finish()
			for iv.CanUndo() {
				iv.Undo()
			}
			interview.Open(compiled, env(), iv.Everything())
		}
	})
}

func only(column, wanted, cell string) string {
	if column == wanted {
		return cell
	}
	return ""
}
