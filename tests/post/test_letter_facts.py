"""What data holds goes into a letter by itself; what it does not hold is asked, and blocks it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from letters import LetterRefused
from letters.catalogue import compose, missing_facts
from letters.catalogue import text as text_of
from letters.making.asking import given_from, questions, typed_for
from tests.events.told import RANG, decide, tell
from tests.journeys.test_victim_to_choice import approve
from tests.journeys.world import World
from tests.post.test_drafts import BROUGHT, chooses, happens, letters, victim
from vcs.consequences.drafts import after
from vcs.errors import Conflict, NotValid
from vcs.events.records import EventKind
from vcs.needs.conditions.catalogue import CONDITIONS
from vcs.needs.conditions.records import ConditionAnswer
from vcs.needs.conditions.requests import RequestEntry, ask_for_condition, record_sent
from vcs.post.catalogue import Trigger
from vcs.post.records import LetterRecord
from vcs.post.subjects.facts import facts_of_letter, known_facts
from vcs.post.subjects.find import TRIGGERS
from vcs.post.subjects.given import give_facts, given_version
from vcs.terms import Choice, LetterLanguage, Role
from vcs.victims.records import Victim

__all__ = ["victim"]

BOTH = LetterLanguage.BILINGUAL


def the(world: World, kind: str) -> LetterRecord:
    (one,) = [letter for letter in letters(world) if letter.kind == kind]
    return one


def facts(world: World, letter: LetterRecord) -> dict[str, Any]:
    with world.db.reading() as session:
        vlo, now = world.people[Role.VLO], world.clock.now()
        found = facts_of_letter(session, world.sealer, vlo, letter.reference, now)
    officer = {"vlo_name": "Vera Example", "vlo_phone": "0113 496 0001"}
    return {**found, **officer, "shared_address_accepted": True}


def known(world: World, letter: LetterRecord) -> dict[str, Any]:
    with world.db.reading() as session:
        held = session.get_one(LetterRecord, letter.id)
        hers = session.get_one(Victim, held.victim_id)
        return known_facts(session, world.sealer, held, hers, world.clock.now())


def give(world: World, letter: LetterRecord, **given: Any) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        seen = given_version(world.sealer, session.get_one(LetterRecord, letter.id))
        give_facts(work, letter.reference, seen, given)


ASKED: dict[str, dict[str, str]] = {
    "parole-decision": {"decision": "stays"},
    "hospital-discharge": {"stage": "tribunal"},
    "hospital-outcome": {"outcome": "not discharged"},
    "hospital-managers": {"hospital_name": "Example House", "hospital_address": "1 Road\nTown"},
    "restrictions-ended": {"who_contacts": "nobody"},
    "transfer-to-hospital": {"restricted": "yes"},
    "not-eligible": {"decline_reason-en": "It is too short.", "decline_reason-cy": "Byr yw."},
    "closure": {"closure_reason": "sentence ended"},
    "officer-changed": {"introduced": "no"},
}
"""What a person has to say of a letter as no data holds it; every other is whole by itself."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # drafts are made on both
@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_letter_is_whole_once_what_data_lacks_is_given(
    world: World, victim: str, trigger: Trigger
) -> None:
    arrange, kind = BROUGHT[trigger]
    arrange(world, victim)
    letter = the(world, kind)
    missing = missing_facts(kind, facts(world, letter), BOTH)
    assert bool(missing) is (kind in ASKED), missing
    if kind in ASKED:
        give(world, letter, **given_from(kind, ASKED[kind], known(world, letter)))
    contents = compose(kind, BOTH, facts(world, letter))
    assert "Madeup" not in text_of(contents)


def test_a_release_gives_its_month_and_never_its_day(world: World, victim: str) -> None:
    happens(world, EventKind.RELEASE_PLANNED, date(2026, 4, 28))
    letter = the(world, "pre-release")
    contents = compose("pre-release", BOTH, facts(world, letter))
    assert contents.fact("release_month") == date(2026, 4, 1)
    said = text_of(contents)
    assert ("April 2026" in said, "28 April" in said, "Ebrill 2026" in said) == (True, False, True)


def test_the_year_is_told_from_what_somebody_was_told(world: World, victim: str) -> None:
    chooses(Choice.OPT_IN)(world, victim)
    told_of = happens(world, EventKind.TO_HOSPITAL)
    happens(world, EventKind.FROM_HOSPITAL)
    decide(world, told_of, victim, "phone")
    tell(world, told_of, victim, RANG)
    world.clock.move_to(world.today + timedelta(days=366))
    world.sweep()
    found = facts(world, the(world, "annual"))["year_events"]
    assert found["en"] == (
        "In March 2026 we spoke with you.",
        "In March 2026 the person moved to a hospital.",
    )
    assert found["cy"][1] == "Ym mis Mawrth 2026 symudodd y person i ysbyty."


def test_a_reason_in_english_alone_waits_for_its_welsh(world: World, victim: str) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        asked = ask_for_condition(work, victim, RequestEntry(CONDITIONS[0].code, world.today))
        session.flush()
        record_sent(work, asked.reference, world.today)
        answer = (ConditionAnswer.REFUSED, "It was too wide.", world.today)
        after.record_answer(work, asked.reference, *answer)
    letter, kind = the(world, "licence-conditions-outcome"), "licence-conditions-outcome"
    english = compose(kind, LetterLanguage.ENGLISH, facts(world, letter))
    assert "It was too wide." in text_of(english)
    assert missing_facts(kind, facts(world, letter), BOTH) == (
        "the answer to each condition, in Welsh",
    )
    typed = {"answers-reason-en": "It was too wide.", "answers-reason-cy": "Roedd yn rhy eang."}
    give(world, letter, **given_from(kind, typed, known(world, letter)))
    assert "Roedd yn rhy eang." in text_of(compose(kind, BOTH, facts(world, letter)))


def test_what_somebody_gives_stands_is_shown_again_and_can_be_taken_away(
    world: World, victim: str
) -> None:
    happens(world, EventKind.PAROLE_DECISION)
    letter = the(world, "parole-decision")
    with pytest.raises(LetterRefused):
        compose("parole-decision", BOTH, facts(world, letter))
    typed = {"decision": "release", "release_month": "2026-06-15"}
    give(world, letter, **given_from("parole-decision", typed, {}))
    shown = typed_for("parole-decision", facts(world, letter))
    assert shown == {"decision": "release", "release_month": date(2026, 6, 15)}
    assert "15 June" not in text_of(compose("parole-decision", BOTH, facts(world, letter)))
    give(world, letter)
    assert typed_for("parole-decision", facts(world, letter)) == {}


def test_a_letter_takes_no_fact_that_its_row_does_not_name(world: World, victim: str) -> None:
    happens(world, EventKind.RECALLED)
    with pytest.raises(NotValid):
        give(world, the(world, "recall"), conditions={"en": ["Nothing"]})


def test_what_is_approved_takes_no_more_facts(world: World, victim: str) -> None:
    world.sweep()
    letter = the(world, "initial-contact")
    approve(world, letter.reference)
    with pytest.raises(Conflict):
        give(world, letter)


def test_what_data_holds_is_not_kept_a_second_time(world: World, victim: str) -> None:
    happens(world, EventKind.RELEASE_PLANNED, date(2026, 4, 28))
    letter = the(world, "pre-release")
    typed = {"release_month": "2026-04-28"}
    assert given_from("pre-release", typed, known(world, letter)) == {}
    assert [one.name for one in questions("pre-release")] == [
        "release_month",
        "conditions-en",
        "conditions-cy",
    ]
