"""The locks hold no release with a fault that would reach a victim, and no address."""

from __future__ import annotations

import re

import pytest
from packaging.version import Version

from tests.house.source import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-setup.lock")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", re.MULTILINE)

# Package, oldest release that is safe here, why.
FLOORS = (
    ("weasyprint", "70", "earlier ones follow redirects and attach local files"),
    ("apscheduler", "3.11.2", "3.11.0 stops for good at the October change of the clocks"),
    ("jinja2", "3.1.6", "earlier ones let a template out of its sandbox"),
    ("starlette", "1.5.1", "earlier ones: Range, Host header and form limits"),
)


def pins(lock: str) -> dict[str, Version]:
    """Return each locked package with its release; the lowest where platforms differ."""
    found: dict[str, Version] = {}
    for name, version in PIN.findall((ROOT / lock).read_text(encoding="utf-8")):
        found[name] = min(found.get(name, Version(version)), Version(version))
    return found


@pytest.mark.parametrize("lock", LOCKS[:2])
@pytest.mark.parametrize(("package", "floor", "why"), FLOORS)
def test_no_lock_goes_below_a_floor(lock: str, package: str, floor: str, why: str) -> None:
    assert pins(lock)[package] >= Version(floor), why


def test_the_scheduler_stays_on_its_production_line() -> None:
    assert pins("requirements.lock")["apscheduler"] < Version("4")


def test_the_checks_run_with_what_production_runs_with() -> None:
    production, checks = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: checks.get(name) for name in production} == production


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_its_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert blocks
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert re.search(r"://|--(extra-)?index|--find-links", text) is None


def test_the_node_lock_has_hashes_and_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity": "sha512-' in text
    assert '"resolved"' not in text
