# Dorfplatz: what a newcomer and a builder type. `make help` lists it.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
APPS := $(wildcard src/dorfplatz/*/locale)
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1 \t\2/' | expand -t 24

.PHONY: run
run: setup ## the square of Kranenburg with its demonstration at http://localhost:8000 (PORT=… changes the port)
	@exec dorfplatz run --port $(PORT) --demo

.PHONY: setup
setup: .setup-python .setup-frontend messages ## what running and testing both need
	@$(BIN)/python -m compileall -q src/dorfplatz # a start reads its code instead of translating it, also where Python may not write

.setup-python: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Dorfplatz needs Python 3.11 or newer."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/uv --version 2>/dev/null | grep -q $(UV_VERSION) || $(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	@$(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes --python $(BIN)/python requirements/dev.txt
	@$(BIN)/uv pip install --quiet --no-deps --python $(BIN)/python --editable .
	@touch $@

.setup-frontend: package-lock.json $(shell find src/dorfplatz -path '*/frontend/*' -type f)
	@command -v node >/dev/null || { echo "Dorfplatz needs Node.js 20 or newer to build its pages."; exit 1; }
	@test node_modules/.package-lock.json -nt package-lock.json || npm ci --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
	@npm run --silent build
	@touch $@

.PHONY: messages
messages: .setup-python ## compile the German and Dutch texts
	@$(BIN)/python tools/compile_messages.py

.PHONY: lock
lock: ## bring the locked versions up to date with pyproject.toml
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --extra postgres pyproject.toml -o requirements/run.txt
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra postgres --group test --group quality -c requirements/run.txt pyproject.toml -o requirements/dev.txt

.PHONY: test
test: setup test-tools lint ## all checks and tests, browser included
	@pytest -n $(JOBS)

.PHONY: coverage
coverage: setup test-tools ## all tests, and how much of the views and policies they reach, branches included
	@pytest -n $(JOBS) --cov=dorfplatz --cov-branch --cov-report=
	@coverage report --skip-covered --fail-under=95 --include='*/views.py,*/views/*,*/policies.py,*/policies/*'

.PHONY: test-tools
test-tools: ## Chromium, Java and PostgreSQL for the tests, where this machine allows it
	@tools/get_test_tools.sh

.PHONY: lint
lint: setup ## style, types, contracts, templates
	@$(MAKE) --no-print-directory -j $(JOBS) -k -O lint-types lint-contracts lint-templates lint-security lint-scripts lint-style

.PHONY: lint-style lint-contracts lint-types lint-templates lint-security lint-scripts
lint-style:
	@ruff check --quiet .
	@ruff format --check --quiet . || { echo "Not formatted: “ruff format .” puts it right."; exit 1; }

lint-contracts: # says which contract is broken only when one is
	@lint-imports --no-logo >.lint-contracts.log 2>&1 || { cat .lint-contracts.log; exit 1; }

lint-types:
	@mypy --no-error-summary

lint-templates:
	@djlint --quiet --lint src

lint-security: # its notes on our own comments are no findings
	@bandit --quiet --recursive --configfile pyproject.toml --severity-level medium src 2>/dev/null

lint-scripts:
	@npm run --silent check

.PHONY: drill
drill: setup ## the long form of a drill: make drill NAME
	@$(BIN)/python tools/drill.py $(filter-out $@,$(MAKECMDGOALS))
# The name of the drill is a word for it, not a goal of make's.
ifeq (drill,$(firstword $(MAKECMDGOALS)))
$(filter-out drill,$(MAKECMDGOALS)):
	@:
endif

.PHONY: lighthouse
lighthouse: setup test-tools ## home, list and entry page of the demonstration before Lighthouse (RUNS=5)
	@test -d benchmarks/lighthouse/node_modules || npm ci --prefix benchmarks/lighthouse --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
	@node benchmarks/lighthouse/measure.mjs

.PHONY: bench
bench: setup ## the benchmarks beside their goals: SIZE=full for 100,000 entries, DATABASE=postgresql
	@$(BIN)/python benchmarks/bench.py

.PHONY: bench-translation
bench-translation: setup ## what translated pages cost, and the queue with models of real size
	@$(BIN)/python benchmarks/translation.py

.PHONY: bench-matching
bench-matching: setup ## how good suggestions are, on the three sets of labelled pairs
	@$(BIN)/python benchmarks/matching.py

.PHONY: bench-letters
bench-letters: setup ## the letters of a morning beside a page: COUNT=100000
	@$(BIN)/python benchmarks/letters.py

.PHONY: bench-paper
bench-paper: setup ## what paper costs: COUNT=450 village papers in a batch while pages are asked for
	@$(BIN)/python benchmarks/paper.py

.PHONY: bench-desk
bench-desk: setup ## a connector's desk with 450 villages, 100,000 members and entries
	@$(BIN)/python benchmarks/desk.py

.PHONY: bench-lists
bench-lists: setup ## lists of those in charge with 100,000 members and reports
	@$(BIN)/python benchmarks/lists.py

.PHONY: clean
clean: ## everything that was made here, but not the data in var/
	rm -rf $(VENV) node_modules .setup-* src/dorfplatz/ui/static/ui/build src/dorfplatz/press/fonts
