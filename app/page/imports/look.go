package imports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"coopatlas/data/exchange/tabular"
	"coopatlas/data/workspace"
)

// previewRows is how many rows of a file are shown before it is imported.
const previewRows = 5

// glance is what can be told of a file and a mapping before anything is read through.
type glance struct {
	columns []string
	rows    [][]string
	file    error // why the file cannot be read

	source  string
	kinds   []string // titles of the kinds of record that each row gives
	lacking []string // columns that the mapping names and the file has not
	mapping error    // why the mapping cannot be used
}

// look reads the first rows of a file, and a mapping; either path may be empty.
func look(_ context.Context, space *workspace.Workspace, file, mapping, language string) glance {
	var out glance
	var m *tabular.Mapping
	if mapping != "" {
		if m, out.mapping = readMapping(mapping); out.mapping == nil {
			out.source = m.Source
			for _, r := range m.Records {
				title := r.Kind
				if f, ok := space.Form(r.Kind); ok {
					title = f.Title.In(language, f.DefaultLanguage)
				}
				out.kinds = append(out.kinds, title)
			}
		}
	}
	if file != "" {
		out.columns, out.rows, out.file = readHead(file, m)
	}
	if m != nil && out.file == nil && len(out.columns) > 0 {
		out.lacking = lacking(m, out.columns)
	}
	return out
}

func readMapping(path string) (*tabular.Mapping, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return tabular.ParseMapping(data)
}

// readHead reads the columns and first rows of a file, as the mapping says that it is written.
func readHead(path string, m *tabular.Mapping) ([]string, [][]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	var written tabular.Written
	if m != nil {
		written = m.Written()
	}
	table, err := tabular.OpenTable(file, written)
	if err != nil {
		return nil, nil, err
	}
	defer table.Close()
	var rows [][]string
	for len(rows) < previewRows {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", path, err)
		}
		rows = append(rows, slices.Clone(row.Cells)) // the table uses them again
	}
	return table.Columns, rows, nil
}

// lacking are the columns that a mapping names and a file has not, in order.
func lacking(m *tabular.Mapping, columns []string) []string {
	var out []string
	want := func(name string) {
		if name != "" && !slices.Contains(columns, name) && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, r := range m.Records {
		for _, key := range r.Key {
			want(key)
		}
		want(r.ReferenceYear)
		for _, rule := range r.Columns {
			want(rule.Column)
		}
	}
	slices.Sort(out)
	return out
}
