package workspace

import (
	"fmt"
	"os"

	"coopatlas/data/exchange/tabular"
	"coopatlas/data/form"
)

// SketchMapping writes the beginning of a mapping for the file of a register: what its columns seem to be, as a YAML file
// to go on with. Kinds are those that a row may give, those that others refer to first; none are the cooperative and its
// mapping. Language is that of the questions named in it.
func (w *Workspace) SketchMapping(path, language string, kinds ...string) ([]byte, error) {
	if len(kinds) == 0 {
		kinds = []string{"cooperative", "mapping"}
	}
	var forms []*form.Form
	for _, kind := range kinds {
		f, err := w.MustKnow(kind)
		if err != nil {
			return nil, err
		}
		forms = append(forms, f)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the file cannot be read: %w", err)
	}
	defer file.Close()
	table, err := tabular.OpenTable(file, tabular.Written{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	defer table.Close()
	return tabular.Sketch(table, path, forms, language)
}
