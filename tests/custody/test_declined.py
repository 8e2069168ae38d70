"""What was declined, with nobody referred, is looked at again before the offender is out."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from tests.custody.told import NOMS, released, tells
from tests.journeys.test_contact_not_offered import NO, asked
from tests.journeys.world import World
from vcs.intake.person_numbers import Number
from vcs.lists.reading.lines import mark_of
from vcs.sentences.declines.records import Decline
from vcs.sentences.records import SentenceMark


def test_a_release_brings_forward_what_was_declined_without_a_referral(world: World) -> None:
    world.decide(asked(world), NO)
    with world.db.writing() as session:
        assert session.exec(select(Decline)).one().review_on == date(2026, 9, 23)
        (sentence,) = world.sentences()
        mark = mark_of(Number.NOMS, NOMS)
        session.add(SentenceMark(sentence_id=sentence.id, mark=mark, kind="NOMS"))
    world.clock.move_to(date(2026, 7, 1))
    (report,) = tells(world, released("2026-06-30T10:00:00+01:00"))
    assert (report.ends_as, report.because) == (
        "not_owed",
        "No contact was decided; it is looked at again because of this release",
    )
    world.sweep()
    (review,) = world.tasks()
    assert (review.kind, review.due_on) == ("decline_review", date(2026, 7, 1))
    assert world.problems() == []
