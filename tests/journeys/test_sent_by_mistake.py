"""What witness care sent by mistake is taken back, and what it cannot see it does not undo."""

from __future__ import annotations

from typing import Any

from sqlmodel import SQLModel, select

from tests.journeys.world import YORKSHIRE, World, a_victim, told, world
from vcs.partners.people.acted import _GO_WITH_VICTIM
from vcs.partners.people.messages.answer import MessageAnswer, answer_message
from vcs.partners.people.messages.correct import Corrected, correct, version_seen
from vcs.partners.people.messages.send import say_not_ours
from vcs.partners.people.withdraw import withdraw
from vcs.post.cases.open_questions import instructions_asked_about
from vcs.post.records import LetterLook
from vcs.referrals.records import Referral, ReferralStatus
from vcs.tables import table_of
from vcs.terms import Role
from vcs.victims.entries import held_entry
from vcs.victims.find import parts_of, visible_victim
from vcs.victims.records import PersonRecord, Victim

__all__ = ["world"]


def take_back(world: World, victim: str) -> str | None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.WITNESS_CARE])
        return withdraw(work, victim, "The wrong one of two sisters").decision


def corrected(world: World, victim: str, **changes: Any) -> Corrected:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.WITNESS_CARE])
        seen = version_seen(world.sealer, visible_victim(session, victim, work.actor))
        return correct(work, victim, seen, changes)


def accept(world: World) -> None:
    """Let the unit accept the one message that waits."""
    (task,) = [one.reference for one in world.tasks() if one.kind == "witness_care_asks"]
    with world.db.writing() as session:
        manager = world.work(session, world.people[Role.MANAGER])
        answer_message(manager, task, MessageAnswer("accepted", "So it is"))


def are_letters_held(world: World) -> bool:
    with world.db.reading() as session:
        victim = session.exec(select(Victim)).one()
        return bool(instructions_asked_about(session, parts_of(session, victim.person_id)))


def test_the_last_victim_taken_back_leaves_the_sentence_owed_as_before(world: World) -> None:
    world.court_tells(told())
    before = world.view(role=Role.WITNESS_CARE).deadlines
    victim = world.refer()
    assert take_back(world, victim) == "applied"
    with world.db.reading() as session:
        assert session.exec(select(Victim)).all() == []
        assert session.exec(select(PersonRecord)).all() == []
        assert session.exec(select(Referral.status)).one() == ReferralStatus.AWAITING
    assert world.view(role=Role.WITNESS_CARE).deadlines == before
    assert world.problems() == []


def test_that_the_program_looked_for_letters_is_nobodys_act(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    world.sweep()
    with world.db.reading() as session:
        assert session.exec(select(LetterLook)).all() != []
    assert take_back(world, victim) == "applied"
    with world.db.reading() as session:
        assert session.exec(select(LetterLook)).all() == []
        assert session.exec(select(Victim)).all() == []
    assert world.problems() == []


SOMEBODYS_ACT = {
    "address_answer", "choice", "condition_request", "contact", "event_line", "event_update",
    "family_link", "feedback", "if_out_answer", "need_action", "need_answer", "person_join",
    "posted_letter", "preference", "request_victim", "returned_letter", "statement_step",
}  # fmt: skip
"""Tables whose row about a victim says that somebody did or was told something."""


def test_every_table_about_a_victim_is_an_act_or_goes_with_the_victim() -> None:
    """A new one must be put in one of the two lists: the second is removed when she is."""
    about_victims = {
        table.name
        for table in SQLModel.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is table_of(Victim)
    }
    goes = {table_of(model).name for model in _GO_WITH_VICTIM}
    assert about_victims == SOMEBODYS_ACT | goes
    assert not SOMEBODYS_ACT & goes


def test_of_two_victims_the_other_stays_referred(world: World) -> None:
    world.court_tells(told())
    mistake = world.refer()
    world.refer(entry=a_victim(name="Bea Other", phone="0113 496 0888"))
    assert take_back(world, mistake) == "applied"
    view = world.view()
    assert [one.name for one in view.victims] == ["Bea Other"]
    assert view.status == ReferralStatus.REFERRED
    assert world.problems() == []


def test_a_person_who_is_in_another_referral_stays_there(world: World) -> None:
    world.court_tells(told(), told(urn="13EX0000226"))
    first, second = world.referrals()
    world.refer(first)
    again = world.refer(second)
    with world.db.reading() as session:
        assert session.exec(select(PersonRecord)).all()
    assert take_back(world, again) == "applied"
    assert len(world.view(first).victims) == 1
    assert world.problems() == []


def test_a_correction_waits_for_the_unit_and_is_then_applied(world: World) -> None:
    world.court_tells(told())
    victim = world.refer(entry=a_victim(safe_to_post=False))
    found = corrected(world, victim, safe_to_post=True, name="Nia Canary-Named")
    assert (found.at_once, found.asked) == (("name",), ("safe_to_post",))
    assert are_letters_held(world)
    accept(world)
    assert not are_letters_held(world)
    with world.db.reading() as session:
        held = held_entry(world.sealer, session.exec(select(Victim)).one())
    assert (held.safe_to_post, held.name) == (True, "Nia Canary-Named")
    assert world.problems() == []


def test_a_referral_that_was_handed_over_stays_there_when_the_court_tells_again(
    world: World,
) -> None:
    world.court_tells(told())
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.WITNESS_CARE])
        say_not_ours(work, world.only_referral(), "46", "She lives in Dover")
    accept(world)
    world.court_tells(told(shared_at="17:30:00"))
    with world.db.reading() as session:
        referral = session.exec(select(Referral)).one()
    assert (referral.police_area, referral.region_code) == ("46", YORKSHIRE)
    assert world.problems() == []
