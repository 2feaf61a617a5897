package path_test

import (
	"os"
	"testing"

	"newsgraph/graph/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// Searches find the same in a PostgreSQL database.
func TestOnPostgres(t *testing.T) {
	t.Parallel()
	pgtest.Again(t, "^(TestSearch|TestNoPath|TestHop|TestRelated|TestBetween|TestSearchAgainstBruteForce|TestRelatedAgainstBruteForce)$")
}
