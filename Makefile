# Every target sets up what it needs: Python 3.11 to 3.13, make and git are enough.
#   make demo     read the example reports, write out/demo/claims.geojson and out/demo/reports.html
#   make test     the tests
#   make check    format, lint, types, layers, tests and docs: what must hold before a commit
#   make accuracy the figures of README.md, with gains and losses against the last run; make floors also raises the floors
#   make lock     write the lock files anew (UPGRADE=--upgrade takes the newest versions allowed)

PYTHON ?= python3
VENV ?= .venv
UPGRADE ?=
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := out/demo

.PHONY: setup demo test check static docs accuracy floors format lock clean
.DELETE_ON_ERROR:

setup: $(READY)

$(READY): requirements/dev.txt src/whoholds/model-requirements.txt pyproject.toml scripts/setup.sh
	@PYTHON='$(PYTHON)' VENV='$(VENV)' sh scripts/setup.sh
	@touch $@

demo: setup
	$(BIN)/whoholds read examples/reports.jsonl --format table
	@mkdir -p $(DEMO)
	$(BIN)/whoholds read examples/reports.jsonl --format geojson --output $(DEMO)/claims.geojson
	$(BIN)/whoholds read examples/reports.jsonl --format html --output $(DEMO)/reports.html
	@echo "Written: $(DEMO)/claims.geojson (for a map) and $(DEMO)/reports.html (open it in a browser: the reports with their claims marked)."
	@echo "Reported control, not access, safety or sovereignty."

test: setup
	$(BIN)/python -m pytest

check: static test

static: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

docs: setup
	$(BIN)/python -m pytest tests/unit/test_repository.py

accuracy: setup
	@$(BIN)/python -m benchmarks.accuracy

floors: setup
	@$(BIN)/python -m benchmarks.accuracy --raise

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:
	PYTHON='$(PYTHON)' sh scripts/lock.sh $(UPGRADE)

clean:
	rm -rf out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache src/*.egg-info
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Kept: $(VENV); remove it by hand to start afresh."
