# Every target does the set-up it needs, in .venv: Python 3.11 or newer and make are all that must be there.
# `make demo PYTHON=/usr/bin/python3.12` names the Python to use; else the first one that will do is taken.

PYTHON ?=
VENV := .venv
RUN := $(VENV)/bin/python
RIVALS := build/rivals
EXAMPLE := examples/officine-bianchi

.PHONY: help demo test lint bench quality soak clean

help:
	@echo "make demo     run the example and show its golden customers"
	@echo "make test     run the tests"
	@echo "make lint     check style, types and who imports whom"
	@echo "make bench    measure speed and memory"
	@echo "make quality  measure matching on public sets, and write the README's table"
	@echo "make soak     run the long tests"
	@echo "make clean    remove what the targets made"

demo: $(VENV)/installed
	@$(RUN) -m unify -c $(EXAMPLE)/unify.toml match
	@echo
	@$(RUN) examples/first_rows.py $(EXAMPLE)/golden
	@echo
	@echo "Against the truth, $(EXAMPLE)/truth.csv:"
	@$(RUN) -m unify -c $(EXAMPLE)/unify.toml evaluate $(EXAMPLE)/truth.csv
	@echo
	@echo "The files are in $(EXAMPLE)/golden; look at report.html there."

test: $(VENV)/developing
	$(RUN) -m pytest -n auto

lint: $(VENV)/developing
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(VENV)/bin/lint-imports

bench: $(VENV)/developing
	$(RUN) -m pytest -m bench -s tests/speed

# LARGE=1 measures the generated contacts that take minutes as well.
quality: $(VENV)/developing $(RIVALS)/installed
	$(RUN) -m pytest -m "quality $(if $(LARGE),,and not large)" -s tests/quality
	$(RUN) -m tests.quality.table

# What is measured beside unify has a place of its own; where it cannot be installed, the table says so.
$(RIVALS)/installed:
	@mkdir -p build
	-$(RUN) -m venv --clear $(RIVALS) && $(RIVALS)/bin/python -m pip install --quiet --disable-pip-version-check goldenmatch
	@mkdir -p $(RIVALS) && touch $@

soak: $(VENV)/developing
	$(RUN) -m pytest -m soak -s

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf $(EXAMPLE)/golden $(EXAMPLE)/.generations $(EXAMPLE)/unify.duckdb* $(EXAMPLE)/ledger.sqlite* $(EXAMPLE)/.unify-tmp

$(VENV)/installed: pyproject.toml | $(RUN)
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# The group `dev` is read here because pip knows groups only since 25.1.
$(VENV)/developing: pyproject.toml | $(RUN)
	@$(RUN) -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['dev'], sep='\n')" > $(VENV)/dev.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[postgres,mysql]' --requirement $(VENV)/dev.txt
	@touch $(VENV)/installed $@

# A Python can be there and yet not start, or lack the modules that make a virtual environment.
$(RUN):
	@for python in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3 python; do \
	    if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        echo "Setting up $(VENV) with $$($$python --version)"; \
	        exec $$python -m venv --clear $(VENV); \
	    fi; \
	done; \
	echo "No Python 3.11 or newer with venv was found. Install one (Debian, Ubuntu: apt install python3-venv)," >&2; \
	echo "or name one: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; \
	exit 1
