package app

import (
	"errors"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"coopatlas/assets"
	"coopatlas/data/store"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
)

// explanation is an error in words for the person: what is wrong, what to do, and what the program said.
type explanation struct{ sentence, hint, detail string }

// known are the errors that have words of their own, in app.error.<key> and app.error.<key>_hint; the first that fits
// is taken.
var known = []struct {
	err error
	key string
}{
	{errTaken, "taken"},
	{errRoute, "route"},
	{workspace.ErrFolder, "folder"},
	{workspace.ErrStage, "stage"},
	{workspace.ErrIncomplete, "incomplete"},
	{store.ErrNewer, "newer"},
	{store.ErrForeign, "foreign"},
	{store.ErrExists, "exists"},
	{store.ErrNothing, "nothing"},
	{store.ErrNotFound, "not_found"},
	{store.ErrLog, "log"},
	{assets.ErrNotBuilt, "not_built"},
	{fs.ErrPermission, "permission"},
	{fs.ErrNotExist, "no_file"},
}

// explain puts an error into words. What has no words of its own is said as the program says it.
func explain(w *words.Words, err error) explanation {
	for _, one := range known {
		if errors.Is(err, one.err) {
			return explanation{w.Say("app.error." + one.key), w.Say("app.error." + one.key + "_hint"), sentence(err.Error())}
		}
	}
	return explanation{sentence: w.Say("app.error.other"), hint: sentence(err.Error())}
}

// sentence makes the words of an error one sentence: a capital at the beginning, a full stop at the end.
func sentence(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	first, width := utf8.DecodeRuneInString(text)
	if width == 0 {
		return ""
	}
	text = string(unicode.ToUpper(first)) + text[width:]
	if strings.ContainsAny(text[len(text)-1:], ".!?") {
		return text
	}
	return text + "."
}
