package query_test

import (
	"testing"
	"time"

	"newsgraph/graph/query"
)

// Whatever a script calls, the process lives and the query ends.
func TestProbes(t *testing.T) {
	t.Parallel()
	g := news(t)
	for _, text := range []string{
		`g.V().Save()`, `g.V().Save("loans", 5).All()`, `g.V("Russia").Back("none").All()`, `g.V("Russia").Tag("a").Back().All()`, `g.V().GetLimit(-1)`, `g.V().GetLimit()`,
		`g.V("Russia").Skip(-5).All()`, `g.V("Russia").Skip(1e300).All()`, `g.V("Russia").Limit(NaN).All()`, `g.V("Russia").Limit(-1).All()`,
		`g.V("Russia").FollowRecursive().All()`, `g.V("Russia").FollowRecursive(null).All()`, `g.V("Russia").FollowRecursive("loans", -1).All()`,
		`typed("x")`, `typed("x", "y", "z")`, `typed()`, `lang("x")`, `iri()`, `str(1)`, `str()`, `bnode()`, `raw("x")`, `g.V(raw("x")).All()`,
		`regex(5)`, `regex()`, `like(5)`, `like()`, `lt()`, `lt({})`, `lt(null)`, `regex("x", "y")`, `g.V().Filter(lt(undefined)).All()`,
		`g.V("Russia").LabelContext().All()`, `g.V("Russia").LabelContext(null).All()`, `g.V("Russia").Order().All()`,
		`g.V().Has("loans", lt("x"), "Belarus").All()`, `g.V().Has("loans", "Belarus", lt("x")).All()`, `g.V().Has().All()`, `g.V().Has(null).All()`, `g.V().Has("loans").All()`,
		`g.Emit(function () {})`, `var o = {}; o.o = o; g.Emit(o)`, `g.Emit(undefined)`, `g.Emit(new Date(0))`, `g.Emit(NaN)`, `g.Emit()`, `g.Emit(/x/)`, `g.Emit(new Error("x"))`,
		`g.V(null).All()`, `g.V(undefined).All()`, `g.V([]).All()`, `g.V([[["Russia"]]]).All()`, `g.V("").All()`, `g.V("<>").All()`, `g.V("_:").All()`, `g.V("\"").All()`, `g.V(":").All()`, `g.V("\u0000").All()`,
		`g.V("Russia").Out("").All()`, `g.V("Russia").Out(undefined).All()`, `g.V("Russia").Out([]).All()`, `g.V("Russia").Out(g.M()).All()`, `g.V("Russia").Out(g.V("loans")).All()`,
		`g.V("Russia").In(g.V("Russia")).All()`, `g.V("Russia").Follow(g.V("Belarus")).All()`, `g.M().All()`, `g.M().Out("loans").All()`, `g.M().Count()`,
		`g.V("Russia").ForEach(function () { throw 1 })`, `g.V("Russia").ForEach(function () { throw {} })`, `g.V("Russia").ForEach("x", function () {})`, `throw null`, `throw g.V()`,
		`g.V("Russia").path = null; g.V("Russia").All()`, `var p = g.V("Russia"); p.path = 5; p.All()`, `var p = g.V("Russia"); p.path = {}; p.Out("loans").All()`, `g.V = 1; g.V()`, `delete g.V; g.V()`,
		`g.V("Russia").constructor.prototype.all.call({})`, `g.V.call(null, "Russia").All()`, `Function("return this")().g === g`, `eval("1+1")`, `new Date("x")`, `g.V(new Date(NaN)).All()`, `g.V(new Date(0)).All()`,
		`g.V().InPredicates().All()`, `g.V().OutPredicates().All()`, `g.V("Russia").SaveInPredicates("p").All()`, `g.V("Russia").SaveOutPredicates("p").All()`, `g.V().Labels().All()`,
		`g.V("Russia").Except(g.M()).All()`, `g.V("Russia").Union(g.V("Belarus")).All()`, `g.V("Russia").And(g.M()).All()`, `g.V().Unique().Count()`, `g.V(1.5, true, -0).All()`, `g.V(1e400).All()`,
		`g.V("one two three").Is("Russia").All()`, `g.V("Russia").Tag().All()`, `g.V("Russia").Tag("").All()`, `g.V("Russia").As("a", "a").All()`, `g.V("Russia").ToArray(-1)`, `g.V("Russia").ToArray("x")`, `g.V().TagValue()`,
		`g.V("Putin").Out(null, "x").All()`, `g.V("Putin").Out(["leads", null]).All()`, `g.V("Putin").Out("leads", ["a", "b"]).All()`, `g.V("Putin").Both(["leads"]).All()`, `g.IRI(5)`, `g.Uri("x").value`,
	} {
		t.Run(text, func(t *testing.T) {
			start := time.Now()
			rows, err := run(t, g, text, query.Options{Timeout: 2 * time.Second})
			if took := time.Since(start); took > 4*time.Second {
				t.Errorf("took %v", took)
			}
			t.Log(rows, err)
		})
	}
}
