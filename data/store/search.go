package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"coopatlas/data/record"
)

// Hit is a record that a search found.
type Hit struct {
	Record record.ID
	Kind   string
	Label  string
}

// Search returns the records whose name or texts shown in lists have every word of text, or a word that begins with
// it, the best first; accents and case do not matter. Names that are personal are searched in memory.
func (s *Store) Search(ctx context.Context, text string, limit int) ([]Hit, error) {
	words := words(text)
	if len(words) == 0 {
		return nil, nil
	}
	if limit <= 0 {
		limit = 50
	}
	hits, err := s.searchNames(ctx, words)
	if err != nil {
		return nil, err
	}
	if len(hits) >= limit {
		return hits[:limit], nil
	}
	err = s.read(ctx, func(q querier) error {
		found, err := s.searchTexts(q, words, limit-len(hits))
		hits = append(hits, found...)
		return err
	})
	return hits, err
}

func (s *Store) searchTexts(q querier, words []string, limit int) ([]Hit, error) {
	terms := make([]string, len(words))
	for i, w := range words {
		terms[i] = `"` + w + `"*`
	}
	var hits []Hit
	err := each(q, func(rows *sql.Rows) error {
		var h Hit
		var id []byte
		if err := rows.Scan(&id, &h.Kind, &h.Label); err != nil {
			return err
		}
		copy(h.Record[:], id)
		hits = append(hits, h)
		return nil
	}, `SELECT r.id, r.kind, search.label FROM search JOIN records r ON r.key = search.rowid
		WHERE search MATCH ? ORDER BY bm25(search, 4, 1), search.rowid LIMIT ?`, strings.Join(terms, " "), limit)
	return hits, err
}

// words splits a text into words without accents, in lower case.
func words(text string) []string {
	return strings.FieldsFunc(fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
}

// searchNames finds records with a personal name.
func (s *Store) searchNames(ctx context.Context, wanted []string) ([]Hit, error) {
	var hits []Hit
	for _, name := range kindNames(s.kinds()) {
		k := s.kinds()[name]
		if !k.secret {
			continue
		}
		rows, err := s.List(ctx, name, Query{Columns: []string{}})
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if matches(words(row.Label), wanted) {
				hits = append(hits, Hit{row.Record, name, row.Label})
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(fold(a.Label), fold(b.Label)) })
	return hits, nil
}

// matches tells whether every word wanted begins some word.
func matches(words, wanted []string) bool {
	for _, w := range wanted {
		if !slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, w) }) {
			return false
		}
	}
	return true
}
