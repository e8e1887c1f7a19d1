package question

import (
	"coopatlas/data/form"
	"coopatlas/data/words"
)

// Format says how an answer is written, where that is not plain; else it is empty.
func Format(q *form.Question, w *words.Words) string {
	switch q.Storage() {
	case form.StoreDate:
		return w.Say("question.format.date")
	case form.StoreTime:
		return w.Say("question.format.time")
	case form.StoreDateTime:
		return w.Say("question.format.datetime")
	case form.StorePlace:
		return w.Say("question.format.place")
	case form.StoreList:
		if q.Type == form.TypeRank {
			return w.Say("question.format.list")
		}
	}
	return ""
}
