"""The whole sample folder through the courts' door, ``vcs load`` and ``vcs decide``: one result."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.api.commands.test_keeping import ran
from tests.api.office import Office
from vcs import clock
from vcs.custody.dumped import state

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "messages"

needs_the_samples = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the folder of court samples is not beside this checkout"
)


def sent(office: Office, source: Path) -> str | None:
    """Send a file to the address of its kind; return its receipt, None where it is refused."""
    kind = "spi" if source.suffix == ".xml" else "common-platform"
    answer = office.send(source.read_bytes(), f"/court-feeds/{kind}")
    assert answer.status_code in (200, 202, 400), source.name
    return str(answer.json()["receipt"]) if answer.status_code != 400 else None


def state_of(office: Office) -> dict[str, Any]:
    with office.app.state.door.db.reading() as session:
        told = state(session, office.app.state.door.sealer, clock.today())
        found: dict[str, Any] = json.loads(json.dumps(told))
    return found


@needs_the_samples
def test_every_door_gives_one_result_for_every_sample(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = sorted(one for one in FOLDER.rglob("*") if one.is_file())
    lines = [json.loads(line) for line in ran("decide", "--json", str(FOLDER)).splitlines()]
    decided = {line.pop("source"): line for line in lines}
    assert set(decided) == {str(one) for one in sources}

    receipts = {str(one): sent(office, one) for one in sources}
    office.read()
    for name, line in decided.items():
        receipt = receipts[name]
        if receipt is None:
            assert line["status"] == "set_aside", name
            continue
        told = office.receipt(receipt)
        found = {field: told[field] for field in ("format", "problem", "sentenced")}
        assert found == {field: line[field] for field in found}, name
        # A court's older share is held as older; it was read all the same.
        assert told["status"].replace("older_than_held", "read") == line["status"], name

    monkeypatch.setenv("VCS_DATA_DIR", str(tmp_path / "loaded"))
    ran("migrate")
    said = ran("load", str(FOLDER))
    assert said.count("Not kept:") == list(receipts.values()).count(None)
    assert json.loads(ran("state", "--json")) == state_of(office)
    assert "invariants hold" in ran("check")
    assert ran("load", "--replay").startswith("No change")
