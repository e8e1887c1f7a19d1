package chart

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
)

const hostile = `</script><script>alert(1)</script>"'&<!--` + "\u2028"

func page(t *testing.T, d Definition) string {
	t.Helper()
	data, err := engine(t).Page(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestPageAsksTheNetworkForNothing(t *testing.T) {
	text := page(t, three())
	markup := regexp.MustCompile(`(?s)<script>.*?</script>`).ReplaceAllString(text, "")
	if m := regexp.MustCompile(`(?i)<(link|iframe|img|script[^>]+src)`).FindString(markup); m != "" {
		t.Errorf("the page loads something: %s", m)
	}
	if m := regexp.MustCompile(`(?i)url\(\s*['"]?https?:|@import`).FindString(markup); m != "" {
		t.Errorf("a style loads something: %s", m)
	}
	if strings.Contains(strings.ReplaceAll(markup, "http://www.w3.org/2000/svg", ""), "://") {
		t.Error("the markup names an address")
	}
	// In the scripts only names of XML namespaces and licences in ECharts' comments are left.
	for _, address := range regexp.MustCompile(`https?://[a-zA-Z0-9./_-]*`).FindAllString(text, -1) {
		if !strings.HasPrefix(address, "http://www.w3.org/") && !strings.Contains(strings.ToLower(address), "license") {
			t.Errorf("the page names the address %s", address)
		}
	}
	if !strings.Contains(text, `default-src 'none'`) || !strings.Contains(text, "prefers-color-scheme: dark") {
		t.Error("the page must forbid loading and follow the reader's theme")
	}
}

func TestPageShowsTheNumbers(t *testing.T) {
	text := page(t, turnover())
	for _, want := range []string{
		`<th scope="col">Year</th>`, `<th scope="row">2015</th><td>123.8</td><td>32</td>`, `<td>8</td><td>u</td>`,
		"Worker cooperatives, United Kingdom", "Source: Open register", "Hollow marker: n under 20", `lang="en"`,
		`n\u00a032`, "<noscript><svg",
	} {
		if !strings.Contains(text, want) && !strings.Contains(text, strings.ReplaceAll(want, `\u00a0`, "\u00a0")) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if text := page(t, french()); !strings.Contains(text, "1\u202f412,4") || !strings.Contains(text, `lang="fr"`) {
		t.Error("the French page must write 1 412,4")
	}
}

func TestPageEscapesEverything(t *testing.T) {
	d := three()
	d.Title, d.Population, d.Unit, d.Source, d.Alt, d.Language = hostile, hostile, hostile, hostile, hostile, `"><b>`
	d.Notes = []string{hostile}
	d.Categories[0], d.Series[0].Name, d.Series[0].Points[0].Flag = hostile, hostile, hostile
	text := page(t, d)
	if strings.Contains(text, "alert(1)</script>") || strings.Contains(text, "<script>alert") || strings.Contains(text, `"><b>`) {
		t.Error("a hostile text came through")
	}
	if got := strings.Count(text, "</script>"); got != 2 {
		t.Errorf("the page has two scripts, but %d ends of scripts", got)
	}
}

func TestNamesNeverBecomeCode(t *testing.T) {
	e := engine(t)
	d := three()
	d.Series[0].Name = "__f__(globalThis.broken=1)__f__"
	d.Categories[0] = string(categoryLabel) + "__f__x"
	s, err := e.Scene(d)
	if err != nil {
		t.Fatal(err)
	}
	if joined := strings.Join(sceneTexts(s), ""); !strings.Contains(joined, "globalThis.broken") {
		t.Error("the name must stand on the chart as a text")
	}
	if v, err := e.vm.Eval("typeof globalThis.broken", 0); err != nil || v != "undefined" {
		t.Errorf("the name ran as code: %v, %v", v, err)
	}
}

func TestJavaScriptOfTheSameTreeIsTheSame(t *testing.T) {
	tree := map[string]any{"b": []any{1.5, "</script>", nil, true}, "a": string(valueLabel), "c": map[string]any{"y": "1", "x": "2"}}
	want := `{"a":` + valueFunction + `,"b":[1.5,"\u003c/script\u003e",null,true],"c":{"x":"2","y":"1"}}`
	for range 20 {
		if got, err := javascript(tree); err != nil || got != want {
			t.Fatalf("got %s, %v\nwant %s", got, err, want)
		}
	}
}

func TestInlineScriptCannotEndItsElement(t *testing.T) {
	if got := inline("a='</script>';b='<!--'"); bytes.Contains([]byte(got), []byte("</script")) || strings.Contains(string(got), "<!--") {
		t.Error(got)
	}
}
