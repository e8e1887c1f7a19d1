package trends

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
)

// errClipboard says that this computer has nothing that puts pictures on its clipboard; the toolkit takes texts only.
var errClipboard = errors.New("there is no program here that copies pictures")

// copyPicture puts a PNG file on the clipboard, with the program that the system has for it.
func copyPicture(path string) error {
	name, args := clipboardProgram(runtime.GOOS, os.Getenv("WAYLAND_DISPLAY") != "", path)
	found, err := exec.LookPath(name)
	if err != nil {
		return fmt.Errorf("%w: %s", errClipboard, name)
	}
	command := exec.Command(found, args...)
	if name == "wl-copy" {
		picture, err := os.Open(path)
		if err != nil {
			return err
		}
		defer picture.Close()
		command.Stdin = picture
	}
	if err := command.Run(); err != nil {
		return fmt.Errorf("%w: %s: %w", errClipboard, name, err)
	}
	return nil
}

// clipboardProgram is the program of a system that takes a picture onto its clipboard, and what it is told.
func clipboardProgram(system string, wayland bool, path string) (name string, args []string) {
	switch {
	case system == "windows":
		return "powershell", []string{"-NoProfile", "-STA", "-Command", "Add-Type -AssemblyName System.Windows.Forms,System.Drawing; " +
			"$i=[System.Drawing.Image]::FromFile('" + path + "'); [System.Windows.Forms.Clipboard]::SetImage($i); $i.Dispose()"}
	case system == "darwin":
		return "osascript", []string{"-e", `set the clipboard to (read (POSIX file "` + path + `") as «class PNGf»)`}
	case wayland:
		return "wl-copy", []string{"--type", "image/png"}
	}
	return "xclip", []string{"-selection", "clipboard", "-t", "image/png", "-i", path}
}
