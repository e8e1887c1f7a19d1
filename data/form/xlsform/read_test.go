package xlsform_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"coopatlas/assets"
	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
)

const small = `# A questionnaire
Words between the tables are passed over.

| survey   |         |      |                |            |
|          | Type    | Name | Label          | Relevance  |
|----------|---------|------|----------------|------------|
|          | integer | a    | How many \| or | ${b} = '\|'|
|          |         |      |                |            |
|          | text    | b    | Name           |            |
| settings |         |      |                |            |
|          | form_id | version |             |            |
|          | small   | 1    |                |            |
`

func TestMarkdown(t *testing.T) {
	source := xlsform.Markdown("small.md", small)
	if len(source.Problems) > 0 || len(source.Survey.Rows) != 2 {
		t.Fatalf("%+v", source)
	}
	if !slices.Equal(source.Survey.Columns, []string{"type", "name", "label", "relevant"}) {
		t.Errorf("columns %q", source.Survey.Columns)
	}
	a, b := source.Survey.Rows[0], source.Survey.Rows[1]
	if a.Number != 7 || a.Get("label") != "How many | or" || a.Get("relevant") != "${b} = '|'" || b.Number != 9 {
		t.Errorf("%+v %+v", a, b)
	}
	if source.Settings.Rows[0].Get("form_id") != "small" {
		t.Errorf("%+v", source.Settings)
	}
}

func TestControlCharactersAreTakenOut(t *testing.T) {
	source, err := xlsform.CSV("x.csv", []byte("type,name,la\x10bel,hint\ntext,a\x00,A\uffff,\"one\r\ntwo\rthree\"\n"))
	if err != nil || len(source.Survey.Rows) != 1 {
		t.Fatal(source, err)
	}
	for column, want := range map[string]string{"name": "a", "label": "A", "hint": "one\ntwo\nthree"} {
		if got := source.Survey.Rows[0].Cells[column]; got != want {
			t.Errorf("%s is %q, want %q", column, got, want)
		}
	}
}

func TestMarkdownInAnotherEncoding(t *testing.T) {
	_, problems := form.Compile(xlsform.Markdown("x.md", "| survey | |\n| | type | name | label |\n| | text | a | Pr\xe9nom |\n"))
	if len(problems) != 1 || problems[0].String() != "error: file row 3: the line is not in UTF-8; save the file again as UTF-8" {
		t.Errorf("%v", problems)
	}
}

func TestColumnNames(t *testing.T) {
	for written, want := range map[string]string{
		"Label": "label", "caption": "label", "label::Français (fr)": "label::Français (fr)", "Label :: fr": "label::fr", "label:French": "label::French",
		"relevance": "relevant", "bind::relevant": "relevant", "Read only": "read_only", "readonly": "read_only", "calculate": "calculation",
		"constraint message": "constraint_message", "bind::jr:constraintMsg::fr": "constraint_message::fr", "jr:count": "repeat_count",
		"media::image::fr": "image::fr", "image": "image", "guidance_hint::fr": "guidance_hint::fr", "repeat count": "repeat_count",
		"Strange Column": "Strange Column", "instance::odk:x": "instance::odk:x", "command": "type",
	} {
		source := xlsform.Markdown("x.md", "| survey | |\n| | "+written+" |\n| | x |\n")
		if !slices.Equal(source.Survey.Columns, []string{want}) {
			t.Errorf("%q is read as %q, want %q", written, source.Survey.Columns, want)
		}
	}
}

func TestWhatIsWrongWithSheets(t *testing.T) {
	if p := xlsform.Markdown("x.md", "| choices | |\n| | name |\n").Problems; len(p) != 1 || p[0].Sheet != "survey" {
		t.Errorf("no survey: %v", p)
	}
	if p := xlsform.Markdown("x.md", "| survey | | |\n| | name | Name |\n").Problems; len(p) != 1 || p[0].Column != "name" || p[0].Row != 2 {
		t.Errorf("a column twice: %v", p)
	}
	if s := xlsform.Markdown("x.md", "| survey | |\n| | name |\n| notes | |\n| | x |"); !slices.Equal(s.Others, []string{"notes"}) {
		t.Errorf("other sheets: %v", s.Others)
	}
}

