# SPDX-License-Identifier: AGPL-3.0-or-later
# make run · make test · make search · make lint · make quality · make bench [ONLY=prefix] · make lock · make messages · make pictures

PYTHON ?= python3
DEMO ?= 1
ONLY ?=

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check
PO := $(wildcard src/halles/locale/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)

.PHONY: run test search lint quality bench lock messages pictures

run: .venv/installed $(MO)
	@HALLES_SUPERVISED=1 exec $(BIN)/halles run $(if $(filter 0 no non,$(DEMO)),--no-demo,--demo)

test: .venv/installed-dev $(MO)
	@$(BIN)/python -m tools.suite

# The properties with many more examples, other ones each time.
search: .venv/installed-dev $(MO)
	@HYPOTHESIS_PROFILE=search $(BIN)/python -m pytest -q -m "hypothesis and not browser and not race" -n 2

lint: .venv/installed-dev
	@$(BIN)/python -m tools.suite lint types contracts

quality: .venv/installed-dev
	@$(BIN)/python -m tools.quality

bench: .venv/installed-dev $(MO)
	@$(BIN)/python -m benchmarks $(ONLY)

# Needs uv, which only those who change dependencies need.
lock:
	@printf 'hatchling\neditables\n' > .build-requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--output-file requirements.lock pyproject.toml .build-requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--output-file requirements-dev.lock --extra dev pyproject.toml .build-requirements.txt
	@rm .build-requirements.txt

# The screenshots of the docs, as the last journeys took them.
pictures: .venv/installed-dev
	@$(BIN)/python -m tools.docs_pictures

messages: .venv/installed-dev
	@$(BIN)/python -m tools.translations --update

.venv/bin/python:
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Il faut python3 (3.11 ou plus) avec venv, par exemple : apt-get install python3 python3-venv" >&2; \
		echo "python3 (3.11 or later) with venv is needed, for example: apt-get install python3 python3-venv" >&2; \
		exit 2; }
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

%.mo: %.po .venv/installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
