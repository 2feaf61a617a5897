package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// How the network is learned: two networks learn from the treebanks and name lists, one on each core. Together they
// read raw text and news with links. Then the first goes on from where it is with all of it, on both cores, and at last
// the layer for names learns on top of it.
const (
	teacherEpochs = 9
	epochs        = 14
	nameEpochs    = 8
)

// network trains the network by network.py, which says how.
func (t *trainer) network() error {
	path := func(name string) string { return filepath.Join(t.work, name) }
	learned := []string{path("teacher1.pt"), path("teacher2.pt")}
	var wg sync.WaitGroup
	errs := make([]error, len(learned))
	for i, out := range learned {
		wg.Go(func() {
			errs[i] = t.script("learn", "--workers", "1", "--out", out, "--seed", fmt.Sprint(i+1), "--epochs", fmt.Sprint(teacherEpochs*t.budget))
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	if err := t.script("label", append([]string{"--out", path("silver.bin")}, learned...)...); err != nil {
		return err
	}
	if err := t.script("link", append([]string{"--out", path("linked.bin")}, learned...)...); err != nil {
		return err
	}
	if err := t.script("learn", "--out", path("network.pt"), "--start", learned[0], "--silver", path("silver.bin"), "--linked", path("linked.bin"),
		"--seed", "7", "--epochs", fmt.Sprint(epochs*t.budget), "--silver-share", "0.7", "--batch", "800", "--rate", "2e-3", "--drop", "0.2"); err != nil {
		return err
	}
	if err := t.script("names", "--out", path("named.pt"), "--linked", path("linked.bin"), "--epochs", fmt.Sprint(nameEpochs*t.budget),
		"--drop", "0.6", "--linked-share", "0.2", "--rate", "3e-3", path("network.pt")); err != nil {
		return err
	}
	return t.script("export", "--out", filepath.Join(t.out, "network.bin"), path("named.pt"))
}

// script runs a command of network.py.
func (t *trainer) script(command string, args ...string) error {
	args = append([]string{"-u", "internal/train/network.py", command, "--dir", t.work}, args...)
	log.Print(t.python, " ", strings.Join(args, " "))
	c := exec.Command(t.python, args...)
	c.Stdout, c.Stderr = os.Stderr, os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: %w", command, err)
	}
	return nil
}
