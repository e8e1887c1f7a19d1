package indicator

// wordings are the texts of the catalogue in the languages that it is not declared
// in, by the English text.
var wordings = map[string]map[string]string{
	"es": spanish,
	"it": italian,
	"pt": portuguese,
}
