package xlsform

import "strings"

// surveyColumns names the columns of the survey sheet and the spellings the field uses for them.
var surveyColumns = map[string]string{
	"type": "type", "command": "type",
	"name": "name", "tag": "name", "value": "name",
	"label": "label", "caption": "label",
	"hint": "hint", "guidance_hint": "guidance_hint",
	"relevant": "relevant", "relevance": "relevant", "skip_logic": "relevant",
	"required": "required", "required_message": "required_message", "requiredmsg": "required_message",
	"required_msg": "required_message", "jr:requiredmsg": "required_message",
	"constraint": "constraint", "constraint_message": "constraint_message", "constraining_message": "constraint_message",
	"constraint_msg": "constraint_message", "constraintmsg": "constraint_message", "jr:constraintmsg": "constraint_message",
	"validation_message": "constraint_message",
	"check":              "check", "check_message": "check_message", "check2": "check2", "check_message2": "check_message2",
	"check3": "check3", "check_message3": "check_message3",
	"calculation": "calculation", "calculate": "calculation",
	"default": "default", "choice_filter": "choice_filter", "option_filter": "choice_filter",
	"read_only": "read_only", "readonly": "read_only",
	"repeat_count": "repeat_count", "count": "repeat_count", "jr:count": "repeat_count",
	"appearance": "appearance", "parameters": "parameters", "parameter": "parameters", "trigger": "trigger",
	"image": "image", "big_image": "big-image", "audio": "audio", "video": "video",
	"core": "core", "list": "list", "personal": "personal", "unit": "unit", "concept": "concept",
	"decimals": "decimals", "soft": "soft", "code": "code",
}

// choiceColumns names the columns of the choices sheet.
var choiceColumns = map[string]string{
	"list_name": "list_name", "list": "list_name",
	"name": "name", "value": "name",
	"label": "label", "caption": "label",
	"image": "image", "big_image": "big-image", "audio": "audio", "video": "video",
}

// settingColumns names the columns of the settings sheet.
var settingColumns = map[string]string{
	"form_title": "form_title", "title": "form_title", "set_form_title": "form_title",
	"form_id": "form_id", "id_string": "form_id", "set_form_id": "form_id",
	"version": "version", "default_language": "default_language", "instance_name": "instance_name",
	"allow_choice_duplicates": "allow_choice_duplicates", "name": "name",
}

// translated are the columns that may end with a language.
var translated = map[string]bool{
	"label": true, "hint": true, "guidance_hint": true, "constraint_message": true, "required_message": true,
	"check_message": true, "check_message2": true, "check_message3": true, "image": true, "big-image": true, "audio": true, "video": true, "form_title": true,
}

// wrappers are prefixes that say in which part of an XForm a column ends up; they change nothing here.
var wrappers = [...]string{"bind", "body", "control", "media"}

// canonical gives the usual name of a column: "Label :: French (fr)" becomes "label::French (fr)", "relevance"
// becomes "relevant". A column that is not known keeps the name it has.
func canonical(kind, header string) string {
	header = trim(header)
	parts := strings.Split(header, "::")
	for i := range parts {
		parts[i] = trim(parts[i])
	}
	if len(parts) > 1 && isWrapper(parts[0]) {
		parts = parts[1:]
	}
	if len(parts) == 1 {
		parts = singleColons(kind, parts[0])
	}
	base, known := columnsOf(kind)[columnKey(parts[0])]
	if !known {
		return header
	}
	if len(parts) == 2 && translated[base] && parts[1] != "" {
		return base + "::" + parts[1]
	}
	if len(parts) > 1 {
		return header
	}
	return base
}

// singleColons splits "label:French", as older forms write it, where the first part is a column that is translated.
func singleColons(kind, header string) []string {
	before, after, found := strings.Cut(header, ":")
	if !found {
		return []string{header}
	}
	if isWrapper(before) {
		return singleColons(kind, trim(after))
	}
	if translated[columnsOf(kind)[columnKey(before)]] {
		return []string{trim(before), trim(after)}
	}
	return []string{header}
}

func isWrapper(part string) bool {
	for _, w := range wrappers {
		if strings.EqualFold(trim(part), w) {
			return true
		}
	}
	return false
}

func columnsOf(kind string) map[string]string {
	switch kind {
	case "survey":
		return surveyColumns
	case "choices":
		return choiceColumns
	}
	return settingColumns
}

// columnKey writes a column's name the way the tables do: lower case, words joined by an underscore.
func columnKey(name string) string {
	name = strings.ToLower(trim(name))
	return strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == '\u00a0' }), "_")
}
