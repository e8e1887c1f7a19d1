package paper

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"coopatlas/assets"
	"coopatlas/data/codes"
	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/record"
	"coopatlas/data/words"
	"coopatlas/reports/pdf"
	"coopatlas/reports/scene"
)

func kind(t testing.TB, name string) *form.Form {
	t.Helper()
	f, problems, err := xlsform.Kind(assets.FS(), name)
	if err != nil || len(problems) > 0 {
		t.Fatal(name, problems, err)
	}
	return f
}

func kinds(t testing.TB) []string {
	t.Helper()
	all, err := xlsform.Kinds(assets.FS())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func spoken(t testing.TB, language string) *words.Words {
	t.Helper()
	book, err := words.Open(assets.FS())
	if err != nil {
		t.Fatal(err)
	}
	return book.In(language)
}

func fonts(t testing.TB) *scene.Fonts {
	t.Helper()
	f, err := scene.ReportFonts()
	if errors.Is(err, assets.ErrNotBuilt) || errors.Is(err, fs.ErrNotExist) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// opened opens an interview over the code lists.
func opened(t testing.TB, f *form.Form) *interview.Interview {
	t.Helper()
	lists, err := codes.Open(assets.FS())
	if err != nil {
		t.Skip(err)
	}
	next := byte(0)
	return interview.New(f, interview.Env{
		Now: func() time.Time { return time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC) },
		Choices: func(source string) ([]interview.Choice, error) {
			var out []interview.Choice
			if list, ok := lists.List(source); ok {
				for i := range list.Codes {
					out = append(out, interview.Choice{Name: list.Codes[i].Value, Label: list.Codes[i].Label("en"), Attributes: list.Codes[i].Attributes})
				}
			}
			return out, nil
		},
		NewID: func() record.ID { next++; return record.ID{next} },
	})
}

func put(t testing.TB, iv *interview.Interview, path, text string) {
	t.Helper()
	answer := record.Answer{}
	switch text {
	case "!":
		answer.Status = record.Refused
	case "?":
		answer.Status = record.DontKnow
	default:
		q, _ := iv.Question(record.Path(path))
		if q == nil {
			t.Fatal("no question", path)
		}
		switch q.Storage() {
		case form.StoreList:
			answer.Value = record.List(strings.Split(text, ","))
		case form.StoreNumber:
			var err error
			if answer.Value, err = iv.Parse(record.Path(path), text); err != nil {
				t.Fatal(err)
			}
		default:
			answer.Value = record.Text(text)
		}
	}
	if _, err := iv.Set(record.Path(path), answer); err != nil {
		t.Fatal(path, err)
	}
}

// filled is a record of the mapping with answers of every kind.
func filled(t testing.TB) *interview.Interview {
	t.Helper()
	iv := opened(t, kind(t, "mapping"))
	for _, one := range [][2]string{
		{"administration/year", "2024"}, {"administration/fiscal_end", "2024-12-31"}, {"administration/mode", "face"}, {"administration/outcome", "complete"},
		{"agreement/notice", "oral"}, {"agreement/agrees", "yes"}, {"agreement/named_use", "directory,open"}, {"identification/status", "active"},
		{"identification/level", "primary"}, {"location/country", "IT"}, {"types/ilo_type", "worker"}, {"types/family", "worker"},
		{"activities/isic", "10"}, {"membership/members", "12"}, {"work/persons_working", "15"}, {"work/worker_members", "10"},
		{"work/non_member_employees", "5"}, {"work/contracts/permanent", "14"}, {"governance/voting", "one_member"}, {"economics/currency", "EUR"},
		{"economics/turnover", "!"}, {"economics/turnover_band", "250k_2m"}, {"economics/surplus", "-1250"}, {"practice/changes/change_jobs", "4"},
		{"practice/difficulties", "finance,skills"}, {"practice/good_practice", strings.Repeat("We train every new member for a year before the vote. ", 12)},
	} {
		put(t, iv, one[0], one[1])
	}
	for i, category := range []string{"workers", "investors"} {
		row, _, err := iv.AddRow("types/member_categories")
		if err != nil {
			t.Fatal(err)
		}
		put(t, iv, string(row)+"/category", category)
		put(t, iv, string(row)+"/category_votes", []string{"70", "30"}[i])
	}
	return iv
}

// drawn lists the texts of a page, also inside groups.
func drawn(items []scene.Item) []*scene.Text {
	var out []*scene.Text
	for _, item := range items {
		switch item := item.(type) {
		case *scene.Text:
			out = append(out, item)
		case *scene.Group:
			out = append(out, drawn(item.Items)...)
		}
	}
	return out
}

// squeezed is a text without its spaces, so that it is found again where lines were broken.
func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }

