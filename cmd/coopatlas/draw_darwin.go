package main

// canDraw is so on every Mac: OpenGL is part of the system. Digits are taken to need no Shift.
func canDraw() (digits bool, err error) { return true, nil }
