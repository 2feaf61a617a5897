package export

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Folder takes the files of a format that writes several, one after the other.
type Folder interface {
	// File lets write fill the file of that name. The writer is good until write returns.
	File(name string, write func(w io.Writer) error) error
}

// WriteDir lets write fill the files of a folder, which is made if it is not there. The files appear when all are written;
// after an error none has changed. Other files in the folder stay.
func WriteDir(dir string, write func(to Folder) error) (err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	d := &dirFolder{dir: dir}
	defer func() { err = errors.Join(err, d.discard()) }()
	if err := write(d); err != nil {
		return err
	}
	return d.commit()
}

// dirFolder holds files under temporary names until they are all there.
type dirFolder struct {
	dir   string
	files []tempFile
}

type tempFile struct{ temporary, name string }

func (d *dirFolder) File(name string, write func(w io.Writer) error) error {
	f, err := os.CreateTemp(d.dir, "."+name+".*")
	if err != nil {
		return err
	}
	defer f.Close()
	d.files = append(d.files, tempFile{f.Name(), filepath.Join(d.dir, name)})
	buffer := bufio.NewWriter(f)
	if err := write(buffer); err != nil {
		return err
	}
	if err := buffer.Flush(); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	return f.Close()
}

func (d *dirFolder) commit() error {
	for len(d.files) > 0 {
		if err := os.Rename(d.files[0].temporary, d.files[0].name); err != nil {
			return err
		}
		d.files = d.files[1:]
	}
	return nil
}

func (d *dirFolder) discard() error {
	var errs []error
	for _, f := range d.files {
		errs = append(errs, os.Remove(f.temporary))
	}
	return errors.Join(errs...)
}

// WriteZip lets write fill the files of a zip archive, which carries no times: the same files give the same bytes.
func WriteZip(w io.Writer, write func(to Folder) error) error {
	z := zipFolder{zip.NewWriter(w)}
	if err := write(z); err != nil {
		return err
	}
	return z.w.Close()
}

type zipFolder struct{ w *zip.Writer }

func (z zipFolder) File(name string, write func(w io.Writer) error) error {
	w, err := z.w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return fmt.Errorf("pack %s: %w", name, err)
	}
	return write(w)
}
