#!/bin/sh
# Ingests the samples and lets foreign strict parsers read what is written of them as RDF; says which of them it had to skip.
set -eu
BIN=${BIN:-bin/newsgraph} OUT=${OUT:-out}
work=$OUT/export-check
oxigraph=graph/rdf/testdata/npm
rm -rf "$work"
mkdir -p "$work"
"$BIN" ingest data/samples --store "$work/store" -q
for format in nq trig ttl jsonld; do
	"$BIN" export --format $format --store "$work/store" -o "$work/export.$format"
done
quads=$(wc -l <"$work/export.nq")

# check FORMAT COMMAND...: the command reads the file of that format.
check() {
	format=$1
	shift
	if ! command -v "$1" >/dev/null; then
		echo "export: $1 skipped, not installed (apt-get install serdi raptor2-utils)"
		return
	fi
	"$@" "$work/export.$format" >/dev/null
	echo "export: $1 accepts $quads quads as $format"
}
check nq serdi -q -i nquads -o nquads
check trig serdi -q -i trig -o nquads
check ttl serdi -q -i turtle -o ntriples
check nq rapper -q -c -i nquads
check ttl rapper -q -c -i turtle

# oxigraph gets the same quads from every format that has graphs.
if command -v node >/dev/null && [ -d "$oxigraph/node_modules/oxigraph" ]; then
	for format in nq trig jsonld; do
		case $format in nq) type=n-quads ;; jsonld) type=ld+json ;; *) type=$format ;; esac
		node "$oxigraph/oxigraph.js" "application/$type" <"$work/export.$format" | "$BIN" convert - - --from nq --to nq | LC_ALL=C sort -u >"$work/oxigraph.nq"
		cmp "$work/export.nq" "$work/oxigraph.nq"
		echo "export: oxigraph reads the same $quads quads from $format"
	done
else
	echo "export: oxigraph skipped, not installed (npm ci --prefix $oxigraph)"
fi
