package interviews

import (
	"os"
	"path/filepath"

	"coopatlas/data/record"
	"coopatlas/data/workspace"
)

// previewID stands in a route for the record of an interview that is only tried.
const previewID = "preview"

// previews tells whether a questionnaire is only tried.
func (f *filling) previews() bool { return f.route.Get("id") == previewID }

// rehearse opens the questionnaire that the route names: a version of a kind, or a file.
func (f *filling) rehearse(w *workspace.Workspace, language string) (*workspace.Session, error) {
	file := f.route.Get("file")
	if file == "" {
		q, err := w.Questionnaire(f.kind, f.route.Get("version"))
		if err != nil {
			return nil, err
		}
		return w.Rehearse(f.ctx, q, language)
	}
	q, err := w.ReadQuestionnaire(workspace.QuestionnaireFile{Folder: os.DirFS(filepath.Dir(file)), Name: filepath.Base(file)})
	if err != nil {
		return nil, err
	}
	return w.Rehearse(f.ctx, q, language)
}

// kept notes that an answer is in the draft.
func (f *filling) kept(path record.Path) {
	f.touched = true
	if !f.previews() {
		f.services.Saved("draft " + string(path))
	}
}

// endPreview goes back to where the preview was asked for.
func (f *filling) endPreview() {
	f.services.Toast(f.services.Words().Say("interviews.preview.ended"), nil)
	f.services.Back()
}
