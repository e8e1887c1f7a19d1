package store

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"coopatlas/data/record"
)

// TestTurns: urgent writers go ahead of bulk ones, and each group comes in its order.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var q turns
		var order []string
		var group sync.WaitGroup
		if err := q.take(background, bulk); err != nil {
			t.Fatal(err)
		}
		for _, who := range []string{"import 1", "draft 1", "import 2", "draft 2", "save 3"} {
			u := urgent
			if strings.HasPrefix(who, "import") {
				u = bulk
			}
			group.Go(func() {
				if err := q.take(background, u); err != nil {
					t.Error(err)
				}
				order = append(order, who)
				q.pass()
			})
			synctest.Wait()
		}
		ctx, cancel := context.WithCancel(background)
		group.Go(func() {
			if err := q.take(ctx, urgent); !errors.Is(err, context.Canceled) {
				t.Errorf("a writer that gave up: %v", err)
			}
		})
		synctest.Wait()
		cancel()
		synctest.Wait()
		q.pass()
		group.Wait()
		if want := []string{"draft 1", "draft 2", "save 3", "import 1", "import 2"}; !slices.Equal(order, want) {
			t.Errorf("%q, want %q", order, want)
		}
		if q.busy {
			t.Error("the turn was not given back")
		}
	})
}

