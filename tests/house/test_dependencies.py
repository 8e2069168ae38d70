"""What is declared for run time is used there, and the pages' parts are of one release."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from importlib import metadata

from packaging.requirements import Requirement

from tests.house.source import ROOT, Source, room_files

# Used without an import of ours: by the library that is named.
BY_OTHERS = {
    "itsdangerous": "Starlette signs session cookies with it",
    "python-multipart": "Starlette reads forms with it",
    "psycopg": "SQLAlchemy opens PostgreSQL with it",
    "tzdata": "zoneinfo reads the time zones from it where the machine has none",
    "govuk-frontend-jinja": "templates import its macros by name",
}
ONLY_IN_CHECKS = ("holidays", "govuk-bank-holidays")


def declared() -> tuple[set[str], set[str]]:
    """Return the names of the packages for run time and for the checks."""
    held = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for_run, for_checks = held["project"]["dependencies"], held["dependency-groups"]["dev"]
    return {Requirement(one).name for one in for_run}, {Requirement(one).name for one in for_checks}


def imported() -> set[str]:
    """Return every distribution that the rooms import something of."""
    owners = metadata.packages_distributions()
    modules = {name.split(".")[0] for source in room_files() for name in _imports(source)}
    return {normal(owner) for module in modules for owner in owners.get(module, [])}


def _imports(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_package_for_run_time_is_used_at_run_time() -> None:
    assert declared()[0] - imported() - set(BY_OTHERS) == set()


def test_the_calendars_that_ours_is_compared_with_are_for_the_checks_alone() -> None:
    for_run, for_checks = declared()
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name in ONLY_IN_CHECKS:
        assert name in for_checks - for_run
        assert not re.search(rf"^{name}==", lock, re.MULTILINE)


def test_the_styles_are_of_the_release_that_the_macros_are_a_port_of() -> None:
    port = metadata.distribution("govuk-frontend-jinja")
    described = port.read_text("METADATA") or ""
    row = re.search(rf"\[{re.escape(port.version)}\]\S+\s*\|\s*\[([0-9.]+)\]", described)
    assert row, "the port's own table of releases names this one no longer"
    pinned = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert pinned["devDependencies"]["govuk-frontend"] == row[1]
