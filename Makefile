# One command sets everything up. Each step leaves a stamp named after what it was made from, so
# a second run does only what changed.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHON ?= python3
WORKERS ?= 2
ROUNDS ?= 25
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
LOCKED := $(PIP) install --require-hashes --requirement

# A stamp's name holds the digest of its sources and of this folder: scripts in a virtual
# environment name the folder they were made in.
digest = $(shell (echo $(CURDIR); cat $(1)) | sha256sum | cut -c 1-16)
STYLES := $(wildcard api/assets/*.scss)
RUNTIME := .venv/.runtime-$(call digest,requirements.lock requirements-setup.lock pyproject.toml)
CHECKS := .venv/.checks-$(call digest,requirements-dev.lock requirements.lock)
ASSETS := api/static/govuk/.built-$(call digest,package.json package-lock.json $(STYLES))

.PHONY: help setup run test faults lint bench clean lock native native-test
.DELETE_ON_ERROR:

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

setup: $(RUNTIME) $(ASSETS) ## install everything; leaves the command at .venv/bin/vcs

run: setup ## load the example caseload and serve it, with the scheduler, on 127.0.0.1:8000
	@exec $(BIN)/vcs run

test: setup $(CHECKS) native-test ## pass the whole suite, or a part: make test TESTS=tests/law
	@$(BIN)/pytest --numprocesses $(WORKERS) $(TESTS)

faults: setup $(CHECKS) native-test ## kill, lock, fill and flood, many times over; ROUNDS=25
	@VCS_TEST_FAULT_ROUNDS=$(ROUNDS) $(BIN)/pytest tests/faults

lint: setup $(CHECKS) ## style, types, import direction, and the figures of the house
	@broken=; \
	for check in "ruff check" "ruff format --check" mypy "lint-imports --no-logo"; do \
		$(BIN)/$$check || broken="$$broken $${check%% *}"; \
	done; \
	$(BIN)/python -m tests.house.figures; \
	[ -z "$$broken" ] || { echo "Broken:$$broken" >&2; exit 1; }

bench: setup $(CHECKS) ## measure intake, decisions and letters
	@$(BIN)/python -m tests.bench

clean: ## remove what these targets made; the data folder stays
	rm -rf .venv node_modules build api/static/govuk *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find api letters scheduler tests vcs -name __pycache__ -prune -exec rm -rf {} +

COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate

lock: setup $(CHECKS) ## renew the lock files from pyproject.toml; UPGRADE=1 takes newer releases
	$(COMPILE) $(if $(UPGRADE),--upgrade) --output-file requirements.lock
	$(COMPILE) $(if $(UPGRADE),--upgrade) --group dev --constraints requirements.lock \
		--output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-annotate $(if $(UPGRADE),--upgrade) --group setup \
		--output-file requirements-setup.lock

$(RUNTIME): | native
	@echo "Setting up: Python packages"
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	@rm -f .venv/.runtime-*
	@$(LOCKED) requirements-setup.lock
	@$(LOCKED) requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(CHECKS): $(RUNTIME)
	@echo "Setting up: what the checks need"
	@rm -f .venv/.checks-*
	@$(LOCKED) requirements-dev.lock
	@touch $@

# The pinned node comes from the virtual environment: the pages look the same from every machine.
$(ASSETS): | $(RUNTIME)
	@echo "Setting up: stylesheet and script"
	@rm -rf api/static/govuk
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build
	@touch $@

# ---- Debian's packages: looked for by what they bring, installed only when that is missing ----

define FIND_RUNTIME
import ctypes, importlib.util, pathlib
def missing(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return True
    return False
if missing("libpango-1.0.so.0"):
    print("libpango-1.0-0")
if missing("libpangoft2-1.0.so.0"):
    print("libpangoft2-1.0-0")
fonts = (pathlib.Path(p) for p in ("/usr/share/fonts", "/usr/local/share/fonts"))
if not any(f for p in fonts for f in p.rglob("LiberationSans-Regular.ttf")):
    print("fonts-liberation")
if importlib.util.find_spec("ensurepip") is None:
    print("python3-venv")
endef
export FIND_RUNTIME

define INSTALL
apt_install() { \
	if ! command -v apt-get >/dev/null; then return 1; fi; \
	if [ "$$(id -u)" = 0 ]; then as_root=; \
	elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then as_root=sudo; \
	else return 1; fi; \
	echo "Setting up: Debian packages $$*"; \
	export DEBIAN_FRONTEND=noninteractive; \
	$$as_root apt-get -qq update && $$as_root apt-get -qq -y --no-install-recommends \
		-o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install $$* >/dev/null </dev/null; \
}
endef

native:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: install it, then run make PYTHON=/path/to/python3 with the target." >&2; exit 1; }
	@$(INSTALL); missing=$$($(PYTHON) -c "$$FIND_RUNTIME") || exit 1; \
	if [ -n "$$missing" ] && ! apt_install $$missing; then \
		echo "These Debian packages are needed and could not be installed from here; install them as root, then run this again:" $$missing >&2; \
		exit 1; \
	fi

native-test:
	@$(INSTALL); missing=; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	$(PYTHON) -c "import ctypes; ctypes.CDLL('libatomic.so.1')" 2>/dev/null || missing="$$missing libatomic1"; \
	command -v pdftoppm >/dev/null || missing="$$missing poppler-utils"; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$$missing postgresql"; \
	if [ -n "$$missing" ] && ! apt_install $$missing; then \
		echo "Not installed, so their tests are left out:$$missing"; \
	fi
