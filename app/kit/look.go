package kit

// Mode says whether the window is light or dark.
type Mode string

// The modes.
const (
	System Mode = ""
	Light  Mode = "light"
	Dark   Mode = "dark"
)

// Density says how much room rows and fields take.
type Density string

// The densities.
const (
	Comfortable Density = ""
	Compact     Density = "compact"
)

// Look is how a person wants the window to look. Its zero value follows the system, at the normal text size.
type Look struct {
	Mode    Mode
	Density Density
	Text    float32 // size of text, 1 is normal; 0 is too; 1.25 is the largest that everything is laid out for
}

// State is what a badge or a line says about something: always with an icon and a word too.
type State uint8

// The states.
const (
	Neutral State = iota
	Active        // the primary colour: chosen, under way
	Accent        // the one thing that wants attention
	Good
	Warn
	Bad
	Plainly // no icon, no colour
)
