package api

import (
	"net/http/httptest"
	"reflect"
	"slices"
	"testing"

	"newsgraph/graph"
)

// Whatever a search for paths can be told on the command line it can be told in an address.
func TestPathsTakeEverything(t *testing.T) {
	t.Parallel()
	p := newParams(httptest.NewRequest("GET", "/api/paths?from=a&to=b&via=c&k=2&max_hops=3&offset=1&order=best&directed=true&predicate=x&avoid=y"+
		"&factuality=alleged&publisher=P&since=2020&until=2021&published_since=2019&published_until=2022&min_confidence=0.5&min_publishers=2"+
		"&source=S&own_voice=true&type=Person&document=d", nil))
	q := p.paths()
	if err := p.done(); err != nil {
		t.Fatal(err)
	}
	beside := []string{"Via", "Filter", "MaxClaims", "MaxSteps"} // found out later, or not for callers to say
	for _, v := range []any{q.choice, q.options} {
		fields := reflect.ValueOf(v)
		for i := range fields.NumField() {
			if name := fields.Type().Field(i).Name; fields.Field(i).IsZero() && !slices.Contains(beside, name) {
				t.Errorf("no parameter sets %s", name)
			}
		}
	}
}

// Each part of a filter can be taken away by its parameters.
func TestParametersOfFilters(t *testing.T) {
	t.Parallel()
	for c := graph.ByPredicate; c <= graph.ByPublisher; c <<= 1 {
		if len(parametersOf(c)) == 0 {
			t.Errorf("no parameter makes the filter by %s", c)
		}
	}
}
