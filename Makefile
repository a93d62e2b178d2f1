# Each target prepares what it needs in .venv, from hash-pinned requirements. Nothing outside this folder is
# changed, except by `deep`. The first run needs the network for the download; later runs do not.

PYTHON ?= python3
UV     ?= uv
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check -qq

.DEFAULT_GOAL := help
.PHONY: help demo test unit lint bench deep deep-test spark reference conformance requirements clean

help:
	@echo "make demo          a fictional province, taken in, graded and served on 127.0.0.1:8000"
	@echo "make test          every check that this machine can run; what was skipped is listed at the end"
	@echo "make unit          only the tests that need no server"
	@echo "make lint          style, types, the rooms' borders, missing migrations"
	@echo "make bench         speed, as ratios measured in one run"
	@echo "make deep          installs what make test lacks (Debian) and runs everything; nothing may be skipped"
	@echo "make spark         adds Spark, the engine for more than one machine (needs Java 17 to run)"
	@echo "make deep-test     engines against each other on 10,000 invented cases, 100,000 random courses of cases"
	@echo "make reference     makes errors.md, commands.md and coverage.md of docs/reference"
	@echo "make conformance   makes conformance/v1 from the rulebooks' examples and generated cases"
	@echo "make requirements  pins the requirements again (needs uv)"
	@echo "make clean         removes .venv and caches; data stays"

demo: $(VENV)/.base
	@$(BIN)/goodstanding demo

test: lint
	@echo "Tests"
	@$(BIN)/python -m pytest -q -n auto --dist worksteal

unit: $(VENV)/.test
	@$(BIN)/python -m pytest -q tests/unit tests/spec

lint: $(VENV)/.test
	@echo "Style"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@echo "Types"
	@$(BIN)/mypy --no-error-summary
	@echo "Borders between rooms"
	@$(BIN)/lint-imports --no-logo
	@echo "Migrations"
	@DJANGO_SETTINGS_MODULE=goodstanding.site.settings $(BIN)/python -W error::RuntimeWarning -m django makemigrations --check --dry-run

bench: $(VENV)/.base
	@$(BIN)/python -m bench $(BENCH)

deep:
	@.ci/run

deep-test: $(VENV)/.test
	@HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -q tests/unit/rules/test_engines_agree.py \
	    tests/unit/rules/test_engines_agree_on_groups.py tests/unit/procedures/test_course.py

spark: $(VENV)/.spark

reference: $(VENV)/.test
	@$(BIN)/python -m tests.reference

conformance: $(VENV)/.test
	@$(BIN)/python -m tests.conformance

requirements:
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    pyproject.toml requirements/base.in -o requirements/base.txt
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    pyproject.toml requirements/base.in --extra test -c requirements/base.txt -o requirements/test.txt
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    pyproject.toml requirements/base.in --extra spark -c requirements/base.txt -o requirements/spark.txt
	@for peer in openfisca zen; do $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --custom-compile-command "make requirements" \
	    requirements/bench-$$peer.in -o requirements/bench-$$peer.txt; done

clean:
	@rm -rf $(VENV) build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment: a stamp inside .venv for each step, written only when the step has succeeded ---

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Goodstanding needs Python 3.11 or later, and '$(PYTHON)' is not that: $$($(PYTHON) --version 2>&1)."; \
	    echo "Name another one: make PYTHON=python3.12 <target>"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "'$(PYTHON)' cannot make a virtual environment. On Debian: sudo apt-get install -y python3-venv"; exit 1; }
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.base: requirements/base.txt pyproject.toml | $(VENV)/.made
	@echo "Installing what the program needs into $(VENV) (once; needs the network)"
	@$(PIP) install --only-binary :all: --require-hashes -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.base
	@echo "Installing what the tests need into $(VENV) (once; needs the network)"
	@$(PIP) install --only-binary :all: --require-hashes -r requirements/test.txt
	@touch $@

# Spark is published as sources only: what is built here is their own wheel, by the setuptools that are pinned.
$(VENV)/.spark: requirements/spark.txt $(VENV)/.base
	@echo "Installing Spark into $(VENV) (once; needs the network)"
	@$(PIP) install --only-binary :all: --no-binary pyspark --no-build-isolation --require-hashes -r requirements/spark.txt
	@touch $@
