package workspace

import (
	"errors"
	"testing"

	"coopatlas/data/record"
)

// What a person may do with a record in each of its stages; everything else is refused.
func TestWhatMayFollow(t *testing.T) {
	all := []record.Operation{record.Edit, record.Submit, record.Return, record.Validate, record.Lock, record.Reopen, record.Delete, record.Restore}
	work := map[record.Operation]bool{record.Edit: true, record.Submit: true, record.Return: true, record.Validate: true, record.Lock: true, record.Delete: true}
	reviewed := map[record.Operation]bool{record.Edit: true, record.Submit: true, record.Return: true, record.Validate: true, record.Lock: true, record.Delete: true, record.Reopen: true}
	for now, may := range map[record.Lifecycle]map[record.Operation]bool{
		record.Saved: work, record.Submitted: work, record.Returned: work, record.Validated: reviewed,
		record.Locked: {record.Reopen: true}, record.Deleted: {record.Restore: true},
	} {
		for _, operation := range all {
			if err := mayFollow(operation, now); errors.Is(err, ErrStage) == may[operation] {
				t.Errorf("%s of a record that is %s: %v", operation, now, err)
			}
		}
	}
}

func TestALockedRecordIsLeftAsItIs(t *testing.T) {
	w := sessions(t)
	s := begin(t, w, "cooperative", record.ID{})
	typeIn(t, s, "names/legal_name=Aurora", "country=IT")
	id := saved(t, s).Record
	for _, step := range []struct {
		operation record.Operation
		answers   map[string]string
		refused   bool
	}{
		{record.Validate, nil, false},
		{record.Lock, nil, false},
		{record.Edit, map[string]string{"names/legal_name": "Bruma"}, true},
		{record.Delete, nil, true},
		{record.Reopen, nil, false},
		{record.Edit, map[string]string{"names/legal_name": "Bruma"}, false},
		{record.Delete, nil, false},
		{record.Lock, nil, true},
		{record.Restore, nil, false},
		{record.Restore, nil, true},
	} {
		if _, err := w.Revise(t.Context(), id, step.operation, step.answers, ""); errors.Is(err, ErrStage) != step.refused || !step.refused && err != nil {
			t.Errorf("%s: %v", step.operation, err)
		}
	}
	state, err := w.Store.State(t.Context(), id)
	if err != nil || state.Fields["names/legal_name"].Value.String() != "Bruma" {
		t.Errorf("%+v, %v", state, err)
	}
}