// TestAFailedTransactionLeavesNothing: not in the database, and not in the way of the next.
func TestAFailedTransactionLeavesNothing(t *testing.T) {
	s := create(t, config())
	broken := errors.New("broken")
	err := s.write(background, urgent, func(t *tx) error {
		if err := t.exec("INSERT INTO settings (key, value) VALUES ('a', 'b')"); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if all, err := s.Settings(background); len(all) != 0 || err != nil {
		t.Error(all, err)
	}
	save(t, s, Change{Kind: "cooperative", Set: answers("name", "A")})
	verified(t, s)
}

// TestManyAtOnce: an import, people who type and save, readers, frames and backups, all at the same time.
func TestManyAtOnce(t *testing.T) {
	cfg := config()
	cfg.Now = nil // the test's clock is for one at a time
	s := create(t, cfg)
	var group sync.WaitGroup
	run := func(do func(i int) error) {
		group.Go(func() {
			for i := range 15 {
				if err := do(i); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	changes := slices.Repeat([]Change{{Kind: "cooperative", Set: answers("name", "Imported")}}, 3*bulkCommit)
	group.Go(func() {
		if _, err := s.SaveAll(background, identity(1), slices.Values(changes), nil); err != nil {
			t.Error(err)
		}
	})
	run(func(i int) error {
		d, err := s.OpenDraft(background, DraftOf{Kind: "mapping"})
		if err == nil {
			err = s.SetDraft(background, d.ID, "year", answer(2000+i))
		}
		if err == nil {
			_, err = s.SaveDraft(background, identity(2), d.ID, Change{Operation: record.Submit})
		}
		return err
	})
	run(func(int) error {
		_, err := s.Save(background, identity(1), Change{Kind: "person", Set: answers("name", "Ana")})
		return err
	})
	run(func(int) error {
		_, err := s.List(background, "cooperative", Query{Limit: 10})
		if err == nil {
			_, err = s.Search(background, "ana", 5)
		}
		return err
	})
	run(func(int) error {
		f, err := s.Frame(background)
		if err != nil {
			return err
		}
		_, err = f.Column("mapping", "year")
		return errors.Join(err, f.Close())
	})
	group.Wait()
	if report := verified(t, s); report.Revisions != len(changes)+30 || len(report.Gaps) != 0 {
		t.Errorf("%+v", report)
	}
}

// TestTheTagsAreGuarded: without full-text search in SQLite the package must not compile.
func TestTheTagsAreGuarded(t *testing.T) {
	list := exec.Command("go", "list", "-f", "{{.GoFiles}}", ".")
	list.Env = append(os.Environ(), "GOFLAGS=-tags=", "CGO_ENABLED=1")
	out, err := list.CombinedOutput()
	if err != nil {
		t.Skipf("go list: %v", err)
	}
	if !strings.Contains(string(out), "guard.go") {
		t.Errorf("without tags the package is %s", out)
	}
}

func TestBodies(t *testing.T) {
	p, err := newPacker()
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	rapid.Check(t, func(t *rapid.T) {
		var revisions []record.Revision
		for _, c := range drawHistory(t).commits {
			revisions = append(revisions, c.Revisions...)
		}
		b, err := p.decodeBody(p.encodeBody(revisions))
		if err != nil || len(b.ends) != len(revisions) {
			t.Fatal(err)
		}
		at := rapid.IntRange(0, len(revisions)-1).Draw(t, "at")
		if r, err := b.revision(at); err != nil || r.ID != revisions[at].ID {
			t.Fatalf("revision %d: %v", at, err)
		}
		if _, err := b.revision(len(revisions)); !errors.Is(err, ErrLog) {
			t.Fatalf("a revision beyond the last: %v", err)
		}
	})
}

func FuzzDecodeBody(f *testing.F) {
	p, err := newPacker()
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{1, 2, 0xa0, 0xa0})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, data []byte) {
		if b, err := p.decodeBody(p.pack(data)); err == nil {
			_, _ = b.all()
		}
		_, _ = p.decodeBody(data)
	})
}

func TestBodyCacheForgetsTheOldest(t *testing.T) {
	c := newBodyCache(2)
	for seq := range int64(3) {
		c.put(seq, &body{})
		c.get(0)
	}
	if c.get(0) == nil || c.get(1) != nil || c.get(2) == nil {
		t.Errorf("kept %v", c.held)
	}
}

func TestHeadsAndHashes(t *testing.T) {
	heads := []record.Parent{{ID: record.Hash{1}, Depth: 3}, {ID: record.Hash{2}, Depth: 70_000}}
	if got := splitHeads(joinHeads(heads)); !slices.Equal(got, heads) {
		t.Errorf("%v", got)
	}
	hashes := []record.Hash{{1}, {2}, {3}}
	if got := splitHashes(joinHashes(hashes)); !slices.Equal(got, hashes) {
		t.Errorf("%v", got)
	}
}

// TestProgramsTakeTurns: of two programs that write to one workspace each waits for the other, and says so where that
// takes too long.
func TestProgramsTakeTurns(t *testing.T) {
	one := create(t, config())
	two, err := Open(one.Dir(), config())
	if err != nil {
		t.Fatal(err)
	}
	defer two.Close()
	for range 30 {
		save(t, one, Change{Kind: "cooperative", Set: answers("name", "A")})
	}
	rebuilt := make(chan error, 1)
	go func() {
		_, err := one.Rebuild(background, nil)
		rebuilt <- err
	}()
	for range 5 {
		save(t, two, Change{Kind: "cooperative", Set: answers("name", "B")})
	}
	if _, err := two.Rebuild(background, nil); err != nil {
		t.Error(err)
	}
	if err := <-rebuilt; err != nil {
		t.Error(err)
	}
	two.patience = 10 * lookEvery
	err = one.write(background, urgent, func(*tx) error {
		_, err := two.Save(background, identity(1), Change{Kind: "cooperative", Set: answers("name", "C")})
		if Advice(err) != adviceBusy {
			t.Errorf("while another writes: %v", err)
		}
		ended, cancel := context.WithCancel(background)
		cancel()
		if _, err := two.Save(ended, identity(1), Change{Kind: "cooperative", Set: answers("name", "C")}); !errors.Is(err, context.Canceled) {
			t.Errorf("after a stop: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if n, err := two.Count(background, "cooperative", nil); n != 35 || err != nil {
		t.Error(n, err)
	}
	verified(t, one)
}
