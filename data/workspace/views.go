package workspace

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"coopatlas/data/record"
	"coopatlas/data/store"
)

const viewKind = "view"

// ErrView is wrapped where a view cannot be kept.
var ErrView = errors.New("the view cannot be kept")

// View is what a page was asked to show, under a name. Views travel with the other records.
type View struct {
	Record record.ID `json:"record"`
	Title  string    `json:"title"`
	Route  string    `json:"route"`
}

// Views lists the views of a page, by name.
func (w *Workspace) Views(ctx context.Context, page string) ([]View, error) {
	rows, err := w.Store.List(ctx, viewKind, store.Query{
		Columns: []string{"title", "route"}, Sort: []store.Order{{Column: "label"}}, Where: []store.Condition{{Column: "page", Values: []string{page}}},
	})
	if err != nil {
		return nil, err
	}
	out := make([]View, len(rows))
	for i, row := range rows {
		out[i] = View{row.Record, row.Values["title"].Value.String(), row.Values["route"].Value.String()}
	}
	return out, nil
}

// KeepView keeps what a page shows under a name. A view of that page and name that is there already shows it from now on.
func (w *Workspace) KeepView(ctx context.Context, page, title, route string) (View, error) {
	title = strings.TrimSpace(title)
	if title == "" {
		return View{}, fmt.Errorf("%w: give it a name", ErrView)
	}
	all, err := w.Views(ctx, page)
	if err != nil {
		return View{}, err
	}
	for _, v := range all {
		if v.Title == title {
			v.Route = route
			return v, w.change(ctx, v.Record, map[record.Path]string{"route": route})
		}
	}
	v := View{w.ids.next(), title, route}
	return v, w.saveAnswers(ctx, v.Record, viewKind, title, map[string]string{"title": title, "page": page, "route": route})
}

// RenameView gives a view another name.
func (w *Workspace) RenameView(ctx context.Context, id record.ID, title string) error {
	title = strings.TrimSpace(title)
	if title == "" {
		return fmt.Errorf("%w: give it a name", ErrView)
	}
	return w.change(ctx, id, map[record.Path]string{"title": title})
}

// RemoveView takes a view away; RestoreView brings it back.
func (w *Workspace) RemoveView(ctx context.Context, id record.ID) error { return w.remove(ctx, id) }

// RestoreView brings a view back that was removed.
func (w *Workspace) RestoreView(ctx context.Context, id record.ID) error {
	state, err := w.Store.State(ctx, id)
	if err != nil || state.Lifecycle != record.Deleted {
		return err
	}
	_, err = w.Store.Save(ctx, w.Identity, store.Change{Record: id, Kind: state.Kind, Form: state.Form, Parents: state.Heads, Operation: record.Restore})
	return err
}
