package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"coopctl": main})
}

// TestScripts runs the command line as people do. Scripts that need the shared real data ask for [shared].
func TestScripts(t *testing.T) {
	shared, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "data"))
	if err != nil {
		t.Fatal(err)
	}
	mappings, err := filepath.Abs(filepath.Join("..", "..", "data", "exchange", "tabular", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	questionnaires, err := filepath.Abs(filepath.Join("..", "..", "data", "workspace", "testdata", "questionnaires"))
	if err != nil {
		t.Fatal(err)
	}
	workbooks := filepath.Join(filepath.Dir(shared), "xlsforms")
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			env.Setenv("COOPATLAS_IDENTITY", filepath.Join(env.WorkDir, "identity.json"))
			env.Setenv("SHARED", shared)
			env.Setenv("MAPPINGS", mappings)
			env.Setenv("QUESTIONNAIRES", questionnaires)
			env.Setenv("WORKBOOKS", workbooks)
			return nil
		},
		Condition: func(name string) (bool, error) {
			folder := map[string]string{"shared": shared, "workbooks": workbooks}[name]
			_, err := os.Stat(folder)
			return folder != "" && err == nil, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"absent": absent},
	})
}

// absent FOLDER TEXT... fails where a text stands in any byte of any file below the folder; `! absent` where none does.
func absent(ts *testscript.TestScript, negated bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: absent FOLDER TEXT...")
	}
	found := ""
	err := filepath.WalkDir(ts.MkAbs(args[0]), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, text := range args[1:] {
			if bytes.Contains(data, []byte(text)) {
				found = fmt.Sprintf("%s holds %q", path, text)
			}
		}
		return err
	})
	ts.Check(err)
	if (found != "") != negated {
		ts.Fatalf("below %s: %s", args[0], cmp.Or(found, "nothing of this was found"))
	}
}

// Every command has help with an example, and says in one sentence what is wrong with its usage.
func TestEveryCommandHelps(t *testing.T) {
	p := &program{in: bytes.NewReader(nil), out: &bytes.Buffer{}, err: &bytes.Buffer{}}
	for _, c := range p.commands() {
		for _, sub := range append(c.Commands(), c) {
			if sub.Short == "" || !sub.HasSubCommands() && sub.Example == "" {
				t.Errorf("%s has no help or no example", sub.CommandPath())
			}
		}
		var out, errs bytes.Buffer
		if code := run(context.Background(), []string{c.Name(), "--no-such-flag"}, nil, &out, &errs); code != exitUsage || bytes.Count(errs.Bytes(), []byte("\n")) != 1 {
			t.Errorf("%s with a flag it does not know: exit %d, %q", c.Name(), code, errs.String())
		}
	}
}
