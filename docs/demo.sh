#!/bin/sh
# The demonstration behind `make demo`. Everything it makes is under $OUT; run it as often as you like.
set -eu
BIN=${BIN:-bin/newsgraph} OUT=${OUT:-out}
store=$OUT/demo.db
mkdir -p "$OUT"
rm -rf "$store"
run() {
	echo
	echo "\$ $*"
	"$@"
}
echo "The sample articles go into a new graph in $store."
run "$BIN" ingest data/samples --store "$store"
echo
echo "What did Russia do for Belarus?"
run "$BIN" show Russia --to Belarus --store "$store" --format table
echo
echo "How is Tikhanovskaya linked to Putin?"
run "$BIN" path Tikhanovskaya Putin --store "$store" --format table
echo
echo "Everything as N-Quads:"
run "$BIN" export --format nq --store "$store" -o "$OUT/demo.nq"
echo "$OUT/demo.nq: $(wc -l <"$OUT/demo.nq") quads"
