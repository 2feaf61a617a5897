package graph_test

import (
	"os"
	"testing"

	"newsgraph/graph/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// The graph is the same in a PostgreSQL database.
func TestOnPostgres(t *testing.T) {
	t.Parallel()
	pgtest.Again(t, "^(TestRoundTrip|TestOrder|TestNamespaces|TestSharedClaim|TestUpdateRefuses|TestFilter|TestVerifyFinds|TestRecords|TestLookup|TestJudge|TestResolveDocument|TestOutlines|TestHeaders|TestRecordsAreMade|TestVerifyRecords|TestOpenReadsLittle)$")
}
