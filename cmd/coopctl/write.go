package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"coopatlas/reports/chart"
	"coopatlas/reports/pdf"
	"coopatlas/reports/scene"
)

// writeFile writes a file whole or not at all: beside its place first, then moved there.
func writeFile(to string, data []byte) error {
	file, err := os.CreateTemp(filepath.Dir(to), ".coopctl-*")
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", to, err)
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Chmod(0o644), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), to)
	}
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", to, errors.Join(err, os.Remove(file.Name())))
	}
	return nil
}

// chartPDF draws a chart on a page of its own size.
func chartPDF(engine *chart.Engine, fonts *scene.Fonts, d chart.Definition, dated time.Time) ([]byte, error) {
	page, err := engine.Scene(d)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = pdf.Write(&out, []*scene.Scene{page}, fonts, pdf.Metadata{Title: d.Title, Subject: d.Population, Language: d.Language, Created: dated})
	return out.Bytes(), err
}
