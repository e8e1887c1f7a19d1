package paper

import (
	"errors"

	"coopatlas/data/form"
	"coopatlas/data/form/interview"
	"coopatlas/data/words"
	"coopatlas/reports/scene"
)

// Config says what is set on paper.
type Config struct {
	Form   *form.Form
	Words  *words.Words
	Fonts  *scene.Fonts
	Length string               // "short", "standard" or "full"; empty asks everything
	Filled *interview.Interview // with the answers to print; nil for a blank questionnaire
	Record string               // the record's id, on every page of a filled one
}

// letters are the core letters of each length.
var letters = map[string]string{"": "", "short": "R", "standard": "RC", "full": "RCO"}

// ErrLength is returned for a length that questionnaires do not have.
var ErrLength = errors.New("a questionnaire has the lengths short, standard and full")

// Pages sets a questionnaire on pages of A4. The error wraps ErrLength, or says what is missing.
func Pages(cfg Config) ([]*scene.Scene, error) {
	if cfg.Form == nil || cfg.Words == nil || cfg.Fonts == nil {
		return nil, errors.New("a questionnaire is printed with its form, words and fonts: one of them was not given")
	}
	if _, known := letters[cfg.Length]; !known {
		return nil, ErrLength
	}
	s := &sheet{cfg: cfg, form: cfg.Form, fonts: cfg.Fonts, words: cfg.Words, known: map[string]string{},
		speaker: speaker{form: cfg.Form, words: cfg.Words}}
	if q, is := cfg.Form.ByConcept("length"); is && cfg.Length != "" {
		s.known[q.Name] = cfg.Length
	}
	s.cover()
	s.items(cfg.Form.Root, "", 1)
	if s.asked == 0 {
		return nil, errors.New("the questionnaire asks nothing in this length")
	}
	return s.paginate(), nil
}

// sheet collects the blocks of a questionnaire in their order.
type sheet struct {
	speaker
	cfg    Config
	form   *form.Form
	fonts  *scene.Fonts
	words  *words.Words
	known  map[string]string
	blocks []block
	asked  int
}

// block is what stays together on a page where it can: its pieces are only parted where a page cannot hold them all.
type block struct {
	pieces []piece
	keep   bool // with the first piece of the next block
	space  float64
}

// piece is a strip of a page as wide as the text: what it draws stays within its height.
type piece struct {
	height float64
	draw   func(p *pen)
}

func (b block) height() float64 {
	total := 0.0
	for _, piece := range b.pieces {
		total += piece.height
	}
	return total
}

func (s *sheet) add(b block) { s.blocks = append(s.blocks, b) }
