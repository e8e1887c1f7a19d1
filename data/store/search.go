package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
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
// it, the best first; accents and case do not matter. Of very many those come first whose name begins with the first
// word. Kinds may be named to find records of these alone. Names that are personal are searched in memory.
func (s *Store) Search(ctx context.Context, text string, limit int, kinds ...string) ([]Hit, error) {
	words := words(text)
	if len(words) == 0 {
		return nil, nil
	}
	if limit <= 0 {
		limit = 50
	}
	hits, err := s.searchNames(ctx, words, kinds)
	if err != nil {
		return nil, err
	}
	if len(hits) >= limit {
		return hits[:limit], nil
	}
	err = s.read(ctx, func(q querier) error {
		f := finder{querier: q, kinds: kinds, limit: limit - len(hits)}
		keys, err := f.find(words)
		if err != nil {
			return err
		}
		found, err := s.hits(q, keys)
		hits = append(hits, found...)
		return err
	})
	return hits, err
}

// ranked is how many records are told apart by how well they fit; of more, none fits so much better that it is worth to
// look at all of them.
const ranked = 10_000

// finder finds the keys of records by their texts.
type finder struct {
	querier
	kinds []string // nil: all
	limit int
}

func (f finder) find(words []string) ([]int64, error) {
	var many int
	match := expression(words)
	err := f.row("SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)", match, ranked+1).Scan(&many)
	if err != nil || many == 0 {
		return nil, err
	}
	if many <= ranked {
		return f.keys(match, "bm25(search, 4, 1), search.rowid", f.limit)
	}
	beginning := "label : ^" + expression(words[:1])
	if len(words) > 1 {
		beginning = "(" + beginning + ") AND (" + expression(words[1:]) + ")"
	}
	keys, err := f.keys(beginning, "search.rowid", f.limit)
	if err != nil || len(keys) == f.limit {
		return keys, err
	}
	others, err := f.keys(match, "search.rowid", f.limit)
	for _, key := range others {
		if len(keys) < f.limit && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys, err
}

// keys returns those of the records that an expression matches.
func (f finder) keys(match, order string, limit int) ([]int64, error) {
	from, args := "search", []any{match}
	if len(f.kinds) > 0 {
		from = "search CROSS JOIN records r ON r.key = search.rowid AND r.kind IN (SELECT value FROM json_each(?))"
		kinds, err := json.Marshal(f.kinds)
		if err != nil {
			return nil, err
		}
		args = []any{string(kinds), match}
	}
	var keys []int64
	err := each(f, func(rows *sql.Rows) error {
		var key int64
		err := rows.Scan(&key)
		keys = append(keys, key)
		return err
	}, "SELECT search.rowid FROM "+from+" WHERE search MATCH ? ORDER BY "+order+" LIMIT ?", append(args, limit)...)
	return keys, err
}

// expression asks the full-text index for words that begin so.
func expression(words []string) string { return `"` + strings.Join(words, `"* "`) + `"*` }

// hits reads what was found, in the order of the keys.
func (s *Store) hits(q querier, keys []int64) ([]Hit, error) {
	var out []Hit
	for _, key := range keys {
		var h Hit
		var id []byte
		var row int64
		if err := q.row("SELECT id, kind, row FROM records WHERE key = ?", key).Scan(&id, &h.Kind, &row); err != nil {
			return nil, err
		}
		k := s.kinds()[h.Kind]
		if k == nil {
			continue // of a questionnaire that was taken away
		}
		if err := q.row("SELECT label FROM "+k.tables[0].name+" WHERE row = ?", row).Scan(&h.Label); err != nil {
			return nil, err
		}
		copy(h.Record[:], id)
		out = append(out, h)
	}
	return out, nil
}

// words splits a text into words without accents, in lower case.
func words(text string) []string {
	return strings.FieldsFunc(fold(text), func(r rune) bool { return !unicode.In(r, unicode.L, unicode.Nd, unicode.Mc) })
}

// findable is a text as the full-text index holds it: its words, so that both agree about what a word is in any script.
func findable(text string) string { return strings.Join(words(text), " ") }

func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
}

// searchNames finds records with a personal name.
func (s *Store) searchNames(ctx context.Context, wanted, kinds []string) ([]Hit, error) {
	var hits []Hit
	for _, name := range kindNames(s.kinds()) {
		k := s.kinds()[name]
		if !k.secret || len(kinds) > 0 && !slices.Contains(kinds, name) {
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
