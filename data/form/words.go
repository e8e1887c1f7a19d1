package form

import (
	"slices"
	"strings"
)

// noLanguage stands for the language of a form that does not say which it is in.
const noLanguage = "default"

// languages finds the default language and every language that some column has.
func (c *compiler) languages() {
	var found []string
	plain := false
	for _, sheet := range []Sheet{c.source.Survey, c.source.Choices, c.source.Settings} {
		for _, column := range sheet.Columns {
			base, language, split := strings.Cut(column, "::")
			switch {
			case !shown[base]:
			case !split:
				plain = plain || base == "label" && sheet.Name == "survey"
			case !slices.Contains(found, LanguageCode(language)):
				found = append(found, LanguageCode(language))
			}
		}
	}
	f := c.form
	if rows := c.source.Settings.Rows; len(rows) > 0 {
		f.DefaultLanguage = LanguageCode(rows[0].Get("default_language"))
	}
	if f.DefaultLanguage == "" {
		f.DefaultLanguage = noLanguage
		if !plain && len(found) > 0 {
			f.DefaultLanguage = found[0]
		}
	}
	if plain || len(found) == 0 || slices.Contains(found, f.DefaultLanguage) {
		f.Languages = append(f.Languages, f.DefaultLanguage)
	}
	for _, language := range found {
		if language != f.DefaultLanguage {
			f.Languages = append(f.Languages, language)
		}
	}
}

// shown are the columns that hold text for people.
var shown = set("label", "hint", "guidance_hint", "constraint_message", "required_message", "check_message",
	"check_message2", "check_message3", "image", "big-image", "audio", "video", "form_title")

// LanguageCode takes the code out of a language's name: "Français (fr)" is "fr"; a name without a code stands for
// itself.
func LanguageCode(name string) string {
	name = strings.TrimSpace(name)
	open := strings.LastIndex(name, "(")
	if open > 0 && strings.HasSuffix(name, ")") {
		if code := strings.TrimSpace(name[open+1 : len(name)-1]); code != "" {
			return code
		}
	}
	return name
}

// text reads a column in every language.
func (c *compiler) text(row Row, column string) Text {
	var out Text
	for name, cell := range row.Cells {
		base, language, split := strings.Cut(name, "::")
		if base != column || strings.TrimSpace(cell) == "" {
			continue
		}
		code := c.form.DefaultLanguage
		if split {
			code = LanguageCode(language)
		}
		if out == nil {
			out = Text{}
		}
		if _, taken := out[code]; !taken || split {
			out[code] = cell
		}
	}
	return out
}

// missingTexts warns of every text that some language has and another lacks.
func (c *compiler) missingTexts() {
	if len(c.form.Languages) < 2 {
		return
	}
	for _, sheet := range []struct {
		name string
		Sheet
	}{{"survey", c.source.Survey}, {"choices", c.source.Choices}, {"settings", c.source.Settings}} {
		for _, row := range sheet.Rows {
			c.missingInRow(sheet.name, row)
		}
	}
}

func (c *compiler) missingInRow(sheet string, row Row) {
	bases := map[string]bool{}
	for column := range row.Cells {
		base, _, _ := strings.Cut(column, "::")
		bases[base] = bases[base] || shown[base]
	}
	for _, base := range sortedKeys(bases) {
		if !bases[base] {
			continue
		}
		text := c.text(row, base)
		for _, language := range c.form.Languages {
			if !text.Empty() && text[language] == "" && language != noLanguage {
				c.warn(place{sheet, base, row.Number}, "%s has no %s in %s; add it", rowName(row), base, language)
			}
		}
	}
}

func rowName(row Row) string {
	if name := row.Get("name"); name != "" {
		return name
	}
	return "the row"
}

// media reads the columns of pictures and sounds.
func (c *compiler) media(row Row) map[string]Text {
	var out map[string]Text
	for _, kind := range []string{"image", "big-image", "audio", "video"} {
		if text := c.text(row, kind); !text.Empty() {
			if out == nil {
				out = map[string]Text{}
			}
			out[kind] = text
		}
	}
	return out
}
