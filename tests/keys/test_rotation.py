"""Changing the sealing key, ended at any point and taken up again; nothing is lost on the way."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import LargeBinary, select, update
from sqlmodel import Session
from starlette.testclient import TestClient

from tests.conftest import SEALING_KEY
from tests.journeys.world import World, told, world
from tests.keys.alerts import sealed_alerts
from tests.keys.filled import needs_sealed, put, ways_sealed
from tests.keys.sealed_lists import put_a_consultation, sealed_of_a_list
from tests.services.processes import VCS, environment
from vcs.access.emergency.records import EmergencyAccess
from vcs.access.exclusions.records import Exclusion, SameSurname
from vcs.access.reading.records import LiftedLimit
from vcs.access.records import KeptForm
from vcs.access.restrictions.records import Restriction
from vcs.clock import now
from vcs.clocks.records import ClockEnd
from vcs.database import Database, connect
from vcs.errors import Conflict, NotStarted
from vcs.events.records import EventLine, IfOutAnswer, KeyEvent
from vcs.events.updates.records import EventUpdate
from vcs.keys import canary, rotation
from vcs.keys.given import adopt, sealer_of
from vcs.keys.records import SealingKey
from vcs.keys.sealed import SEALED
from vcs.ledger.dump import state_dump
from vcs.migrations.tables import METADATA
from vcs.partners.people.records import UnitMessage
from vcs.partners.records import ReferralRequest
from vcs.post.records import LetterDecision, LetterRecord
from vcs.post.returned.records import ReturnedLetter, UnknownReturn
from vcs.referrals.officers.records import Transfer
from vcs.referrals.records import ClosingProposal, RefusalRecord, ReopeningRecord
from vcs.referrals.tracing.records import TraceRecord
from vcs.sealing import Sealer, key_name
from vcs.search.records import NameWord
from vcs.sentences.declines.records import Decline
from vcs.sentences.records import SentenceReport
from vcs.settings import Settings
from vcs.tables import table_of
from vcs.tasks.records import Task
from vcs.terms import Role
from vcs.victims.records import (
    AddressAnswer,
    ContactRecord,
    FormerDetails,
    PersonRecord,
    Victim,
)

__all__ = ["world"]

NEW_KEY = "bmV3IGtleSBmb3IgdGhlIHRlc3RzLCAzMiBieXRlcyE="

PDF = b"%PDF-1.7 a letter"


class Killed(BaseException):
    """What ends a rotation at a point of the test's choosing."""


@pytest.fixture
def by_file(world: World) -> Settings:
    """Return the settings of a database in use whose keys are in the key file."""
    world.court_tells(told(), told(urn="13EX0000226"))
    _every_other_column(world)
    given = {"data_dir": world.settings.data_dir, "signing_key": world.settings.signing_key}
    folder = world.settings.data_dir / "keys"
    folder.mkdir(mode=0o700)
    (folder / "sealing.keys").write_text(SEALING_KEY + "\n")
    (folder / "sealing.keys").chmod(0o600)
    return Settings.model_validate(given | {"database_url": world.settings.database_url})


def _every_other_column(world: World) -> None:
    """Seal something in each column, in each of the ways that earlier versions sealed too."""
    account = world.hire(Role.VLO, "An Officer").account_id
    with world.db.writing() as session:
        for model, values in sealed_of_a_list(world.sealer, account):
            put(session, model, **values)
        _a_victim(session, world.sealer, account)
        put_a_consultation(session, world.sealer)
        _a_letter(session, world.sealer, account)
        _a_closing(session, world.sealer, account)
        _an_event(session, world.sealer, account)
        _access(session, world.sealer, account)
        kept = {"browser": "b", "path": "/p", "account_id": account, "kept_at": now()}
        put(session, KeptForm, **kept, sealed=world.sealer.seal(b"{}"))
        word = {"digest": "d", "digested_as": "1:x"}
        put(session, NameWord, **word, sealed=world.sealer.seal(b"w"))
        needs_sealed(session, world.sealer, account)
        ways_sealed(session, world.sealer, account)
        _a_trace_and_a_transfer(session, world.sealer, account)
        sealed_alerts(session, world.sealer, account)


