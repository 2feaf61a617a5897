package settings_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
	"gopkg.in/yaml.v3"

	"newsgraph/internal/settings"
)

// load reads the settings in a fresh folder with the given file, variable and flag (each empty for none).
func load(t *testing.T, file, env, flag string) (*settings.Settings, error) {
	t.Helper()
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	if file != "" {
		if err := os.WriteFile("config.yaml", []byte(file), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if env != "" {
		name, value, _ := strings.Cut(env, "=")
		t.Setenv(name, value)
	}
	flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
	flags.String("store", "", "")
	flags.String("timeout", "", "")
	if flag != "" {
		if err := flags.Parse([]string{flag}); err != nil {
			t.Fatal(err)
		}
	}
	return settings.Load("", flags)
}

func TestPrecedence(t *testing.T) {
	tests := []struct {
		name, file, env, flag string
		want, origin          string
	}{
		{"default", "", "", "", "./newsgraph.db", "default"},
		{"file over default", "store: {path: f.db}", "", "", "f.db", "file config.yaml"},
		{"environment over file", "store: {path: f.db}", "NEWSGRAPH_STORE_PATH=e.db", "", "e.db", "env NEWSGRAPH_STORE_PATH"},
		{"flag over all", "store: {path: f.db}", "NEWSGRAPH_STORE_PATH=e.db", "--store=g.db", "g.db", "flag --store"},
		{"empty variable is none", "store: {path: f.db}", "NEWSGRAPH_STORE_PATH=", "", "f.db", "file config.yaml"},
		{"another key in the file", "query: {limit: 7}", "", "", "./newsgraph.db", "default"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := load(t, tt.file, tt.env, tt.flag)
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Text("store.path"); got != tt.want {
				t.Errorf("store.path = %q, want %q", got, tt.want)
			}
			if got := s.Origin("store.path"); got != tt.origin {
				t.Errorf("origin = %q, want %q", got, tt.origin)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	tests := []struct{ name, file, env, flag, want string }{
		{"unknown key", "query:\n  limit: 7\n  depth: 3\n", "", "", "config.yaml: query.depth: unknown setting"},
		{"unknown section", "quary: {limit: 7}", "", "", "config.yaml: quary.limit: unknown setting"},
		{"not yaml", "query: [", "", "", "read settings config.yaml"},
		{"not a number", "query: {limit: many}", "", "", `file config.yaml: query.limit: want a whole number, zero or more, not "many"`},
		{"negative", "", "NEWSGRAPH_QUERY_LIMIT=-1", "", "env NEWSGRAPH_QUERY_LIMIT: query.limit"},
		{"not a duration", "", "", "--timeout=soon", "flag --timeout: query.timeout: want a duration"},
		{"not a choice", "output: {format: xml}", "", "", "output.format: want one of auto, table, json, jsonl"},
		{"named file missing", "", "NEWSGRAPH_CONFIG=no.yaml", "", "no.yaml"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := load(t, tt.file, tt.env, tt.flag)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error = %v, want %q in it", err, tt.want)
			}
			var bad *settings.Error
			if errors.As(err, &bad) && bad.Key == "" {
				t.Error("the error names no key")
			}
		})
	}
}

// TestConfigFile holds config.yaml in step with the code: every setting, its default, a comment above it.
func TestConfigFile(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "config.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]map[string]yaml.Node
	if err := yaml.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	got, want := map[string]string{}, map[string]string{}
	for section, keys := range tree {
		for key, node := range keys {
			got[section+"."+key] = node.Value
		}
	}
	for _, s := range settings.All() {
		want[s.Key] = s.Default
		_, key, _ := strings.Cut(s.Key, ".")
		if !strings.Contains(string(text), "  # "+s.Usage) || !strings.Contains(string(text), "  "+key+": ") {
			t.Errorf("config.yaml lacks the comment %q above %s", "# "+s.Usage, key)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("config.yaml and the code differ (-code +file):\n%s", diff)
	}
}
