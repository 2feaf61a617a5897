package export_test

import (
	"os"
	"testing"

	"newsgraph/graph/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// Exports are the same, byte for byte, from a PostgreSQL database.
func TestOnPostgres(t *testing.T) {
	t.Parallel()
	pgtest.Again(t, "^(TestNQuads|TestNQuadsForeign|TestRDF|TestClaims|TestPaths|TestDeterminism)$")
}
