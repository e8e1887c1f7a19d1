package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"coopatlas/data/form"
	"coopatlas/data/record"
)

// Chain is the end of a chain of an author's commits, and how many commits lead to it here. An author has several where
// an identity was used on two computers, or commits in between are not here.
type Chain struct {
	Author  record.Key
	Last    record.Hash
	Commits int
}

// ErrCut is wrapped where the log does not hold the commits that chains name.
var ErrCut = errors.New("the log does not hold all commits of the release")

const releasesName = "releases" // the folder of frozen frames: derived, and not copied into backups

// header is what is needed of a commit to follow chains.
type header struct {
	author       record.Key
	id, previous record.Hash
}

// Chains returns the ends of the chains of commits by all authors, and how many revisions are at hand: they name
// exactly what the log holds now.
func (s *Store) Chains(ctx context.Context) (chains []Chain, revisions int, err error) {
	err = s.read(ctx, func(q querier) error {
		commits, err := headers(q)
		if err != nil {
			return err
		}
		chains = chainsOf(commits)
		return q.row("SELECT count(*) FROM revisions").Scan(&revisions)
	})
	if err != nil {
		return nil, 0, fmt.Errorf("reading the chains of commits: %w", err)
	}
	return chains, revisions, nil
}

// headers reads the commits of the log, each once.
func headers(q querier) (map[record.Hash]header, error) {
	commits := map[record.Hash]header{}
	err := each(q, func(rows *sql.Rows) error {
		var author, id, previous []byte
		if err := rows.Scan(&author, &id, &previous); err != nil {
			return err
		}
		h := header{record.Key(author), record.Hash(id), record.Hash(previous)}
		commits[h.id] = h
		return nil
	}, "SELECT a.id, c.id, c.previous FROM commits c JOIN authors a ON a.key = c.author")
	return commits, err
}

// chainsOf finds the commits that none follows.
func chainsOf(commits map[record.Hash]header) []Chain {
	followed := make(map[record.Hash]bool, len(commits))
	for _, h := range commits {
		followed[h.previous] = true
	}
	var out []Chain
	for id, h := range commits {
		if followed[id] {
			continue
		}
		count := 0
		for ok := true; ok; h, ok = commits[h.previous] {
			count++
		}
		out = append(out, Chain{commits[id].author, id, count})
	}
	slices.SortFunc(out, func(a, b Chain) int {
		return cmp.Or(slices.Compare(a.Author[:], b.Author[:]), a.Last.Compare(b.Last))
	})
	return out
}

// cut gives the commits that chains name.
func cut(commits map[record.Hash]header, chains []Chain) (map[record.Hash]bool, error) {
	out := map[record.Hash]bool{}
	for _, c := range chains {
		at := c.Last
		for range c.Commits {
			h, ok := commits[at]
			if !ok || h.author != c.Author {
				return nil, fmt.Errorf("%w: commit %.10s of author %.10s is missing; import the bundle that holds it", ErrCut, at, c.Author)
			}
			out[at] = true
			at = h.previous
		}
	}
	return out, nil
}

