package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"coopatlas/data/indicator"
	"coopatlas/data/record"
)

// frameHeader is what takes long to find out about a frame. It is kept beside the chunks until one of them is made
// again.
type frameHeader struct {
	ID     string          `json:"id"`
	Newest time.Time       `json:"newest"` // of the revisions of records that take part
	Alias  map[int64]int64 `json:"alias"`  // keys of duplicates, and of the records that they are of

	Tables map[string]tableShape `json:"tables"`
}

// tableShape says how many rows a table has, and whether all of them take part.
type tableShape struct {
	Chunks [][2]int64 `json:"chunks"` // numbers and lengths
	All    bool       `json:"all"`
}

// Rows of frame_chunks that belong to no kind: how often chunks were made again, the header as of one such time, and
// the ids of records by key.
const (
	ofNoKind     = ""
	chunksMade   = ".made" // the number is that of the chunk
	chunksHeader = ".header"
	chunksIDs    = ".ids"
)

// countMade tells that what frames show has changed.
func (t *tx) countMade() error {
	return t.exec(`INSERT INTO frame_chunks (kind, concept, chunk, data)
		VALUES (?1, ?2, (SELECT coalesce(max(chunk), 0) + 1 FROM frame_chunks WHERE kind = ?1 AND concept = ?2), x'')`, ofNoKind, chunksMade)
}

// made says how often chunks were made.
func made(q querier) (count int64, err error) {
	err = q.row("SELECT coalesce(max(chunk), 0) FROM frame_chunks WHERE kind = ? AND concept = ?", ofNoKind, chunksMade).Scan(&count)
	return count, err
}

// readHeader reads the header, and says whether there is one of this moment.
func (f *Frame) readHeader() (known bool, err error) {
	q := view{f.tx}
	if f.made, err = made(q); err != nil {
		return false, err
	}
	var text []byte
	err = q.row("SELECT data FROM frame_chunks WHERE kind = ? AND concept = ? AND chunk = ?", ofNoKind, chunksHeader, f.made).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil || json.Unmarshal(text, &f.header) != nil || f.header.Tables == nil {
		f.header = frameHeader{}
		return false, err
	}
	return true, nil
}

// makeHeader makes the header and keeps it, and lets go what was kept of earlier moments.
func (f *Frame) makeHeader(ctx context.Context) error {
	f.header = frameHeader{Alias: map[int64]int64{}, Tables: map[string]tableShape{}}
	for name, t := range f.tables {
		f.header.Tables[name] = tableShape{t.chunks, t.count == t.total}
	}
	if err := f.readMembers(); err != nil {
		return err
	}
	text, err := json.Marshal(f.header)
	if err != nil {
		return err
	}
	return f.store.write(ctx, bulk, func(t *tx) error {
		for _, older := range []string{chunksHeader, chunksMade} {
			if err := t.exec("DELETE FROM frame_chunks WHERE kind = ? AND concept = ? AND chunk < ?", ofNoKind, older, f.made); err != nil {
				return err
			}
		}
		if err := t.forget(f.made); err != nil {
			return err
		}
		return t.exec("INSERT OR REPLACE INTO frame_chunks (kind, concept, chunk, data) VALUES (?, ?, ?, ?)", ofNoKind, chunksHeader, f.made, text)
	})
}

// readMembers goes through all records that take part.
func (f *Frame) readMembers() error {
	h := sha256.New()
	for _, name := range kindNames(f.store.kinds()) {
		k, members := f.store.kinds()[name], 0
		if len(k.concepts) == 0 {
			continue
		}
		err := each(view{f.tx}, func(rows *sql.Rows) error {
			var id, heads sql.RawBytes
			if err := rows.Scan(&id, &heads); err != nil {
				return err
			}
			if members++; members == 1 { // a kind without records leaves the id as it is
				fmt.Fprintf(h, "%q\n", name)
			}
			h.Write(id)
			h.Write(heads)
			return nil
		}, f.members(k))
		if err != nil {
			return err
		}
		if err := f.readAliases(k); err != nil {
			return err
		}
		if err := f.readNewest(f.tables[name]); err != nil {
			return err
		}
	}
	f.header.ID = hex.EncodeToString(h.Sum(nil))
	return nil
}

// members writes the query for the ids and heads of the records that take part, in the order of their ids.
func (f *Frame) members(k *kind) string {
	states := ""
	for _, state := range []record.Lifecycle{record.Saved, record.Submitted, record.Returned, record.Validated, record.Locked} {
		if k.takesPart(state) {
			states += ", '" + string(state) + "'"
		}
	}
	return "SELECT r.id, m.heads FROM " + k.tables[0].name + " m JOIN records r ON r.key = m.record WHERE m.alias IS NULL AND m.state IN (" +
		states[2:] + ") ORDER BY r.id"
}

// readAliases reads which records of a kind are duplicates of which.
func (f *Frame) readAliases(k *kind) error {
	return each(view{f.tx}, func(rows *sql.Rows) error {
		var key, to int64
		err := rows.Scan(&key, &to)
		f.header.Alias[key] = to
		return err
	}, "SELECT record, alias FROM "+k.tables[0].name+" WHERE alias IS NOT NULL")
}

// readNewest finds the newest change of the records of a table that take part.
func (f *Frame) readNewest(t *frozen) error {
	chunks, err := f.fetch(t, columnChanged)
	if err != nil {
		return err
	}
	values, _, err := f.decode(t, chunks)
	if err != nil {
		return err
	}
	newest := int64(0)
	for place, changed := range values {
		if t.use.Get(place) {
			newest = max(newest, changed)
		}
	}
	if at := time.UnixMilli(newest).UTC(); newest > 0 && at.After(f.header.Newest) {
		f.header.Newest = at
	}
	return nil
}

