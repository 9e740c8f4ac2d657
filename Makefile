# What to type. Each target sets up what it needs; a second run finds it done.
#   make run     set up and serve at http://127.0.0.1:8000 (PORT, HOST, DATA_DIR, DATABASE_URL)
#   make test    set up and run every test
#   make lint    style, types and the import direction
#   make bench   speed and size, as ratios against named peers
#   make load    requests a second over real HTTP, beside an empty route and Datasette
#   make strength  every fault and attack as often as the docs say; writes their table
#   make fuzz    coverage-guided noise into everything that reads input (SECONDS, each)
#   make audit   ask for known faults in what we stand on (needs the advisory services)
#   make sbom    write down what we stand on, as CycloneDX, to var/sbom.cdx.json
#   make outlines  draw the districts of England again, after a new edition of the postcodes

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
SOURCES := $(shell git ls-files 'templates/css/*' 'templates/pictures/*.svg' 'templates/js/*' 'templates/*.py' 'templates/*.html' 'templates/translations/*' templates/package-lock.json 2>/dev/null)

.PHONY: run test lint bench load strength fuzz audit sbom screenshots outlines clean

run: .venv/.run templates/built/manifest.json
	@$(BIN)/local-offer ready
	@exec $(BIN)/local-offer serve

test: .venv/.dev templates/built/manifest.json tests/node_modules/.package-lock.json
	$(BIN)/python -m pytest $(ARGS)

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

tests/node_modules/.package-lock.json: tests/package-lock.json | .venv/.dev
	@$(BIN)/python -m tests.browser.validator

bench: .venv/.dev .venv/.bench templates/built/manifest.json
	$(BIN)/python -m tests.bench

load: .venv/.dev .venv/.bench templates/built/manifest.json
	$(BIN)/python -m tests.bench.load $(ARGS)

strength: .venv/.dev templates/built/manifest.json tests/node_modules/.package-lock.json
	STRENGTH=many $(BIN)/python -m pytest -o faulthandler_timeout=3600 tests/faults tests/attack $(ARGS)
	$(BIN)/python -m tests.strength

fuzz: .venv/.dev .venv/.fuzz templates/built/manifest.json
	$(BIN)/python -m tests.fuzz $(ARGS)

audit: .venv/.audit
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock
	$(BIN)/python -m templates.audit

sbom: .venv/.audit
	@mkdir -p var
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible --output-file var/sbom.cdx.json
	$(BIN)/python -m templates.sbom var/sbom.cdx.json

screenshots: .venv/.dev templates/built/manifest.json
	$(BIN)/python -m tests.browser.screenshots

outlines: .venv/.maps
	@mkdir -p var/test-places
	$(BIN)/python -m directory.outlines.build var/test-places/places.bin

clean:
	rm -rf .venv templates/built templates/node_modules tests/node_modules .mypy_cache .ruff_cache .pytest_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "This needs Python 3.11 or newer: $$($(PYTHON) --version) is too old. Set PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Setting up (once; a minute or two) …"
	@$(PYTHON) -m venv .venv

.venv/.run: requirements.lock pyproject.toml | .venv/bin/python
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock pyproject.toml | .venv/bin/python
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ .venv/.run

.venv/.bench: requirements-bench.lock | .venv/.dev
	@$(PIP) install --require-hashes -r requirements-bench.lock
	@touch $@

.venv/.fuzz: requirements-fuzz.lock | .venv/.dev
	@$(PIP) install --require-hashes -r requirements-fuzz.lock
	@touch $@

.venv/.audit: requirements-audit.lock | .venv/.run
	@$(PIP) install --require-hashes -r requirements-audit.lock
	@touch $@

.venv/.maps: requirements-maps.lock | .venv/.run
	@$(PIP) install --require-hashes -r requirements-maps.lock
	@touch $@

templates/built/manifest.json: $(SOURCES) | .venv/.run
	@echo "Building the style sheets …"
	@$(BIN)/python -m templates.build
