package brief

import (
	"fmt"
	"strings"

	"coopatlas/reports/document"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"gopkg.in/yaml.v3"
)

// fence makes the blocks of a fenced block from its parameters.
type fence func(b *builder, parameters *yaml.Node) ([]document.Block, error)

// fences are the fenced blocks a template may have. A new one is one line here. It is a function, because columns and
// optional blocks look other blocks up.
func fences(name string) (fence, bool) {
	f, ok := map[string]fence{
		"lead":          (*builder).lead,
		"keyfigures":    (*builder).keyFigures,
		"figure":        (*builder).oneFigure,
		"figures":       (*builder).figures,
		"says":          (*builder).says,
		"table":         (*builder).table,
		"decomposition": (*builder).decomposition,
		"method":        (*builder).method,
		"quality":       (*builder).quality,
		"columns":       (*builder).columns,
		"page":          (*builder).page,
		"sims":          (*builder).sims,
	}[name]
	return f, ok
}

// markdown turns a filled template into blocks.
func (b *builder) markdown(source []byte) ([]document.Block, error) {
	root := goldmark.New().Parser().Parse(text.NewReader(source))
	var out []document.Block
	for node := root.FirstChild(); node != nil; node = node.NextSibling() {
		blocks, err := b.markdownBlock(node, source)
		if err != nil {
			return nil, err
		}
		out = append(out, blocks...)
	}
	return out, nil
}

func (b *builder) markdownBlock(node ast.Node, source []byte) ([]document.Block, error) {
	switch node := node.(type) {
	case *ast.Heading:
		return []document.Block{&document.Heading{Level: max(2, node.Level), Text: inline(node, source, document.Run{}).String()}}, nil
	case *ast.Paragraph, *ast.TextBlock:
		return []document.Block{&document.Paragraph{Text: inline(node, source, document.Run{})}}, nil
	case *ast.List:
		return []document.Block{list(node, source)}, nil
	case *ast.ThematicBreak:
		return []document.Block{&document.Rule{}}, nil
	case *ast.Blockquote:
		var inner []document.Block
		for child := node.FirstChild(); child != nil; child = child.NextSibling() {
			blocks, err := b.markdownBlock(child, source)
			if err != nil {
				return nil, err
			}
			inner = append(inner, blocks...)
		}
		return []document.Block{&document.Callout{Blocks: inner}}, nil
	case *ast.FencedCodeBlock:
		return b.fenced(string(node.Language(source)), string(node.Lines().Value(source)))
	}
	return nil, nil
}

// fenced fills one fenced block.
func (b *builder) fenced(name, parameters string) ([]document.Block, error) {
	make, ok := fences(name)
	if !ok {
		return nil, fmt.Errorf("there is no block %q", name)
	}
	var node yaml.Node
	if err := yaml.Unmarshal([]byte(parameters), &node); err != nil {
		return nil, fmt.Errorf("the parameters of the block %s cannot be read: %s", name, oneLine(err))
	}
	blocks, err := make(b, &node)
	if err != nil {
		return nil, fmt.Errorf("the block %s: %w", name, err)
	}
	return blocks, nil
}

// decode reads the parameters of a block; none leave the value as it is.
func decode(parameters *yaml.Node, into any) error {
	if parameters == nil || parameters.Kind == 0 {
		return nil
	}
	if err := parameters.Decode(into); err != nil {
		return fmt.Errorf("its parameters cannot be read: %s", oneLine(err))
	}
	return nil
}

func list(node *ast.List, source []byte) *document.List {
	out := &document.List{Ordered: node.IsOrdered()}
	for item := node.FirstChild(); item != nil; item = item.NextSibling() {
		var line document.Text
		for child := item.FirstChild(); child != nil; child = child.NextSibling() {
			line = append(line, inline(child, source, document.Run{})...)
		}
		out.Items = append(out.Items, line)
	}
	return out
}

// inline gives the text of a node, in the style of what it stands in.
func inline(node ast.Node, source []byte, style document.Run) document.Text {
	var out document.Text
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		inner := style
		switch child := child.(type) {
		case *ast.Text:
			inner.Text = string(child.Segment.Value(source))
			inner.Text = unescape(inner.Text)
			if child.SoftLineBreak() {
				inner.Text += " "
			}
			if child.HardLineBreak() {
				inner.Text += "\n"
			}
			out = append(out, inner)
		case *ast.String:
			inner.Text = string(child.Value)
			out = append(out, inner)
		case *ast.Emphasis:
			inner.Bold = inner.Bold || child.Level == 2
			inner.Italic = inner.Italic || child.Level == 1
			out = append(out, inline(child, source, inner)...)
		case *ast.Link:
			inner.Link = string(child.Destination)
			out = append(out, inline(child, source, inner)...)
		case *ast.AutoLink:
			inner.Link = string(child.URL(source))
			inner.Text = string(child.Label(source))
			out = append(out, inner)
		default:
			out = append(out, inline(child, source, inner)...)
		}
	}
	return out
}

// unescape drops the backslash before a mark, as Markdown means it.
func unescape(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) && strings.IndexByte("\\`*_{}[]()#+-.!|<>~\"'&$%,/:;=?@^", text[i+1]) >= 0 {
			i++
		}
		out.WriteByte(text[i])
	}
	return out.String()
}

// rich turns a sentence of the language files into text: what stands between ** is bold.
func rich(sentence string) document.Text {
	var out document.Text
	for i, part := range strings.Split(sentence, "**") {
		if part != "" {
			out = append(out, document.Run{Text: part, Bold: i%2 == 1})
		}
	}
	return out
}

// page is the block that begins a new page.
func (b *builder) page(*yaml.Node) ([]document.Block, error) {
	return []document.Block{&document.PageBreak{}}, nil
}

// columns sets other blocks side by side: parts, each with the name of a block, its parameters and its weight.
func (b *builder) columns(parameters *yaml.Node) ([]document.Block, error) {
	var in struct {
		Parts []struct {
			Block  string
			Weight float64
			With   yaml.Node
		}
	}
	if err := decode(parameters, &in); err != nil {
		return nil, err
	}
	out := &document.Columns{}
	for _, part := range in.Parts {
		make, ok := fences(part.Block)
		if !ok {
			return nil, fmt.Errorf("there is no block %q", part.Block)
		}
		blocks, err := make(b, &part.With)
		if err != nil {
			return nil, err
		}
		out.Columns = append(out.Columns, document.Part{Weight: max(part.Weight, 0.1), Blocks: blocks})
	}
	return []document.Block{out}, nil
}
