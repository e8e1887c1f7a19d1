package question

// moneyWidth is that of a field for an amount, at the normal text size.
const moneyWidth float32 = 180

// newMoney makes the editor of an amount of money: its unit is the currency that the interview has by now.
func newMoney(cfg Config) Editor { return newNumber(cfg, moneyWidth) }