func allText(pages []*scene.Scene) string {
	var b strings.Builder
	for _, page := range pages {
		for _, text := range drawn(page.Items) {
			b.WriteString(text.String)
		}
	}
	return squeezed(b.String())
}

func TestEveryQuestionIsPrinted(t *testing.T) {
	faces := fonts(t)
	for _, name := range kinds(t) {
		f := kind(t, name)
		for _, language := range f.Languages {
			pages, err := Pages(Config{Form: f, Words: spoken(t, language), Fonts: faces})
			if err != nil {
				t.Fatal(name, err)
			}
			text := allText(pages)
			for _, q := range f.Questions {
				if !q.Asked() || q.Type == form.TypeNote {
					continue
				}
				if !strings.Contains(text, squeezed(q.Label[language])) {
					t.Errorf("%s in %s lacks the question %q", name, language, q.Label[language])
				}
				if !strings.Contains(text, q.Code) {
					t.Errorf("%s lacks the number %s", name, q.Code)
				}
			}
			for _, list := range f.Lists {
				for _, c := range list.Choices {
					if !strings.Contains(text, squeezed(c.Label[language])) {
						t.Errorf("%s in %s lacks the choice %q", name, language, c.Label[language])
					}
				}
			}
			if strings.Contains(text, "[paper.") || strings.Contains(text, "${") {
				t.Errorf("%s in %s has words that were not said", name, language)
			}
		}
	}
}

func TestNothingIsDrawnOutsideTheMargins(t *testing.T) {
	faces := fonts(t)
	check := func(what string, pages []*scene.Scene) {
		for i, page := range pages {
			for _, text := range drawn(page.Items) {
				width := faces.Measure(text.String, text.Face, text.Size)
				x := text.X - scene.AnchorOffset(text.Anchor, width)
				inHead := text.Y < top-10 || text.Y > bottom
				if x < left-0.5 || x+width > right+0.5 || text.Y < 30 || text.Y > pageHeight-34 || !inHead && text.Y > bottom {
					t.Errorf("%s, page %d: %q stands from %.0f to %.0f at %.0f", what, i+1, text.String, x, x+width, text.Y)
				}
				if strings.ContainsFunc(text.String, func(r rune) bool { return r > ' ' && !faces.Has(r, text.Face) && !spaced(r) }) {
					t.Errorf("%s, page %d: the font lacks a sign of %q", what, i+1, text.String)
				}
			}
		}
	}
	for _, name := range kinds(t) {
		f := kind(t, name)
		for _, language := range f.Languages {
			pages, err := Pages(Config{Form: f, Words: spoken(t, language), Fonts: faces})
			if err != nil {
				t.Fatal(err)
			}
			check(name+" "+language, pages)
		}
	}
	iv := filled(t)
	pages, err := Pages(Config{Form: iv.Form(), Words: spoken(t, "en"), Fonts: faces, Filled: iv, Record: "0190c2f4-7c1e-7b3a-9d55-2f6a1c0e8b41"})
	if err != nil {
		t.Fatal(err)
	}
	check("filled", pages)
}

// spaced tells whether a sign is a space that draws nothing.
func spaced(r rune) bool { return r == '\u00a0' || r == '\u202f' }

