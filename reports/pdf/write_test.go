package pdf_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"coopatlas/reports/pdf"
	"coopatlas/reports/scene"

	"pgregory.net/rapid"
)

var (
	ink     = scene.RGB(0x1B2426)
	blue    = scene.RGB(0x0072B2)
	created = time.Date(2026, 11, 22, 5, 28, 24, 0, time.UTC)
)

func fonts(t testing.TB) *scene.Fonts {
	t.Helper()
	loaded, err := scene.ReportFonts()
	if err != nil {
		t.Skip("the report fonts are missing: ", err)
	}
	return loaded
}

func text(s string, y float64) *scene.Text {
	return &scene.Text{X: 50, Y: y, String: s, Size: 12, Colour: ink}
}

func picture(t testing.TB) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	for i := range 8 {
		img.Set(i, i, color.NRGBA{R: 200, A: 128})
	}
	var buffer bytes.Buffer
	if err := png.Encode(&buffer, img); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

// sample is two pages that use every item of a scene.
func sample(t testing.TB) []*scene.Scene {
	faint := blue.WithOpacity(0.4)
	first := &scene.Scene{Width: 595.28, Height: 841.89, Items: []scene.Item{
		&scene.Heading{Level: 1, Text: "Turnover rose", Y: 40},
		text("Turnover rose: +6.4 % (n 75), été à Łódź", 60),
		&scene.Text{X: 300, Y: 90, String: "bold italic", Face: scene.Face{Bold: true, Italic: true}, Size: 14, Colour: blue, Anchor: scene.Middle},
		&scene.Text{X: 300, Y: 300, String: "turned", Size: 10, Colour: ink, Rotate: 90, Anchor: scene.End},
		text("missing: 漢字 and 😀 here", 120),
		&scene.Path{Segments: scene.Rounded(50, 150, 100, 40, 6), Fill: &faint, Stroke: &scene.Stroke{Colour: ink, Width: 1, Dash: []float64{3, 2}, Cap: scene.RoundCap}},
		&scene.Group{
			Clip: &scene.Path{Segments: scene.Ellipse(100, 250, 40, 20)}, Transform: scene.Translate(10, 0),
			Items: []scene.Item{&scene.Path{Segments: scene.Rectangle(50, 220, 200, 60), Fill: &blue, EvenOdd: true}},
		},
		&scene.Image{X: 50, Y: 320, W: 40, H: 40, Data: picture(t), MediaType: "image/png"},
		&scene.Image{X: 100, Y: 320, W: 40, H: 40, Data: []byte("no picture"), MediaType: "image/png"},
		&scene.Link{X: 50, Y: 50, W: 200, H: 12, Target: "https://example.org/été"},
		&scene.Link{X: 50, Y: 110, W: 200, H: 12, Target: "#method"},
		&scene.Link{X: 50, Y: 130, W: 200, H: 12, Target: "#nowhere"},
	}}
	second := &scene.Scene{Width: 595.28, Height: 841.89, Items: []scene.Item{
		&scene.Heading{Level: 3, Text: "Method", Y: 40}, &scene.Anchor{Name: "method", Y: 40}, text("Method", 60),
	}}
	return []*scene.Scene{first, second}
}

func write(t testing.TB, pages []*scene.Scene) []byte {
	t.Helper()
	var buffer bytes.Buffer
	meta := pdf.Metadata{Title: "Turnover rose", Author: "Réseau", Subject: "Trend bulletin", Keywords: "en", Language: "en-GB", Created: created}
	if err := pdf.Write(&buffer, pages, fonts(t), meta); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

func TestSamePagesSameBytes(t *testing.T) {
	first := write(t, sample(t))
	for range 5 {
		if !bytes.Equal(first, write(t, sample(t))) {
			t.Fatal("two files of the same pages differ")
		}
	}
	for _, part := range []string{"/Lang (en-GB)", "D:20261122052824", "/Outlines", "/URI (https://example.org/%C3%A9t%C3%A9)", "/Dest ["} {
		if !bytes.Contains(first, []byte(part)) {
			t.Errorf("the file lacks %s", part)
		}
	}
}

// run gives what one of the poppler programs says of a file.
func run(t *testing.T, data []byte, program string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skip(program, " is not installed")
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program, append(args, path, "-")...).CombinedOutput()
	if program != "pdftotext" {
		out, err = exec.Command(program, append(args, path)...).CombinedOutput()
	}
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}

func TestTextCanBeSelected(t *testing.T) {
	got := run(t, write(t, sample(t)), "pdftotext", "-layout")
	for _, want := range []string{"Turnover rose: +6.4 % (n 75), été à Łódź", "bold italic", "Method", "missing:"} {
		if !strings.Contains(got, want) {
			t.Errorf("the text lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(strings.ToLower(got), "syntax") {
		t.Errorf("a reader found the file wrong:\n%s", got)
	}
}

func TestFontsAreEmbedded(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(run(t, write(t, sample(t)), "pdffonts")), "\n")
	if len(lines) < 4 {
		t.Fatalf("too few fonts:\n%s", strings.Join(lines, "\n"))
	}
	for _, line := range lines[2:] {
		if fields := strings.Fields(line); !strings.Contains(line, "CID TrueType") || fields[len(fields)-5] != "yes" {
			t.Errorf("not embedded: %s", line)
		}
	}
}

func TestMetadata(t *testing.T) {
	got := run(t, write(t, sample(t)), "pdfinfo")
	for _, want := range []string{"Turnover rose", "Réseau", "Trend bulletin", "Pages:           2", "Coopatlas"} {
		if !strings.Contains(got, want) {
			t.Errorf("pdfinfo lacks %q:\n%s", want, got)
		}
	}
}

func TestWriteRefusesInOneSentence(t *testing.T) {
	if err := pdf.Write(&bytes.Buffer{}, nil, fonts(t), pdf.Metadata{Created: created}); err == nil {
		t.Error("a file without pages was written")
	}
	if err := pdf.Write(&bytes.Buffer{}, sample(t), fonts(t), pdf.Metadata{}); err == nil {
		t.Error("a file without a date was written")
	}
}

// TestNoTextFailsAFile gives any text whatever.
func TestNoTextFailsAFile(t *testing.T) {
	loaded := fonts(t)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		page := &scene.Scene{Width: 200, Height: 100, Items: []scene.Item{
			&scene.Text{X: 5, Y: 20, String: s, Size: 9, Colour: ink}, &scene.Heading{Level: rapid.IntRange(-2, 9).Draw(t, "level"), Text: s, Y: 3},
			&scene.Link{X: 1, Y: 1, W: 3, H: 3, Target: s},
		}}
		if err := pdf.Write(&bytes.Buffer{}, []*scene.Scene{page, page}, loaded, pdf.Metadata{Title: s, Created: created}); err != nil {
			t.Fatal(err)
		}
	})
}