// FreezeAt makes the frame again that the log gave when chains were its ends, keeps it as Freeze does, and returns its id
// and how many revisions it was made from. It derives everything from the log anew, in a store of its own without any personal
// value, so it takes as long as a rebuild.
func (s *Store) FreezeAt(ctx context.Context, chains []Chain, also Questions, progress Progress) (id string, revisions int, err error) {
	folder := filepath.Join(s.dir, releasesName)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", 0, fmt.Errorf("making the frame again: %w", err)
	}
	dir, err := os.MkdirTemp(folder, ".making-*")
	if err != nil {
		return "", 0, fmt.Errorf("making the frame again: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	other, err := Create(dir, s.bareConfig())
	if err != nil {
		return "", 0, err
	}
	defer func() { err = errors.Join(err, other.Close()) }()
	if revisions, err = s.replay(ctx, other, chains, progress); err != nil {
		return "", revisions, fmt.Errorf("making the frame again: %w", err)
	}
	frame, err := other.Frame(ctx)
	if err != nil {
		return "", revisions, err
	}
	defer func() { err = errors.Join(err, frame.Close()) }()
	return frame.ID(), revisions, s.Freeze(ctx, frame, also)
}

// bareConfig is the store's configuration with the same questionnaires, without names of records.
func (s *Store) bareConfig() Config {
	out := Config{Now: s.cfg.Now, Random: s.cfg.Random, Label: func(*Store, *form.Form, record.State) string { return "" }}
	for _, name := range kindNames(s.kinds()) {
		k := s.kinds()[name]
		out.Forms = append(out.Forms, k.forms...)
		if k.register {
			out.Registers = append(out.Registers, name)
		}
	}
	return out
}

// replay hands the commits of a cut to another store.
func (s *Store) replay(ctx context.Context, to *Store, chains []Chain, progress Progress) (revisions int, err error) {
	wanted, err := s.Within(ctx, chains)
	if err != nil {
		return 0, err
	}
	var waiting []record.Commit
	held, done := 0, 0
	hand := func() error {
		_, err := to.Receive(ctx, waiting, nil)
		waiting, held = waiting[:0], 0
		progress.tell(done, len(wanted))
		return err
	}
	err = s.Commits(ctx, 0, func(_ int64, c record.Commit) error {
		if !wanted[c.ID] {
			return nil
		}
		waiting, held = append(waiting, c), held+len(c.Revisions)
		revisions, done = revisions+len(c.Revisions), done+1
		if held < maxCommit {
			return nil
		}
		return hand()
	})
	if err == nil {
		err = hand()
	}
	return revisions, err
}

// frozenPath is where the frame of an id is kept.
func (s *Store) frozenPath(id string) string {
	return filepath.Join(s.dir, releasesName, id+".frame")
}

// Questions are paths of questions that feed no concept, by the kind that has them; others are passed over.
type Questions map[string][]string

// Freeze keeps the columns of a frame in a file of the workspace, which OpenFrozen reads: those of all concepts, those
// of some questions beside them, and those that the file had before. It holds no personal value, because no frame does,
// and can be made again by FreezeAt.
func (s *Store) Freeze(ctx context.Context, f *Frame, also Questions) error {
	path := s.frozenPath(f.ID())
	also = s.keptBefore(f, also)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("keeping the frame: %w", err)
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".frame-*")
	if err != nil {
		return fmt.Errorf("keeping the frame: %w", err)
	}
	w := frozenWriter{pack: s.pack, to: file, also: also}
	err = w.write(ctx, f)
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("keeping the frame: %w", err), os.Remove(file.Name()))
	}
	return nil
}

// keptBefore adds the questions that the kept file of a frame has already, for another release may ask for them.
func (s *Store) keptBefore(f *Frame, also Questions) Questions {
	before, err := s.OpenFrozen(f.ID())
	if err != nil { // there is none, or none that can be read
		return also
	}
	defer before.Close()
	out := maps.Clone(also)
	if out == nil {
		out = Questions{}
	}
	for kind, t := range before.index.Kinds {
		out[kind] = append(slices.Clone(out[kind]), slices.Sorted(maps.Keys(t.Columns))...)
	}
	return out
}

// Thaw forgets a kept frame; FreezeAt makes it again.
func (s *Store) Thaw(id string) error {
	err := os.Remove(s.frozenPath(id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Within gives the commits that chains name. The error wraps ErrCut where one is not here.
func (s *Store) Within(ctx context.Context, chains []Chain) (within map[record.Hash]bool, err error) {
	err = s.read(ctx, func(q querier) error {
		commits, err := headers(q)
		if err == nil {
			within, err = cut(commits, chains)
		}
		return err
	})
	return within, err
}