func TestTextsDoNotLieOnEachOther(t *testing.T) {
	faces := fonts(t)
	type strip struct {
		x, width, y, size float64
		text              string
	}
	for _, language := range []string{"en", "fr"} {
		for _, name := range kinds(t) {
			pages, err := Pages(Config{Form: kind(t, name), Words: spoken(t, language), Fonts: faces})
			if err != nil {
				t.Fatal(err)
			}
			for number, page := range pages {
				var seen []strip
				for _, text := range drawn(page.Items) {
					width := faces.Measure(text.String, text.Face, text.Size)
					s := strip{text.X - scene.AnchorOffset(text.Anchor, width), width, text.Y, text.Size, text.String}
					for _, o := range seen {
						if s.x < o.x+o.width-0.5 && o.x < s.x+s.width-0.5 && s.y-s.size*0.7 < o.y && o.y-o.size*0.7 < s.y {
							t.Errorf("%s in %s, page %d: %q lies on %q", name, language, number+1, s.text, o.text)
						}
					}
					seen = append(seen, s)
				}
			}
		}
	}
}

func TestLengthsOfPaper(t *testing.T) {
	faces := fonts(t)
	f := kind(t, "mapping")
	before := 0
	for _, c := range []struct{ length, has, lacks string }{
		{"short", "Turnover, net of VAT", "Full-time equivalents"},
		{"standard", "Full-time equivalents", "Work accidents"},
		{"full", "Work accidents", "shorter interview"},
	} {
		pages, err := Pages(Config{Form: f, Words: spoken(t, "en"), Fonts: faces, Length: c.length})
		if err != nil {
			t.Fatal(err)
		}
		text := allText(pages)
		if !strings.Contains(text, squeezed(c.has)) || strings.Contains(text, squeezed(c.lacks)) || len(pages) <= before {
			t.Errorf("%s: %d pages; %q is there: %v, %q is: %v", c.length, len(pages), c.has, strings.Contains(text, squeezed(c.has)), c.lacks, strings.Contains(text, squeezed(c.lacks)))
		}
		before = len(pages)
	}
	if _, err := Pages(Config{Form: f, Words: spoken(t, "en"), Fonts: faces, Length: "long"}); !errors.Is(err, ErrLength) {
		t.Errorf("the length long gives %v", err)
	}
	if _, err := Pages(Config{Form: f}); err == nil {
		t.Error("a questionnaire is printed without fonts")
	}
}

func TestAFilledQuestionnaire(t *testing.T) {
	faces := fonts(t)
	iv := filled(t)
	const id = "0190c2f4-7c1e-7b3a-9d55-2f6a1c0e8b41"
	pages, err := Pages(Config{Form: iv.Form(), Words: spoken(t, "en"), Fonts: faces, Filled: iv, Record: id})
	if err != nil {
		t.Fatal(err)
	}
	text := allText(pages)
	for _, want := range []string{id, "12memberships", "Italy", "Workers", "Supportingorinvestormembers", "−1,250", "EUR", "70", "We train every new member", "Whyisitweak"} {
		if has := strings.Contains(text, squeezed(want)); has == (want == "Whyisitweak") {
			t.Errorf("a filled questionnaire has %q: %v", want, has)
		}
	}
	for _, not := range []string{"Only if", "Tick all", "Interview begun"} {
		if strings.Contains(text, squeezed(not)) {
			t.Errorf("a filled questionnaire says %q", not)
		}
	}
	ticks := 0
	for _, page := range pages {
		for _, item := range page.Items {
			if path, is := item.(*scene.Path); is && path.Stroke != nil && path.Stroke.Colour == written {
				ticks++
			}
		}
	}
	// mode, outcome, notice, agrees, two uses, status, level, type, family, voting, band, jobs, two difficulties, refused
	if ticks != 16 {
		t.Errorf("%d boxes are ticked, want 16", ticks)
	}
}

func TestTheSamePagesGiveTheSameFile(t *testing.T) {
	faces := fonts(t)
	var files [2]bytes.Buffer
	for i := range files {
		pages, err := Pages(Config{Form: kind(t, "aggregate"), Words: spoken(t, "fr"), Fonts: faces})
		if err != nil {
			t.Fatal(err)
		}
		if err := pdf.Write(&files[i], pages, faces, pdf.Metadata{Title: "x", Created: time.Unix(0, 0)}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Error("the same questionnaire gives two files")
	}
}
