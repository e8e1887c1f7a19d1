package check

// trait says how a figure may be looked at.
type trait uint8

const (
	money     trait = 1 << iota // compared in its own currency only
	steady                      // moves slowly, so that the last wave says something
	perPerson                   // grows with the persons working
	unsized                     // makes the size class itself, so that peers are of all sizes
)

// figure is a concept that is looked at.
type figure struct {
	concept string
	is      trait
	least   int64 // the least value whose repetition over the years is odd; 0: repetition is not
}

func (f figure) has(t trait) bool { return f.is&t != 0 }

// figures are the concepts that are looked at. persons is the first: others are divided by it.
var figures = [...]figure{
	{persons, steady | unsized, 50},
	{"members", steady, 50},
	{"worker_members", steady, 50},
	{"non_member_employees", steady, 50},
	{"fte", steady, 50},
	{"part_time", 0, 50},
	{"permanent", steady, 50},
	{"within_scope", steady, 50},
	{"volunteers", 0, 0},
	{"training_hours", 0, 50},
	{"beneficiaries", steady, 50},
	{"disadvantaged", steady, 0},
	{"turnover", money | steady | perPerson, 1},
	{"other_income", money, 1},
	{"grants", money, 1},
	{"purchases", money | steady | perPerson, 1},
	{"labour_employees", money | steady, 1},
	{"labour_members", money | steady, 1},
	{"value_added", money | steady | perPerson, 1},
	{"depreciation", money, 1},
	{"assets", money | steady | perPerson, 1},
	{"fixed_assets", money | steady, 0},
	{"equity", money | steady, 1},
	{"share_capital", money | steady, 0},
	{"reserves_indivisible", money | steady, 0},
	{"debt_banks", money, 1},
	{"investment", money, 1},
	{"surplus", money, 1},
	{"training_spend", money, 1},
	{"pay_f", money | steady, 0},
	{"pay_m", money | steady, 0},
	{"pay_ratio", unsized, 0},
}

const (
	persons  = "persons_working"
	mappings = "mapping"
)

// fit says how parts belong to their total.
type fit uint8

const (
	exactly fit = iota // the parts are the total, where all are known; else they are at most that
	atMost             // each is a part, and there may be others
)

// sum is a declared relation of parts to a total. Both are sums of concepts.
type sum struct {
	parts, whole []string
	fit          fit
	percent      int64 // that the parts may hold of the total; 0 is 100
	slack        int64 // whole units of difference that are rounding
	slackPercent int64 // the same, in percent of the total
}

// sums are the relations that hold in every questionnaire (domain reference, A.1: hard and soft checks).
var sums = [...]sum{
	{parts: []string{"members_natural", "members_legal"}, whole: []string{"members"}},
	{parts: []string{"members_f", "members_m", "members_x"}, whole: []string{"members_natural"}},
	{parts: []string{"members_15_24", "members_25_29", "members_30_34", "members_35_54", "members_55_64", "members_65", "members_age_unknown"}, whole: []string{"members_natural"}},
	{parts: []string{"worker_members", "non_member_employees", "other_members_employed"}, whole: []string{persons}},
	{parts: []string{"worker_members"}, whole: []string{"members"}, fit: atMost},
	{parts: []string{"workers_f", "workers_m", "workers_x"}, whole: []string{"worker_members"}},
	{parts: []string{"employees_f", "employees_m", "employees_x"}, whole: []string{"non_member_employees"}},
	{parts: []string{"workers_15_24", "workers_25_29", "workers_30_34", "workers_35_54", "workers_55_64", "workers_65", "workers_age_unknown"}, whole: []string{"worker_members"}},
	{parts: []string{"employees_15_24", "employees_25_29", "employees_30_34", "employees_35_54", "employees_55_64", "employees_65", "employees_age_unknown"}, whole: []string{"non_member_employees"}},
	{parts: []string{"permanent", "fixed_term", "casual", "apprentices"}, whole: []string{"worker_members", "non_member_employees"}},
	{parts: []string{"part_time"}, whole: []string{persons}, fit: atMost},
	{parts: []string{"fte"}, whole: []string{persons}, fit: atMost, percent: 120},
	{parts: []string{"workers_covered"}, whole: []string{"worker_members"}, fit: atMost},
	{parts: []string{"employees_covered"}, whole: []string{"non_member_employees"}, fit: atMost},
	{parts: []string{"disadvantaged"}, whole: []string{persons}, fit: atMost},
	{parts: []string{"jobs_saved"}, whole: []string{persons}, fit: atMost},
	{parts: []string{"assembly_attendance"}, whole: []string{"members"}, fit: atMost},
	{parts: []string{"board_f"}, whole: []string{"board"}, fit: atMost},
	{parts: []string{"board_young"}, whole: []string{"board"}, fit: atMost},
	{parts: []string{"board_workers"}, whole: []string{"board"}, fit: atMost},
	{parts: []string{"grants"}, whole: []string{"other_income"}, fit: atMost},
	{parts: []string{"fixed_assets"}, whole: []string{"assets"}, fit: atMost},
	{parts: []string{"share_capital", "reserves_indivisible", "reserves_divisible"}, whole: []string{"equity"}, slack: 1},
	{parts: []string{"allocation_legal", "allocation_reserve", "allocation_labour", "allocation_patronage", "allocation_interest",
		"allocation_education", "allocation_community", "allocation_mutual", "allocation_other"}, whole: []string{"surplus"}, slack: 1, slackPercent: 1},
}

// oddZero is a zero that is odd by what else the record says.
type oddZero struct {
	concept string
	beside  string // a figure that is above zero
	where   string // or a choice,
	is      string // with this answer
}

var oddZeros = [...]oddZero{
	{concept: "turnover", beside: persons},
	{concept: "members", beside: persons},
	{concept: "worker_members", where: "ilo_type", is: "worker"},
}
