package document

import (
	"bytes"
	"image"
	_ "image/jpeg" // logos may be JPEG
	_ "image/png"  // or PNG
)

// logoSize gives the largest size of a picture in a box, its shape kept; one that cannot be read is taken to be square.
func logoSize(data []byte, width, height float64) (w, h float64) {
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Height == 0 || config.Width == 0 {
		return height, height
	}
	scale := min(width/float64(config.Width), height/float64(config.Height))
	return float64(config.Width) * scale, float64(config.Height) * scale
}

// mediaType tells PNG from JPEG by the first bytes.
func mediaType(data []byte) string {
	if bytes.HasPrefix(data, []byte("\xff\xd8")) {
		return "image/jpeg"
	}
	return "image/png"
}
