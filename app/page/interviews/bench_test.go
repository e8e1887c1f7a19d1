package interviews

import (
	"testing"

	"fyne.io/fyne/v2"

	"coopatlas/app/stage"
)

// BenchmarkMoveBetweenFields is what a person waits for from Enter until the next field has the keyboard: the answer is
// kept on disk in between. It is to stay under 16 ms.
func BenchmarkMoveBetweenFields(b *testing.B) {
	s := stage.New(b, stage.Config{})
	f := begun(b, s)
	f.goToPath("membership/members")
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		f.goToPath("membership/members")
		s.Type([]string{"42", "43"}[i%2])
		b.StartTimer()
		s.Key(fyne.KeyReturn)
	}
}

// BenchmarkMoveBetweenSections is what a person waits for until the longest section of a mapping is shown. It is to stay
// under 100 ms.
func BenchmarkMoveBetweenSections(b *testing.B) {
	s := stage.New(b, stage.Config{})
	f := begun(b, s)
	longest := 0
	for i, part := range f.sections {
		if len(part.steps) > len(f.sections[longest].steps) {
			longest = i
		}
	}
	for b.Loop() {
		f.showSection(longest, "")
	}
}

// BenchmarkSearchInALongList is what a person waits for at each letter typed to find a region.
func BenchmarkSearchInALongList(b *testing.B) {
	s := stage.New(b, stage.Config{})
	f := begun(b, s)
	q, _ := f.session.Interview().Question("location/region")
	for b.Loop() {
		f.findNow(q, "location/region", "lom")
	}
}
