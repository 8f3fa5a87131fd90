# Every command of the project. `make help` lists them; each sets up what is missing and says what it does.
#
# Always `.venv/bin/python -m ...`: the scripts pip writes hold an absolute path in their first line and
# fail in a folder whose name has a space.

PYTHON ?= $(firstword $(foreach name,python3.11 python3 python,$(shell command -v $(name))))
RUN := .venv/bin/python -m
NBVAL := $(RUN) pytest --nbval --nbval-current-env -n 2 --dist loadscope -q

.DEFAULT_GOAL := help
.PHONY: help setup book pdf notebooks codebook test test-fast lint preview bench check-next browser verify archive lock clean

help:
	@echo 'make book       set up what is missing, execute what is stale, build the site; prints the path to open'
	@echo 'make pdf        print the whole book to one PDF beside the site (needs Chromium or Chrome); prints the path'
	@echo 'make notebooks  execute the stale chapters and store their outputs in book/ (tracked)'
	@echo 'make preview    serve the book on this machine and show every edit (PORT=8000, or PORT=free)'
	@echo 'make codebook   write data/README.md from data/datapackage.json (tracked)'
	@echo 'make test       everything: style, types, data, unit, notebooks, built pages in a browser'
	@echo 'make test-fast  20 seconds of what a change can have touched: style, types, tables, tests (ALL=1 for all of them)'
	@echo 'make verify     the reviewer'"'"'s run: from a clean copy to a report (STAGES=a,b for some; OPTIONS=...)'
	@echo 'make archive    a bundle of sources and site with checksums, the same bytes each time (WHEELS=1 adds the packages)'
	@echo 'make check-next let jupyter-book 2 read the sources (installs it beside, once)'
	@echo 'make bench      measure against stated baselines; writes book/how-fast.csv (tracked)'
	@echo 'make lock       pin requirements.in anew in requirements.txt'
	@echo 'make clean      remove what was built; keeps .venv'

setup:
	@test -n "$(PYTHON)" || { echo 'set-up: no Python found; install Python 3.11 or newer' >&2; exit 1; }
	@"$(PYTHON)" publish/setup.py

book: setup
	@$(RUN) publish book

pdf: setup
	@$(RUN) publish pdf

notebooks: setup
	@$(RUN) publish notebooks

preview: setup
	@$(RUN) publish preview $(PORT)

bench: setup
	@echo 'bench: every pair in turn, in a throw-away copy (some minutes; leave the machine alone)'
	@PYTHONPATH=. .venv/bin/python benchmarks/bench.py

check-next: book
	@$(RUN) publish check-next

codebook: setup
	@$(RUN) publish codebook

# Its parts know nothing of one another, and run side by side.
LINT := style types boundaries tables
.PHONY: $(LINT)

lint: setup
	@$(MAKE) --no-print-directory -j 2 $(LINT)

tables:
	@echo 'test: the tables (analysis check)'
	@$(RUN) analysis check

types:
	@echo 'test: types (mypy)'
	@$(RUN) mypy --no-error-summary

boundaries:
	@echo 'test: boundaries between packages, unused code (import-linter, vulture)'
	@$(RUN) publish housekeeping

style:
	@echo 'test: style (ruff)'
	@$(RUN) ruff check --quiet .

# What a change can have touched and has not passed since, as far as 20 seconds go; ALL=1 runs to the end. The first
# time that is every test but those of the built book, of size and of the stored notebooks.
test-fast: export STARTED := $(shell date +%s)
test-fast: lint
	@$(RUN) publish $(if $(ALL),all-affected,affected)

# The book is built before the tests start, so that they do not build it in one folder at the same time. Files are
# taken in order: the one with the fewest tests builds the book twice and would come last, with the other core idle.
browser: book
	@echo 'test: the built book, in a browser (two clean builds are compared too)'
	@$(RUN) pytest -q -rs -n 2 --dist loadfile --no-loadscope-reorder tests/book

test: lint
	@echo 'test: data and unit tests'
	@$(RUN) pytest -q -rs -n 2 --ignore=tests/book $(if $(TEXTS),--texts "$(TEXTS)")
	@echo 'test: notebooks, every stored output compared (nbval)'
	@if ls book/*.ipynb >/dev/null 2>&1; then $(NBVAL) book/*.ipynb; else echo 'no notebooks yet'; fi
	@$(MAKE) --no-print-directory browser

verify: setup
	@$(RUN) review run $(if $(STAGES),--stages "$(STAGES)") $(OPTIONS)

archive: book
	@$(RUN) review archive $(if $(WHEELS),--wheels)

lock: setup
	@echo 'lock: installing uv into a throw-away environment'
	@rm -rf _build/lock && .venv/bin/python -m venv _build/lock
	@_build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	@echo 'lock: resolving requirements.in for every platform'
	@_build/lock/bin/python -m uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header requirements.in -o requirements.txt
	@rm -rf _build/lock
	@echo 'lock: requirements.txt is up to date'

clean:
	@rm -rf _build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find analysis publish review tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo 'clean: removed what was built; .venv is kept'