def _a_victim(session: Session, sealer: Sealer, account: int) -> None:
    old, day, moment = Fernet(SEALING_KEY), date(2026, 3, 20), now()
    person = {"id": 1, "reference": "VCS-V", "entered_by_account_id": account}
    sealed = {"sealed": old.encrypt(b'{"name":"V"}'), "format_needs_sealed": sealer.seal(b"n")}
    put(session, PersonRecord, **person, **sealed)
    victim = {"id": 1, "reference": "VCS-V", "referral_id": 1, "person_id": 1}
    by = {"standing": "victim", "referred_on": day, "referred_by_account_id": account}
    put(session, Victim, **victim, **by, about_sealed=old.encrypt(b"a"))
    former = {"person_id": 1, "victim_id": 1, "replaced_at": moment, "replaced_by": "x"}
    sealed = {"sealed": sealer.seal(b"f"), "format_needs_sealed": old.encrypt(b"n")}
    sealed |= {"about_sealed": sealer.seal(b"a")}
    put(session, FormerDetails, **former, **sealed)
    contact = {"victim_id": 1, "reached": True, "happened_on": day, "how": "by phone"}
    recorded = {"recorded_at": moment, "recorded_by": account}
    put(session, ContactRecord, **contact, **recorded, sealed=sealer.seal(b"{}"))
    asked = {"id": 1, "receipt": "R", "client_id": "c", "identity": "i", "content_hash": "h"}
    came = {"received_at": moment, "received_on": day, "ask_on": day, "read_at": moment}
    kept = {"kind": "referral", "status": "recorded", "body": old.encrypt(b"{}")}
    put(session, ReferralRequest, **asked, **came, **kept)
    task = {"id": 1, "reference": "VCS-T", "key": "k", "kind": "address_to_check"}
    put(session, Task, **task, question="?", opened_on=day)
    found = {"victim_id": 1, "task_id": 1, "finding": "another_place"}
    answered = {"answered_at": moment, "answered_by": account}
    put(session, AddressAnswer, **found, **answered, sealed=sealer.seal(b"a"))


def _a_letter(session: Session, sealer: Sealer, account: int) -> None:
    letter = {"id": 1, "reference": "VCS-L", "victim_id": 1, "kind": "k", "language": "en"}
    drafted = {"drafted_at": now(), "drafted_by": account}
    made = {
        "contents": sealer.seal(b"{}"),
        "pdf": sealer.seal(PDF),
        "made_from": sealer.seal(b"{}"),
        "format_for": sealer.seal(b"f"),
        "given": sealer.seal(b"{}"),
    }
    digest = hashlib.sha256(PDF).hexdigest()
    put(session, LetterRecord, **letter, **drafted, **made, sha256=digest)
    decided = {"letter_id": 1, "question": "name", "decided_at": now(), "decided_by": account}
    sealed = {"subject": sealer.seal(b"s"), "reason": sealer.seal(b"r")}
    put(session, LetterDecision, **decided, **sealed)
    by = {"recorded_at": now(), "recorded_by": f"account:{account}", "note": sealer.seal(b"n")}
    back = {"came_back_on": date(2026, 3, 20), **by}
    put(session, ReturnedLetter, letter_id=1, victim_id=1, reason="refused", **back)
    put(session, UnknownReturn, reference="VCS-U", typed=sealer.seal(b"t"), **back)


def _a_closing(session: Session, sealer: Sealer, account: int) -> None:
    old, day, moment = Fernet(SEALING_KEY), date(2026, 3, 20), now()
    said = {"referral_id": 1, "refused_on": day, "how": "letter"}
    recorded = {"recorded_at": moment, "recorded_by": account}
    put(session, RefusalRecord, **said, **recorded, sealed=old.encrypt(b"{}"))
    ended = {"referral_id": 1, "clock_key": "1:0:complaint-answered", "ended_on": day}
    put(session, ClockEnd, **ended, **recorded, sealed=sealer.seal(b"c"))
    proposed = {"referral_id": 1, "reason": "no_identifiable_victim", "sealed": sealer.seal(b"p")}
    by = {"proposed_at": moment, "proposed_by": account, "proposed_as": "manager"}
    overtaken = {"decision": "overtaken", "decided_at": moment}
    put(session, ClosingProposal, **proposed, **by, **overtaken, decided_sealed=sealer.seal(b"d"))
    sent = {"reference": "VCS-M", "kind": "said", "referral_id": 1, "sealed": sealer.seal(b"m")}
    answered = {"decision": "refused", "decided_at": moment, "decided_sealed": sealer.seal(b"d")}
    put(session, UnitMessage, **sent, sent_at=moment, sent_by=account, **answered)
    asked = {"task_id": 1, "sentence_id": 1, "decision_id": 1, "reason": "other", "review_on": day}
    by = {"proposed_at": moment, "proposed_by": account}
    sealed = {name: sealer.seal(b"w") for name in ("sealed", "decided_sealed")}
    put(session, Decline, **asked, **by, **sealed)
    reopened = {"referral_id": 1, "reopened_at": moment, "reopened_by": account}
    put(session, ReopeningRecord, **reopened, sealed=sealer.seal(b"w"))


