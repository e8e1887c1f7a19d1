package interview

import "strings"

// messages are what an interview says where the form says nothing, in English; Env.Say puts them into other
// languages under the same keys. {0}, {1} stand for the arguments.
var messages = map[string]string{
	"interview.required":      "This question needs an answer, or say that it is not known, refused or not collected.",
	"interview.constraint":    "This answer is outside of what the questionnaire allows.",
	"interview.type.number":   "{0} is not a number; write digits only.",
	"interview.type.integer":  "{0} is not a whole number; write digits only.",
	"interview.type.decimals": "{0} has more than {1} digits after the point; the rest will be rounded off.",
	"interview.type.date":     "{0} is not a date; write 2026-11-22 or 22/11/2026.",
	"interview.type.time":     "{0} is not a time; write 14:30.",
	"interview.type.datetime": "{0} is not a date with a time; write 2026-11-22 14:30.",
	"interview.type.place":    "{0} is not a place; write latitude and longitude, such as 44.49 11.34.",
	"interview.type.list":     "{0} is not a list of choices.",
	"interview.choice":        "{0} is not one of the choices.",
	"interview.choice.record": "{0} is not a record at hand.",
	"interview.choice.many":   "{0} could be several choices; write more of it, or its number.",
	"interview.filtered":      "{0} is not among the choices that the other answers leave.",
	"interview.range":         "{0} is not between {1} and {2}.",
	"interview.expression":    "The questionnaire could not be worked out here: {0}.",
	"interview.list":          "The choices could not be read: {0}.",
	"interview.yes":           "Write yes, or leave it blank.",
}

// say returns a message in the interview's language.
func (iv *Interview) say(key string, args ...string) string {
	if iv.env.Say != nil {
		if text := iv.env.Say(key, args...); text != "" {
			return text
		}
	}
	return english(key, args...)
}

func english(key string, args ...string) string {
	text := messages[key]
	for i, arg := range args {
		text = strings.ReplaceAll(text, "{"+string(rune('0'+i))+"}", arg)
	}
	return text
}
