package questionnaires

import (
	"bytes"
	"context"
	"path/filepath"
	"time"

	"coopatlas/app/page"
	"coopatlas/app/task"
	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/paper"
	"coopatlas/reports/pdf"
	"coopatlas/reports/publish"
	"coopatlas/reports/scene"
)

// save asks for a file and writes it in the background; write gets its path.
func (p *Page) save(kind, version, name string, filter page.Filter, write func(ctx context.Context, q *workspace.Questionnaire, path string) error) {
	space := p.s.Workspace()
	q, err := space.Questionnaire(kind, version)
	if err != nil {
		p.s.Fail(err)
		return
	}
	p.s.Chooser().SaveFile(name, filter, func(path string) {
		base := filepath.Base(path)
		task.Run(p.s.Runner(), p.say("writing", "File", base), func(ctx context.Context, _ task.Progress) (struct{}, error) {
			return struct{}{}, write(ctx, q, path)
		}, func(_ struct{}, err error) {
			if err != nil {
				p.s.Fail(err)
				return
			}
			p.s.Toast(p.say("written", "File", base), nil)
		})
	})
}

// print sets the blank questionnaire on paper.
func (p *Page) print(kind, version string) {
	say, fonts, now := p.s.Words(), p.s.Fonts(), p.s.Now()
	p.save(kind, version, kind+".pdf", page.Filter{Title: p.say("filter.print"), Endings: []string{".pdf"}},
		func(_ context.Context, q *workspace.Questionnaire, path string) error {
			return printTo(path, q.Form, say, fonts, now)
		})
}

func printTo(path string, f *form.Form, say *words.Words, fonts *scene.Fonts, now time.Time) error {
	pages, err := paper.Pages(paper.Config{Form: f, Words: say, Fonts: fonts})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	about := pdf.Metadata{Title: titleOf(f, say.Language()), Subject: f.ID + " " + f.Version, Language: say.Language(), Created: now}
	if err := pdf.Write(&out, pages, fonts, about); err != nil {
		return err
	}
	return publish.File(path, out.Bytes())
}

// codebook saves what every variable means.
func (p *Page) codebook(kind, version string) {
	language := p.s.Words().Language()
	p.save(kind, version, kind+"-codebook.xlsx", page.Filter{Title: p.say("filter.codebook"), Endings: []string{".xlsx", ".csv", ".md"}},
		func(_ context.Context, q *workspace.Questionnaire, path string) error {
			var out bytes.Buffer
			if err := xlsform.WriteCodebook(&out, filepath.Ext(path), form.Codebook(q.Form, language)); err != nil {
				return err
			}
			return publish.File(path, out.Bytes())
		})
}

// export writes the questionnaire for phones, with its lists beside it; registers of persons are left out.
func (p *Page) export(kind, version string) {
	space := p.s.Workspace()
	p.save(kind, version, kind+".xlsx", page.Filter{Title: p.say("filter.export"), Endings: []string{".xlsx"}},
		func(ctx context.Context, q *workspace.Questionnaire, path string) error {
			files, err := space.Write(ctx, q, filepath.Base(path), false)
			if err != nil {
				return err
			}
			for _, file := range files {
				if file.Left != "" {
					continue
				}
				if err := publish.File(filepath.Join(filepath.Dir(path), filepath.FromSlash(file.Name)), file.Data); err != nil {
					return err
				}
			}
			return nil
		})
}
