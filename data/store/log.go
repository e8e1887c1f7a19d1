package store

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"

	"coopatlas/data/record"
)

// ErrLog is wrapped where the log is not as it was written.
var ErrLog = errors.New("the log is damaged; restore the newest backup")

// packer compresses and decompresses bodies of commits and chunks of frames.
type packer struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

func newPacker() (*packer, error) {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, err
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxBody))
	return &packer{encoder, decoder}, err
}

// maxBody is the greatest size of a decoded body in bytes.
const maxBody = 1 << 30

func (p *packer) pack(data []byte) []byte { return p.encoder.EncodeAll(data, nil) }

func (p *packer) unpack(data []byte) ([]byte, error) {
	out, err := p.decoder.DecodeAll(data, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLog, err)
	}
	return out, nil
}

func (p *packer) close() {
	_ = p.encoder.Close() // it writes nowhere
	p.decoder.Close()
}

// body is the decompressed body of a commit: how many revisions it holds, the length of each, then their canonical
// encodings, so that one can be read without decoding the others.
type body struct {
	data []byte
	ends []int // of each revision, in data
}

// encodeBody lays revisions out as the body of a commit.
func (p *packer) encodeBody(revisions []record.Revision) []byte {
	encodings := make([][]byte, len(revisions))
	for i, r := range revisions {
		encodings[i] = record.EncodeRevision(r)
	}
	return p.packBody(encodings)
}

// packBody is encodeBody for revisions that are encoded already.
func (p *packer) packBody(encodings [][]byte) []byte {
	head := binary.AppendUvarint(nil, uint64(len(encodings)))
	var data []byte
	for _, encoded := range encodings {
		head = binary.AppendUvarint(head, uint64(len(encoded)))
		data = append(data, encoded...)
	}
	return p.pack(append(head, data...))
}

func (p *packer) decodeBody(packed []byte) (*body, error) {
	data, err := p.unpack(packed)
	if err != nil {
		return nil, err
	}
	count, read := binary.Uvarint(data)
	if read <= 0 || count > uint64(len(data)) {
		return nil, fmt.Errorf("%w: a commit's body has no length", ErrLog)
	}
	b := &body{ends: make([]int, count)}
	end := 0
	for i := range b.ends {
		data = data[read:]
		var length uint64
		if length, read = binary.Uvarint(data); read <= 0 || length > uint64(len(data)) {
			return nil, fmt.Errorf("%w: a commit's body ends early", ErrLog)
		}
		end += int(length)
		b.ends[i] = end
	}
	b.data = data[max(read, 0):]
	if end != len(b.data) {
		return nil, fmt.Errorf("%w: a commit's body is %d bytes long where %d are due", ErrLog, len(b.data), end)
	}
	return b, nil
}

// revision decodes the revision at a place of the body.
func (b *body) revision(pos int) (record.Revision, error) {
	if pos < 0 || pos >= len(b.ends) {
		return record.Revision{}, fmt.Errorf("%w: a commit holds no revision %d", ErrLog, pos)
	}
	start := 0
	if pos > 0 {
		start = b.ends[pos-1]
	}
	return record.DecodeRevision(b.data[start:b.ends[pos]])
}

func (b *body) all() ([]record.Revision, error) {
	revisions := make([]record.Revision, len(b.ends))
	for i := range revisions {
		r, err := b.revision(i)
		if err != nil {
			return nil, err
		}
		revisions[i] = r
	}
	return revisions, nil
}

// bodyCache keeps the bodies that were read last.
type bodyCache struct {
	mu    sync.Mutex
	room  int
	clock int
	held  map[int64]*cachedBody
}

type cachedBody struct {
	body *body
	used int
}

func newBodyCache(room int) *bodyCache { return &bodyCache{room: room, held: map[int64]*cachedBody{}} }

func (c *bodyCache) get(seq int64) *body {
	c.mu.Lock()
	defer c.mu.Unlock()
	held := c.held[seq]
	if held == nil {
		return nil
	}
	c.clock++
	held.used = c.clock
	return held.body
}

