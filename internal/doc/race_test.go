//go:build race

package doc

const raceEnabled = true
