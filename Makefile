# Plantwin: `make demo` shows it, `make test` proves it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SERVE  ?= 1
TWIN_HOME ?= demo
export TWIN_HOME

.PHONY: demo test test-cell check rigs verify bench bench-gpu docs clean system

$(VENV)/.core: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.dev: $(VENV)/.core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

$(VENV)/.peers: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[verify,bench]'
	touch $@

$(VENV)/.cell: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[cell]'
	touch $@

demo: $(VENV)/.core  ## Set up, run the main job on the demo plant, serve the dashboard (SERVE=0: end instead)
	SERVE=$(SERVE) $(BIN)/python -m examples.bottling.demo

system:  ## Debian packages that browser and PostgreSQL tests use; tests skip by name without them
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  missing=""; \
	  command -v chromium >/dev/null || missing="$$missing chromium"; \
	  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	  if [ -n "$$missing" ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing; fi; \
	fi

test: $(VENV)/.dev system  ## All tests: style, types, import contracts, then pytest on both cores
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n 2 --dist loadfile -m "not benchmark and not cell"

test-cell: $(VENV)/.cell  ## The robot cell: one simulation by Genesis on the CPU, and what it must satisfy
	$(BIN)/pytest -q -m cell tests/physics/cell

check: $(VENV)/.dev  ## What a commit must pass, without browser and PostgreSQL
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports
	$(BIN)/pytest -q -m "not benchmark and not browser and not postgres and not slow and not cell"

rigs: $(VENV)/.core  ## The full round on the public sensor logs in TWIN_DATA_DIR; writes docs/rigs.md
	$(BIN)/python -m examples.rigs

verify: $(VENV)/.peers  ## The engine against closed forms and other solvers, one table; writes docs/verification.md
	$(BIN)/python -m tests.verify

bench: $(VENV)/.peers  ## The engine's speed beside its peers (WORKS="stiff line": some anew); writes docs/benchmarks.md
	$(BIN)/python -m tests.benchmarks $(WORKS)

bench-gpu: $(VENV)/.dev  ## The same on a CUDA device where there is one; says so where there is none
	$(BIN)/python -m tests.benchmarks.gpu

docs: $(VENV)/.dev  ## Generated pages: components and screenshots
	$(BIN)/twin component docs docs/components

clean:
	rm -rf $(VENV) demo data build *.egg-info
