// Package settings reads newsgraph's settings: a flag wins over a NEWSGRAPH_* environment variable, that
// over the configuration file, that over the default. It knows which layer won. An unknown key in the
// file and a value of the wrong kind are an *Error that names the place.
package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"newsgraph/schema"
)

// EnvPrefix begins the name of every environment variable that newsgraph reads.
const EnvPrefix = "NEWSGRAPH"

// Kind is the kind of value a setting takes.
type Kind uint8

// The kinds of settings.
const (
	Text     Kind = iota
	Count         // a whole number, zero or more
	Duration      // Go's form: 30s, 2m
	Choice        // one of Setting.Choices
	Address       // a URL, whose password nobody may see
)

// Setting is one thing that can be set.
type Setting struct {
	Key     string // dotted, lower case: "store.path"
	Flag    string // the flag that sets it, without dashes; empty for none
	Kind    Kind
	Default string
	Choices []string
	Usage   string // one line
}

// The values of store.backend.
const (
	Pebble   = "pebble"
	Postgres = "postgres"
	Memory   = "memstore"
)

// Backends lists the values of store.backend.
func Backends() []string { return []string{Pebble, Postgres, Memory} }

// All lists every setting, in the order of config.yaml.
func All() []Setting {
	return []Setting{
		{Key: "store.path", Flag: "store", Default: "./newsgraph.db", Usage: "folder of the graph store"},
		{Key: "store.backend", Flag: "backend", Kind: Choice, Default: Pebble, Choices: Backends(), Usage: "what keeps the graph: pebble (the folder), postgres (the database at store.address) or memstore (memory, for serve alone: nothing is kept)"},
		{Key: "store.address", Kind: Address, Usage: "address of the database for postgres: postgres://USER:PASSWORD@HOST:PORT/DATABASE"},
		{Key: "graph.base_iri", Flag: "base-iri", Default: schema.DefaultBase, Usage: "base of all IRIs in a new store"},
		{Key: "ingest.workers", Flag: "workers", Kind: Count, Default: "0", Usage: "articles analysed at once; 0 for the number of cores"},
		{Key: "ingest.batch", Flag: "batch", Kind: Count, Default: "200", Usage: "fewest articles in one commit; what a crash loses is the commit under way"},
		{Key: "ingest.max_bytes", Flag: "max-bytes", Kind: Count, Default: "20971520", Usage: "largest file taken in, in bytes"},
		{Key: "entities.decisions", Flag: "decisions", Usage: "file with decisions on which entities are one; empty for decisions.tsv in the store"},
		{Key: "query.timeout", Flag: "timeout", Kind: Duration, Default: "30s", Usage: "longest time a query or path search may take"},
		{Key: "query.limit", Flag: "limit", Kind: Count, Default: "100", Usage: "most rows a query gives; 0 for all"},
		{Key: "path.max_hops", Flag: "max-hops", Kind: Count, Default: "4", Usage: "longest path searched"},
		{Key: "path.k", Flag: "paths", Kind: Count, Default: "3", Usage: "number of paths given; 0 for all"},
		{Key: "path.max_steps", Flag: "max-steps", Kind: Count, Default: "5000000", Usage: "most claims and partial paths that a search looks at"},
		{Key: "server.bind", Flag: "bind", Default: "127.0.0.1:64210", Usage: "address to listen on, HOST:PORT; one that is not loopback needs a token"},
		{Key: "server.token_file", Flag: "token-file", Default: "", Usage: "file that holds the token which requests must bear"},
		{Key: "server.query_rows", Flag: "query-rows", Kind: Count, Default: "10000", Usage: "most rows a query over HTTP gives"},
		{Key: "server.max_body", Flag: "max-body", Kind: Count, Default: "67108864", Usage: "largest request over HTTP, in bytes"},
		{Key: "output.format", Flag: "format", Kind: Choice, Default: "auto", Choices: []string{"auto", "table", "json", "jsonl", "html"}, Usage: "table, json, jsonl or html (a page; show and path); auto goes by the name of the output, else is table on a terminal and jsonl elsewhere"},
		{Key: "output.color", Flag: "color", Kind: Choice, Default: "auto", Choices: []string{"auto", "always", "never"}, Usage: "colour on the terminal: auto, always or never"},
	}
}

// Env is the environment variable that sets the setting.
func (s Setting) Env() string { return EnvPrefix + "_" + envName.Replace(strings.ToUpper(s.Key)) }

var envName = strings.NewReplacer(".", "_")

// Settings are the values in force.
type Settings struct {
	v     *viper.Viper
	flags *pflag.FlagSet
	file  string // the file read, empty for none
	known []Setting
}

// Error says which setting is wrong and where it was set.
type Error struct{ Key, Origin, Msg string }

// Error gives "origin: key: message".
func (e *Error) Error() string { return e.Origin + ": " + e.Key + ": " + e.Msg }

