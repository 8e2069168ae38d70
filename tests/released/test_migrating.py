"""What the released version left behind migrates whole, on both databases, killed at any point.

Read a failure as a list: each line is something that the released version reported, or held in a
row, and that is not so any more. What a migration changes on purpose goes into INTENDED.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory

from scheduler.runs import tick
from tests.released import caseload
from tests.released.caseload import ROW
from tests.released.differences import INTENDED, differences, stale
from tests.services.processes import VCS, environment
from vcs import clock
from vcs.access import trail
from vcs.database import connect
from vcs.ledger.integrity.proof import prove
from vcs.migrations.upgrade import _MIGRATIONS, _config, migrate, schema_problems
from vcs.sealing import Sealer
from vcs.settings import Settings

PLAIN_BYTES: dict[str, str] = {
    # "table.column": "why its bytes are not sealed",
}

LOSING = """
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "planted", {head!r}, None, None
def upgrade():
    op.add_column("choice", sa.Column("note", sa.String(), nullable=True))
    for statement in {statements!r}:
        op.execute(statement)
"""

LOSSES = {
    "DELETE FROM choice WHERE choice = 'not_now'": "rows.choice[]: entry",
    "UPDATE referral SET closed_reason = 'x' WHERE closed_on IS NOT NULL": "rows.referral[].closed",
    "UPDATE person SET safe_to_post = NULL": "state.sentences[].referral.victims[].safe",
    "UPDATE letter SET pdf = NULL": "rows.letter[].pdf: it was sealed",
    "UPDATE refusal SET how = 'x'": "rows.refusal[].how: it was by phone, and is x",
    "UPDATE former_details SET sealed = X'01'": "rows.former_details[].sealed: it was sealed",
    "DELETE FROM request_victim WHERE number = 1": "rows.request_victim[]: entry",
}


@pytest.fixture
def released(blank_database_url: str, settings: Settings) -> Settings:
    """Return the settings of a database as the released version left it."""
    assert blank_database_url
    settings = caseload.with_its_keys(settings)
    caseload.put_into(settings)
    return settings


def run(settings: Settings, *command: str) -> str:
    """Run a command of ours; it must end well. Returns what it printed."""
    done = subprocess.run(
        command, env=environment(settings), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command[-2:])}: {done.stdout}{done.stderr}"
    return done.stdout


def is_whole(settings: Settings) -> None:
    """Check that everything is there as it was, and that everything holds."""
    before, after = caseload.before(settings), caseload.after(settings)
    found = sorted(set(differences(before, after)))
    assert not found, f"{len(found)} differences:\n" + "\n".join(found[:40])
    assert stale(before, after) == [], "these differ no longer: take them off INTENDED"
    assert lost_days(before, after) == []
    assert not caseload.unopened(settings).keys() - PLAIN_BYTES.keys()
    assert problems(settings) == []


def lost_days(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return the deadlines whose day of ending was neither kept nor moved to what ended them."""
    now = {one[ROW]: one for one in after["rows"]["deadline"]}
    return [
        str(one[ROW])
        for one in before["rows"]["deadline"]
        if one["met_on"] not in (now[one[ROW]]["met_on"], now[one[ROW]]["lifted_on"])
    ]


def problems(settings: Settings) -> list[str]:
    """Return what is wrong with the schema, the ledger or the trail."""
    db, sealer = connect(settings), Sealer(settings.sealing_keys)
    with db.reading() as session:
        found = [*schema_problems(db), *prove(session, sealer, clock.now()).problems]
        found += [broken] if (broken := trail.verify(session)) else []
    db.close()
    return found


def test_what_the_released_version_left_behind_migrates_whole(released: Settings) -> None:
    vcs = str(VCS)
    run(released, vcs, "migrate")
    is_whole(released)
    printed = json.loads(run(released, vcs, "state", "--json"))
    assert [*differences(caseload.before(released)["state"], printed, INTENDED, "state")] == []
    run(released, vcs, "check")


@pytest.mark.parametrize("killed_at", ["statements", "moments"])
def test_a_migration_killed_at_any_point_ends_as_if_it_had_not_been(
    released: Settings, killed_at: str
) -> None:
    run(released, sys.executable, "-m", "tests.released.dying", killed_at)
    migrate(released)
    is_whole(released)


def test_the_scheduler_goes_on_where_the_released_version_stopped(released: Settings) -> None:
    migrate(released)
    assert [one.fault for one in tick(released) if one.fault] == []
    assert problems(released) == []


def test_a_migration_that_loses_something_is_noticed_and_each_loss_named(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = caseload.with_its_keys(settings)
    caseload.put_into(released)
    plant_losses(tmp_path, monkeypatch)
    migrate(released)
    found = list(differences(caseload.before(released), caseload.after(released)))
    unnoticed = [
        statement
        for statement, words in LOSSES.items()
        if not any(one.startswith(words) for one in found)
    ]
    assert not unnoticed, "\n".join(found)
    assert caseload.unopened(released) == {"former_details.sealed": 3}


def plant_losses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a migration after the newest one, in a copy of their folder."""
    folder = tmp_path / "migrations"
    shutil.copytree(_MIGRATIONS, folder)
    monkeypatch.setattr("vcs.migrations.upgrade._MIGRATIONS", folder)
    head = ScriptDirectory.from_config(_config()).get_current_head()
    text = LOSING.format(head=head, statements=list(LOSSES))
    (folder / "versions" / "planted.py").write_text(text)
