package xpath

import (
	"encoding/xml"
	"strings"
	"testing"
)

// xmlNode is a Node over a parsed XML document, for tests.
type xmlNode struct {
	kind       NodeKind
	name, uri  string
	value      string
	cdata      bool // of a Text
	parent     *xmlNode
	children   []Node
	attributes []Node
}

func (n *xmlNode) Name() string       { return n.name }
func (n *xmlNode) Kind() NodeKind     { return n.kind }
func (n *xmlNode) Children() []Node   { return n.children }
func (n *xmlNode) Attributes() []Node { return n.attributes }

func (n *xmlNode) Namespace() string {
	if n.uri == "http://www.w3.org/2002/xforms" {
		return "" // the language of forms is the default
	}
	return n.uri
}

func (n *xmlNode) Parent() Node {
	if n.parent == nil {
		return nil
	}
	return n.parent
}

func (n *xmlNode) Text() string {
	if n.kind != Element && n.kind != Root {
		return n.value
	}
	if len(n.children) == 1 {
		if only := n.children[0].(*xmlNode); only.kind == Text {
			return only.value
		}
	}
	var b strings.Builder
	for _, child := range n.children {
		if kind := child.Kind(); kind == Text || kind == Element {
			b.WriteString(child.Text())
		}
	}
	return b.String()
}

func (n *xmlNode) add(child *xmlNode) *xmlNode {
	child.parent = n
	n.children = append(n.children, child)
	return child
}

type scope struct {
	parent *scope
	uris   map[string]string
}

func (s *scope) uri(prefix string) string {
	for ; s != nil; s = s.parent {
		if uri, found := s.uris[prefix]; found {
			return uri
		}
	}
	return ""
}

func qualified(name xml.Name) string {
	if name.Space == "" {
		return name.Local
	}
	return name.Space + ":" + name.Local
}

// open makes an element and the scope of its namespaces.
func openElement(t xml.StartElement, outer *scope) (*xmlNode, *scope) {
	inner := &scope{parent: outer, uris: map[string]string{}}
	element := &xmlNode{kind: Element, name: qualified(t.Name)}
	for _, a := range t.Attr {
		switch {
		case a.Name.Space == "xmlns":
			inner.uris[a.Name.Local] = a.Value
		case a.Name.Space == "" && a.Name.Local == "xmlns":
			inner.uris[""] = a.Value
		}
	}
	element.uri = inner.uri(t.Name.Space)
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			continue
		}
		uri := ""
		if a.Name.Space != "" {
			uri = inner.uri(a.Name.Space)
		}
		element.attributes = append(element.attributes,
			&xmlNode{kind: Attribute, name: qualified(a.Name), uri: uri, value: a.Value, parent: element})
	}
	return element, inner
}

// parseTree reads an XML document as a tree.
func parseTree(t testing.TB, source string) *xmlNode {
	t.Helper()
	root := &xmlNode{kind: Root}
	source = strings.TrimSpace(source)
	decoder := xml.NewDecoder(strings.NewReader(source))
	decoder.Strict = false
	at, names := root, (*scope)(nil)
	for {
		rest := source[decoder.InputOffset():]
		token, err := decoder.RawToken()
		if err != nil {
			return root
		}
		switch token := token.(type) {
		case xml.StartElement:
			var element *xmlNode
			element, names = openElement(token, names)
			at = at.add(element)
		case xml.EndElement:
			at, names = at.parent, names.parent
		case xml.CharData:
			if at != root {
				at.add(&xmlNode{kind: Text, value: string(token), cdata: strings.HasPrefix(rest, "<![CDATA[")})
			}
		case xml.Comment:
			at.add(&xmlNode{kind: Comment, value: string(token)})
		case xml.ProcInst:
			if token.Target != "xml" {
				at.add(&xmlNode{kind: Instruction, name: token.Target, value: string(token.Inst)})
			}
		case xml.Directive:
			at.add(&xmlNode{kind: Instruction, name: "!doctype", value: string(token)})
		}
	}
}

// find evaluates a path that must give one node.
func find(t testing.TB, root Node, path string) Node {
	t.Helper()
	nodes := evaluate(t, &Context{Node: root}, path).Nodes()
	if len(nodes) == 0 {
		t.Fatalf("%s finds nothing", path)
	}
	return nodes[0]
}

func evaluate(t testing.TB, ctx *Context, source string) Value {
	t.Helper()
	e, err := Parse(source)
	if err != nil {
		t.Fatalf("Parse(%q): %v", source, err)
	}
	v, err := e.Eval(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