// Load reads the settings. file is the one that --config names; where it is empty, the first of
// $NEWSGRAPH_CONFIG, ./config.yaml, $XDG_CONFIG_HOME/newsgraph/config.yaml and /etc/newsgraph/config.yaml
// that exists is read, if any. A file named by --config or $NEWSGRAPH_CONFIG must exist. Flags in flags
// count where they were given on the command line; flags may be nil.
func Load(file string, flags *pflag.FlagSet) (*Settings, error) {
	s := &Settings{v: viper.New(), flags: flags, known: All()}
	for _, k := range s.known {
		s.v.SetDefault(k.Key, k.Default)
		if f := s.lookup(k.Flag); f != nil {
			if err := s.v.BindPFlag(k.Key, f); err != nil {
				return nil, err
			}
		}
	}
	s.v.SetEnvPrefix(EnvPrefix)
	s.v.SetEnvKeyReplacer(envName)
	s.v.AutomaticEnv()
	if err := s.readFile(file); err != nil {
		return nil, err
	}
	return s, s.check()
}

func (s *Settings) lookup(flag string) *pflag.Flag {
	if s.flags == nil || flag == "" {
		return nil
	}
	return s.flags.Lookup(flag)
}

// readFile finds the configuration file, refuses unknown keys and merges it.
func (s *Settings) readFile(file string) error {
	file, err := find(file)
	if err != nil || file == "" {
		return err
	}
	s.file = file
	own := viper.New() // apart from the defaults, so that its keys are the file's
	own.SetConfigFile(file)
	own.SetConfigType("yaml")
	if err := own.ReadInConfig(); err != nil {
		return fmt.Errorf("read settings %s: %w", file, err)
	}
	keys := own.AllKeys()
	slices.Sort(keys)
	for _, key := range keys {
		if !slices.ContainsFunc(s.known, func(k Setting) bool { return k.Key == key }) {
			return &Error{Key: key, Origin: file, Msg: "unknown setting (newsgraph config show lists them)"}
		}
	}
	return s.v.MergeConfigMap(own.AllSettings())
}

// find returns the path of the file to read, empty for none.
func find(file string) (string, error) {
	if file == "" {
		file = os.Getenv(EnvPrefix + "_CONFIG")
	}
	if file != "" {
		return file, nil
	}
	for _, path := range Places() {
		_, err := os.Stat(path)
		if err == nil {
			return path, nil
		}
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
			return "", fmt.Errorf("read settings: %w", err)
		}
	}
	return "", nil
}

// Places lists where a configuration file is looked for when none is named, in order.
func Places() []string {
	places := []string{"config.yaml"}
	if dir, err := os.UserConfigDir(); err == nil { // $XDG_CONFIG_HOME, else ~/.config
		places = append(places, filepath.Join(dir, "newsgraph", "config.yaml"))
	}
	return append(places, "/etc/newsgraph/config.yaml")
}

// check refuses values of the wrong kind.
func (s *Settings) check() error {
	for _, k := range s.known {
		if msg := k.wrong(s.Text(k.Key)); msg != "" {
			return &Error{Key: k.Key, Origin: s.Origin(k.Key), Msg: msg}
		}
	}
	return nil
}

// wrong says what is wrong with the value, or nothing.
func (s Setting) wrong(value string) string {
	switch s.Kind {
	case Count:
		if n, err := strconv.Atoi(value); err != nil || n < 0 {
			return fmt.Sprintf("want a whole number, zero or more, not %q", value)
		}
	case Duration:
		if d, err := time.ParseDuration(value); err != nil || d < 0 {
			return fmt.Sprintf("want a duration such as 30s, not %q", value)
		}
	case Choice:
		if !slices.Contains(s.Choices, value) {
			return fmt.Sprintf("want one of %s, not %q", strings.Join(s.Choices, ", "), value)
		}
	}
	return ""
}

// Text gives the value as text.
func (s *Settings) Text(key string) string { return fmt.Sprint(s.v.Get(key)) }

// Shown gives the value as people may see it: an address without its password.
func (s *Settings) Shown(key string) string {
	value := s.Text(key)
	if value == "" || !slices.ContainsFunc(s.known, func(k Setting) bool { return k.Key == key && k.Kind == Address }) {
		return value
	}
	u, err := url.Parse(value)
	if err != nil || u.Scheme == "" || u.Opaque != "" {
		return "(no address)"
	}
	query := u.Query()
	for name := range query {
		if strings.Contains(strings.ToLower(name), "pass") {
			query.Set(name, "xxxxx")
		}
	}
	u.RawQuery = query.Encode()
	return u.Redacted()
}

// Count gives the value of a Count setting.
func (s *Settings) Count(key string) int {
	n, _ := strconv.Atoi(s.Text(key)) // checked by Load
	return n
}

// Duration gives the value of a Duration setting.
func (s *Settings) Duration(key string) time.Duration {
	d, _ := time.ParseDuration(s.Text(key)) // checked by Load
	return d
}

// Set reports whether anything but the default sets the key.
func (s *Settings) Set(key string) bool { return s.Origin(key) != "default" }

// Origin says which layer won: "flag --store", "env NEWSGRAPH_STORE_PATH", "file PATH" or "default".
func (s *Settings) Origin(key string) string {
	for _, k := range s.known {
		if k.Key != key {
			continue
		}
		if f := s.lookup(k.Flag); f != nil && f.Changed {
			return "flag --" + k.Flag
		}
		if os.Getenv(k.Env()) != "" {
			return "env " + k.Env()
		}
		if s.v.InConfig(key) {
			return "file " + s.file
		}
	}
	return "default"
}

// File is the configuration file that was read, empty for none.
func (s *Settings) File() string { return s.file }
