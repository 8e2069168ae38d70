# One command sets everything up. Each step leaves a stamp named after what it was made from, so
# a second run does only what changed.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHON ?= python3
WORKERS ?= 2
DATABASES ?= one
SHARE ?= 1/1
# Of the longest proofs each change tells a third; TURN=all tells them all.
TURN ?= $(shell git rev-list --count HEAD 2>/dev/null || echo all)
ROUNDS ?= 25
PORT ?= 8000
SETS ?= 1000000
MESSAGES ?= 100000
UNITS := $(addprefix tests/,law intake victims lists search sentences training events)
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check
INSTALLED := install --progress-bar off --require-hashes --requirement

# A stamp's name holds the digest of its sources and of this folder: scripts in a virtual
# environment name the folder they were made in.
digest = $(shell (echo $(CURDIR); cat $(1)) | sha256sum | cut -c 1-16)
# What begins is said, and how far it is: the first four steps set up, the others are the goal's.
GOAL := $(firstword $(MAKECMDGOALS))
STEPS := $(if $(filter run test faults letters-proof,$(GOAL)),6,$(if $(filter unit lint bench lock walk prove mutants,$(GOAL)),5,4))
SHOW := $(PYTHON) -I api/commands/progress.py
# $(call locked,FILE): install what a lock file names, counting.
locked = $(SHOW) packages '(Collecting|Requirement already|Ignoring)' $$(grep -c == $(1)) $(PIP) $(INSTALLED) $(1)

