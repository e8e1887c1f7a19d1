package xlsform_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"coopatlas/assets"
	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
)

func TestKindsAsMarkdownAreTheSame(t *testing.T) {
	kinds, err := xlsform.Kinds(assets.FS())
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range kinds {
		source, err := xlsform.KindSource(assets.FS(), kind)
		if err != nil {
			t.Fatal(err)
		}
		again := xlsform.Markdown(source.Name, xlsform.WriteMarkdown(source))
		again.PersonalKinds = source.PersonalKinds
		was, _ := form.Compile(source)
		is, problems := form.Compile(again)
		if is == nil || len(problems) > 0 {
			t.Fatalf("%s: %v", kind, problems)
		}
		if difference := sameForm(was, is); difference != "" {
			t.Errorf("%s differs:\n%s", kind, difference)
		}
	}
}

func TestWorkbooksAsMarkdownAreTheSame(t *testing.T) {
	books, _ := filepath.Glob("../../../../shared/xlsforms/*.xlsx")
	if len(books) == 0 {
		t.Skip("the shared workbooks are absent")
	}
	for _, book := range books {
		source, err := xlsform.Read(os.DirFS(filepath.Dir(book)), filepath.Base(book))
		if err != nil {
			t.Fatal(err)
		}
		was, _ := form.Compile(source)
		is, problems := form.Compile(xlsform.Markdown(source.Name, xlsform.WriteMarkdown(source)))
		if is == nil {
			t.Fatalf("%s: %v", book, form.Errors(problems))
		}
		if difference := sameForm(was, is); difference != "" {
			t.Errorf("%s differs:\n%s", book, difference)
		}
	}
}

// Whatever a cell holds comes back, but for white space round it.
func TestAnyCellAsMarkdown(t *testing.T) {
	cell := rapid.OneOf(rapid.StringOf(rapid.RuneFrom([]rune("a|\\&#10;38\n -:"))), rapid.StringN(0, 12, -1))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.TrimSpace(strings.Map(func(r rune) rune {
			if r < ' ' && r != '\n' || r == '\ufffe' || r == '\uffff' || r == '\ufffd' || r == '\u200b' || r == '\ufeff' || r == '\u00a0' || r == '\u0085' || r == '\u2028' || r == '\u2029' {
				return 'x'
			}
			return r
		}, cell.Draw(t, "cell")))
		source := form.Source{Survey: form.Sheet{Name: "survey", Columns: []string{"type", "name", "label"},
			Rows: []form.Row{{Cells: map[string]string{"type": "text", "name": "a", "label": text}}}}}
		if text == "" {
			delete(source.Survey.Rows[0].Cells, "label")
		}
		again := xlsform.Markdown("a.md", xlsform.WriteMarkdown(source))
		if len(again.Survey.Rows) != 1 || !cmp.Equal(again.Survey.Rows[0].Cells, source.Survey.Rows[0].Cells) {
			t.Fatalf("%q comes back as %v", text, again.Survey.Rows)
		}
	})
}

func TestReadList(t *testing.T) {
	list, err := xlsform.ReadList("towns.csv", []byte("\ufeffname;label;label_fr;label::Español (es);region\nrm;Rome;Rome;Roma;it\n;;;;\nos;Oslo;;;no\n"), "", "")
	want := []form.Choice{
		{Name: "rm", Label: form.Text{"default": "Rome", "fr": "Rome", "es": "Roma"}, Row: 2,
			Attributes: map[string]string{"name": "rm", "label": "Rome", "label_fr": "Rome", "label::Español (es)": "Roma", "region": "it"}},
		{Name: "os", Label: form.Text{"default": "Oslo"}, Row: 4, Attributes: map[string]string{"name": "os", "label": "Oslo", "region": "no"}},
	}
	if err != nil || !cmp.Equal(list, want) {
		t.Errorf("%v, %s", err, cmp.Diff(want, list))
	}
	list, err = xlsform.ReadList("p.csv", []byte("code,title,x\n1,One,a\n"), "code", "title")
	if err != nil || len(list) != 1 || list[0].Name != "1" || list[0].Label["default"] != "One" {
		t.Errorf("%+v, %v", list, err)
	}
	for name, data := range map[string]string{"empty": "", "blank": "\n\n", "no text": "a\xff,b\n"} {
		if _, err := xlsform.ReadList(name, []byte(data), "", ""); err == nil {
			t.Errorf("a list of %s is read", name)
		}
	}
}

func FuzzReadList(f *testing.F) {
	f.Add([]byte("name,label\na,A\n"))
	f.Add([]byte("x\ty\n1\t2"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := xlsform.ReadList("fuzz.csv", data, "", "")
		if err != nil && len(list) > 0 {
			t.Error("a list with an error")
		}
		if slices.ContainsFunc(list, func(c form.Choice) bool { return len(c.Attributes) == 0 && c.Name != "" && c.Row == 0 }) {
			t.Error("a row that stands nowhere")
		}
	})
}
