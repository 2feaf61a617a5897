#!/bin/sh
# The tests of the UI: types, units, that dist is what the sources give, and the browser tests. What is not installed is skipped,
# with a line that says so; where CI is set, packages that cannot be had are a failure.
set -eu
cd "$(dirname "$0")"
skip() {
	echo "ui tests: skipped, $1"
	exit 0
}
command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split("."); process.exit(+a > 20 || (+a === 20 && +b >= 19) ? 0 : 1)' || skip "no Node 20.19 or newer with npm"
if [ ! package-lock.json -ot node_modules/.package-lock.json ]; then
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || { [ -z "${CI:-}" ] || exit 1; skip "npm ci failed"; }
fi
npm run --silent check
npm run --silent unit
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
export CHROMIUM
[ -n "$CHROMIUM" ] || { echo "browser tests: skipped, no Chromium (apt-get install chromium)"; exit 0; }
npm run --silent browser
