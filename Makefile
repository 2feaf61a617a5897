# Targets: build, web, demo, test, bench, lint, fuzz, clean, help. What each needs is named by `make help`.

GO      ?= go
BIN     := bin/newsgraph
OUT     := out
FUZZTIME ?= 30s
# Packages whose tests run a second time under the race detector (it needs a C compiler).
RACE    := ./server/... ./ingest ./graph ./graph/postgres ./graph/store ./nlp
export GOFLAGS := -buildvcs=false

.PHONY: microbench bench-http train build web web-test demo test bench lint fuzz race export-check clean help

build:
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o $(BIN) ./cmd/newsgraph

demo: build
	@BIN=$(BIN) OUT=$(OUT) sh docs/demo.sh

# One gate: go test runs gofmt, vet and the layers too (internal/lint, internal/layers).
test: export-check race web-test
	@[ -f "$${NEWSGRAPH_SHARED:-../shared}/DESIGN.md" ] || echo "evaluation tests: skipped, no data at $${NEWSGRAPH_SHARED:-../shared} (docs/evaluation.md says where to get it)"
	$(GO) test ./...

lint:
	$(GO) test ./internal/lint ./internal/layers

race:
	@if [ "$$($(GO) env CGO_ENABLED)" = 1 ] && command -v "$$($(GO) env CC)" >/dev/null; then \
		$(GO) test -race $(RACE); \
	else echo "race: skipped, no C compiler (apt-get install gcc)"; fi

# The UI that the binary holds, from its sources (needs Node 20.19 or newer); build itself needs only web/dist.
web:
	cd web && npm ci --ignore-scripts --no-audit --no-fund && npm run build

web-test: build
	@sh web/test.sh

# Foreign strict parsers read the samples' export.
export-check: build
	@BIN=$(BIN) OUT=$(OUT) sh docs/check-export.sh

# The models from their data (docs/models.md says how to get it, and Python with torch): under 2 hours on 2 cores.
SHARED ?= ../shared
WORDS  ?= /tmp/words
train:
	$(GO) run ./internal/train/sentences -shared $(SHARED) -out nlp/token/boundary.bin
	$(GO) run ./internal/train -shared $(SHARED) -words $(WORDS) -out data/models

# The store against Cayley over bolt, as a table; BENCH='-quads 5000000' for the long version, -quads 100000 for a minute's.
BENCH ?=
bench:
	CGO_ENABLED=0 $(GO) run ./graph/bench $(BENCH)

microbench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# The server under load, by 50 connections on a graph of a million quads, with and without a writer beside them.
bench-http:
	$(GO) run ./server/load -quads 1000000 -connections 50 -time 20s
	$(GO) run ./server/load -quads 1000000 -connections 50 -time 20s -ingest

fuzz:
	@failed=; for p in $$(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -n1 dirname | sort -u); do \
		for f in $$(grep -rhoE '^func Fuzz[A-Za-z0-9_]*' $$p/*_test.go | sed 's/^func //'); do \
			echo "fuzz: $$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) $$p || failed="$$failed $$p.$$f"; \
		done; \
	done; if [ -n "$$failed" ]; then echo "fuzz: failed:$$failed"; exit 1; fi

clean:
	rm -rf bin $(OUT)

help:
	@echo 'make build   the program, bin/newsgraph (needs Go 1.26)'
	@echo 'make demo    ingest the sample articles, ask, find a path, export to out/demo.nq'
	@echo 'make test    every check; serdi and rapper read the export, Node and Chromium run the UI, where they are installed'
	@echo 'make lint    gofmt, go vet, comments, layers'
	@echo 'make web     the UI in web/dist, from its sources in web/src (needs Node)'
	@echo 'make bench   the store against Cayley over bolt, as a table (BENCH="-quads 5000000" for more)'
	@echo 'make microbench  the benchmarks of every package'
	@echo 'make bench-http  the server under load'
	@echo 'make fuzz    every fuzz test, FUZZTIME=30s each'
	@echo 'make train   the models, from SHARED=../shared and WORDS=/tmp/words'
	@echo 'make clean   remove bin and out'
