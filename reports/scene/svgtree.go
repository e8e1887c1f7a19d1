package scene

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// node is one element of an SVG file.
type node struct {
	name     string
	attrs    map[string]string
	children []*node
	text     string
}

// Limits on what a drawing may hold, so that a damaged or hostile one ends in an error.
const (
	maxNodes = 200_000
	maxDepth = 64
)

// parseSVG reads an SVG file as a tree and its elements with an id.
func parseSVG(data []byte) (*node, map[string]*node, error) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	ids := map[string]*node{}
	root := &node{}
	stack := []*node{root}
	count := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, fmt.Errorf("the drawing is no well-formed SVG: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if count++; count > maxNodes || len(stack) > maxDepth {
				return nil, nil, fmt.Errorf("the drawing has more than %d elements or is nested deeper than %d", maxNodes, maxDepth)
			}
			child := newNode(t, ids)
			top := stack[len(stack)-1]
			top.children = append(top.children, child)
			stack = append(stack, child)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			stack[len(stack)-1].text += string(t)
		}
	}
	if len(root.children) != 1 || root.children[0].name != "svg" {
		return nil, nil, errors.New("the drawing does not begin with an svg element")
	}
	return root.children[0], ids, nil
}

// newNode takes the attributes of an element, those of its style attribute over the others.
func newNode(t xml.StartElement, ids map[string]*node) *node {
	n := &node{name: t.Name.Local, attrs: map[string]string{}}
	style := ""
	for _, a := range t.Attr {
		switch {
		case a.Name.Local == "style":
			style = a.Value
		case a.Name.Space == "" || a.Name.Local == "href":
			n.attrs[a.Name.Local] = strings.TrimSpace(a.Value)
		}
	}
	for _, rule := range strings.Split(style, ";") {
		if key, value, found := strings.Cut(rule, ":"); found {
			n.attrs[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	if id := n.attrs["id"]; id != "" {
		ids[id] = n
	}
	return n
}
