# Two commands: `make run` and `make test`.  Each makes a virtual environment in .venv when it is missing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

help:            ## list the commands
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/'

$(VENV)/ready: requirements.lock pyproject.toml
	@echo "Setting up $(VENV) (once, about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { \
	  $(PYTHON) -m venv --without-pip $(VENV) && touch $(VENV)/without-pip; }
	@if test -e $(VENV)/without-pip; then \
	  $(PYTHON) -m pip --python $(BIN)/python install -q --require-hashes -r requirements.lock && \
	  $(PYTHON) -m pip --python $(BIN)/python install -q --no-deps -e .; \
	else \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .; \
	fi
	@touch $@

run: $(VENV)/ready   ## run the default scenario; tables and figures appear in outputs/
	@$(BIN)/python run.py

warm: $(VENV)/ready  ## compile everything that ordinary runs use, so that no run has to wait for it
	@$(BIN)/python run.py task=warm

test: $(VENV)/ready  ## run all tests, on all cores
	@$(BIN)/python -m pytest -n logical --dist loadfile

lint: $(VENV)/ready  ## check style
	@$(BIN)/python -m ruff check .

benchmark: $(VENV)/ready  ## measure time and memory, beside programs by others; BENCH=--quick for a first look
	@$(BIN)/python -m benchmarks $(BENCH)

.PHONY: help run warm test lint benchmark