// idsAtOnce is how many chunks of ids are made in one transaction.
const idsAtOnce = 8

// refreshIDs makes at most some of the chunks of ids that are full and not there, and returns how many are left. Keys
// are given in order and never again, so that a full chunk stays as it is.
func (t *tx) refreshIDs(atMost int64) (left int, err error) {
	var have, full int64
	err = t.row(`SELECT (SELECT coalesce(max(chunk) + 1, 0) FROM frame_chunks WHERE kind = ? AND concept = ?),
		(SELECT coalesce((max(key) + 1) / ?, 0) FROM records)`, ofNoKind, chunksIDs, chunkRows).Scan(&have, &full)
	if err != nil {
		return 0, err
	}
	for number := have; number < min(full, have+atMost); number++ {
		data := make([]byte, chunkRows*len(record.ID{}))
		if err := readIDs(t, number*chunkRows, (number+1)*chunkRows, data); err != nil {
			return 0, err
		}
		if err := t.exec("INSERT INTO frame_chunks (kind, concept, chunk, data) VALUES (?, ?, ?, ?)", ofNoKind, chunksIDs, number, data); err != nil {
			return 0, err
		}
	}
	return int(max(0, full-have-atMost)), nil
}

// readIDs reads the ids of a range of keys into their places.
func readIDs(q querier, from, to int64, data []byte) error {
	return each(q, func(rows *sql.Rows) error {
		var key int64
		var id sql.RawBytes
		err := rows.Scan(&key, &id)
		copy(data[int(key-from)*len(record.ID{}):], id)
		return err
	}, "SELECT key, id FROM records WHERE key >= ? AND key < ?", from, to)
}

// idTexts gives the ids of records as texts, by keys in ascending order.
func (f *Frame) idTexts(keys []int64) ([]string, error) {
	if f.named.texts != nil && slices.Equal(keys, f.named.keys) {
		return f.named.texts, nil
	}
	var missing []int64
	for i, key := range keys {
		number := key / chunkRows
		if i > 0 && number == keys[i-1]/chunkRows {
			continue
		}
		if _, have := f.ids[number]; !have {
			missing = append(missing, number)
		}
	}
	packed, err := f.idChunks(missing)
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(missing))
	eachAtOnce(len(missing), func(i int, room *[]byte) { texts[i] = idsAsTexts(packed[i], room) })
	for i, number := range missing {
		f.ids[number] = texts[i]
	}
	out, chunk := make([]string, len(keys)), ""
	for i, key := range keys {
		if i == 0 || key/chunkRows != keys[i-1]/chunkRows {
			chunk = f.ids[key/chunkRows]
		}
		at := int(key%chunkRows) * idLength
		out[i] = chunk[at : at+idLength]
	}
	f.named.keys, f.named.texts = keys, out
	return out, nil
}

// idChunks reads chunks of ids.
func (f *Frame) idChunks(numbers []int64) ([][]byte, error) {
	q, out := view{f.tx}, make([][]byte, len(numbers))
	for i, number := range numbers {
		err := q.row("SELECT data FROM frame_chunks WHERE kind = ? AND concept = ? AND chunk = ?", ofNoKind, chunksIDs, number).Scan(&out[i])
		if errors.Is(err, sql.ErrNoRows) { // the last, which is not full yet
			out[i] = make([]byte, chunkRows*len(record.ID{}))
			err = readIDs(q, number*chunkRows, (number+1)*chunkRows, out[i])
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// idLength is how long the text of an id is.
const idLength = 36

// idsAsTexts writes a chunk of ids as texts, one after another.
func idsAsTexts(data []byte, room *[]byte) string {
	const size = len(record.ID{})
	*room = slices.Grow((*room)[:0], len(data)/size*idLength)
	for at := 0; at+size <= len(data); at += size {
		for i, end := range [...]int{4, 6, 8, 10, size} {
			if i > 0 {
				*room = append(*room, '-')
			}
			*room = hex.AppendEncode(*room, data[at+[...]int{0, 4, 6, 8, 10}[i]:at+end])
		}
	}
	return string(*room)
}

// packedChunk is a chunk as it is kept.
type packedChunk struct {
	number int64
	data   []byte
}

// fetch reads the chunks of a column in their order.
func (f *Frame) fetch(t *frozen, column string) (chunks []packedChunk, err error) {
	err = each(view{f.tx}, func(rows *sql.Rows) error {
		var c packedChunk
		err := rows.Scan(&c.number, &c.data)
		chunks = append(chunks, c)
		return err
	}, "SELECT chunk, data FROM frame_chunks WHERE kind = ? AND concept = ? ORDER BY chunk", t.name, column)
	return chunks, err
}

// decode reads chunks on all processors into one column of every row.
func (f *Frame) decode(t *frozen, chunks []packedChunk) ([]int64, indicator.Bits, error) {
	values, valid := make([]int64, t.total), indicator.NewBits(t.total)
	sets, errs := make([]indicator.Bits, len(chunks)), make([]error, len(chunks))
	eachAtOnce(len(chunks), func(i int, room *[]byte) {
		var err error
		if *room, err = f.store.pack.decoder.DecodeAll(chunks[i].data, (*room)[:0]); err != nil {
			errs[i] = fmt.Errorf("%w: %w", ErrLog, err)
			return
		}
		sets[i], errs[i] = decodeChunk(*room, values[t.starts[chunks[i].number]:])
	})
	for i, set := range sets {
		if errs[i] != nil {
			return nil, nil, errs[i]
		}
		valid.Put(set, t.starts[chunks[i].number])
	}
	return values, valid, nil
}