func (c *bodyCache) put(seq int64, b *body) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.held) >= c.room {
		oldest := seq
		for s, held := range c.held {
			if o := c.held[oldest]; o == nil || held.used < o.used {
				oldest = s
			}
		}
		delete(c.held, oldest)
	}
	c.clock++
	c.held[seq] = &cachedBody{body: b, used: c.clock}
}

// bodyOf reads the body of a commit.
func (s *Store) bodyOf(q querier, seq int64) (*body, error) {
	if b := s.log.get(seq); b != nil {
		return b, nil
	}
	var packed []byte
	if err := q.row("SELECT body FROM commits WHERE seq = ?", seq).Scan(&packed); err != nil {
		return nil, fmt.Errorf("%w: commit %d: %w", ErrLog, seq, err)
	}
	b, err := s.pack.decodeBody(packed)
	if err != nil {
		return nil, fmt.Errorf("commit %d: %w", seq, err)
	}
	s.log.put(seq, b)
	return b, nil
}

// mark is the part of a revision's id that the index of revisions carries.
func mark(id record.Hash) int64 { return int64(binary.BigEndian.Uint64(id[:8])) }

type position struct {
	seq int64
	pos int
}

// revisionsOf reads every revision of a record that is at hand.
func (s *Store) revisionsOf(q querier, key int64) ([]record.Revision, error) {
	var places []position
	err := each(q, func(rows *sql.Rows) error {
		var p position
		places = append(places, p)
		return rows.Scan(&places[len(places)-1].seq, &places[len(places)-1].pos)
	}, "SELECT seq, pos FROM revisions WHERE record = ? ORDER BY seq, pos", key)
	if err != nil {
		return nil, err
	}
	return s.revisionsAt(q, places)
}

// revisionsAt reads the revisions at some places of the log.
func (s *Store) revisionsAt(q querier, places []position) ([]record.Revision, error) {
	revisions := make([]record.Revision, 0, len(places))
	for _, p := range places {
		b, err := s.bodyOf(q, p.seq)
		if err != nil {
			return nil, err
		}
		r, err := b.revision(p.pos)
		if err != nil {
			return nil, fmt.Errorf("commit %d, revision %d: %w", p.seq, p.pos+1, err)
		}
		revisions = append(revisions, r)
	}
	return revisions, nil
}

// author returns the key of an author's row, which is made if there is none, and the last commit of the chain.
func (t *tx) author(id record.Key, name string) (key int64, last record.Hash, err error) {
	var tip []byte
	err = t.row("SELECT key, last FROM authors WHERE id = ?", id[:]).Scan(&key, &tip)
	if errors.Is(err, sql.ErrNoRows) {
		key, err = t.insert("INSERT INTO authors (id, name) VALUES (?, ?)", id[:], name)
		return key, last, err
	}
	copy(last[:], tip)
	return key, last, err
}

// addCommit writes a commit with the revisions at hand, and returns its place in the log.
func (t *tx) addCommit(author int64, h record.CommitHeader, revised, packed []byte) (int64, error) {
	return t.insert("INSERT INTO commits (id, author, previous, signature, revised, body) VALUES (?, ?, ?, ?, ?, ?)",
		h.ID[:], author, h.Previous[:], h.Signature, revised, packed)
}

func joinHashes(hashes []record.Hash) []byte {
	out := make([]byte, 0, len(hashes)*len(record.Hash{}))
	for _, h := range hashes {
		out = append(out, h[:]...)
	}
	return out
}

func splitHashes(data []byte) []record.Hash {
	out := make([]record.Hash, len(data)/len(record.Hash{}))
	for i := range out {
		copy(out[i][:], data[i*len(record.Hash{}):])
	}
	return out
}

// heads are kept as 32 bytes of id and 4 of depth each.
const headSize = 36

func joinHeads(heads []record.Parent) []byte {
	out := make([]byte, 0, len(heads)*headSize)
	for _, h := range heads {
		out = append(out, h.ID[:]...)
		out = binary.BigEndian.AppendUint32(out, h.Depth)
	}
	return out
}

func splitHeads(data []byte) []record.Parent {
	out := make([]record.Parent, len(data)/headSize)
	for i := range out {
		part := data[i*headSize:]
		copy(out[i].ID[:], part)
		out[i].Depth = binary.BigEndian.Uint32(part[32:])
	}
	return out
}
