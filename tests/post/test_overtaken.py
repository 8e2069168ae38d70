"""An approved letter that something has overtaken does not leave: it is withdrawn by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select, update

from tests.journeys.test_victim_to_choice import approve
from tests.journeys.world import World
from tests.post.test_drafts import BROUGHT, happens, letters, victim
from tests.victims.test_one_person import change
from tests.victims.test_preferences import say
from vcs.consequences.drafts import after
from vcs.errors import Conflict
from vcs.events.records import EventKind
from vcs.needs.conditions.catalogue import CONDITIONS
from vcs.needs.conditions.records import ConditionAnswer
from vcs.needs.conditions.requests import RequestEntry, ask_for_condition, record_sent
from vcs.post.catalogue import Trigger
from vcs.post.records import LetterRecord, LetterStatus
from vcs.post.stale.basis import Basis, changes
from vcs.referrals.records import Referral, ReferralStatus
from vcs.terms import Role
from vcs.victims.preferences.records import Rule, Way

__all__ = ["victim"]

Then = Callable[[World, str], object]


def _becomes(status: ReferralStatus) -> Then:
    def then(world: World, _: str) -> None:
        is_closed = status is ReferralStatus.CLOSED
        ended = {"closed_on": world.today, "closed_reason": "not_eligible"} if is_closed else {}
        with world.db.writing() as session:
            session.execute(update(Referral).values(status=status, **ended))

    return then


def _grants(world: World, victim: str) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        asked = ask_for_condition(work, victim, RequestEntry(CONDITIONS[0].code, world.today))
        session.flush()
        record_sent(work, asked.reference, world.today)
        granted = (ConditionAnswer.GRANTED, "", world.today)
        after.record_answer(work, asked.reference, *granted)


def _then(kind: EventKind) -> Then:
    return lambda world, _: happens(world, kind)


OVERTAKEN: dict[str, tuple[Trigger, Then]] = {
    "a release in error before a planned one": (
        Trigger.RELEASE_PLANNED,
        _then(EventKind.RELEASED_IN_ERROR),
    ),
    "a rule that is set after the letter about a release": (Trigger.RELEASE_PLANNED, _grants),
    "a return to custody after an escape": (Trigger.AT_LARGE, _then(EventKind.BACK_IN_CUSTODY)),
    "a move back after one to hospital": (Trigger.TO_HOSPITAL, _then(EventKind.FROM_HOSPITAL)),
    "a death before a parole review": (Trigger.PAROLE_REVIEW, _then(EventKind.DIED)),
    "a death after somebody joined": (Trigger.OPTED_IN, _then(EventKind.DIED)),
    "an earlier parole review in an annual letter": (
        Trigger.YEAR_PASSED,
        _then(EventKind.PAROLE_REVIEW),
    ),
    "the end of a referral after a changed sentence": (
        Trigger.SENTENCE_CHANGED,
        _becomes(ReferralStatus.CLOSED),
    ),
    "a referral that is open again after its end": (
        Trigger.CLOSED,
        _becomes(ReferralStatus.REFERRED),
    ),
    "another language, asked for since": (
        Trigger.REFERRAL_ACCEPTED,
        lambda world, victim: change(world, victim, language="cy"),
    ),
}


@pytest.mark.parametrize("what", OVERTAKEN)
def test_a_letter_that_was_overtaken_is_withdrawn_and_begun_again(
    world: World, victim: str, what: str
) -> None:
    trigger, then = OVERTAKEN[what]
    arrange, kind = BROUGHT[trigger]
    arrange(world, victim)
    say(world, victim, Way.POST, Rule.ONLY)
    (letter,) = [one.reference for one in letters(world) if one.kind == kind]
    approve(world, letter)
    world.clock.move_to(world.clock.now() + timedelta(hours=1))
    world.sweep()
    assert letter in [one.reference for one in letters(world, LetterStatus.APPROVED)]
    then(world, victim)
    world.sweep()
    assert letter in [one.reference for one in letters(world, LetterStatus.WITHDRAWN)]
    drafts = [one for one in letters(world) if one.kind == kind]
    # Nothing has ended any more, or nothing will be reviewed: no other letter of that kind waits.
    is_over = trigger in (Trigger.CLOSED, Trigger.PAROLE_REVIEW)
    assert len(drafts) == (not is_over)
    if trigger is Trigger.REFERRAL_ACCEPTED:
        assert [one.language for one in drafts] == ["cy-en"]


def test_the_draft_of_an_end_is_not_approved_once_the_referral_is_open_again(
    world: World, victim: str
) -> None:
    arrange, kind = BROUGHT[Trigger.CLOSED]
    arrange(world, victim)
    (letter,) = [one.reference for one in letters(world) if one.kind == kind]
    _becomes(ReferralStatus.REFERRED)(world, victim)
    with pytest.raises(Conflict, match="taken back"):
        approve(world, letter)
    with world.db.reading() as session:
        query = select(LetterRecord.status).where(LetterRecord.reference == letter)
        assert session.exec(query).one() == LetterStatus.DRAFT


def test_a_letter_approved_before_more_was_compared_is_compared_by_what_it_keeps() -> None:
    before = '[{"release_month": "2027-03"}, ["recalled", "2026-11-02", null]]'
    same = (
        '[{"release_month": "2027-03", "conditions": null}, ["recalled", "2026-11-02", null], "E"]'
    )
    other = same.replace("2027-03", "2027-05")
    was = Basis("Nia", "Nia", "1 made up lane", "victim", "[]", None, told=before)
    assert (
        changes(was, Basis("Nia", "Nia", "1 made up lane", "victim", "[]", None, told=same)) == ()
    )
    assert changes(was, Basis("Nia", "Nia", "1 made up lane", "victim", "[]", None, told=other))