def _an_event(session: Session, sealer: Sealer, account: int) -> None:
    day, moment = date(2026, 3, 20), now()
    event = {
        "id": 1,
        "reference": "VCS-E",
        "referral_id": 1,
        "kind": "released",
        "source": "prison",
    }
    recorded = {"recorded_at": moment, "recorded_by": account}
    sealed = {"split_sealed": sealer.seal(b"s"), "taken_back_sealed": sealer.seal(b"t")}
    sealed |= {f"embargo_{name}": sealer.seal(b"e") for name in ("sealed", "ended_sealed")}
    known = {
        "happened_on": day,
        "only_month": False,
        "tell_by_at": moment,
        "sealed": sealer.seal(b"{}"),
    }
    put(session, KeyEvent, **event, **recorded, **sealed, **known)
    line = {"event_id": 1, "victim_id": 1, "undo": True, "joined_at": moment, "tries": 0}
    said = {f"{name}_sealed": sealer.seal(b"{}") for name in ("way", "told", "not_told")}
    put(session, EventLine, **line, **said, letters_only=False, heard_before=False)
    owed = {"event_id": 1, "victim_id": 1, "number": 1, "opened_at": moment, "due_at": moment}
    sealed = {name: sealer.seal(b"{}") for name in ("sealed", "ended_sealed")}
    put(session, EventUpdate, **owed, **sealed, tries=0)
    asked = {"person_id": 1, "victim_id": 1, "answer": "ring", "answered_on": day}
    put(session, IfOutAnswer, **asked, **recorded, sealed=sealer.seal(b"{}"))


def _access(session: Session, sealer: Sealer, account: int) -> None:
    lifted = {"account_id": account, "lifted_by": account, "lifted_at": now(), "until": now()}
    put(session, LiftedLimit, **lifted, sealed=sealer.seal(b"l"))
    alike = {"account_id": account, "sentence_id": 1}
    by = {"confirmed_at": now(), "confirmed_by": account}
    put(session, SameSurname, **alike, **by, sealed=sealer.seal(b"n"))
    emergency = {"account_id": account, "reference": "VCS-R", "reason": "r"}
    hours = {"opened_at": now(), "until": now(), "sealed": sealer.seal(b"y")}
    put(session, EmergencyAccess, **emergency, **hours)
    excluded = {"account_id": account, "excluded_by": account, "excluded_at": now()}
    about = {"sentence_id": 1, "declared": False}
    why = {"sealed": sealer.seal(b"e"), "lifted_sealed": sealer.seal(b"i")}
    put(session, Exclusion, **excluded, **about, **why)
    restricted = {"sentence_id": 1, "restricted_at": now(), "restricted_by": account}
    put(session, Restriction, **restricted, **why)


def _a_trace_and_a_transfer(session: Session, sealer: Sealer, account: int) -> None:
    day, moment = date(2026, 3, 20), now()
    tried = {"referral_id": 1, "step": "court", "outcome": "nothing", "tried_on": day}
    recorded = {"recorded_at": moment, "recorded_by": account}
    put(session, TraceRecord, **tried, **recorded, sealed=sealer.seal(b"t"))
    offered = {"referral_id": 1, "from_region": "N55", "to_region": "N03", "ask_again_on": day}
    by = {"offered_at": moment, "offered_by": account, "ended_on": day}
    by |= {"decision": "refused", "decided_at": moment}
    sealed = {"sealed": sealer.seal(b"n"), "decided_sealed": sealer.seal(b"d")}
    put(session, Transfer, **offered, **by, **sealed, introduced_sealed=sealer.seal(b"i"))


