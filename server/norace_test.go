//go:build !race

package server_test

// raceEnabled says that the race detector is at work.
const raceEnabled = false
