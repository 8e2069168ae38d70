"""The court changes its mind: newer, older, out of order, gone, and back again."""

from __future__ import annotations

import json
import threading
from datetime import date
from typing import Any

from sqlmodel import select

from api.example.shapes import as_police_result
from scheduler import jobs
from scheduler.jobs import Sweep
from tests.journeys.program import COLIN, program, referral
from tests.journeys.world import (
    CANNOT_TELL,
    ELIGIBLE,
    FRIDAY_20_MARCH,
    NOT_ELIGIBLE,
    NOWHERE,
    YORKSHIRE,
    World,
    told,
)
from vcs.alerts.records import AlertRecord
from vcs.consequences.messages import recording
from vcs.intake.records import CourtMessage
from vcs.terms import Outcome

NOON, ONE, TWO = "12:00:00", "13:00:00", "14:00:00"


def share(at: str, *sentences: tuple[str, str, str], **more: Any) -> bytes:
    return told(FRIDAY_20_MARCH, *sentences, shared_at=at, **more)


def of(last: str, made: tuple[str, str]) -> tuple[str, str, str]:
    return (last, *made)


def test_the_same_content_again_changes_nothing(world: World) -> None:
    world.court_tells(share(NOON))
    before = world.state()
    (again,) = world.keep(share(NOON))
    assert again.already_held
    assert world.read() == 0
    assert world.state() == before


def test_the_same_facts_in_a_newer_share_make_no_new_decision(world: World) -> None:
    world.court_tells(share(NOON), share(ONE))
    assert len(world.referrals()) == 1
    assert world.view().decision.earlier == ()


def test_a_newer_share_that_says_no_leaves_the_referral_and_asks_a_person(world: World) -> None:
    world.court_tells(share(NOON, of("Madeup", ELIGIBLE)))
    world.court_tells(share(ONE, of("Madeup", NOT_ELIGIBLE)))
    view = world.view()
    assert view.status == "awaiting"
    assert view.decision.outcome == Outcome.NOT_ELIGIBLE
    assert [one.outcome for one in view.decision.earlier] == [Outcome.STATUTORY]
    (task,) = world.tasks()
    assert task.kind == "sentence_changed"
    assert world.headline().unaccounted == 1


def test_a_person_may_then_withdraw_it_with_a_reason(world: World) -> None:
    world.court_tells(share(NOON, of("Madeup", ELIGIBLE)), share(ONE, of("Madeup", NOT_ELIGIBLE)))
    decide(world, Outcome.NOT_ELIGIBLE, "The court confirmed eight months.")
    view = world.view()
    assert (view.status, view.closed_reason) == ("closed", "not_eligible")
    assert world.tasks() == ()
    world.clock.move_to(date(2026, 5, 20))
    world.sweep()
    assert world.misses_told() == []


def test_a_person_may_uphold_it(world: World) -> None:
    world.court_tells(share(NOON, of("Madeup", ELIGIBLE)), share(ONE, of("Madeup", NOT_ELIGIBLE)))
    decide(world, Outcome.STATUTORY, "")
    assert world.view().status == "awaiting"
    assert world.tasks() == ()


def test_a_newer_share_that_says_yes_opens_a_referral(world: World) -> None:
    world.court_tells(share(NOON, of("Madeup", NOT_ELIGIBLE)))
    assert world.referrals() == []
    world.court_tells(share(ONE, of("Madeup", ELIGIBLE)))
    assert len(world.view().deadlines) == 1
    assert world.problems() == []


def test_yes_no_and_yes_again_is_one_referral_and_no_question(world: World) -> None:
    world.court_tells(
        share(NOON, of("Madeup", ELIGIBLE)),
        share(ONE, of("Madeup", NOT_ELIGIBLE)),
        share(TWO, of("Madeup", ELIGIBLE)),
    )
    assert world.view().status == "awaiting"
    assert world.tasks() == ()


