"""The monthly certificate: two people, one key, and a check that needs no program of ours."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import Session

from letters.papers.certificate import on_paper, paper_of
from tests.journeys.world import World
from tests.lists.listed import QUILL, line, match, probation, told
from vcs.access.actors import Actor
from vcs.errors import Conflict, NotSetUp, NotValid
from vcs.lists.certificate.confirm import confirm, propose
from vcs.lists.certificate.contents import Keys, Month, contents
from vcs.lists.certificate.counts import by_each, of_list
from vcs.lists.certificate.reads import Signed, certificate, public_keys, signed, signed_of
from vcs.lists.certificate.signing import is_signed, keys_in, signer_of, signer_with
from vcs.lists.reads import EndedCount
from vcs.lists.records import ListLine
from vcs.settings import Settings
from vcs.terms import Role

NOVEMBER = Month.named("2026-11")


@pytest.fixture
def november(world: World) -> World:
    """Return a world in which one list was matched in November 2026, with a question open."""
    world.clock.move_to(date(2026, 11, 12))
    world.court_tells(told(QUILL))
    unknown = line(pnc="2019/9000402J", surname="CANARYNAME", forename="ADA")
    match(world, probation(line(), unknown), source="Delius team")
    return world


def confirmed(world: World, second: Role = Role.HEAD) -> Signed:
    manager, other = world.people[Role.MANAGER], world.people[second]
    reference = proposed(world, manager)
    confirm_as(world, other, reference)
    with world.db.reading() as session:
        return signed(session, other, reference)


def proposed(world: World, who: Actor) -> str:
    with world.db.writing() as session:
        signer = signer_of(session, world.settings)
        return propose(world.work(session, who), NOVEMBER, signer).reference


def confirm_as(world: World, who: Actor, reference: str, seen: str = "") -> None:
    """Confirm what is shown now, or what was seen before."""
    with world.db.writing() as session:
        shown = certificate(session, who, reference).version
        signer = signer_of(session, world.settings)
        confirm(world.work(session, who), reference, signer, seen or shown)


def test_it_says_what_was_matched_and_what_is_open_and_names_nobody(november: World) -> None:
    found = confirmed(november)
    (one,) = found.told["lists"]
    assert one["drawn_by"] == "Delius team"
    text = found.content.decode().lower()
    for secret in ("canaryname", "quillfeather", "tobiah", "9000402", "1988-03-14"):
        assert secret not in text
    assert [each["what"] for each in found.told["signed_by"]] == ["proposed", "confirmed"]


def test_no_small_number_is_on_it_nor_found_by_taking_away(november: World) -> None:
    """Two lines, one matched and one unknown to us: of so few nothing is shown, and none is a 0."""
    told = _contents(november, "2026-11")
    (one,) = told["lists"]
    assert one["lines"] == one["eligible_in_either"] == one["eligible_in_both"] == "withheld"
    assert {each["lines"] for each in one["by_reason"]} == {"withheld"}
    assert (one["ended"]["matched"], one["ended"]["task"]) == ("withheld", "withheld")
    assert one["ended"]["cannot_tell"] == 0, "a true nothing is told"
    assert told["found_by_lists"]["all"] == told["open"]["all"] == "withheld"
    assert told["ledger"]["eligible_not_accounted_for"] == "withheld"
    assert not re.search(r'"[^"]*": ?[1-4][,}]', json.dumps(told))


def test_blank_lines_are_counted_no_more_than_in_measures(world: World) -> None:
    """Else 45 lines beside 44 of M18 say that one line held no sentence."""
    world.clock.move_to(date(2026, 11, 12))
    match(world, probation(*(line(pnc=f"2019/{n}") for n in range(9000410, 9000416)), "Total,6"))
    (one,) = _contents(world, "2026-11")["lists"]
    assert one["lines"] == 6
    assert "no_sentence" not in json.dumps(one)


def test_large_numbers_are_on_it_and_a_small_one_takes_another_with_it() -> None:
    same = EndedCount("matched", "same", False, 40, "", False)
    differs = EndedCount("matched", "day_differs", False, 3, "", False)
    unknown = EndedCount("task", "eligible_unknown_to_us", False, 7, "", False)
    told = of_list((same, differs, unknown), 43, 50)
    assert (told["lines"], told["ended"]["matched"], told["ended"]["task"]) == (50, 43, 7)
    assert [one["lines"] for one in told["by_reason"]] == ["withheld", "withheld", 7]
    assert (told["eligible_in_both"], told["eligible_in_either"]) == (43, 50)
    close = of_list((same,), 40, 42)
    assert (close["eligible_in_both"], close["eligible_in_either"]) == ("withheld", 42)


def test_what_was_found_is_counted_by_each_of_its_columns() -> None:
    rows = [{"region": "London", "done": "open"}] * 9 + [{"region": "Wales", "done": "open"}] * 2
    assert by_each(rows) == {
        "all": 11,
        "region": {"London": "withheld", "Wales": "withheld"},
        "done": {"open": 11},
    }
    assert by_each(()) == {"all": 0}


def test_a_certificate_of_before_is_printed_as_it_was_signed(november: World) -> None:
    told = confirmed(november).told
    late = {"question": "TSK-1", "by_the_law": "contact is owed", "days_after_sentence": 41}
    waits = {"question": "TSK-1", "about": "unknown_to_us", "owner": "x", "due_on": "2026-11-16"}
    formerly = {**told, "found_by_lists": [late], "open": [waits]}
    tables = [one.table for one in paper_of(b"", formerly).sections if one.table]
    assert ("TSK-1", "contact is owed", "41") in [row for each in tables for row in each.rows]
    assert ("TSK-1", "unknown to us", "x", "2026-11-16") in tables[-1].rows
    assert on_paper(b"", formerly).pages >= 1


def test_one_person_cannot_sign_alone_and_nobody_twice(november: World) -> None:
    with pytest.raises(NotValid, match="another person"):
        confirmed(november, second=Role.MANAGER)
    with pytest.raises(Conflict, match="waits"):
        proposed(november, november.people[Role.HEAD])


def test_a_changed_byte_is_found_without_our_program(november: World, tmp_path: Path) -> None:
    found = confirmed(november)
    (tmp_path / "key.pem").write_text(found.public_pem)
    (tmp_path / "sig").write_bytes(found.signature)
    (tmp_path / "good").write_bytes(found.content)
    (tmp_path / "bad").write_bytes(
        found.content.replace(b'"month":"2026-11"', b'"month":"2026-12"')
    )
    asked = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin"]
    codes = [
        subprocess.run(
            [*asked, "-in", name, "-sigfile", "sig"], cwd=tmp_path, capture_output=True, check=False
        ).returncode
        for name in ("good", "bad")
    ]
    assert codes == [0, 1]
    assert is_signed(found.public_pem, found.content, found.signature)
    assert not is_signed(found.public_pem, found.content + b" ", found.signature)


def test_what_two_people_signed_is_what_is_written_ever_after(november: World) -> None:
    found = confirmed(november)
    match(november, probation(line()))
    with november.db.reading() as session:
        again, is_confirmed = _written(november, session)
    assert is_confirmed
    assert again.content == found.content


def test_without_two_people_it_says_so(november: World) -> None:
    with november.db.reading() as session:
        found, is_confirmed = _written(november, session)
    assert not is_confirmed
    assert found.told["signed_by"] == []


def _written(world: World, session: Session) -> tuple[Signed, bool]:
    signer = signer_of(session, world.settings)
    return signed_of(session, world.sealer, signer, NOVEMBER, world.clock.now())


def test_a_lost_key_is_never_made_anew_without_a_word(november: World) -> None:
    confirmed(november)
    file = november.settings.data_dir / "keys" / "certificate.key"
    assert file.stat().st_mode & 0o077 == 0
    file.unlink()
    given = {name: getattr(november.settings, name) for name in ("data_dir", "sealing_keys")}
    lost = Settings.model_validate(given | {"database_url": november.settings.database_url})
    with november.db.reading() as session, pytest.raises(NotSetUp, match="missing"):
        signer_of(session, lost)


def test_a_month_has_the_count_of_its_own_last_proof_and_not_todays(november: World) -> None:
    ledger = {
        month: _contents(november, month)["ledger"] for month in ("2025-01", "2026-10", "2026-11")
    }
    assert ledger["2025-01"]["eligible_not_accounted_for"] is None, "nothing was proved by then"
    assert ledger["2026-11"]["eligible_not_accounted_for"] == "withheld"
    assert ledger["2026-11"]["counted_at"] == november.clock.now().isoformat(timespec="seconds")
    november.sweep()
    november.clock.move_to(date(2026, 12, 2))
    assert _contents(november, "2026-11")["ledger"]["eligible_not_accounted_for"] == "withheld"
    assert _contents(november, "2026-11")["month_is_over"]
    assert not _contents(november, "2026-12")["month_is_over"]
    with pytest.raises(NotValid, match="has begun"):
        _contents(november, "2027-01")


def test_one_list_line_that_does_not_open_stops_no_certificate(november: World) -> None:
    with november.db.writing() as session:
        session.execute(update(ListLine).values(sealed=b"damaged"))
    found = _contents(november, "2026-11")["found_by_lists"]
    assert list(found["after_sentence"]) == ["not known"]


def test_what_an_earlier_key_signed_is_checked_with_that_key(november: World) -> None:
    found = confirmed(november)
    fresh = signer_with(base64.b64encode(bytes(range(32))).decode())
    with november.db.reading() as session:
        published = public_keys(session, fresh)
    today, earlier = keys_in(published)
    assert (today, earlier) == (fresh.public_pem, found.public_pem)
    assert "certificates: 2026-11" in published
    assert [is_signed(one, found.content, found.signature) for one in (today, earlier)] == [
        False,
        True,
    ]


def _contents(world: World, month: str) -> dict[str, Any]:
    with world.db.reading() as session:
        keys = Keys(world.sealer, signer_of(session, world.settings))
        return contents(session, keys, Month.named(month), world.clock.now())


@pytest.mark.parametrize("text", ["2026-13", "November", "", "2026-11-01"])
def test_a_month_is_written_one_way(text: str) -> None:
    with pytest.raises(NotValid):
        Month.named(text)
