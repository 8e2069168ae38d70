from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from tests.journeys.world import FRIDAY_20_MARCH as FRIDAY
from tests.journeys.world import NOT_ELIGIBLE, World, told
from vcs.access import trail
from vcs.consequences.messages import desk, recording
from vcs.consequences.messages.desk import read_waiting
from vcs.errors import Busy, NotSetUp
from vcs.intake.results.learned import Meanings
from vcs.sealing import Sealer
from vcs.terms import Role


def test_a_message_that_cannot_be_read_is_set_aside_and_the_rest_goes_on(world: World) -> None:
    bad, good = world.court_tells(b'{"hearing": {"prosecutionCases": 7}}', told())
    assert (bad["status"], good["status"]) == ("set_aside", "read")
    assert bad["problem"]
    assert bad["sentenced"] == []
    (task,) = world.tasks(Role.ADMINISTRATOR)
    assert (task.kind, task.receipt) == ("set_aside", bad["receipt"])


def test_what_is_not_json_at_all_is_set_aside(world: World) -> None:
    (receipt,) = world.court_tells(b"not json")
    assert receipt["status"] == "set_aside"


def test_a_fault_of_ours_sets_one_message_aside_and_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = world.keep(b"poison", told())
    real = recording.prepare

    def fail(body: bytes, sealer: Sealer, learned: Meanings) -> recording.Prepared:
        if body == b"poison":
            raise ZeroDivisionError("about Canary Victim")
        return real(body, sealer, learned)

    monkeypatch.setattr(desk, "prepare", fail)
    assert world.read() == 2
    bad, good = (world.receipt(one.receipt) for one in kept)
    assert (bad["status"], good["status"]) == ("set_aside", "read")
    assert "Canary" not in str(bad)


def test_a_fault_half_way_through_recording_leaves_nothing_of_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "note", _raise)
    world.keep(told())
    with pytest.raises(ZeroDivisionError):
        world.read()
    assert world.sentences() == []
    assert world.referrals() == []
    monkeypatch.undo()
    assert world.read() == 1
    assert len(world.referrals()) == 1


def _raise(*_: object) -> None:
    raise ZeroDivisionError


def test_a_busy_database_leaves_the_message_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.keep(told())

    def busy(*_: object) -> None:
        raise Busy("locked")

    monkeypatch.setattr(desk, "record", busy)
    with pytest.raises(Busy):
        world.read()
    monkeypatch.undo()
    assert world.read() == 1
    assert len(world.referrals()) == 1


def test_a_wrong_key_stops_the_desk_and_sets_nothing_aside(world: World) -> None:
    world.keep(told())
    with pytest.raises(NotSetUp):
        read_waiting(world.db, Sealer("a" * 43 + "="), now=world.clock.now)
    assert world.read() == 1


def test_several_desks_at_once_read_each_message_once(world: World) -> None:
    world.keep(*(told(urn=f"13EX{n:07d}26") for n in range(20)))
    counts: list[int] = []
    threads = [threading.Thread(target=lambda: counts.append(world.read())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # A desk may skip what another has in hand; whoever has it records it.
    assert sum(counts) == 20
    assert len(world.referrals()) == 20
    assert world.problems() == []


def test_shares_of_one_hearing_read_at_once_end_as_if_read_in_order(world: World) -> None:
    shares = [told(shared_at=f"12:{n:02d}:00") for n in range(10)]
    world.keep(*shares, told(shared_at="13:00:00", urn="13EX0000126"))
    threads = [threading.Thread(target=world.read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(world.referrals()) == 1
    assert world.problems() == []


def test_no_more_than_asked_for_is_read(world: World) -> None:
    world.keep(*(told(urn=f"13EX{n:07d}26") for n in range(5)))
    assert read_waiting(world.db, world.sealer, 3, now=world.clock.now) == 3
    assert world.read() == 2
    assert world.read() == 0


def test_the_receipt_has_the_shape_of_the_contract(world: World) -> None:
    (receipt,) = world.court_tells(told())
    assert set(receipt) == {
        "receipt", "received_at", "format", "status", "problem", "sentenced", "repeats",
    }  # fmt: skip
    (sentenced,) = receipt["sentenced"]
    assert sentenced["offender"]["name"] == "Colin Madeup"
    assert sentenced["deadlines"][0]["due_on"] == "2026-04-07"


def test_a_message_that_sentences_nobody_is_read_and_empty(world: World) -> None:
    (receipt,) = world.court_tells(b'{"hearing": {"id": "h-1", "prosecutionCases": []}}')
    assert (receipt["status"], receipt["sentenced"]) == ("read", [])


def test_nothing_personal_stands_in_the_database_in_the_clear(world: World) -> None:
    world.court_tells(told(), told(urn="13EX0000226", shared_at="12:00:00"))
    world.court_tells(told(FRIDAY, ("Other", *NOT_ELIGIBLE), urn="13EX0000326"))
    world.refer(world.referrals()[0])
    secrets = ("Madeup", "Colin", "Canary", "canary", "LS1 3AB", "0113 496 0777", "Example Street")
    with world.db.engine.connect() as connection:
        for table in connection.dialect.get_table_names(connection):
            for row in connection.execute(text(f"SELECT * FROM {table}")):  # noqa: S608 - our own
                held = " ".join(_as_text(value) for value in row)
                assert not [word for word in secrets if word in held], table


def _as_text(value: object) -> str:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode("latin-1")
    return str(value)
