"""Finding sentences and referrals: by any reference, by a name however spelt, only one's own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import event
from sqlmodel import select

from tests.conftest import SEALING_KEY
from tests.journeys.world import ELIGIBLE, FRIDAY_20_MARCH, World, told
from vcs.access.actors import Actor
from vcs.errors import NotAllowed
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.search import keep
from vcs.search.reads import MOST, Found, Hit, Kind, search
from vcs.search.records import NameWord, NameWordKey, SentenceName
from vcs.sentences.records import Sentence
from vcs.terms import Role


def named(first: str, last: str, urn: str, **ids: str) -> bytes:
    """Return a message about one offender, with further ids of the defendant's."""
    body: dict[str, Any] = json.loads(told(FRIDAY_20_MARCH, (last, *ELIGIBLE), urn=urn))
    for case in body["hearing"]["prosecutionCases"]:
        for one in case["defendants"]:
            one |= {key: value for key, value in ids.items() if key == "pncId"}
            details = one["personDefendant"]
            details |= {key: value for key, value in ids.items() if key != "pncId"}
            details["personDetails"]["firstName"] = first
            one["id"] = one["masterDefendantId"] = f"{first}-{last}-{urn}"
    return json.dumps(body).encode()


def listed(world: World, *bodies: bytes) -> None:
    world.court_tells(*bodies)
    with world.db.writing() as session:
        while keep.list_names(session, world.sealer, 500):
            pass


def found(world: World, text: str, who: Actor | None = None) -> Found:
    who = who or world.people[Role.MANAGER]
    with world.db.reading() as session:
        return search(session, world.sealer, who, text)


def names(result: Found) -> list[str]:
    return [one.offender_name for one in result.hits]


def only(result: Found) -> Hit:
    (hit,) = result.hits
    return hit


@pytest.mark.parametrize(
    "typed",
    [
        "Jestyn Lorton",
        "lorton jestyn",
        "Lorton, Jestyn",
        "Jestyn Q Lorton",
        "J Lorton",
        "Lorton",
        "Jestin Lortan",
        "Gestyn Lorten",
        "Jestyyn Lotron",
        "Jestn Lortno",
        "JESTYN LÖRTON",
    ],
)
def test_an_offender_is_found_however_the_name_is_spelt(world: World, typed: str) -> None:
    listed(world, named("Jestyn", "Lorton", "13EX0000126"), named("Howell", "Other", "13EX0000226"))
    assert names(found(world, typed)) == ["Jestyn Lorton"]


@pytest.mark.parametrize("typed", ["Somebody Else", "Jestyn Else", "J", "Nia"])
def test_another_name_finds_nobody(world: World, typed: str) -> None:
    listed(world, named("Jestyn", "Lorton", "13EX0000126"))
    assert names(found(world, typed)) == []


def test_the_likest_comes_first(world: World) -> None:
    listed(
        world,
        named("John", "Smyth", "13EX0000126"),
        named("John", "Smith", "13EX0000226"),
        named("Jon", "Smithe", "13EX0000326"),
    )
    assert names(found(world, "John Smith"))[0] == "John Smith"
    assert len(names(found(world, "John Smith"))) == 3


@pytest.mark.parametrize("typed", ["13EX0000126", "13/EX/1/26", "2026/0000123A", "26/123a"])
def test_a_reference_of_the_case_or_the_person_finds_the_referral(world: World, typed: str) -> None:
    listed(world, named("Jestyn", "Lorton", "13EX0000126", pncId="2026/0000123A"))
    hit = only(found(world, typed))
    assert hit.kind is Kind.REFERRAL
    assert hit.case_reference == "13EX0000126"


def test_another_persons_number_finds_nothing(world: World) -> None:
    listed(world, named("Jestyn", "Lorton", "13EX0000126", pncId="2026/0000123A"))
    for typed in ("13EX0000127", "2026/0000124A", "13/EX/01/26/2D", "x123456"):
        assert found(world, typed).hits == ()
    assert found(world, "x123456").is_crn


def test_an_arrest_summons_number_finds_the_referral(world: World) -> None:
    listed(
        world,
        named("Jestyn", "Lorton", "13EX0000126", arrestSummonsNumber="13EX012600000000001D"),
    )
    assert only(found(world, "13/EX/01/26/1D")).offender_name == "Jestyn Lorton"


def test_references_of_ours_find_the_referral_and_its_sentence(world: World) -> None:
    listed(world, named("Jestyn", "Lorton", "13EX0000126"))
    with world.db.reading() as session:
        referral, sentence = (
            session.exec(select(Referral)).one(),
            session.exec(select(Sentence)).one(),
        )
    by_referral = only(found(world, referral.reference.lower().replace("-", " ")))
    assert (by_referral.kind, by_referral.reference) == (Kind.REFERRAL, referral.reference)
    by_sentence = only(found(world, sentence.reference))
    assert (by_sentence.kind, by_sentence.reference) == (Kind.SENTENCE, sentence.reference)
    assert str(by_sentence.state) == "awaited"


