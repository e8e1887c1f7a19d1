package publish_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"coopatlas/data/indicator"
	"coopatlas/data/words"
	"coopatlas/data/workspace"
	"coopatlas/reports/chart"
	"coopatlas/reports/publish"
	"coopatlas/reports/scene"
	"coopatlas/reports/trend"
)

// bench is a workspace with the demonstration, and a press.
func bench(t *testing.T) (*workspace.Workspace, publish.Press, *words.Words) {
	t.Helper()
	t.Setenv(workspace.IdentityVariable, filepath.Join(t.TempDir(), "identity.json"))
	w, err := workspace.Create(t.Context(), filepath.Join(t.TempDir(), "w"), workspace.DemonstrationSettings("en"), workspace.Config{Name: "Tester"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	if err := w.Demonstrate(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	fonts, err := scene.ReportFonts()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := chart.NewEngine(fonts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = engine.Close() })
	say, err := workspace.Words("en")
	if err != nil {
		t.Fatal(err)
	}
	return w, publish.Press{Engine: engine, Fonts: fonts}, say
}

func TestChartsAndBriefsBecomeFiles(t *testing.T) {
	w, press, say := bench(t)
	result, d, err := publish.Trend(t.Context(), w, indicator.Query{Indicator: "I05", Disclosure: true}, say)
	if err != nil {
		t.Fatal(err)
	}
	drawn := 0
	doc, err := press.MakeBrief(t.Context(), w, publish.Brief{Template: "trend-bulletin", Words: say, Drawn: func(n int) { drawn = n }})
	if err != nil || drawn == 0 {
		t.Fatalf("%d charts drawn, %v", drawn, err)
	}
	for _, fact := range []struct {
		file, begins string
		write        func(to string) error
	}{
		{"c.svg", "<svg", func(to string) error { return press.WriteChart(d, result.Newest, to) }},
		{"c.png", "\x89PNG", func(to string) error { return press.WriteChart(d, result.Newest, to) }},
		{"c.PDF", "%PDF", func(to string) error { return press.WriteChart(d, result.Newest, to) }},
		{"c.html", "<!doctype html", func(to string) error { return press.WriteChart(d, result.Newest, to) }},
		{"b.pdf", "%PDF", func(to string) error { return press.WriteBrief(doc, to) }},
		{"b.html", "<!doctype html", func(to string) error { return press.WriteBrief(doc, to) }},
	} {
		to := filepath.Join(t.TempDir(), fact.file)
		if err := fact.write(to); err != nil {
			t.Fatalf("%s: %v", fact.file, err)
		}
		data, err := os.ReadFile(to)
		if err != nil || !strings.HasPrefix(strings.ToLower(string(data[:min(len(data), 64)])), strings.ToLower(fact.begins)) {
			t.Errorf("%s begins %.40q, %v", fact.file, data, err)
		}
	}
}

func TestWhatCannotBeWritten(t *testing.T) {
	w, press, say := bench(t)
	for _, to := range []string{"c.gif", "c"} {
		if err := press.WriteChart(chart.Definition{}, time.Time{}, to); !errors.Is(err, publish.ErrEnding) {
			t.Errorf("%s: %v", to, err)
		}
		if err := press.WriteBrief(nil, to); !errors.Is(err, publish.ErrEnding) {
			t.Errorf("%s: %v", to, err)
		}
	}
	if err := publish.File(filepath.Join(t.TempDir(), "none", "c.svg"), nil); err == nil || !strings.Contains(err.Error(), "cannot be written") {
		t.Errorf("a folder that is not there: %v", err)
	}
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := publish.File(filepath.Join(folder, "x"), []byte("a")); err == nil {
		t.Error("a folder was written over")
	}
	if left, _ := os.ReadDir(folder); len(left) != 1 {
		t.Errorf("a half-written file stays: %v", left)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := press.MakeBrief(stopped, w, publish.Brief{Template: "trend-bulletin", Words: say}); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped brief: %v", err)
	}
	result, _, err := publish.Trend(t.Context(), w, indicator.Query{Indicator: "I05", Where: map[string][]string{"country": {"ZZ"}}}, say)
	if !errors.Is(err, trend.ErrNothing) || result == nil {
		t.Errorf("nothing to draw: %v", err)
	}
	if _, _, err := publish.Trend(t.Context(), w, indicator.Query{Indicator: "I99"}, say); err == nil {
		t.Error("an indicator that there is none of")
	}
}

func TestLetterheadHoldsTheLogo(t *testing.T) {
	w, _, _ := bench(t)
	var logo bytes.Buffer
	picture := image.NewNRGBA(image.Rect(0, 0, 2, 2))
	picture.Set(0, 0, color.Black)
	if err := png.Encode(&logo, picture); err != nil {
		t.Fatal(err)
	}
	info, err := w.Store.AddFile(t.Context(), "logo.png", bytes.NewReader(logo.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	s := workspace.Settings{Name: "Mapping"}
	s.Letterhead.Logo = info.SHA256.String()
	l, err := publish.Letterhead(w, s)
	if err != nil || !bytes.Equal(l.Logo, logo.Bytes()) || l.Name != "Mapping" {
		t.Errorf("%+v, %v", l, err)
	}
	for _, bad := range []string{"x", strings.Repeat("ab", 32)} {
		s.Letterhead.Logo = bad
		if _, err := publish.Letterhead(w, s); err == nil || !strings.Contains(err.Error(), "logo") {
			t.Errorf("logo %q: %v", bad, err)
		}
	}
}
