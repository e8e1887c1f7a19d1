package page

import (
	"net/url"
	"strings"
)

// Route is a place in the program: the name of a page, the parts that its pattern names, and filters after a question
// mark.
type Route struct {
	Path  string            // "interviews/0190c1d2"
	Parts map[string]string // what the braces of the pattern stand for
	Query url.Values        // "?state=draft&wave=…"
}

// ParseRoute reads a route. Whatever cannot be read of the query is left out.
func ParseRoute(text string) Route {
	path, query, _ := strings.Cut(text, "?")
	values, err := url.ParseQuery(query)
	if err != nil && values == nil {
		values = url.Values{}
	}
	return Route{Path: strings.Trim(path, "/"), Parts: map[string]string{}, Query: values}
}

// MakeRoute joins a path and pairs of names and values into a route; pairs with an empty value are left out.
func MakeRoute(path string, pairs ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// Get returns a part of the path, else the first value of the query, else the empty text.
func (r Route) Get(name string) string {
	if part, ok := r.Parts[name]; ok {
		return part
	}
	return r.Query.Get(name)
}

// String writes the route as ParseRoute reads it.
func (r Route) String() string {
	if len(r.Query) == 0 {
		return r.Path
	}
	return r.Path + "?" + r.Query.Encode()
}

// Match tells whether a route fits a pattern such as "interviews/{id}", and returns it with its parts filled in.
func Match(pattern string, r Route) (Route, bool) {
	want, have := strings.Split(pattern, "/"), strings.Split(r.Path, "/")
	if len(want) != len(have) {
		return r, false
	}
	parts := map[string]string{}
	for i, w := range want {
		name, named := strings.CutPrefix(w, "{")
		switch {
		case named && have[i] != "":
			parts[strings.TrimSuffix(name, "}")] = have[i]
		case named || w != have[i]:
			return r, false
		}
	}
	r.Parts = parts
	return r, true
}
