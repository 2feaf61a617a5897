package query_test

import (
	"os"
	"testing"

	"newsgraph/graph/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// Queries find the same in a PostgreSQL database.
func TestOnPostgres(t *testing.T) {
	t.Parallel()
	pgtest.Again(t, "^(TestGizmo|TestGizmoErrors|TestLanguages|TestLanguageErrors|TestDeadline|TestProbes)$")
}
