package workspace

import (
	"crypto/rand"
	"io"
	"sync"
	"time"

	"coopatlas/data/record"
)

// idSource makes ids of records and rows; it may be used by several goroutines.
type idSource struct {
	mutex  sync.Mutex
	random io.Reader
	now    func() time.Time
}

func newIDSource(cfg Config) *idSource {
	s := &idSource{random: cfg.Random, now: cfg.Now}
	if s.random == nil {
		s.random = rand.Reader
	}
	if s.now == nil {
		s.now = time.Now
	}
	return s
}

func (s *idSource) next() record.ID {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var random [10]byte
	if _, err := io.ReadFull(s.random, random[:]); err != nil {
		panic("workspace: the source of randomness failed: " + err.Error()) // crypto/rand never does
	}
	return record.NewID(s.now(), random)
}