STYLES := $(wildcard api/assets/*.scss)
RUNTIME := .venv/.runtime-$(call digest,requirements.lock requirements-setup.lock pyproject.toml)
CHECKS := .venv/.checks-$(call digest,requirements-dev.lock requirements.lock)
ASSETS := api/static/govuk/.built-$(call digest,package.json package-lock.json $(STYLES))

.PHONY: help setup run test unit faults walk prove letters-proof mutants year lint bench clean lock native native-test
.DELETE_ON_ERROR:

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: $(RUNTIME) $(ASSETS) ## install everything; leaves the command at .venv/bin/vcs
	@echo "Steps 1 to 4 of $(STEPS) are done: everything is installed"

run: setup ## load the example caseload and serve it, with the scheduler, on 127.0.0.1; PORT=8000
	@exec $(BIN)/vcs run --port $(PORT) --steps-done 4

test: native-test ## pass the suite, or a part: make test TESTS=tests/law; DATABASES=both TURN=all
	@VCS_TEST_DATABASES=$(DATABASES) VCS_TEST_SHARE=$(SHARE) VCS_TEST_TURN=$(TURN) $(BIN)/pytest --numprocesses $(WORKERS) --dist worksteal $(TESTS)

unit: $(CHECKS) ## pass the stories that need nothing but Python, in under a minute
	@VCS_TEST_UNITS=1 $(BIN)/pytest --numprocesses $(WORKERS) --dist worksteal $(UNITS)

faults: native-test ## kill, lock, fill and flood, many times over; ROUNDS=25
	@VCS_TEST_FAULT_ROUNDS=$(ROUNDS) $(BIN)/pytest tests/faults

walk: $(CHECKS) ## walk sets of facts; SETS=1000000
	@$(BIN)/python -m tests.prove --sets $(SETS)

prove: walk ## walk sets of facts and made-up messages; SETS=1000000 MESSAGES=100000
	@VCS_TEST_MESSAGES=$(MESSAGES) $(BIN)/pytest --quiet --numprocesses $(WORKERS) \
		tests/intake/test_nothing_custodial_vanishes.py

letters-proof: native-test ## make every letter and check it by every rule of PDF/UA-1
	@$(BIN)/python -m tests.letters.proof

mutants: $(CHECKS) ## try many small changes to tables and rules, each of which a test must catch
	@$(BIN)/python -m tests.mutants

lint: $(CHECKS) ## style, types, import direction, and the figures of the house
	@broken=; \
	for check in "ruff check" "ruff format --check" mypy "lint-imports --no-logo"; do \
		$(BIN)/$$check || broken="$$broken $${check%% *}"; \
	done; \
	$(BIN)/python -m tests.house.figures; \
	[ -z "$$broken" ] || { echo "Broken:$$broken" >&2; exit 1; }

bench: $(CHECKS) ## measure intake, decisions and letters
	@$(BIN)/python -m tests.bench

year: $(RUNTIME) ## print where a realistic year's sentences go; DATA=../shared/data
	@$(BIN)/python -m tests.prove.year $(DATA)

clean: ## remove what these targets made; the data folder stays
	rm -rf .venv node_modules build api/static/govuk *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find api letters scheduler tests vcs -name __pycache__ -prune -exec rm -rf {} +

COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate

lock: $(CHECKS) ## renew the lock files from pyproject.toml; UPGRADE=1 takes newer releases
	$(COMPILE) $(if $(UPGRADE),--upgrade) --output-file requirements.lock
	$(COMPILE) $(if $(UPGRADE),--upgrade) --group dev --constraints requirements.lock \
		--output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-annotate $(if $(UPGRADE),--upgrade) --group setup \
		--output-file requirements-setup.lock

$(RUNTIME): | native
	@echo "Step 2 of $(STEPS): a Python environment in .venv, and what builds the pages"
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	@rm -f .venv/.runtime-*
	@$(call locked,requirements-setup.lock)
	@echo "Step 3 of $(STEPS): Python packages"
	@$(call locked,requirements.lock)
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(CHECKS): $(RUNTIME) | setup
	@echo "Step 5 of $(STEPS): Python packages for the checks"
	@rm -f .venv/.checks-*
	@$(call locked,requirements-dev.lock)
	@touch $@

# The pinned node comes from the virtual environment: the pages look the same from every machine.
$(ASSETS): | $(RUNTIME)
	@echo "Step 4 of $(STEPS): the stylesheet and script of the pages"
	@rm -rf api/static/govuk
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build
	@touch $@

# ---- Debian's packages: looked for by what they bring, installed only when that is missing ----

# What the letters need is listed, and tried, in letters/press/needs.py.
# Python's own installer is a package apart in Debian; once .venv is there it is not needed.
FIND_MISSING = missing=$$($(PYTHON) -I letters/press/needs.py \
	&& { test -x $(BIN)/pip || $(PYTHON) -I -c 'import ensurepip' 2>/dev/null \
		|| echo python3-venv; }) \
	|| exit 1; missing=$$(echo $$missing)

define INSTALL
apt_install() { \
	if ! command -v apt-get >/dev/null; then return 1; fi; \
	if [ "$$(id -u)" = 0 ]; then as_root=; \
	elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then as_root=sudo; \
	else return 1; fi; \
	$$as_root apt-get -qq update && $(SHOW) "Debian packages" "Setting up" 0 \
		$$as_root env DEBIAN_FRONTEND=noninteractive apt-get -y --no-install-recommends \
		-o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install $$*; \
}
endef

native:
	@test -x $(BIN)/pip || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: install it, then run make PYTHON=/path/to/python3 with the target." >&2; exit 1; }
	@$(INSTALL); $(FIND_MISSING); \
	if [ -n "$$missing" ]; then \
		echo "Step 1 of $(STEPS): Debian packages: $$missing"; \
		apt_install $$missing; \
		$(FIND_MISSING); \
	fi; \
	if [ -n "$$missing" ]; then \
		echo "These Debian packages are needed and could not be installed from here; install them as root, then run this again: $$missing" >&2; \
		exit 1; \
	fi

native-test: | setup $(CHECKS)
	@$(INSTALL); missing=; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	$(PYTHON) -c "import ctypes; ctypes.CDLL('libatomic.so.1')" 2>/dev/null || missing="$$missing libatomic1"; \
	command -v pdftoppm >/dev/null || missing="$$missing poppler-utils"; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$$missing postgresql"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	echo "Step 6 of $(STEPS): Debian packages for the tests:$$missing"; \
	apt_install $$missing || echo "Not installed, so their tests are left out:$$missing"
