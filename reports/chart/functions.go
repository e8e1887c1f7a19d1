package chart

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"
)

// The functions in our options. They look up words that Go has written, so that numbers are formatted in one place.
const (
	categoryFunction = "function(value,index){return coopatlas.categories[index]}"
	valueFunction    = "function(value,index){return coopatlas.ticks[index]}"
	tooltipFunction  = "function(items){return coopatlas.tips[items[0].dataIndex]}"
)

// The same as go-echarts marks them.
var (
	categoryLabel = opts.FuncOpts(categoryFunction)
	valueLabel    = opts.FuncOpts(valueFunction)
	tooltip       = opts.FuncOpts(tooltipFunction)
)

// functions finds the code of what go-echarts marked. Only what stands here becomes code: a title or a name that looks
// like a marked function stays a text.
var functions = map[types.FuncStr]string{categoryLabel: categoryFunction, valueLabel: valueFunction, tooltip: tooltipFunction}

// javascript writes a tree as a JavaScript expression that can stand inside a script element, keys in order.
func javascript(tree any) (string, error) {
	var out strings.Builder
	err := writeJavaScript(&out, tree)
	return out.String(), err
}

func writeJavaScript(out *strings.Builder, v any) error {
	switch t := v.(type) {
	case map[string]any:
		out.WriteByte('{')
		for i, key := range slices.Sorted(maps.Keys(t)) {
			if i > 0 {
				out.WriteByte(',')
			}
			if err := writeJSON(out, key); err != nil {
				return err
			}
			out.WriteByte(':')
			if err := writeJavaScript(out, t[key]); err != nil {
				return err
			}
		}
		out.WriteByte('}')
		return nil
	case []any:
		out.WriteByte('[')
		for i, item := range t {
			if i > 0 {
				out.WriteByte(',')
			}
			if err := writeJavaScript(out, item); err != nil {
				return err
			}
		}
		out.WriteByte(']')
		return nil
	case string:
		if code, known := functions[types.FuncStr(t)]; known {
			out.WriteString(code)
			return nil
		}
	}
	return writeJSON(out, v)
}

// writeJSON writes a value with <, > and & escaped, so that no text can end a script element.
func writeJSON(out *strings.Builder, v any) error {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(true)
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("write %T as JavaScript: %w", v, err)
	}
	out.WriteString(strings.TrimSuffix(buffer.String(), "\n"))
	return nil
}
