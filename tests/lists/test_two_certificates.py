"""What is signed is what the second person saw; two certificates of one month beside each other."""

from __future__ import annotations

import hashlib
import itertools
import json
from datetime import date

import pytest
from sqlmodel import col, select

from letters.papers.certificate import paper_of
from tests.journeys.world import World
from tests.lists.listed import QUILL, line, match, probation, told
from tests.lists.test_certificate import NOVEMBER, confirm_as, confirmed, proposed
from vcs.access.one_person import are_perhaps_one_person
from vcs.access.records import Account
from vcs.errors import Conflict, NotValid, Overtaken
from vcs.ledger.records import LedgerProof
from vcs.lists.certificate.counts import alone, by_each, of_list
from vcs.lists.certificate.reads import certificate, signed
from vcs.lists.certificate.shown import ALL, of_each_before, of_list_before
from vcs.lists.certificate.signing import signer_of
from vcs.lists.reads import EndedCount
from vcs.terms import Role


@pytest.fixture
def november(world: World) -> World:
    world.clock.move_to(date(2026, 11, 12))
    world.court_tells(told(QUILL))
    match(world, probation(line()), source="Delius team")
    return world


def test_a_list_that_came_since_must_be_in_what_is_signed(november: World) -> None:
    manager, head = november.people[Role.MANAGER], november.people[Role.HEAD]
    reference = proposed(november, manager)
    with november.db.reading() as session:
        seen = certificate(session, head, reference).version
    match(november, probation(line(pnc="2019/9000402J", surname="CANARYNAME")), source="Late")
    with pytest.raises(Conflict, match="Propose it again"):
        confirm_as(november, head, reference)

    assert proposed(november, manager) == reference, "in its place"
    with pytest.raises(Overtaken):
        confirm_as(november, head, reference, seen)
    confirm_as(november, head, reference)
    with november.db.reading() as session:
        told_now = signed(session, head, reference).told
    assert [one["drawn_by"] for one in told_now["lists"]] == ["Delius team", "Late"]


def test_whoever_proposes_it_again_is_not_the_second_person(november: World) -> None:
    head = november.people[Role.HEAD]
    reference = proposed(november, november.people[Role.MANAGER])
    match(november, probation(line()))
    proposed(november, head)
    with pytest.raises(NotValid, match="another person"):
        confirm_as(november, head, reference)
    confirm_as(november, november.people[Role.MANAGER], reference)


def test_two_accounts_of_one_name_are_not_two_people(november: World) -> None:
    manager = november.people[Role.MANAGER]
    same = november.hire(Role.HEAD, "Dr Zoë  CANARY")
    with november.db.writing() as session:
        session.get_one(Account, manager.account_id).name = "Canary, Zoe"
    reference = proposed(november, manager)
    with pytest.raises(NotValid, match="not two people"):
        confirm_as(november, same, reference)
    confirm_as(november, november.people[Role.HEAD], reference)
    with november.db.reading() as session:
        others = session.exec(select(Account.id).where(col(Account.name) != "Canary, Zoe")).all()
        assert not any(
            are_perhaps_one_person(session, *two)
            for two in itertools.combinations(sorted({*others} - {same.account_id}), 2)
        )


def test_a_later_certificate_says_what_it_replaces_and_the_earlier_one_by_what(
    november: World,
) -> None:
    first = confirmed(november)
    head = november.people[Role.HEAD]
    with november.db.reading() as session:
        (before,) = [certificate(session, head, first.told["reference"])]
    match(november, probation(line()))
    later = confirmed(november)
    assert (first.told["replaces"], later.told["replaces"]) == ([], [before.reference])
    assert ("It replaces", before.reference) in paper_of(b"", later.told).facts
    with november.db.reading() as session:
        assert certificate(session, head, before.reference).replaced_by == later.told["reference"]
        assert certificate(session, head, later.told["reference"]).replaced_by == ""


def _ended(matched: int, asked: int, explained: int) -> tuple[EndedCount, ...]:
    return (
        EndedCount("matched", "same", False, matched, "", False),
        EndedCount("task", "eligible_unknown_to_us", False, asked, "", False),
        EndedCount("explained", "by_person", False, explained, "", False),
    )


def test_nothing_small_follows_by_taking_one_certificate_from_another() -> None:
    """Two questions were answered meanwhile: 9 and 11 beside 7 and 13 would say so."""
    first = {"lists": [{"reference": "LST-1", **of_list(_ended(40, 9, 11), 40, 49)}]}
    assert first["lists"][0]["ended"]["task"] == 9
    earlier = list(of_list_before([first], "LST-1"))
    now = of_list(_ended(40, 7, 13), 40, 47, earlier)
    assert (now["lines"], now["ended"]["matched"]) == (60, 40)
    assert (now["ended"]["task"], now["ended"]["explained"]) == ("withheld", "withheld")
    assert now["eligible_in_either"] == "withheld"

    later = of_list(
        _ended(40, 2, 18),
        40,
        42,
        [*earlier, *of_list_before([{"lists": [{"reference": "LST-1", **now}]}], "LST-1")],
    )
    assert (later["ended"]["task"], later["ended"]["explained"]) == ("withheld", "withheld")

    rows = [{"region": "London"}] * 9 + [{"region": "Wales"}] * 20
    before = list(of_each_before([{"open": by_each(rows)}], "open"))
    assert by_each(rows, before) == by_each(rows), "what has not changed is shown again"
    assert by_each([*rows, {"region": "Wales"}], before) == {
        "all": "withheld",
        "region": {"London": 9, "Wales": "withheld"},
    }
    assert (alone(20, [{ALL: 17}]), alone(20, [{ALL: 10}])) == ("withheld", 20)


def test_the_proof_s_hash_is_not_guessed_from_small_counts(november: World) -> None:
    november.sweep()
    found = confirmed(november).told["ledger"]
    with november.db.reading() as session:
        proof = session.exec(select(LedgerProof).order_by(col(LedgerProof.id).desc())).first()
        signer = signer_of(session, november.settings)
    assert proof is not None
    plain = f"{proof.counts}{proof.problems}"
    assert json.loads(proof.counts)
    assert found["sha256"] != hashlib.sha256(plain.encode()).hexdigest()
    assert found["sha256"] == signer.keyed_hash(plain), "the service can make it again"
    assert NOVEMBER.name == "2026-11"
