# Every target sets up what it needs: Python 3.11 to 3.13, make and git are enough.
#   make demo     read the example reports into out/demo/whoholds.sqlite, say who held what on 7 December 2024, and why
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
STORE := $(DEMO)/whoholds.sqlite

.PHONY: setup demo test check static docs accuracy floors format lock clean
.DELETE_ON_ERROR:

setup: $(READY)

$(READY): requirements/dev.txt src/whoholds/model-requirements.txt pyproject.toml scripts/setup.sh
	@PYTHON='$(PYTHON)' VENV='$(VENV)' sh scripts/setup.sh
	@touch $@

demo: setup
	@mkdir -p $(DEMO)
	@rm -f $(STORE) $(STORE)-*
	$(BIN)/whoholds ingest examples/reports.jsonl --db $(STORE)
	$(BIN)/whoholds baseline examples/baseline-syria-2024-11-26.csv --source "Example map" --db $(STORE)
	$(BIN)/whoholds read examples/reports.jsonl --format geojson --output $(DEMO)/claims.geojson
	$(BIN)/whoholds read examples/reports.jsonl --format html --output $(DEMO)/reports.html
	$(BIN)/whoholds sitrep --on 2024-12-07 --days 2 --conflict syria --format html --output $(DEMO)/sitrep.html --db $(STORE)
	$(BIN)/whoholds table --on 2024-12-07 --conflict syria --db $(STORE)
	$(BIN)/whoholds who Homs --on 2024-12-07 --db $(STORE)
	$(BIN)/whoholds who Homs --on 2024-12-06 --view side:syria.government --db $(STORE)
	$(BIN)/whoholds who "Deir ez-Zor" --on 2024-12-07 --db $(STORE)
	$(BIN)/whoholds explain Homs --on 2024-12-06 --db $(STORE)
	@# Its table says again what stands above; the file has it all.
	$(BIN)/whoholds sitrep --on 2024-12-07 --days 2 --conflict syria --db $(STORE) | sed '/^## Who holds what/,$$d'
	@# The reference day as it is retold: on the map its accounts part.
	$(BIN)/whoholds ingest tests/data/retelling.in.jsonl --db $(STORE)
	@echo "Written to $(DEMO): sitrep.html and reports.html (open them in a browser), claims.geojson (for a map), whoholds.sqlite (ask it more)."
	@echo "The map: $(BIN)/whoholds serve --db $(STORE)   and then http://127.0.0.1:8000/?war=syria&on=2024-12-07"
	@echo "The map: $(BIN)/whoholds serve --db $(STORE) --open"
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
