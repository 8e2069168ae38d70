"""Letters to partners: drafted by their triggers, sent to an office, silent about the victim."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select, update

from letters import LetterRefused
from letters.making.asking import questions
from tests.journeys.world import FRIDAY_20_MARCH, NOT_ELIGIBLE, TUESDAY_7_APRIL, World, told
from tests.post.batches import a_batch
from tests.post.held_for import ARRANGE, closed, excluded
from tests.post.others.a_partner import approve, made_now, office, the_letter, to_others
from tests.post.test_drafts import chooses
from vcs.access.versions import version_of
from vcs.errors import NotAllowed, NotFound
from vcs.needs.conditions.catalogue import CONDITIONS
from vcs.needs.conditions.records import ConditionRequest
from vcs.needs.conditions.requests import RequestEntry, ask_for_condition, record_sent
from vcs.post.batches.despatch import Left
from vcs.post.batches.leaving import held_with_concern
from vcs.post.catalogue import CATALOGUE, Addressee
from vcs.post.gate import LetterHeld
from vcs.post.holds.hold_kinds import HoldKind
from vcs.post.language.wording import WordingHeld
from vcs.post.opening import TO_POST
from vcs.post.others import letters
from vcs.post.others.destinations.office_reads import office_named
from vcs.post.others.destinations.offices import AddressEntry, OfficeEntry, change_office
from vcs.post.others.find import visible_other
from vcs.post.others.left import record_came_back, record_left
from vcs.post.others.opening import open_other
from vcs.post.others.reads import (
    how_many_to_others,
    letters_to_others,
    other_page,
    withdrawn_lately,
)
from vcs.post.others.records import OfficeKind, PartnerOffice
from vcs.post.others.triggers import FINDS
from vcs.post.records import LetterRecord, LetterStatus
from vcs.post.returned.reasons import ReturnReason
from vcs.post.returned.record import Report, keep_any_return
from vcs.post.subjects.given import given_version
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sentences.records import Sentence
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Choice, Role, Route
from vcs.victims.records import PostedLetter, Victim

Arrange = Callable[[World], None]

HERS = ("Canary-Name", "Canary Lane", "LS1 3AB", "LS13AB")


def _late(world: World) -> None:
    world.court_tells(told())
    world.clock.move_to(TUESDAY_7_APRIL + timedelta(days=1))
    world.sweep()


def _youth(world: World) -> None:
    body = told(FRIDAY_20_MARCH, ("Young", *NOT_ELIGIBLE))
    world.court_tells(body.replace(b"1990-02-14", b"2010-02-14"))
    world.sweep()


def _wish(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    with world.db.writing() as session:
        session.execute(update(Sentence).values(route=Route.HOSPITAL_UNRESTRICTED))
    chooses(Choice.OPT_IN)(world, victim)
    world.sweep()


def _conditions(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    chooses(Choice.OPT_IN)(world, victim)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        ask_for_condition(work, victim, RequestEntry(CONDITIONS[0].code, world.today))
    world.sweep()


def _refused(world: World) -> None:
    world.court_tells(told())
    world.refer()
    with world.db.writing() as session:
        ended = {"status": ReferralStatus.CLOSED, "closed_on": world.today}
        session.execute(update(Referral).values(closed_reason="not_eligible", **ended))
    world.sweep()


BROUGHT: dict[str, tuple[Arrange, OfficeKind]] = {
    "chase-witness-care": (_late, OfficeKind.WITNESS_CARE_UNIT),
    "youth-offending-team": (_youth, OfficeKind.YOUTH_OFFENDING_TEAM),
    "hospital-managers-notice": (_wish, OfficeKind.HOSPITAL_MANAGERS),
    "offender-manager": (_conditions, OfficeKind.PROBATION_OFFICE),
    "not-eligible-referrer": (_refused, OfficeKind.WITNESS_CARE_UNIT),
}

GIVEN: dict[str, dict[str, Any]] = {
    "hospital-managers-notice": {
        "victim_wish": {"en": "She wishes to be told of discharge."},
        "patient_reference": "EX-0042",
    },
    "not-eligible-referrer": {"decline_reason": {"en": "The sentence is too short."}},
}


def ready(world: World, kind: str) -> str:
    """Have a letter drafted, give it what data does not hold, and its office."""
    arrange, place = BROUGHT[kind]
    where = office(world, place)
    arrange(world)
    reference = the_letter(world, kind).reference
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        letters.give_facts_to_other(work, reference, version_of({}), GIVEN.get(kind, {}))
        letters.choose_office(work, reference, where)
    return reference


def test_every_letter_to_others_has_a_trigger_that_finds_it() -> None:
    rows = {row.kind: row.trigger for row in CATALOGUE if row.to is not Addressee.CONTACT}
    assert set(rows) == set(BROUGHT)
    assert set(rows.values()) == set(FINDS)


@pytest.mark.parametrize("kind", BROUGHT)
def test_a_letter_to_others_is_drafted_once_and_goes_out_in_a_batch(
    world: World, kind: str, tmp_path: Path
) -> None:
    reference = ready(world, kind)
    world.clock.move_to(world.today + timedelta(days=1))
    world.sweep()
    assert [one.kind for one in to_others(world)].count(kind) == 1
    approve(world, reference)
    _, file, manifest = a_batch.made(world, tmp_path)
    assert reference in manifest
    assert reference.encode() in file.read_bytes()
    assert [one.became for one in a_batch.leave(world, manifest)] == [Left.RECORDED]
    with world.db.reading() as session:
        (posted,) = session.exec(select(PostedLetter)).all()
    assert (posted.victim_id, posted.posted_on) == (None, world.today)


@pytest.mark.parametrize("kind", BROUGHT)
def test_only_the_notice_to_hospital_managers_names_the_victim(world: World, kind: str) -> None:
    reference = ready(world, kind)
    with world.db.reading() as session:
        made = made_now(world.work(session, world.people[Role.VLO]), reference)
    told_of = [one for one in HERS if one in made.text or one in made.contents_json]
    assert bool(told_of) is (kind == "hospital-managers-notice")


def test_what_somebody_writes_about_her_goes_out_in_no_letter(world: World) -> None:
    reference = ready(world, "offender-manager")
    for words in ("No contact with Nia Canary-Name.", "Keep out of 1 Canary Lane."):
        with world.db.writing() as session:
            work = world.work(session, world.people[Role.VLO])
            query = select(LetterRecord).where(LetterRecord.reference == reference)
            letter = session.exec(query).one()
            seen = given_version(world.sealer, letter)
            letters.give_facts_to_other(work, reference, seen, {"requests": {"en": [words]}})
        with pytest.raises(WordingHeld) as held:
            approve(world, reference)
        assert any(not one.may_be_passed for one in held.value.found)


def _opts_out(world: World) -> None:
    with world.db.reading() as session:
        reference = session.exec(select(Victim.reference)).one()
    chooses(Choice.OPT_OUT)(world, reference)


def _of_victim(arranged: HoldKind) -> Arrange:
    def arrange(world: World) -> None:
        with world.db.reading() as session:
            reference = session.exec(select(Victim.reference)).first() or ""
        ARRANGE[arranged](world, reference)

    return arrange


def _asked_about_sentence(world: World) -> None:
    with world.db.writing() as session:
        sentence_id = session.exec(select(Sentence.id)).one()
        session.add(
            Task(
                reference="VCS-TEST-TASK",
                key="asked",
                kind=TaskKind.SENTENCE_CHANGED,
                question="Is it so?",
                opened_on=world.today,
                sentence_id=sentence_id,
            )
        )


def _excluded(world: World) -> None:
    excluded(world, "")


STOPPED: dict[tuple[str, HoldKind], Arrange] = {
    ("chase-witness-care", HoldKind.EXCLUDED): _excluded,
    ("chase-witness-care", HoldKind.SENTENCE_ASKED): _asked_about_sentence,
    ("youth-offending-team", HoldKind.SENTENCE_ASKED): _asked_about_sentence,
    ("not-eligible-referrer", HoldKind.EXCLUDED): _excluded,
    ("offender-manager", HoldKind.CLOSED): lambda world: closed(world, _her(world)),
    ("offender-manager", HoldKind.OPTED_OUT): _opts_out,
    ("offender-manager", HoldKind.INSTRUCTION_ASKED): _of_victim(HoldKind.INSTRUCTION_ASKED),
    ("hospital-managers-notice", HoldKind.CLOSED): lambda world: closed(world, _her(world)),
    ("hospital-managers-notice", HoldKind.OPTED_OUT): _opts_out,
    ("hospital-managers-notice", HoldKind.NEVER_CONTACT): _of_victim(HoldKind.NEVER_CONTACT),
    ("hospital-managers-notice", HoldKind.DECEASED): _of_victim(HoldKind.DECEASED),
    ("hospital-managers-notice", HoldKind.PERSON_ASKED): _of_victim(HoldKind.PERSON_ASKED),
    ("hospital-managers-notice", HoldKind.NOTE_FORBIDS): _of_victim(HoldKind.NOTE_FORBIDS),
    ("hospital-managers-notice", HoldKind.NOTE_IN_NAME): _of_victim(HoldKind.NOTE_IN_NAME),
    ("hospital-managers-notice", HoldKind.NAME_IN_DOUBT): _of_victim(HoldKind.NAME_IN_DOUBT),
    ("hospital-managers-notice", HoldKind.SAID_DECEASED): _of_victim(HoldKind.SAID_DECEASED),
}


def _her(world: World) -> str:
    with world.db.reading() as session:
        return session.exec(select(Victim.reference)).one()


@pytest.mark.parametrize(("kind", "hold"), STOPPED)
def test_what_stops_a_letter_to_others_pulls_it_from_its_batch(
    world: World, kind: str, hold: HoldKind, tmp_path: Path
) -> None:
    reference = ready(world, kind)
    approve(world, reference, Role.VLO)
    _, _, manifest = a_batch.made(world, tmp_path)
    STOPPED[kind, hold](world)
    (left,) = a_batch.leave(world, manifest)
    assert left.became is Left.PULL
    with world.db.reading() as session:
        assert session.exec(select(PostedLetter.id)).first() is None


def test_no_form_about_a_letter_shows_or_changes_who_she_is_or_where() -> None:
    asked = {one.fact for one in questions("hospital-managers-notice")}
    assert asked == {"victim_wish", "patient_reference"}


def test_what_stops_a_letter_to_others_keeps_its_pdf_shut(world: World) -> None:
    reference = ready(world, "hospital-managers-notice")
    approve(world, reference, Role.VLO)
    _opts_out(world)
    with world.db.writing() as session:
        opened = open_other(world.work(session, world.people[Role.MANAGER]), reference, TO_POST)
    assert opened.pdf is None
    assert opened.why_not


def test_a_chase_is_withdrawn_when_the_referral_comes(world: World) -> None:
    reference = ready(world, "chase-witness-care")
    approve(world, reference)
    world.refer()
    world.clock.move_to(world.today + timedelta(days=1))
    world.sweep()
    (gone,) = to_others(world)
    assert gone.status == LetterStatus.WITHDRAWN
    assert "taken back" in (gone.withdrawn_reason or "")


def test_a_letter_follows_its_office_to_another_address(world: World) -> None:
    reference = ready(world, "chase-witness-care")
    approve(world, reference)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.ADMINISTRATOR])
        letter = session.exec(select(LetterRecord)).one()
        where = session.get_one(PartnerOffice, letter.office_id).reference
        new = AddressEntry("2 Other Street\nLeeds", "LS2 8JS", world.today)
        seen = office_named(session, work.actor, where, world.today).version
        change_office(work, where, seen, OfficeEntry("The Manager", new))
    world.clock.move_to(world.today + timedelta(days=1))
    world.sweep()
    before, after = to_others(world)
    assert (before.status, after.status) == (LetterStatus.WITHDRAWN, LetterStatus.DRAFT)
    with world.db.reading() as session:
        made = made_now(world.work(session, world.people[Role.VLO]), after.reference)
    assert "2 Other Street" in made.contents_json
    with world.db.reading() as session:
        sealer, manager = world.sealer, world.people[Role.MANAGER]
        (gone,) = withdrawn_lately(session, sealer, manager, world.clock.now())
        page = other_page(session, sealer, manager, before.reference, world.clock.now())
    assert (gone.reference, gone.in_its_place) == (before.reference, after.reference)
    assert gone.reason == before.withdrawn_reason == page.withdrawn_reason
    assert page.in_its_place == after.reference


def test_without_an_office_an_administrator_is_asked_whose_address_is_missing(
    world: World,
) -> None:
    _late(world)
    asked = [one for one in world.tasks(Role.ADMINISTRATOR) if one.kind == "office_unknown"]
    assert ["West Yorkshire" in one.question for one in asked] == [True]
    reference = the_letter(world, "chase-witness-care").reference
    with pytest.raises(LetterRefused, match="still needs"):
        approve(world, reference)
    office(world, OfficeKind.WITNESS_CARE_UNIT)
    approve(world, reference)


def test_conditions_that_were_posted_to_the_offender_manager_are_recorded_as_sent(
    world: World, tmp_path: Path
) -> None:
    reference = ready(world, "offender-manager")
    approve(world, reference)
    a_batch.leave(world, a_batch.made(world, tmp_path)[2])
    with world.db.reading() as session:
        assert session.exec(select(col(ConditionRequest.sent_on))).all() == [world.today]


def test_conditions_asked_for_since_a_letter_was_approved_did_not_leave_in_it(
    world: World,
) -> None:
    """Nor does one come back with it that somebody sent by hand on the day it left."""
    reference = ready(world, "offender-manager")
    approve(world, reference)
    world.clock.move_to(world.clock.now() + timedelta(minutes=1))
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        # One as in the letter, and one of another kind.
        later = [
            ask_for_condition(work, _her(world), RequestEntry(row.code, world.today)).reference
            for row in CONDITIONS[:2]
        ]
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        letter, concern = held_with_concern(work, the_letter(world, "offender-manager").id)
        record_left(work, letter, concern, world.today)
    assert _sent(world) == [world.today, None, None]
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        record_sent(work, later[1], world.today)
        letter, concern = held_with_concern(work, the_letter(world, "offender-manager").id)
        assert concern.about is not None
        record_came_back(work, letter, concern.about, world.today)
    assert _sent(world) == [None, None, world.today]


def _sent(world: World) -> list[date | None]:
    with world.db.reading() as session:
        query = select(col(ConditionRequest.sent_on)).order_by(col(ConditionRequest.id))
        return list(session.exec(query))


def test_a_letter_to_an_office_that_came_back_asks_for_its_address(
    world: World, tmp_path: Path
) -> None:
    reference = ready(world, "chase-witness-care")
    approve(world, reference)
    a_batch.leave(world, a_batch.made(world, tmp_path)[2])
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        letter_id = session.exec(select(LetterRecord.id)).one()
        letter, concern = held_with_concern(work, letter_id)
        report = Report(ReturnReason.GONE_AWAY, world.today)
        keep_any_return(work, letter, concern, report)
    asked = [one.question for one in world.tasks(Role.ADMINISTRATOR)]
    assert any(reference in one and "came back" in one for one in asked)


def test_what_waits_is_listed_with_where_it_goes(world: World) -> None:
    reference = ready(world, "chase-witness-care")
    vlo, elsewhere = world.people[Role.VLO], world.hire(Role.VLO, "Elsewhere", "N03")
    with world.db.reading() as session:
        found = letters_to_others(session, world.sealer, vlo, world.clock.now())
        theirs = letters_to_others(session, world.sealer, elsewhere, world.clock.now())
        count = how_many_to_others(session, vlo)
    (row,) = found.rows
    assert (row.reference, row.goes_to, count) == (reference, "The Manager", 1)
    assert theirs.rows == ()


def test_who_must_not_see_the_case_sees_no_letter_about_it(world: World) -> None:
    reference = ready(world, "chase-witness-care")
    elsewhere = world.hire(Role.MANAGER, "Elsewhere", "N03")
    with world.db.reading() as session, pytest.raises(NotFound):
        visible_other(session, world.sealer, elsewhere, reference, world.clock.now())
    with pytest.raises(NotAllowed):
        approve(world, reference, Role.WITNESS_CARE)


def test_a_second_letter_for_the_same_occasion_takes_a_second_person(world: World) -> None:
    reference = ready(world, "chase-witness-care")
    approve(world, reference)
    with world.db.writing() as session:
        first = session.exec(select(LetterRecord)).one()
        session.add(
            LetterRecord(
                reference="VCS-AGAI-N000",
                sentence_id=first.sentence_id,
                office_id=first.office_id,
                kind=first.kind,
                language="en",
                drafted_at=world.clock.now(),
                drafted_by=world.people[Role.VLO].account_id,
            )
        )
    with pytest.raises(LetterHeld, match="for the same occasion"):
        approve(world, "VCS-AGAI-N000")
