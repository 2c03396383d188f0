# `make demo` and `make test` are all that a fresh machine with git, make and Python 3.11 needs.
VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$python; break; }; done)
READY := $(VENV)/.ready
DEMO_STORE := build/demo.db
TRAIN := $(BIN)/python -m training.train
FUZZ_SECONDS ?= 120
# Everything but `train`, which brings torch.
EXTRAS := docs export plot postgres web

.DEFAULT_GOAL := help
.PHONY: help setup demo test check docs train show fuzz schema lock clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(READY)  ## environment in .venv, the package and its development tools

$(READY): pyproject.toml requirements-dev.lock
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer found; install one, or say: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "make: setting up $(VENV) with $(PYTHON); this takes a minute or two the first time"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

demo: $(READY)  ## read the stories in demo/, keep them, and print the state of the talks in them
	@demo/run $(BIN)/onrecord $(DEMO_STORE)

test: $(READY)  ## all tests
	@$(BIN)/python -m pytest $(ARGS)

check: $(READY)  ## everything that CI holds the code to, but the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m onrecord.ontology
	$(BIN)/python -m training.corpus.lint
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir build/site

docs: $(READY)  ## the documentation as a site in build/site
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --site-dir build/site
	@echo "make: open build/site/index.html"

schema: $(READY)  ## write docs/record.schema.json anew
	@mkdir -p build && $(BIN)/onrecord schema > build/record.schema.json && mv build/record.schema.json docs/record.schema.json

show: $(READY)  ## one story of the corpus with its annotation: make show STORY=eu-001
	@$(BIN)/python -m training.corpus.show $(STORY)

train: $(READY)  ## train the model and put it into src/onrecord/data/model
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	$(TRAIN) --corpora polnear gum --epochs 4 --rate 2e-4 --out runs/base
	$(TRAIN) --corpora polnear gum stories:3 sentences pairs plv:3 --init runs/base/average.safetensors \
		--epochs 4 --rate 1.5e-4 --out runs/joint
	$(BIN)/python -m training.export runs/joint/average.safetensors

fuzz: $(READY)  ## coverage-guided fuzzing of every reader, FUZZ_SECONDS long
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check atheris
	@mkdir -p build/fuzz/corpus
	$(BIN)/python -m tests.fuzz.fuzz_readers -max_total_time=$(FUZZ_SECONDS) -timeout=20 -rss_limit_mb=2048 \
		-artifact_prefix=build/fuzz/ build/fuzz/corpus

lock: $(READY)  ## write requirements-dev.lock anew
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile --quiet pyproject.toml $(foreach extra,$(EXTRAS),--extra $(extra)) --group dev --universal \
		--python-version 3.11 --no-header --no-annotate --no-emit-index-url --upgrade --output-file requirements-dev.lock

clean:  ## remove everything that was built, but not the environment
	@rm -rf build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