def test_who_is_of_another_region_or_of_no_region_finds_nothing(world: World) -> None:
    listed(world, named("Jestyn", "Lorton", "13EX0000126"))
    with world.db.reading() as session:
        reference = session.exec(select(Referral.reference)).one()
    elsewhere = (
        Actor(901, "M", Role.MANAGER, "N07"),
        Actor(902, "O", Role.VLO, "N07"),
        Actor(903, "W", Role.WITNESS_CARE, police_area="01"),
        Actor(904, "N", Role.WITNESS_CARE),
    )
    for who in elsewhere:
        for typed in ("Jestyn Lorton", "13EX0000126", reference):
            assert found(world, typed, who).hits == ()
    with pytest.raises(NotAllowed):
        found(world, "Jestyn Lorton", Actor(905, "A", Role.ADMINISTRATOR))


def test_an_officer_finds_what_was_referred_and_a_manager_every_sentence(world: World) -> None:
    short = told(FRIDAY_20_MARCH, ("Shortly", "IMP", "6 Months"), urn="13EX0000426")
    listed(world, short)
    manager = only(found(world, "Shortly"))
    assert (manager.kind, manager.referral_reference) == (Kind.SENTENCE, None)
    assert found(world, "Shortly", world.people[Role.VLO]).hits == ()


def test_the_results_have_an_end_and_say_so(world: World) -> None:
    bodies = [named("Colin", "Madeup", f"13EX00{n:03}26") for n in range(1, MOST + 3)]
    listed(world, *bodies)
    result = found(world, "Colin Madeup")
    assert len(result.hits) == MOST
    assert result.has_more
    assert not result.is_partial


def test_a_name_that_is_not_listed_yet_is_said_to_be_missing(world: World) -> None:
    world.court_tells(named("Jestyn", "Lorton", "13EX0000126"))
    assert found(world, "Lorton").is_partial
    listed(world)
    assert not found(world, "Lorton").is_partial
    assert names(found(world, "Lorton")) == ["Jestyn Lorton"]


def test_a_corrected_name_is_found_by_what_it_is_now(world: World) -> None:
    first = json.loads(named("Jestyn", "Wrongly", "13EX0000126"))
    listed(world, json.dumps(first).encode())
    text = json.dumps(first).replace('"lastName": "Wrongly"', '"lastName": "Rightly"')
    text = text.replace("16:30:00", "17:30:00")
    listed(world, text.encode())
    assert names(found(world, "Rightly")) == ["Jestyn Rightly"]
    assert names(found(world, "Wrongly")) == []


def test_the_listing_may_stop_anywhere_and_goes_on(world: World) -> None:
    world.court_tells(
        *(named("Colin", f"Madeup{c}", f"13EX0000{n}26") for n, c in enumerate("abc", 1))
    )
    done = []
    for _ in range(4):
        with world.db.writing() as session:
            done.append(keep.list_names(session, world.sealer, 1))
    assert done == [1, 1, 1, 0]
    with world.db.reading() as session:
        assert len(session.exec(select(SentenceName)).all()) == 6


def test_no_name_lies_in_the_clear(world: World) -> None:
    listed(world, named("Jestyn", "Lorton", "13EX0000126"))
    with world.db.reading() as session:
        held = repr(session.exec(select(NameWord)).all()) + repr(
            session.exec(select(NameWordKey)).all()
        )
    for text in ("jestyn", "lorton", "lrtn", "l635"):
        assert text not in held.lower()


def test_names_are_found_while_keys_change_and_after(world: World) -> None:
    listed(world, named("Jestyn", "Lorton", "13EX0000126"))
    new = Fernet.generate_key().decode()
    both, newest = Sealer(f"{new},{SEALING_KEY}"), Sealer(new)
    manager = world.people[Role.MANAGER]
    with world.db.reading() as session:
        assert search(session, both, manager, "Jestin Lortan").hits
    world.court_tells(named("Jestyn", "Elsewhere", "13EX0000226"))
    with world.db.writing() as session:
        keep.list_names(session, both, 500)
    with world.db.writing() as session:
        assert keep.digest_words_again(session, both, 500) == 2
        assert keep.digest_words_again(session, both, 500) == 0
        for row in session.exec(select(NameWord)).all():
            row.sealed = both.seal_anew(row.sealed)
        for sentence in session.exec(select(Sentence)).all():
            sentence.offender_name = both.seal_anew(sentence.offender_name)
    with world.db.reading() as session:
        assert search(session, newest, manager, "Jestin Lortan").hits
        assert len(search(session, newest, manager, "Jestyn").hits) == 2


def test_nothing_is_looked_through_whole(world: World) -> None:
    if world.db.engine.dialect.name != "sqlite":
        return
    listed(world, named("Jestyn", "Lorton", "13EX0000126"))
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        asked.append((statement, parameters))

    event.listen(world.db.engine, "before_cursor_execute", note)
    try:
        for text in ("Jestyn Lorton", "Lorton", "13EX0000126", "VCS-7K3M-9QTD"):
            found(world, text, world.people[Role.VLO])
            found(world, text)
    finally:
        event.remove(world.db.engine, "before_cursor_execute", note)
    plans = []
    with world.db.engine.connect() as connection:
        for statement, parameters in asked:
            if statement.startswith("SELECT"):
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans += [str(row[3]) for row in rows]
    large = ("sentence", "referral", "sentence_name", "name_word", "name_word_key", "sentence_mark")
    scans = [one for one in plans if one.startswith("SCAN") and one.split()[1] in large]
    assert [one for one in scans if "ix_sentence_name_not_listed" not in one] == []
