package record

import "slices"

// Operation says what a revision does to its record besides the fields it writes.
type Operation string

// The operations. Any of them may write fields too: an interview is submitted, and a register's row validated, in one
// revision with its answers.
const (
	Edit     Operation = "edit"
	Submit   Operation = "submit"
	Return   Operation = "return"
	Validate Operation = "validate"
	Lock     Operation = "lock"
	Reopen   Operation = "reopen"
	Delete   Operation = "delete"
	Restore  Operation = "restore"
	Erase    Operation = "erase"
	Alias    Operation = "alias"
)

var operations = [...]Operation{Edit, Submit, Return, Validate, Lock, Reopen, Delete, Restore, Erase, Alias}

// Known tells whether the operation is one of the ten.
func (o Operation) Known() bool { return slices.Contains(operations[:], o) }

// Lifecycle is where a record stands between the interview and the brief.
type Lifecycle string

// The states of a record. Saved has been kept but never submitted; deleted records are left out everywhere but in
// their history.
const (
	Saved     Lifecycle = "saved"
	Submitted Lifecycle = "submitted"
	Returned  Lifecycle = "returned"
	Validated Lifecycle = "validated"
	Locked    Lifecycle = "locked"
	Deleted   Lifecycle = "deleted"
)

// InFrame tells whether a record of this state takes part in statistics.
func (l Lifecycle) InFrame() bool { return l == Submitted || l == Validated || l == Locked }

// reaches is the state that each lifecycle operation leads to.
func (o Operation) reaches() (Lifecycle, bool) {
	switch o {
	case Submit, Reopen:
		return Submitted, true
	case Return:
		return Returned, true
	case Validate:
		return Validated, true
	case Lock:
		return Locked, true
	}
	return "", false
}
