package form

// Role says what an expression decides about its item.
type Role uint8

// The roles of expressions.
const (
	RoleRelevant Role = iota
	RoleCalculation
	RoleRequired
	RoleCheck
	RoleChoices
	RoleRepeatCount
	RoleDefault
	RoleReadOnly
	RoleLabel
)

// Dependent is an expression that reads a question: the path of the item it belongs to and what it decides there.
type Dependent struct {
	Path string
	Role Role
}

// Dependents returns the expressions that read the question or group at a path, in the order of the survey sheet.
func (f *Form) Dependents(path string) []Dependent { return f.dependents[path] }

// Rank returns the place of an item in an order of calculation in which everything stands after what it reads.
func (f *Form) Rank(path string) int { return f.order[path] }
