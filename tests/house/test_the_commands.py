"""A command waits for what it needs alone, and the table of commands says what is true."""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.commands.deferred import loaded
from api.commands.table import COMMANDS, Group, Row
from tests.house.source import ROOT
from tests.services.processes import VCS

_HEAVY = {
    "alembic",
    "fastapi",
    "jinja2",
    "pydantic",
    "rich.markdown",
    "sqlalchemy",
    "sqlmodel",
    "typer.rich_utils",
    "uvicorn",
    "weasyprint",
}
_IMPORTED = "import json, sys; import {}; print(json.dumps(sorted(sys.modules)))"


def imported_with(module: str) -> set[str]:
    """Return everything that a Python of its own has imported once it has this module."""
    command = [sys.executable, "-c", _IMPORTED.format(module)]
    return set(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))


def rows() -> Iterator[tuple[str, Row]]:
    """Yield each command of the table by the name that one types."""
    for entry in COMMANDS:
        if isinstance(entry, Group):
            yield from ((f"{entry.name} {row.name}", row) for row in entry.rows)
        else:
            yield entry.name, entry


@pytest.mark.parametrize("module", ["api.cli", "api.commands.messages.deciding"])
def test_help_and_decide_import_no_database_no_web_and_no_press(module: str) -> None:
    assert imported_with(module) & _HEAVY == set()


def test_serving_imports_no_press_and_no_pages_of_help() -> None:
    found = imported_with("api.commands.service.running")
    assert {"fastapi", "sqlalchemy"} <= found, "what is looked for would be found"
    assert found & {"weasyprint", "rich.markdown", "typer.rich_utils", "scheduler"} == set()


def test_help_names_every_command_with_a_line_that_is_how_its_own_help_begins() -> None:
    for typed, row in rows():
        *group, _ = typed.split()
        listed = CliRunner().invoke(app, [*group, "--help"]).output
        assert f"{row.name} " in listed
        assert row.line in listed
        its_own = inspect.cleandoc(loaded(row).help or "")
        assert its_own.startswith(row.line.removesuffix(".")), typed


def files_of_commands() -> set[str]:
    """Return each module of commands by its name below ``api.commands``."""
    top = Path(ROOT, "api", "commands")
    found = (path.relative_to(top).with_suffix("") for path in top.rglob("*.py"))
    return {".".join(path.parts) for path in found if path.name != "__init__"}


def test_every_file_of_commands_is_in_the_table() -> None:
    places = {row.function.partition(":")[0] for _, row in rows()}
    helping = {"deferred", "opening", "options", "progress", "table", "written"}
    helping |= {"messages.reading_again", "decisions.trying"}
    assert files_of_commands() == places | helping


def test_the_shell_completes_commands_and_their_options() -> None:
    def completed(typed: str) -> list[str]:
        words = {"COMP_WORDS": f"vcs {typed}", "COMP_CWORD": str(len(typed.split(" ")))}
        environ = {**os.environ, "_VCS_COMPLETE": "complete_bash", **words}
        ran = subprocess.run([str(VCS)], env=environ, capture_output=True, text=True, check=False)
        return ran.stdout.split()

    assert completed("re") == ["reassess", "reconcile", "replay"]
    assert completed("users d") == ["disable"]
    assert completed("decide --j") == ["--json"]


def test_the_version_is_the_packages_own() -> None:
    with Path(ROOT, "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    said = CliRunner().invoke(app, ["--version"])
    assert (said.exit_code, said.output) == (0, f"victim-contact-tracker {project['version']}\n")
