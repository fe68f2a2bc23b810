# Colead's commands. A fresh machine needs python3 (3.11 or newer) with venv, make and git.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check -q --no-compile --only-binary :all: --require-hashes

.PHONY: help run test check rules fix demo bench lock look clean

help:
	@echo "make run    install, migrate, load the demo, serve on 127.0.0.1:8000"
	@echo "make test   the whole suite: SQLite, PostgreSQL, browser journeys"
	@echo "make rules  lint, types, floors, content, migrations, deploy check"
	@echo "make check  the rules, then the tests: what runs before a change lands"
	@echo "make fix    format and repair what a machine can"
	@echo "make demo   load the demo anew (stop the server first)"
	@echo "make bench  measure pages, as ratios in one run"
	@echo "make look   screenshots of the main pages into docs/pictures"
	@echo "make lock   compile requirements*.in into hashed requirements*.txt"

# The stamp is touched last, so that an interrupted install is resumed.
.venv/.run: requirements.txt requirements-timefinder.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Colead needs Python 3.11 or newer: make run PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(PIP) -r requirements.txt -r requirements-timefinder.txt
	@printf '#!/bin/sh\nhere=$$(cd "$$(dirname "$$0")/../.." && pwd)\nPYTHONPATH="$$here" exec "$$here/.venv/bin/python" -m colead "$$@"\n' >$(BIN)/colead
	@chmod +x $(BIN)/colead
	@touch $@

.venv/.dev: requirements.txt requirements-dev.txt .venv/.run
	$(PIP) -r requirements.txt -r requirements-timefinder.txt -r requirements-dev.txt
	@touch $@

.venv/.bench: requirements-bench.txt .venv/.dev
	$(PIP) -r requirements.txt -r requirements-timefinder.txt -r requirements-dev.txt -r requirements-bench.txt
	@touch $@

run: .venv/.run
	@$(BIN)/python manage.py serve_demo

demo: .venv/.run
	$(BIN)/python manage.py demo --anew

test: .venv/.dev
	@PYTHON=$(BIN)/python bash tests/run.sh

check: rules test

rules: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m colead.content check
	$(BIN)/python manage.py makemigrations --check --dry-run
	COLEAD_MODE=production COLEAD_SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		COLEAD_SITE_URL=https://colead.example $(BIN)/python manage.py check --deploy --fail-level WARNING --database ballots

fix: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.bench
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench_analysis
	@$(BIN)/python -m tests.bench_analysis --worlds 10000
	@$(BIN)/python -m tests.bench_answers
	@$(BIN)/python -m tests.bench_release
	@$(BIN)/python -m tests.bench_surveys
	@$(BIN)/python -m tests.bench_staffpage
	@$(BIN)/python -m tests.bench_meetings
	@$(BIN)/python -m tests.bench_programme
	@$(BIN)/python -m tests.bench_timetable

look: .venv/.dev
	@$(BIN)/python -m tests.look

LOCK := uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11
lock:
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-timefinder.in -o requirements-timefinder.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt
	$(LOCK) requirements-bench.in -o requirements-bench.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis var
