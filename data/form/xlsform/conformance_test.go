package xlsform_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"coopatlas/data/form"
	"coopatlas/data/form/xlsform"
)

// disagreements are the cases on which we differ on purpose, with the reason.
var disagreements = map[int]string{
	125: "a question is relevant by its own answer, which never ends in Collect either",
	129: "an expression has a quotation mark that is never closed",
	279: "osm questions are refused by name",
	569: "a reference is written $(myField), which no tool can evaluate",
	577: "select_one_external is refused by name",
	583: "select_one_external is refused by name",
}

// TestConformance reads the field's own cases and compares what is accepted. Its last line is the rate.
func TestConformance(t *testing.T) {
	folder := os.Getenv("COOPATLAS_CONFORMANCE")
	if folder == "" {
		folder = "../../../../shared/conformance"
	}
	file, err := os.Open(filepath.Join(folder, "xlsform-cases.jsonl"))
	if err != nil {
		t.Skipf("no conformance cases: %v", err)
	}
	defer file.Close()
	all, agreed := 0, 0
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c struct {
			ID       int
			Test, MD string
			Accepted bool
			Mentions []string `json:"error_mentions"`
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		all++
		_, problems := form.Compile(xlsform.Markdown("case.md", c.MD))
		errors := form.Errors(problems)
		if (len(errors) == 0) == c.Accepted {
			agreed++
			continue
		}
		t.Logf("case %d %s: accepted %v, expected to mention %q; ours: %v; reason: %s", c.ID, c.Test, c.Accepted, c.Mentions, errors, cmp.Or(disagreements[c.ID], "none is known"))
	}
	if all == 0 {
		t.Skip("no conformance cases in the file")
	}
	rate := 100 * float64(agreed) / float64(all)
	if rate < 95 {
		t.Errorf("only %d of %d cases agree", agreed, all)
	}
	fmt.Printf("conformance: xlsform %.1f %%\n", rate)
}
