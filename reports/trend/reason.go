package trend

import (
	"coopatlas/data/indicator"
	"coopatlas/data/words"
)

// Reason says why a change is no headline, to stand in brackets or after "because"; nil is the change of the first year.
// The change itself is not told.
func Reason(say *words.Words, change *indicator.Change) string {
	args := words.Args{"Count": 0, "Share": "", "From": words.Year(0)}
	if change == nil {
		return say.Say("bulletin.reason.first", args)
	}
	args["Count"], args["From"] = change.N, words.Year(change.From)
	args["Share"] = say.Percent(change.Share, 1)
	switch {
	case change.Hidden || change.Reason == indicator.ReasonHidden:
		return say.Say("bulletin.reason.confidential")
	case change.Reason == indicator.ReasonReworded:
		return say.Say("bulletin.reason.reworded")
	case change.Reason == indicator.ReasonNoPairs:
		return say.Say("bulletin.reason.no_pairs")
	case change.Reason == indicator.ReasonBase:
		return say.Say("bulletin.reason.base")
	case change.Reason == indicator.ReasonFew:
		return say.Say("bulletin.reason.few", args)
	case change.Reason == indicator.ReasonShare && change.ShareKnown:
		return say.Say("bulletin.reason.share", args)
	}
	return say.Say("bulletin.reason.composition")
}
