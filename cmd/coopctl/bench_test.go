package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkBrief measures what a policy officer waits for: the whole command that prints the bulletin of the real
// register, or of the demonstration where the shared data is not there.
func BenchmarkBrief(b *testing.B) {
	dir := b.TempDir()
	b.Setenv("COOPATLAS_IDENTITY", filepath.Join(dir, "identity.json"))
	workspace := filepath.Join(dir, "w")
	register := filepath.Join("..", "..", "..", "shared", "data", "uk-worker-coops-2011-2016.csv")
	if _, err := os.Stat(register); err == nil {
		command(b, "init", workspace)
		command(b, "import", workspace, register, "--map", filepath.Join("..", "..", "data", "exchange", "tabular", "testdata", "uk-worker-coops.yaml"))
	} else {
		command(b, "init", workspace, "--demo")
	}
	for b.Loop() {
		command(b, "brief", workspace, "--template", "trend-bulletin", "--to", filepath.Join(dir, "b.pdf"))
	}
}

// BenchmarkTrend measures one trend over the demonstration, from the opening of the workspace.
func BenchmarkTrend(b *testing.B) {
	dir := b.TempDir()
	b.Setenv("COOPATLAS_IDENTITY", filepath.Join(dir, "identity.json"))
	workspace := filepath.Join(dir, "w")
	command(b, "init", workspace, "--demo")
	for b.Loop() {
		command(b, "trend", workspace, "--indicator", "I05", "--by", "country", "--format", "csv")
	}
}

// command runs a command that must succeed, and returns what it printed.
func command(b testing.TB, args ...string) []byte {
	b.Helper()
	var out, errs bytes.Buffer
	if code := run(context.Background(), args, nil, &out, &errs); code != 0 {
		b.Fatalf("%v: exit %d: %s", args, code, errs.String())
	}
	return out.Bytes()
}
