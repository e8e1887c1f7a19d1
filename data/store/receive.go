package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"coopatlas/data/record"
)

// Received says what came of commits that were received.
type Received struct {
	Revisions int // new ones
	Known     int // that were here already
	Pending   int // of the new ones, those that still wait for a parent
	Openings  int // kept
	Dropped   int // openings that an erasure covers, or whose revision is not here
}

// Receive adds commits of others, with whichever of their revisions they hold, and openings. It is set union: order
// and repetition change nothing, and revisions with unknown parents wait for them. Every signature, hash, depth and
// opening is checked first; where one does not fit, nothing of its batch is kept. Openings of erased values are
// dropped unread. An erasure that arrives is carried out here too.
func (s *Store) Receive(ctx context.Context, commits []record.Commit, openings []record.Opening) (Received, error) {
	var sum Received
	for _, c := range commits {
		if err := checkCommit(c); err != nil {
			return sum, err
		}
	}
	for batch := range batches(commits) {
		err := s.write(ctx, bulk, func(t *tx) error { return t.receive(batch, &sum) })
		if err != nil {
			return sum, fmt.Errorf("receiving: %w", err)
		}
	}
	for part := range slices.Chunk(openings, maxCommit) {
		if err := s.write(ctx, bulk, func(t *tx) error { return t.receiveOpenings(part, &sum) }); err != nil {
			return sum, fmt.Errorf("receiving: %w", err)
		}
	}
	return sum, s.resumeScrubs(ctx)
}

// checkCommit checks the header and that the revisions at hand are among those that were signed.
func checkCommit(c record.Commit) error {
	if err := c.CommitHeader.Verify(); err != nil {
		return err
	}
	listed := make(map[record.Hash]bool, len(c.Revised))
	for _, id := range c.Revised {
		listed[id] = true
	}
	for _, r := range c.Revisions {
		if !listed[r.ID] || r.Author != c.Author || sha256.Sum256(record.EncodeRevision(r)) != r.ID {
			return fmt.Errorf("commit %s: %w: revision %s is not one that was signed", c.ID, record.ErrSignature, r.ID)
		}
	}
	return nil
}

// batches divides commits into lists of at most about a thousand revisions.
func batches(commits []record.Commit) func(yield func([]record.Commit) bool) {
	return func(yield func([]record.Commit) bool) {
		start, count := 0, 0
		for i, c := range commits {
			if count += len(c.Revisions); count < maxCommit && i < len(commits)-1 {
				continue
			}
			if !yield(commits[start : i+1]) {
				return
			}
			start, count = i+1, 0
		}
	}
}

func (t *tx) receive(commits []record.Commit, sum *Received) error {
	authors := map[int64]bool{}
	for _, c := range commits {
		author, _, err := t.author(c.Author, "")
		if err != nil {
			return err
		}
		if err := t.receiveCommit(author, c, sum); err != nil {
			return err
		}
		authors[author] = true
	}
	for _, rec := range t.order {
		if err := rec.checkDepths(); err != nil {
			return err
		}
		h := record.NewHistory(rec.all())
		for _, r := range h.Pending {
			if slices.ContainsFunc(rec.added, func(a record.Revision) bool { return a.ID == r.ID }) {
				sum.Pending++
			}
		}
	}
	for _, author := range slices.Sorted(maps.Keys(authors)) {
		if err := t.findTip(author); err != nil {
			return err
		}
	}
	return t.derive(nil)
}

