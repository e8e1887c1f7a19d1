package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"coopatlas/data/record"
)

// FileInfo describes an attachment: the name it was given, its media type, its size in bytes and its SHA-256, which is
// the name it lies under in files/.
type FileInfo struct {
	Name, MediaType string
	Size            int64
	SHA256          record.Hash
}

// Value returns the answer to a file question that the attachment is: a list of name, media type, size and SHA-256.
func (f FileInfo) Value() record.Value {
	return record.List([]string{f.Name, f.MediaType, strconv.FormatInt(f.Size, 10), f.SHA256.String()})
}

// ParseFile reads what FileInfo.Value gives.
func ParseFile(v record.Value) (FileInfo, error) {
	items := v.Items()
	if len(items) != 4 {
		return FileInfo{}, errors.New("the answer does not describe a file")
	}
	f := FileInfo{Name: items[0], MediaType: items[1]}
	sum, err := hex.DecodeString(items[3])
	if err != nil || copy(f.SHA256[:], sum) != len(f.SHA256) {
		return FileInfo{}, fmt.Errorf("the file %q has no SHA-256", f.Name)
	}
	if f.Size, err = strconv.ParseInt(items[2], 10, 64); err != nil {
		return FileInfo{}, fmt.Errorf("the file %q has no size: %w", f.Name, err)
	}
	return f, nil
}

// AddFile copies an attachment into files/ under its SHA-256 and describes it. It belongs to a record once a draft or
// a change holds its Value.
func (s *Store) AddFile(ctx context.Context, name string, from io.Reader) (FileInfo, error) {
	folder := filepath.Join(s.dir, filesName)
	part, err := os.CreateTemp(folder, ".part-*")
	if err != nil {
		return FileInfo{}, fmt.Errorf("adding %s: %w", name, err)
	}
	defer os.Remove(part.Name()) // it is gone where it was renamed
	h, start := sha256.New(), &prefix{}
	size, err := io.Copy(io.MultiWriter(part, h, start), interrupted{ctx, from})
	err = errors.Join(err, part.Sync(), part.Close())
	if err != nil {
		return FileInfo{}, fmt.Errorf("adding %s: %w", name, err)
	}
	f := FileInfo{Name: filepath.Base(name), MediaType: mediaType(name, start.data), Size: size, SHA256: record.Hash(h.Sum(nil))}
	if err := os.Rename(part.Name(), s.filePath(f.SHA256)); err != nil {
		return FileInfo{}, fmt.Errorf("adding %s: %w", name, err)
	}
	return f, nil
}

// OpenFile opens an attachment.
func (s *Store) OpenFile(f FileInfo) (io.ReadCloser, error) {
	file, err := os.Open(s.filePath(f.SHA256))
	if err != nil {
		return nil, fmt.Errorf("the attachment %s is not in this workspace: %w", f.Name, err)
	}
	return file, nil
}

func (s *Store) filePath(sum record.Hash) string {
	return filepath.Join(s.dir, filesName, sum.String())
}

func mediaType(name string, start []byte) string {
	known := mime.TypeByExtension(strings.ToLower(filepath.Ext(name)))
	if known == "" {
		known = http.DetectContentType(start)
	}
	known, _, _ = strings.Cut(known, ";")
	return known
}

// prefix keeps the first bytes written to it, by which a media type is recognised.
type prefix struct{ data []byte }

func (p *prefix) Write(data []byte) (int, error) {
	p.data = append(p.data, data[:min(len(data), 512-len(p.data))]...)
	return len(data), nil
}

// interrupted is a reader that ends with the context.
type interrupted struct {
	ctx  context.Context
	from io.Reader
}

func (r interrupted) Read(data []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(data)
}