func workbook(t testing.TB, sheets map[string][][]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	for name, rows := range sheets {
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := book.SetSheetRow(name, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestFiles(t *testing.T) {
	fsys := fstest.MapFS{
		"form.md": {Data: []byte(small)},
		"form.xlsx": {Data: workbook(t, map[string][][]any{
			"Survey":   {{"type", "name", "label", "relevance"}, {"integer", "a", "How many | or", "${b} = '|'"}, nil, {"text", "b", "Name"}},
			"settings": {{"form_id", "version"}, {"small", 1}},
		})},
		"stacked.csv":         {Data: []byte("\ufeffsurvey,,,,\n,type,name,label,relevance\n,integer,a,How many | or,${b} = '|'\n,text,b,Name,\nsettings,,,,\n,form_id,version,,\n,small,1,,\n")},
		"folder/survey.csv":   {Data: []byte("type;name;label;relevant\ninteger;a;How many | or;\"${b} = '|'\"\ntext;b;Name;\n")},
		"folder/settings.csv": {Data: []byte("form_id,version\nsmall,1\n")},
	}
	for _, name := range []string{"form.md", "form.xlsx", "stacked.csv", "folder/survey.csv"} {
		source, err := xlsform.Read(fsys, name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		f, problems := form.Compile(source)
		if f == nil || len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
			continue
		}
		a, _ := f.Question("a")
		if f.ID != "small" || f.Version != "1" || len(f.Questions) != 2 || a.Relevant == nil || a.Label["default"] != "How many | or" {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	fsys := fstest.MapFS{"old.xls": {}, "picture.png": {}, "broken.xlsx": {Data: []byte("no zip")}, "latin.csv": {Data: []byte("type,name\ntext,\xe9t\xe9\n")}}
	for _, name := range []string{"old.xls", "picture.png", "broken.xlsx", "latin.csv"} {
		if _, err := xlsform.Read(fsys, name); !errors.Is(err, xlsform.ErrFormat) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := xlsform.Read(fsys, "missing.md"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

const kindTables = `
| survey | |
| | type | name | label | hint | constraint | constraint_message |
| | begin_group | members | Members | | | |
| | integer | total | Total | All | . > 0 | More than none |
| | end_group | | | | | |
| | begin_group | staff | Staff | | | |
| | integer | total | Total | | | |
| | select_one yn | voluntary | Voluntary | | | |
| | end_group | | | | | |
| choices | |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| settings | |
| | form_title |
| | Things |
`

const kindWords = `
| survey | |
| | name | label | hint | constraint_message |
| | members | Membres | | |
| | members/total | Ensemble des membres | Tous | Plus que rien |
| | staff | Personnel | | |
| | staff/total | Ensemble du personnel | | |
| | voluntary | Bénévole | | |
| choices | |
| | list_name | name | label |
| | yn | yes | Oui |
| | yn | no | Non |
| settings | |
| | form_title |
| | Choses |
`

func TestKind(t *testing.T) {
	fsys := fstest.MapFS{"forms/thing.md": {Data: []byte(kindTables)}, "forms/fr/thing.md": {Data: []byte(kindWords)}, "forms/README.md": {}, "forms/de/other.md": {}}
	f, problems, err := xlsform.Kind(fsys, "thing")
	if err != nil || f == nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	total, _ := f.Question("members/total")
	staff, _ := f.Question("staff/total")
	yes, _ := f.Lists["yn"].Choice("yes")
	switch {
	case f.ID != "thing" || !slices.Equal(f.Languages, []string{"en", "fr"}) || f.Title["fr"] != "Choses":
		t.Errorf("%+v", f)
	case total.Label["fr"] != "Ensemble des membres" || staff.Label["fr"] != "Ensemble du personnel" || total.Hint["fr"] != "Tous":
		t.Errorf("%+v %+v", total.Label, staff.Label)
	case total.Checks[0].Message["fr"] != "Plus que rien" || yes.Label["fr"] != "Oui" || yes.Label["en"] != "Yes":
		t.Errorf("%+v %+v", total.Checks, yes)
	}
	if kinds, err := xlsform.Kinds(fsys); err != nil || !slices.Equal(kinds, []string{"thing"}) {
		t.Errorf("%v %v", kinds, err)
	}
	if _, _, err := xlsform.Kind(fsys, "other"); err == nil {
		t.Error("a kind without a questionnaire")
	}
}

func TestTranslationsThatDoNotFit(t *testing.T) {
	words := "| survey | |\n| | name | label | hint |\n| | nobody | Personne | |\n| | voluntary | Bénévole | Indice |\n| | voluntary | Deux | |\n| choices | |\n| | list_name | name | label |\n| | yn | maybe | Peut-être |\n"
	fsys := fstest.MapFS{"forms/thing.md": {Data: []byte(kindTables)}, "forms/fr/thing.md": {Data: []byte(words)}}
	f, problems, err := xlsform.Kind(fsys, "thing")
	if err != nil || f != nil {
		t.Fatal(err, "is taken")
	}
	var got []string
	for _, p := range form.Errors(problems) {
		got = append(got, p.String())
	}
	for i, want := range []string{`fr survey row 3, name: there is no row named "nobody"`, "fr survey row 4, name: hint has words in fr",
		`fr survey row 5, name: "voluntary" is translated twice`, `fr choices row 8, name: there is no row named "yn maybe"`} {
		if i >= len(got) || !strings.Contains(got[i], want) {
			t.Errorf("want %q in %q", want, got)
		}
	}
}

// Every kind of our own compiles without a warning.
func TestOurKinds(t *testing.T) {
	kinds, err := xlsform.Kinds(assets.FS())
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range kinds {
		f, problems, err := xlsform.Kind(assets.FS(), kind)
		if err != nil || f == nil || f.ID != kind {
			t.Errorf("%s: %v", kind, err)
		}
		for _, p := range problems {
			t.Errorf("%s: %s", kind, p)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add(small)
	f.Add(kindTables)
	f.Add("| survey |\n|\\|")
	f.Fuzz(func(t *testing.T, text string) {
		source := xlsform.Markdown("fuzz.md", text)
		if compiled, problems := form.Compile(source); compiled == nil && len(form.Errors(problems)) == 0 {
			t.Error("refused without a reason")
		}
		form.Compile(xlsform.Translate(source, "fr", source))
	})
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("type,name,label\ntext,a,A\n"))
	f.Add([]byte("survey,,\n,type,name\n,text,a\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if source, err := xlsform.CSV("fuzz.csv", data); err == nil {
			form.Compile(source)
		}
	})
}

// sheetXML is the XML of one sheet: columns type, name and label, and one question.
const sheetXML = `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` +
	`<row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c><c r="C1" t="str"><v>label</v></c></row>` +
	`<row r="3"><c r="A3" t="inlineStr"><is><t>integer</t></is></c><c r="B3" t="str"><v>a</v></c><c r="C3"><v>12.5</v></c><c r="ZZ3" t="b"><v>1</v></c></row>` +
	`</sheetData><mergeCells count="1"><mergeCell ref="C3:D4"/></mergeCells></worksheet>`

// packed makes a workbook whose sheet survey is the given XML.
func packed(t testing.TB, sheet []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	pack := zip.NewWriter(&out)
	for _, part := range [...]struct{ name, text string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="survey" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", string(sheet)},
	} {
		w, err := pack.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Store})
		if err == nil {
			_, err = w.Write([]byte(part.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := pack.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Rows that are left blank keep the numbers that the spreadsheet shows.
func TestWorkbookRowsKeepTheirNumbers(t *testing.T) {
	source, err := xlsform.Workbook("x.xlsx", packed(t, []byte(sheetXML)))
	if err != nil || len(source.Survey.Rows) != 1 || source.Survey.Rows[0].Number != 3 || source.Survey.Rows[0].Get("label") != "12.5" {
		t.Errorf("%+v %v", source.Survey, err)
	}
}

// Cells merged downwards count for each of their rows; a list_name is often written once beside its choices.
func TestMergedCells(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetName("Sheet1", "choices"); err != nil {
		t.Fatal(err)
	}
	for at, text := range map[string]string{"A1": "list_name", "B1": "name", "C1": "label", "A2": "yn", "B2": "y", "C2": "Yes", "B3": "n", "C3": "No", "B5": "m", "C5": "Maybe"} {
		if err := book.SetCellStr("choices", at, text); err != nil {
			t.Fatal(err)
		}
	}
	for _, area := range [][2]string{{"A2", "A4"}, {"C1", "D1"}, {"C3", "D3"}} {
		if err := book.MergeCell("choices", area[0], area[1]); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	source, err := xlsform.Workbook("x.xlsx", out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range source.Choices.Rows {
		got = append(got, row.Get("list_name")+":"+row.Get("name"))
	}
	if !slices.Equal(got, []string{"yn:y", "yn:n", ":m"}) || !slices.Equal(source.Choices.Columns, []string{"list_name", "name", "label"}) {
		t.Errorf("%q %q", got, source.Choices.Columns)
	}
}

// A questionnaire in CSV files may come as a folder or as an archive.
func TestFoldersAndArchives(t *testing.T) {
	files := map[string]string{"mine/survey.csv": "type,name,label\nselect_one yn,a,A\n", "mine/choices.csv": "list_name,name,label\nyn,y,Yes\n", "mine/deeper/survey.csv": "type\nx\n"}
	fsys := fstest.MapFS{}
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	for _, name := range []string{"mine/deeper/survey.csv", "mine/survey.csv", "mine/choices.csv"} {
		fsys[name] = &fstest.MapFile{Data: []byte(files[name])}
		w, err := archive.Create(name)
		if err == nil {
			_, err = w.Write([]byte(files[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	fsys["form.zip"] = &fstest.MapFile{Data: packed.Bytes()}
	fsys["broken.zip"] = &fstest.MapFile{Data: []byte("PK no")}
	fsys["empty.zip"] = &fstest.MapFile{Data: []byte("PK\x05\x06" + strings.Repeat("\x00", 18))}
	for _, name := range []string{"mine", "mine/survey.csv", "form.zip"} {
		source, err := xlsform.Read(fsys, name)
		if f, problems := form.Compile(source); err != nil || f == nil || f.Lists["yn"] == nil {
			t.Errorf("%s: %v %v", name, err, problems)
		}
	}
	for name, want := range map[string]string{"broken.zip": "no .zip archive", "empty.zip": "holds no survey.csv", "nowhere": "a folder with a survey.csv", "mine/deeper/x.txt": "give a .xlsx, .csv or .md file"} {
		if _, err := xlsform.Read(fsys, name); !errors.Is(err, xlsform.ErrFormat) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A workbook that unfolds into more cells than a questionnaire has is refused, before it fills the memory.
func TestWorkbookTooLarge(t *testing.T) {
	var sheet strings.Builder
	sheet.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	for i := range 400 {
		fmt.Fprintf(&sheet, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i+1, i+1)
	}
	sheet.WriteString(`</sheetData></worksheet>`)
	_, err := xlsform.Workbook("x.xlsx", packed(t, []byte(sheet.String())))
	if err == nil || !strings.Contains(err.Error(), "more than 5000000 cells") {
		t.Errorf("%v", err)
	}
}

// FuzzWorkbook reads workbooks that are broken as a whole, and whole ones whose sheet is broken.
func FuzzWorkbook(f *testing.F) {
	f.Add(workbook(f, map[string][][]any{"survey": {{"type", "name", "label"}, {"text", "a", "A"}}}))
	f.Add([]byte(sheetXML))
	f.Add([]byte(`<worksheet><sheetData><row r="1048576"><c r="A1048576" t="s"><v>7</v></c></row><row><c t="e"><v>#N/A</v></c></row></sheetData></worksheet>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if !bytes.HasPrefix(data, []byte("PK")) {
			data = packed(t, data)
		}
		if source, err := xlsform.Workbook("fuzz.xlsx", data); err == nil {
			form.Compile(source)
		}
	})
}