def test_no_after_yes_after_no_asks_again(world: World) -> None:
    world.court_tells(
        share(NOON, of("Madeup", ELIGIBLE)),
        share(ONE, of("Madeup", NOT_ELIGIBLE)),
        share(TWO, of("Madeup", ELIGIBLE)),
        share("15:00:00", of("Madeup", NOT_ELIGIBLE)),
    )
    assert [task.kind for task in world.tasks()] == ["sentence_changed"]


def test_an_older_share_that_comes_late_changes_nothing(world: World) -> None:
    world.court_tells(share(ONE, of("Madeup", ELIGIBLE)))
    before = world.state()
    (receipt,) = world.court_tells(share(NOON, of("Madeup", NOT_ELIGIBLE)))
    assert receipt["status"] == "older_than_held"
    assert receipt["sentenced"][0]["outcome"] == Outcome.NOT_ELIGIBLE
    assert world.state()["sentences"] == before["sentences"]
    assert world.state()["tasks"] == before["tasks"]


def test_order_of_arrival_leaves_no_trace_in_what_stands(world: World) -> None:
    longer = ("IMP", "4 Years")
    world.court_tells(share(ONE, of("Madeup", longer)), share(NOON, of("Madeup", ELIGIBLE)))
    late_first = world.state()
    sentence = late_first["sentences"][0]
    assert sentence["outcome"] == Outcome.STATUTORY
    assert [m["status"] for m in late_first["messages"]] == ["read", "read"]


def test_two_shares_of_the_same_moment_keep_the_protective_one_and_ask(world: World) -> None:
    world.court_tells(share(NOON, of("Madeup", ELIGIBLE)))
    world.court_tells(share(NOON, of("Madeup", NOT_ELIGIBLE)))
    view = world.view()
    assert view.decision.outcome == Outcome.STATUTORY
    assert [task.kind for task in world.tasks()] == ["sentence_changed"]


def test_two_shares_of_the_same_moment_end_alike_in_the_other_order(world: World) -> None:
    world.court_tells(share(NOON, of("Madeup", NOT_ELIGIBLE)))
    world.court_tells(share(NOON, of("Madeup", ELIGIBLE)))
    assert world.view().decision.outcome == Outcome.STATUTORY


def test_a_sentence_gone_from_a_newer_share_is_asked_about(world: World) -> None:
    both = (of("Madeup", ELIGIBLE), of("Other", NOT_ELIGIBLE))
    world.court_tells(share(NOON, *both), share(ONE, of("Other", NOT_ELIGIBLE)))
    view = world.view()
    assert view.sentence.gone
    assert view.status == "awaiting"
    assert [task.kind for task in world.tasks()] == ["sentence_gone"]
    world.court_tells(share(TWO, *both))
    assert not world.view().sentence.gone
    assert world.tasks() == ()


def test_a_closed_referral_is_asked_about_when_the_court_changes_the_sentence(
    world: World,
) -> None:
    world.court_tells(share(NOON, of("Madeup", ELIGIBLE)), share(ONE, of("Madeup", NOT_ELIGIBLE)))
    decide(world, Outcome.NOT_ELIGIBLE, "The court confirmed eight months.")
    world.court_tells(share(TWO, of("Madeup", ("IMP", "5 Years"))))
    assert [task.kind for task in world.tasks()] == ["sentence_changed"]
    decide(world, Outcome.STATUTORY, "")
    assert world.view().status == "awaiting"
    assert world.problems() == []


def test_a_missing_length_asks_and_the_answer_opens_the_referral(world: World) -> None:
    world.court_tells(share(NOON, of("Madeup", CANNOT_TELL)))
    assert world.referrals() == []
    (task,) = world.tasks()
    assert task.kind == "decide"
    assert "length" in task.question
    assert task.due_on == date(2026, 3, 27)
    assert world.headline().undecided == 1
    decide(world, Outcome.STATUTORY, "Three years, says the court register.")
    assert world.view().basis == "statutory"
    assert world.view().deadlines[0].due_on == date(2026, 4, 7)
    assert world.tasks() == ()
    assert world.problems() == []


