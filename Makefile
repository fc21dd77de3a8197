# Two commands to begin with: `make run` serves the knowledge base, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
export KB_HOME ?= $(CURDIR)/.kb

.PHONY: run test lint unit slow eval bench peers quotes fuzz screenshot clean
.DEFAULT_GOAL := run

run: $(VENV)/.core ## install, take in documents/, serve on http://127.0.0.1:8000
	$(BIN)/kb ingest documents
	$(BIN)/kb serve

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Acuan needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) --editable .
	touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) torch
	$(PIP) --editable '.[test]'
	touch $@ $(VENV)/.core

test: $(VENV)/.test packages lint unit ## everything that CI runs

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit:
	$(BIN)/pytest

# Debian's packages for OCR and for the tests of the page; only what is missing is installed.
.PHONY: packages
packages:
	@missing=; command -v chromium >/dev/null || missing="$$missing chromium"; \
	command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx ind || \
	  missing="$$missing tesseract-ocr tesseract-ocr-ind tesseract-ocr-osd"; \
	fc-list 2>/dev/null | grep -q DejaVu || missing="$$missing fontconfig fonts-dejavu-core"; \
	if [ -n "$$missing" ]; then \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq $$missing; \
	fi

eval: $(VENV)/.core ## quality on ../shared/data, as docs/EVALUATION.md shows it
	$(BIN)/python -m bench.evaluation

bench: $(VENV)/.test ## speed on this machine, as docs/PERFORMANCE.md shows it
	$(BIN)/python -m bench.performance

peers: $(VENV)/.test ## other ways of searching beside ours, as docs/PEERS.md shows it; installs several GB below .peers
	$(BIN)/python -m bench.peers

quotes: $(VENV)/.core ## 5,000 questions; every quote compared with its page as the original has it
	$(BIN)/python -m bench.quotes

slow: $(VENV)/.test ## the long forms of what CI runs shortly: kill rounds, fuzzing
	KB_SLOW=1 $(BIN)/pytest tests/journeys tests/api -m "slow or not slow"

fuzz: $(VENV)/.test packages ## 10,000 spoiled files of every format
	$(BIN)/python -m tests.journeys.fuzzing --files 10000

.PHONY: kill
kill: $(VENV)/.test ## 300 rounds of kill -9 on server and worker, full and read-only disks mixed in: about an hour
	$(BIN)/python -m tests.journeys.crash_rounds 300 4

clean:
	rm -rf $(VENV) .kb build *.egg-info
