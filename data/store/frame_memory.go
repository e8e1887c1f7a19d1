package store

import (
	"context"
	"database/sql"
	"math"
	"time"

	"coopatlas/data/indicator"
)

// A frame remembers what was made of it: rows of frame_chunks that belong to no kind, whose concept is chunksMemory and
// a name, in pieces that are numbered from how often chunks had been made × memoryPieces. Nothing else may decide what
// is remembered: everything that a frame shows changes only where a chunk is made again.
var _ indicator.Memory = (*Frame)(nil)

const (
	chunksMemory = ".memory "
	memoryPieces = 1 << 16
	memoryPiece  = 1 << 18 // bytes
)

// usualMemorable is how many records a frame has at least that is worth remembering: fewer are arranged as quickly.
const usualMemorable = 20_000

// memoryPatience is how long a frame waits to write down what it remembers, where others write too.
const memoryPatience = 200 * time.Millisecond

// Recall gives what was remembered under a name of a frame with these contents, in this process or an earlier one; keeps
// says whether the frame is large enough that remembering is worth it.
func (f *Frame) Recall(name string) (data []byte, keeps bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.tx == nil || !f.memorable() {
		return nil, false
	}
	var pieces [][]byte
	err := each(view{f.tx}, func(rows *sql.Rows) error {
		var piece []byte
		err := rows.Scan(&piece)
		pieces = append(pieces, piece)
		return err
	}, "SELECT data FROM frame_chunks WHERE kind = ? AND concept = ? AND chunk >= ? AND chunk < ? ORDER BY chunk",
		ofNoKind, chunksMemory+name, f.made*memoryPieces, (f.made+1)*memoryPieces)
	if err != nil || len(pieces) == 0 {
		return nil, true
	}
	return f.unpackPieces(pieces), true
}

// memorable says whether the frame has so many records of any kind.
func (f *Frame) memorable() bool {
	for _, t := range f.tables {
		if t.count >= f.store.memorable {
			return true
		}
	}
	return false
}

// unpackPieces joins pieces; nil where one cannot be read.
func (f *Frame) unpackPieces(pieces [][]byte) []byte {
	out, lengths, failed := make([]byte, len(pieces)*memoryPiece), make([]int, len(pieces)), make([]bool, len(pieces))
	eachAtOnce(len(pieces), func(i int, _ *[]byte) {
		into := out[i*memoryPiece : i*memoryPiece : (i+1)*memoryPiece]
		data, err := f.store.pack.decoder.DecodeAll(pieces[i], into)
		if len(data) > 0 && &data[0] != &out[i*memoryPiece] {
			copy(out[i*memoryPiece:(i+1)*memoryPiece], data)
		}
		lengths[i] = len(data)
		failed[i] = err != nil || len(data) > memoryPiece || i < len(pieces)-1 && len(data) != memoryPiece
	})
	for _, is := range failed {
		if is {
			return nil
		}
	}
	return out[:(len(pieces)-1)*memoryPiece+lengths[len(pieces)-1]]
}

// Remember writes down what was made of the frame, unless the records have changed since, or others write for longer
// than it waits: it is made again then, at no harm.
func (f *Frame) Remember(name string, data []byte) {
	pieces := make([][]byte, (len(data)+memoryPiece-1)/memoryPiece)
	if len(pieces) > memoryPieces || f.made > math.MaxInt64/memoryPieces-1 {
		return
	}
	eachAtOnce(len(pieces), func(i int, _ *[]byte) {
		pieces[i] = f.store.pack.pack(data[i*memoryPiece : min(len(data), (i+1)*memoryPiece)])
	})
	ctx, stop := context.WithTimeout(context.Background(), memoryPatience)
	defer stop()
	_ = f.store.write(ctx, bulk, func(t *tx) error { // what is not remembered is made again
		if now, err := made(t); err != nil || now != f.made {
			return err
		}
		for i, piece := range pieces {
			if err := t.exec("INSERT OR REPLACE INTO frame_chunks (kind, concept, chunk, data) VALUES (?, ?, ?, ?)",
				ofNoKind, chunksMemory+name, f.made*memoryPieces+int64(i), piece); err != nil {
				return err
			}
		}
		return nil
	})
}

// forget lets go what frames remember of the time before chunks were made so often.
func (t *tx) forget(made int64) error {
	return t.exec("DELETE FROM frame_chunks WHERE kind = ? AND substr(concept, 1, length(?2)) = ?2 AND chunk < ?", ofNoKind, chunksMemory, made*memoryPieces)
}