def test_a_newer_share_overtakes_a_question_that_nobody_answered(world: World) -> None:
    world.court_tells(share(NOON, of("Madeup", CANNOT_TELL)), share(ONE, of("Madeup", ELIGIBLE)))
    assert world.tasks() == ()
    assert world.view().status == "awaiting"


def test_an_older_word_from_another_hearing_leaves_what_stands(world: World) -> None:
    world.court_tells(share(ONE, of("Madeup", NOT_ELIGIBLE)))
    other = json.loads(share(NOON, of("Madeup", ELIGIBLE)))
    other["hearing"]["id"] = "another-hearing"
    world.court_tells(json.dumps(other).encode())
    (sentence,) = world.sentences()
    assert sentence.outcome == Outcome.NOT_ELIGIBLE


def test_a_share_read_while_a_newer_one_is_being_recorded_waits_for_it(world: World) -> None:
    world.court_tells(share(NOON, of("Madeup", CANNOT_TELL)))
    kept = world.keep(share(TWO, of("Madeup", NOT_ELIGIBLE)), share(ONE, of("Madeup", ELIGIBLE)))
    newer = recording.prepare(share(TWO, of("Madeup", NOT_ELIGIBLE)), world.sealer)
    with world.db.writing() as session:
        query = select(CourtMessage).where(CourtMessage.receipt == kept[0].receipt)
        message = session.exec(query.with_for_update()).one()
        waiting = newer.of(message.id, message.receipt, message.content_hash)
        recording.record(session, world.sealer, [waiting], world.clock.now(), world.today)
        reading = threading.Thread(target=world.read)
        reading.start()
        reading.join(timeout=0.3)
        assert reading.is_alive()
    reading.join()
    assert world.sentences()[0].outcome == Outcome.NOT_ELIGIBLE
    assert world.receipt(kept[1].receipt)["status"] == "older_than_held"
    assert world.problems() == []


def test_a_question_of_witness_care_outlives_a_share_that_says_the_same(world: World) -> None:
    world.court_tells(share(NOON, of("Madeup", NOT_ELIGIBLE)))
    program(world).send(referral(offender=COLIN))
    (asked,) = world.tasks()
    world.court_tells(share(ONE, of("Madeup", NOT_ELIGIBLE)))
    assert [task.reference for task in world.tasks()] == [asked.reference]


def test_another_feed_s_words_for_the_same_answer_show_as_no_earlier_decision(
    world: World,
) -> None:
    told_once = json.loads(share(NOON, of("Madeup", ELIGIBLE)))
    world.court_tells(share(NOON, of("Madeup", ELIGIBLE)))
    world.court_tells(json.dumps(as_police_result(told_once)).encode())
    assert len(world.sentences()) == 1
    assert world.view().decision.earlier == ()
    assert world.tasks() == ()


def test_a_sentence_dated_ahead_is_referred_and_its_day_asked_about(world: World) -> None:
    world.court_tells(told(date(2039, 3, 21), ("Madeup", *ELIGIBLE)))
    (task,) = world.tasks()
    assert task.kind == "question"
    assert "Monday 21 March 2039, which has not come yet" in task.question
    assert len(world.referrals()) == 1


def test_a_referral_that_follows_the_court_takes_the_alerts_owed_about_it(world: World) -> None:
    world.court_tells(share(NOON, of("Madeup", ELIGIBLE), court=NOWHERE))
    world.clock.move_to(date(2026, 4, 8))
    jobs.mark_missed(Sweep(world.settings, world.db, world.sealer, world.clock.now))
    world.court_tells(share(ONE, of("Madeup", ELIGIBLE)))
    with world.db.reading() as session:
        (alert,) = session.exec(select(AlertRecord)).all()
    assert (alert.sent_at, alert.region_code) == (None, YORKSHIRE)


def decide(world: World, outcome: Outcome, note: str) -> None:
    (task,) = world.tasks()
    world.decide(task.reference, outcome, note)
