#!/bin/sh
# Ingests the samples and lets foreign strict parsers read the export; says which of them it had to skip.
set -eu
BIN=${BIN:-bin/newsgraph} OUT=${OUT:-out}
work=$OUT/export-check
rm -rf "$work"
mkdir -p "$work"
"$BIN" ingest data/samples --store "$work/store" -q
"$BIN" export --format nq --store "$work/store" -o "$work/export.nq"
for reader in "serdi -q -i nquads -o nquads" "rapper -q -c -i nquads"; do
	if command -v "${reader%% *}" >/dev/null; then
		$reader "$work/export.nq" >/dev/null
		echo "export: ${reader%% *} accepts $(wc -l <"$work/export.nq") quads"
	else
		echo "export: ${reader%% *} skipped, not installed (apt-get install serdi raptor2-utils)"
	fi
done
