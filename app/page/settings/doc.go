// Package settings is where a person sets how the program looks and what it speaks, and the workspace's name and
// letterhead; makes backups and brings one back; and reads the keyboard map and the licences.
//
// What is set is in force at once; there is nothing to save but the workspace's own settings, which are written as a
// field is left. To add a part, add one entry to parts and its file.
package settings