def plain(db: Database, sealer: Sealer) -> dict[str, list[bytes]]:
    """Return every sealed value, opened."""
    found: dict[str, list[bytes]] = {}
    with db.reading() as session:
        for column in SEALED:
            query = select(column.column).where(column.column.is_not(None))
            found[column.called] = [
                sealer.open(one) for one in session.execute(query.order_by("id")).scalars()
            ]
    return found


def heads(db: Database) -> set[bytes]:
    """Return how every sealed value begins, after its mark: the name of the key."""
    with db.reading() as session:
        return {
            one[1:5]
            for column in SEALED
            for one in session.execute(select(column.column)).scalars()
            if one is not None
        }


def rotated(db: Database, settings: Settings) -> rotation.Rotated:
    return rotation.rotate(db, settings, now(), lambda _: None, settle_seconds=0)


def test_the_list_of_sealed_columns_names_every_column_of_bytes() -> None:
    listed = {(one.table.name, one.name) for one in SEALED}
    held = {
        (table.name, column.name)
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert held - listed == {("sealing_key", "canary")}
    assert listed <= held


def test_everything_is_sealed_anew_and_reads_as_before(world: World, by_file: Settings) -> None:
    before, state = plain(world.db, world.sealer), world.state()
    assert all(before.values())
    done = rotated(world.db, by_file)
    newest = sealer_of(by_file.again())
    assert newest is not None
    assert newest.names == (done.newest, key_name(SEALING_KEY))
    assert heads(world.db) == {bytes.fromhex(done.newest)}
    assert plain(world.db, newest) == before
    assert done.sealed == sum(map(len, before.values())) >= len(SEALED)
    assert hashlib.sha256(before["letter.pdf"][0]).hexdigest() == hashlib.sha256(PDF).hexdigest()
    assert done.retired == (key_name(SEALING_KEY),)
    with world.db.reading() as session:
        assert state_dump.state(session, newest) == state


def test_the_old_key_may_go_only_when_nothing_needs_it(world: World, by_file: Settings) -> None:
    begun = rotation.begin(world.db, by_file, now())
    with pytest.raises(Conflict, match="still needed"):
        rotation.remove(world.db, begun)
    rotated(world.db, begun)
    assert rotation.remove(world.db, by_file.again()) == 1
    with world.db.reading() as session:
        alone = sealer_of(by_file.again())
        assert alone is not None
        assert len(alone.names) == 1
        assert canary.problems(session, alone) == []
        assert "do not open the data" in canary.problems(session, world.sealer)[0]
    plain(world.db, alone)


def test_a_rotation_that_is_over_begins_no_other_one(world: World, by_file: Settings) -> None:
    first = rotated(world.db, by_file)
    again = rotated(world.db, by_file.again())
    assert (again.newest, again.sealed, again.retired) == (first.newest, 0, ())


POINTS = ("key made", "first batch", "in the middle", "everything sealed", "retiring")


@pytest.mark.parametrize("point", POINTS)
def test_a_rotation_ended_anywhere_is_taken_up_again(
    world: World, by_file: Settings, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    before = plain(world.db, world.sealer)
    with monkeypatch.context() as patch:
        _end_at(point, patch)
        with pytest.raises(Killed):
            rotated(world.db, by_file)
    between = sealer_of(by_file.again())
    assert between is not None
    assert plain(world.db, between) == before  # everything opens with what the key file holds
    done = rotated(world.db, by_file.again())
    assert heads(world.db) == {bytes.fromhex(done.newest)}
    newest = sealer_of(by_file.again())
    assert newest is not None
    assert plain(world.db, newest) == before
    with world.db.reading() as session:
        assert [row.name for row in canary.active(session)] == [done.newest]
    assert len((by_file.data_dir / "keys" / "sealing.keys").read_text().split(",")) == 2


def _end_at(point: str, patch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> int:
        raise Killed

    if point == "key made":
        patch.setattr(rotation, "adopt", killed)
    elif point == "first batch":
        patch.setattr(rotation, "_put", killed)
    elif point == "in the middle":
        puts, real = [0], rotation._put

        def some(*given: Any) -> int:
            puts[0] += 1
            return real(*given) if puts[0] < 4 else killed()

        patch.setattr(rotation, "_put", some)
    elif point == "everything sealed":
        patch.setattr(rotation, "left", killed)
    else:
        patch.setattr(canary, "retire", killed)


def test_a_value_changed_meanwhile_is_not_put_back(world: World, by_file: Settings) -> None:
    column = SEALED[0]
    begun = rotation.begin(world.db, by_file, now())
    sealer = sealer_of(begun)
    assert sealer is not None
    with world.db.reading() as session:
        (row,) = column.some(session, 0, 1)
    mine = sealer.seal(b'{"name":"changed meanwhile"}')
    with world.db.writing() as session:
        session.execute(update(column.table).values(sealed=mine))
    stale = {"row_id": row.id, "was": row.sealed, "becomes": sealer.seal_anew(row.sealed)}
    rotation._put(world.db, column, [stale])
    assert b"changed meanwhile" in plain(world.db, sealer)["person.sealed"][0]


def test_a_value_that_no_key_opens_ends_no_rotation(world: World, by_file: Settings) -> None:
    with world.db.writing() as session:
        session.execute(update(table_of(SentenceReport)).values(told=b"\x03damaged"))
    done = rotated(world.db, by_file)
    assert done.unopened == 2
    assert done.retired == (key_name(SEALING_KEY),)


def test_a_process_that_was_running_keeps_up_by_the_key_file(
    world: World, by_file: Settings
) -> None:
    running = sealer_of(by_file)
    assert running is not None
    before = plain(world.db, running)
    done = rotated(world.db, by_file)
    assert plain(world.db, running) == before
    assert running.seal(b"x")[1:5] == bytes.fromhex(done.newest)


def test_keys_from_the_environment_are_taken_newest_first(world: World) -> None:
    world.court_tells(told())
    with pytest.raises(Conflict, match="put a new key before it"):
        rotated(world.db, world.settings)
    both = world.settings.model_copy(update={"sealing_keys": f"{NEW_KEY},{SEALING_KEY}"})
    assert rotated(world.db, both).newest == key_name(NEW_KEY)
    with pytest.raises(Conflict, match="take them out of VCS_SEALING_KEYS"):
        rotation.remove(world.db, both)
    alone = world.settings.model_copy(update={"sealing_keys": NEW_KEY})
    with world.db.writing() as session:
        adopt(session, alone, now())
        turned = both.model_copy(update={"sealing_keys": f"{SEALING_KEY},{NEW_KEY}"})
        with pytest.raises(NotStarted, match="put the newest first"):
            adopt(session, turned, now())


def test_a_killed_command_is_taken_up_while_the_pages_are_served(
    world: World, by_file: Settings
) -> None:
    from api.app import create_app

    file = by_file.data_dir / "keys" / "sealing.keys"
    environ = environment(by_file)
    del environ["VCS_SEALING_KEYS"]
    command = [str(VCS), "keys", "rotate"]
    with TestClient(create_app(by_file), base_url="http://127.0.0.1") as client:
        killed = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while "," not in file.read_text() and time.monotonic() < deadline:
            time.sleep(0.01)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert client.get("/readyz").status_code == 200
        early = subprocess.run(
            [str(VCS), "keys", "remove"], env=environ, capture_output=True, text=True, check=False
        )
        assert (early.returncode, "still needed" in early.stderr) == (1, True)
        ended = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        assert f"These old keys may be removed now: {key_name(SEALING_KEY)}" in ended.stdout
        door = client.app.state.door  # type: ignore[attr-defined]
        assert set(plain(world.db, door.sealer)["letter.pdf"]) == {PDF}
        assert client.get("/readyz").json()["reasons"] == []
    removed = subprocess.run(
        [str(VCS), "keys", "remove"], env=environ, capture_output=True, text=True, check=False
    )
    assert removed.returncode == 0, removed.stderr
    assert "," not in file.read_text()
    assert _registered(connect(by_file)) == 2


def _registered(db: Database) -> int:
    with db.reading() as session:
        count = len(session.execute(select(table_of(SealingKey))).all())
    db.close()
    return count


def test_a_key_file_that_a_killed_rotation_left_a_draft_beside_is_cleaned(tmp_path: Path) -> None:
    from vcs.key_file import replace_secret

    file = tmp_path / "sealing.keys"
    (tmp_path / ".sealing.keys.1.aa").write_text("a key")
    replace_secret(file, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["sealing.keys"]
    assert file.stat().st_mode & 0o777 == 0o600
