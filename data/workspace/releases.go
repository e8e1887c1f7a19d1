package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"coopatlas/data/record"
	"coopatlas/data/store"
)

// Latest names the newest release.
const Latest = "latest"

// Releases lists the releases, the newest first.
func (w *Workspace) Releases(ctx context.Context) ([]Release, error) {
	q := store.Query{Sort: []store.Order{{Column: "created"}}, Columns: []string{"chains", "sources", "submitted", "from", "to", "years", "revisions"}}
	for path := range (&Release{}).texts() {
		q.Columns = append(q.Columns, string(path))
	}
	rows, err := w.Store.List(ctx, releaseKind, q)
	if err != nil {
		return nil, err
	}
	out := make([]Release, 0, len(rows))
	for _, row := range rows {
		r, err := releaseOf(row)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	slices.Reverse(out) // of the same moment the last entered comes first
	return out, nil
}

// Release finds a release: latest, its title, its record's id, or the first digits of its frame.
func (w *Workspace) Release(ctx context.Context, name string) (Release, error) {
	all, err := w.Releases(ctx)
	if err != nil {
		return Release{}, err
	}
	if len(all) == 0 {
		return Release{}, fmt.Errorf("%w: the workspace has none; `coopctl release` makes one", ErrRelease)
	}
	if name == Latest {
		return all[0], nil
	}
	var found []Release
	for _, r := range all {
		if strings.EqualFold(r.Title, name) || r.Record.String() == name {
			return r, nil
		}
		if len(name) >= 4 && strings.HasPrefix(r.Frame, strings.ToLower(name)) {
			found = append(found, r)
		}
	}
	switch {
	case len(found) == 0:
		return Release{}, fmt.Errorf("%w: %q; `coopctl release` lists them", ErrRelease, name)
	case found[0].Frame != found[len(found)-1].Frame:
		return Release{}, fmt.Errorf("%w: %q begins the frames of several; name more of its digits", ErrRelease, name)
	}
	return found[0], nil
}

// ReleaseCheck is what making the frame of a release again came to.
type ReleaseCheck struct {
	Release   Release `json:"release"`
	Frame     string  `json:"frame"` // made again
	Same      bool    `json:"same"`
	Revisions int     `json:"revisions"`
	Erased    int     `json:"erased"`     // erasures that came after the release
	RatesSame bool    `json:"rates_same"` // its table of rates is here and unchanged; true where it has none
}

// CheckRelease makes the frame of a release again from the log, cut at the ends of its chains, and compares.
func (w *Workspace) CheckRelease(ctx context.Context, r Release, progress store.Progress) (ReleaseCheck, error) {
	out := ReleaseCheck{Release: r, RatesSame: true}
	own, err := w.indicatorsAt(ctx, r)
	if err != nil {
		return out, err
	}
	if out.Frame, out.Revisions, err = w.Store.FreezeAt(ctx, r.Chains, questionsOf(own), progress); err != nil {
		return out, err
	}
	if out.Same = out.Frame == r.Frame; !out.Same {
		if err := w.Store.Thaw(out.Frame); err != nil {
			return out, err
		}
	}
	if out.Erased, err = w.erasedSince(ctx, r); err != nil {
		return out, err
	}
	if r.Rates != "" {
		out.RatesSame = w.checkRates(ctx, r) == nil
	}
	return out, nil
}

// erasedSince counts the erasures that are not among a release's revisions.
func (w *Workspace) erasedSince(ctx context.Context, r Release) (int, error) {
	within, err := w.Store.Within(ctx, r.Chains)
	if err != nil {
		return 0, err
	}
	count := 0
	err = w.Store.Commits(ctx, 0, func(_ int64, c record.Commit) error {
		for _, revision := range c.Revisions {
			if revision.Operation == record.Erase && !within[c.ID] {
				count++
			}
		}
		return nil
	})
	return count, err
}

// checkRates refuses a table of rates that is not the one that a release was made with.
func (w *Workspace) checkRates(ctx context.Context, r Release) error {
	rates, err := w.Rates(ctx, r.Rates)
	if err != nil {
		return err
	}
	if sum, err := hashRates(rates); err != nil || sum != r.RatesHash {
		return fmt.Errorf("%w: the table of %s has changed since the release %s; import it again as it was", ErrRates, r.Rates, r.Title)
	}
	return nil
}

// frozen opens the frame of a release; it is made again from the log where it is not at hand.
func (w *Workspace) frozen(ctx context.Context, r Release) (*store.Frozen, error) {
	f, err := w.Store.OpenFrozen(r.Frame)
	if err == nil || !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, store.ErrFrozen) {
		return f, err
	}
	check, err := w.CheckRelease(ctx, r, nil)
	switch {
	case err != nil:
		return nil, err
	case !check.Same:
		return nil, fmt.Errorf("%w: the log gives another frame than that of %s; `coopctl release DIR check` says more", ErrRelease, r.Title)
	}
	return w.Store.OpenFrozen(r.Frame)
}