// receiveCommit keeps the revisions of a commit that are not here yet, and the commit where it is new or brought some.
func (t *tx) receiveCommit(author int64, c record.Commit, sum *Received) error {
	var fresh []record.Revision
	for _, r := range c.Revisions {
		rec, err := t.touch(r.Record)
		if err != nil {
			return err
		}
		if _, known := rec.depths()[r.ID]; known || slices.ContainsFunc(fresh, func(f record.Revision) bool { return f.ID == r.ID }) {
			sum.Known++
			continue
		}
		fresh = append(fresh, r)
	}
	sum.Revisions += len(fresh)
	if len(fresh) == 0 {
		known, err := t.hasCommit(author, c.ID)
		if err != nil || known {
			return err
		}
	}
	var revised []byte
	if len(fresh) < len(c.Revised) {
		revised = joinHashes(c.Revised)
	}
	seq, err := t.addCommit(author, c.CommitHeader, revised, t.pack.encodeBody(fresh))
	if err != nil {
		return err
	}
	for i, r := range fresh {
		if err := t.addRevision(r, position{seq, i}, ""); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) hasCommit(author int64, id record.Hash) (bool, error) {
	var count int
	err := t.row("SELECT count(*) FROM commits WHERE author = ? AND id = ?", author, id[:]).Scan(&count)
	return count > 0, err
}

// findTip finds the end of an author's chain: the commit that none of the author's others follows; of several, as an
// identity used on two computers leaves them, the one with the greatest id.
func (t *tx) findTip(author int64) error {
	followed, ids := map[record.Hash]bool{}, map[record.Hash]bool{}
	err := each(t, func(rows *sql.Rows) error {
		var id, previous []byte
		if err := rows.Scan(&id, &previous); err != nil {
			return err
		}
		ids[record.Hash(id)], followed[record.Hash(previous)] = true, true
		return nil
	}, "SELECT id, previous FROM commits WHERE author = ?", author)
	if err != nil {
		return err
	}
	var tip record.Hash
	for id := range ids {
		if !followed[id] && id.Compare(tip) > 0 {
			tip = id
		}
	}
	return t.exec("UPDATE authors SET last = ? WHERE key = ?", tip[:], author)
}

// checkDepths checks the depth of every revision whose parents are at hand, those that waited for one included.
func (r *touched) checkDepths() error {
	depths := r.depths()
	for _, rev := range r.all() {
		if err := rev.CheckDepth(depths); err != nil {
			return err
		}
	}
	return nil
}

// receiveOpenings keeps openings that fit, unless an erasure covers them.
func (t *tx) receiveOpenings(openings []record.Opening, sum *Received) error {
	histories := map[record.ID]*record.History{}
	for _, o := range openings {
		rec, err := t.find(o.Record)
		if err != nil {
			return err
		}
		if rec == nil {
			sum.Dropped++
			continue
		}
		h := histories[o.Record]
		if h == nil {
			revisions, err := t.revisionsOf(t, rec.key)
			if err != nil {
				return err
			}
			h = record.NewHistory(revisions)
			histories[o.Record] = h
		}
		if err := t.receiveOpening(rec, h, o, sum); err != nil {
			return err
		}
		t.after = append(t.after, func() { t.names.forget(o.Record) })
	}
	return nil
}

func (t *tx) receiveOpening(rec *touched, h *record.History, o record.Opening, sum *Received) error {
	all := slices.Concat(h.Revisions, h.Pending)
	i := slices.IndexFunc(all, func(r record.Revision) bool { return r.ID == o.Revision })
	if i < 0 || slices.Contains(h.ErasedBy(o.Revision), o.Path) {
		sum.Dropped++
		return nil
	}
	write := all[i].Changes.Set[o.Path]
	if write.Commitment == nil {
		return fmt.Errorf("record %s, %s: %w: nothing there is to be opened", o.Record, o.Path, record.ErrOpening)
	}
	value, err := o.Open(*write.Commitment)
	if err != nil {
		return err
	}
	sum.Openings++
	return t.keepOpening(h, rec.key, opening{o, t.fileHashOf(all[i].Kind, o.Path, value)})
}

func (s *Store) fileHashOf(kind string, path record.Path, v record.Value) []byte {
	if k := s.kinds()[kind]; k != nil {
		return k.questions[path.Question()].fileHash(v)
	}
	if f, err := ParseFile(v); err == nil { // a kind without a questionnaire: judged by its looks
		return f.SHA256[:]
	}
	return nil
}

// Commits calls fn for each commit after a place in the log (0: from the beginning), in the order of the log, with the
// revisions at hand. A commit that came in parts is called for once a part.
func (s *Store) Commits(ctx context.Context, after int64, fn func(seq int64, c record.Commit) error) error {
	for {
		seq, c, err := s.commitAfter(ctx, after)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			err = fn(seq, c)
		}
		if err != nil {
			return err
		}
		after = seq
	}
}

func (s *Store) commitAfter(ctx context.Context, after int64) (seq int64, c record.Commit, err error) {
	var id, author, previous, revised, packed []byte
	err = s.read(ctx, func(q querier) error {
		return q.row(`SELECT seq, c.id, a.id, previous, signature, revised, body FROM commits c JOIN authors a ON a.key = c.author
			WHERE seq > ? ORDER BY seq LIMIT 1`, after).Scan(&seq, &id, &author, &previous, &c.Signature, &revised, &packed)
	})
	if err != nil {
		return seq, c, err
	}
	c.ID, c.Author, c.Previous = record.Hash(id), record.Key(author), record.Hash(previous)
	b, err := s.pack.decodeBody(packed)
	if err == nil {
		c.Revisions, err = b.all()
	}
	if err != nil {
		return seq, c, fmt.Errorf("commit %d: %w", seq, err)
	}
	if c.Revised = splitHashes(revised); revised == nil {
		for _, r := range c.Revisions {
			c.Revised = append(c.Revised, r.ID)
		}
	}
	return seq, c, nil
}

// Openings returns the openings of a record that this workspace may open.
func (s *Store) Openings(ctx context.Context, id record.ID) ([]record.Opening, error) {
	var out []record.Opening
	err := s.read(ctx, func(q querier) error {
		rec, err := findRecord(q, id)
		if err != nil || rec == nil {
			return err
		}
		openings, err := openingsOf(q, rec.key, id)
		for _, o := range openings {
			out = append(out, o.Opening)
		}
		return err
	})
	return out, err
}
