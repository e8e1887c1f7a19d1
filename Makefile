# Coopatlas. `make run` and `make test` are all a newcomer needs; `make help` lists the rest.
comma := ,
# The last two are the window's: callbacks come where the toolkit wants them, and on Linux it is built for X11.
TAGS := sqlite_fts5,sqlite_math_functions,migrated_fynedo$(if $(filter Linux,$(shell uname -s)),$(comma)x11)
export GOFLAGS := $(strip $(GOFLAGS) -tags=$(TAGS))
export CGO_ENABLED := 1
FUZZTIME ?= 30s
VENDOR := assets/vendor/versions.json

.DEFAULT_GOAL := help
.NOTPARALLEL: # two installations at once would lock each other out
.PHONY: help run test check bench fuzz assets build bin/coopctl bin/coopatlas screens clean need-build need-window need-test

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## open the window; without a display, make the demonstration, its brief and a chart in out/
	@.ci/open $(ARGS)

test: need-test $(VENDOR) ## everything that must hold: format, vet, staticcheck, all tests with -race
	go vet ./...
	go tool staticcheck ./...
	go test -race -p 2 -timeout 30m ./...

check: need-build $(VENDOR) ## the inner loop: build, vet, quick tests, structure
	go build ./...
	go vet ./...
	go test -short -p 2 -timeout 5m ./...
	@go test -v -run '^TestMeasures$$' . | sed -n 's/^ *[a-z_]*\.go:[0-9]*: //p'

bench: build ## measure: time and memory of what people wait for
	go test -run '^$$' -bench . -benchmem -p 1 -timeout 60m ./...

fuzz: need-build $(VENDOR) ## throw random input at every reader, FUZZTIME each (30s)
	@.ci/fuzz $(FUZZTIME)

assets: $(VENDOR) ## install the third-party files that are embedded (npm)

screens: need-window $(VENDOR) ## draw every page of the window in its main states to out/screens/
	go run ./app/screens

build: bin/coopctl bin/coopatlas ## build both programs into bin/

bin/coopctl: need-build $(VENDOR)
	go build -trimpath -o $@ ./cmd/coopctl

bin/coopatlas: need-window $(VENDOR)
	go build -trimpath -o $@ ./cmd/coopatlas

clean: ## remove bin/ and out/
	rm -rf bin out

# copy.mjs writes this file last, so that an installation that broke off is done again.
$(VENDOR): package.json package-lock.json .npmrc assets/copy.mjs
	@.ci/need assets
	npm ci --no-progress
	node assets/copy.mjs

need-build:
	@.ci/need build

need-window:
	@.ci/need window

need-test:
	@.ci/need test
