"""Every sample of the platform, through the courts' door and through ``vcs decide``: one answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import app
from tests.api.office import Office

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "messages"
FAMILIES = ("cp-hearing-resulted", "cp-police-result-generated", "hmpps-cp-hearing")

needs_the_samples = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the folder of court samples is not beside this checkout"
)


def decided(family: str) -> dict[str, dict[str, Any]]:
    """Return what ``vcs decide --json`` prints, by file."""
    ran = CliRunner().invoke(app, ["decide", "--json", str(FOLDER / family)])
    assert ran.exit_code == 0, ran.output
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    return {line.pop("source"): line for line in lines}


@needs_the_samples
@pytest.mark.parametrize("family", FAMILIES)
def test_the_door_and_the_command_give_one_answer(office: Office, family: str) -> None:
    receipts: dict[str, str] = {}
    for source in sorted((FOLDER / family).iterdir()):
        answer = office.send(source.read_bytes())
        assert answer.status_code in (200, 202), source.name
        receipts[str(source)] = answer.json()["receipt"]
    office.read()

    told = {source: office.receipt(receipt) for source, receipt in receipts.items()}
    expected = decided(family)
    assert set(told) == set(expected)
    for name, line in expected.items():
        found = {field: told[name][field] for field in ("format", "problem", "sentenced")}
        assert found == {field: line[field] for field in found}, name
