package scene

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRecolouredChangesAllColoursOfACopy(t *testing.T) {
	black, white, red := RGB(0), RGB(0xFFFFFF), RGB(0xFF0000)
	made := func(ink, paper Colour) *Scene {
		return &Scene{Width: 10, Height: 5, Items: []Item{
			&Path{Fill: &paper, Segments: Rectangle(0, 0, 10, 5)},
			&Group{Items: []Item{
				&Path{Stroke: &Stroke{Colour: ink, Width: 1}, Segments: Rectangle(1, 1, 2, 2)},
				&Text{String: "n", Colour: ink},
			}},
			&Path{Fill: &red},
			&Link{Target: "#there"},
		}}
	}
	given := made(black, white)
	turned := given.Recoloured(func(c Colour) Colour {
		switch c {
		case black:
			return white
		case white:
			return black
		}
		return c
	})
	if diff := cmp.Diff(made(white, black), turned); diff != "" {
		t.Error("recoloured (-want +got):", diff)
	}
	if diff := cmp.Diff(made(black, white), given); diff != "" {
		t.Error("the scene given has changed (-want +got):", diff)
	}
}
