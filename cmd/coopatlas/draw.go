//go:build !darwin

package main

import (
	"errors"
	"fmt"

	"github.com/go-gl/glfw/v3.4/glfw"
)

// canDraw tries a hidden window with what the toolkit asks of OpenGL, because the toolkit itself ends with words for
// programmers where there is none.
// It also says whether the keyboard types digits without Shift.
func canDraw() (digits bool, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%v", fault)
		}
	}()
	if err := glfw.Init(); err != nil {
		return true, errors.New("there is no display: " + err.Error())
	}
	defer glfw.Terminate()
	glfw.WindowHint(glfw.Visible, glfw.False)
	glfw.WindowHint(glfw.ContextVersionMajor, 2)
	glfw.WindowHint(glfw.ContextVersionMinor, 1)
	window, err := glfw.CreateWindow(8, 8, "", nil, nil)
	if err != nil {
		return true, errors.New("OpenGL 2.1 is missing: " + err.Error())
	}
	window.Destroy()
	return glfw.GetKeyName(glfw.Key1, 0) == "1", nil
}
