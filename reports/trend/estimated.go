package trend

import (
	"strings"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
)

// LeftOut names the countries, and the types of cooperative, that estimated totals have no part of, with their years and
// why; nothing where there are none, or for reported totals.
func LeftOut(labels Labels, used *indicator.Estimated) string {
	if used == nil {
		return ""
	}
	years := map[indicator.LeftOut][]int{}
	var order []indicator.LeftOut
	for _, left := range used.LeftOut {
		year := left.Year
		left.Year = 0
		if years[left] == nil {
			order = append(order, left)
		}
		years[left] = append(years[left], year)
	}
	var names []string
	for _, left := range order {
		args := words.Args{"Name": labels.Class("country", left.Country), "Years": spans(labels.Words, years[left])}
		key := "figures.left_out_frame"
		switch {
		case left.Type != "":
			key, args["Type"] = "figures.left_out_type", labels.Class("ilo_type", left.Type)
		case left.Few:
			key = "figures.left_out_few"
		}
		names = append(names, labels.Words.Say(key, args))
	}
	if names == nil {
		return ""
	}
	return labels.Words.Say("figures.left_out", words.Args{"Names": strings.Join(names, labels.Words.Say("number.semicolon"))})
}

// spans writes years in ascending order, those that follow each other as a span.
func spans(say *words.Words, years []int) string {
	var out []string
	for from := 0; from < len(years); {
		to := from
		for to+1 < len(years) && years[to+1] == years[to]+1 {
			to++
		}
		out = append(out, say.Years(years[from], years[to]))
		from = to + 1
	}
	return strings.Join(out, ", ")
}
