"""An offender is out who should not be: nothing is held, and who is most at risk is first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from tests.events.told import (
    IN_ERROR,
    RANG,
    TUESDAY_24,
    asks_for,
    chooses,
    decide,
    happens,
    line,
    page,
    refer,
    tell,
    tried,
)
from tests.journeys.world import (
    CARDIFF,
    FRIDAY_20_MARCH,
    LEEDS,
    WALES,
    World,
    a_victim,
    told,
)
from tests.services.mailbox import text_of
from vcs.access import trail
from vcs.consequences.closing.reopen import reopen_referral
from vcs.consequences.key_events import bring_sets_up_to_date
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.events.catalogue import DANGER_KINDS, Because, Risk
from vcs.events.if_out import IfOutEntry, if_out_version, record_if_out
from vcs.events.sets.not_told import record_not_to_be_told
from vcs.events.sets.number import show_numbers
from vcs.events.sets.tell import ToldEntry
from vcs.terms import Choice, Role
from vcs.victims.find import visible_victim


def test_everybody_in_every_open_referral_of_the_offender_is_in_one_set(case: World) -> None:
    case.court_tells(told(urn="13EX0000226", court=CARDIFF), told(urn="13EX0000326", court=LEEDS))
    first, cardiff, closed = case.referrals()
    here = refer(case, "Ann Here", first)
    gone = refer(case, "Ann Gone", closed)
    wales = case.hire(Role.MANAGER, "Rhys", WALES)
    there = refer_in_wales(case, cardiff)
    with case.db.writing() as session:
        session.execute(
            text("UPDATE referral SET status = 'closed' WHERE reference = :one"), {"one": closed}
        )
    event = happens(case, IN_ERROR, first)
    ours, theirs = page(case, event), page(case, event, wales)
    assert [one.victim_reference for one in ours.lines] == [here]
    assert [one.victim_reference for one in theirs.lines] == [there]
    assert (ours.progress.waiting, ours.elsewhere.waiting) == (2, 1)
    assert gone not in str(ours) + str(theirs)
    with pytest.raises(NotFound):
        page(case, event, case.hire(Role.MANAGER, "Kent", "N57"))
    mended_by_hand(case, closed)


def refer_in_wales(case: World, reference: str) -> str:
    from vcs.victims.details.add import add_victim

    officer = case.hire(Role.WITNESS_CARE, "Cardiff care", area="62")
    with case.db.writing() as session:
        entry = a_victim(name="Ann There", address_lines=("9 Bay Road", "Cardiff"))
        return add_victim(case.work(session, officer), reference, entry).reference


def mended_by_hand(case: World, reference: str) -> None:
    """Open again what the test closed by hand, and see that nobody is left out then."""
    with case.db.writing() as session:
        session.execute(
            text("UPDATE referral SET status = 'referred' WHERE reference = :one"),
            {"one": reference},
        )
    (problem,) = case.problems()
    assert problem.startswith("Events of danger of which somebody is not to be told")
    case.sweep()
    assert case.problems() == []


def test_they_are_told_within_the_hour_from_when_we_knew(case: World) -> None:
    refer(case, "Ann Lis")
    view = page(case, happens(case, replace(IN_ERROR, happened_time="06:10")))
    assert view.tell_by_at - view.recorded_at == timedelta(hours=1)
    assert view.may_tell
    assert (view.happened_at, view.source_knew_at) != (view.recorded_at, view.recorded_at)


@pytest.mark.parametrize("kind", DANGER_KINDS)
def test_danger_of_every_kind_has_no_hold_and_owes_an_alert_at_once(case: World, kind: str) -> None:
    victim = refer(case, "Ann Lis")
    asks_for(case, victim, "ring")
    event = happens(case, replace(IN_ERROR, kind=kind))
    tell(case, event, victim)
    case.sweep()
    (mail,) = case.mail()
    assert mail["To"] == "manager@example.org"
    assert event in text_of(mail)
    assert "Ann" not in text_of(mail)
    assert case.problems() == []


def test_the_officer_of_somebody_in_the_set_is_alerted_beside_the_managers(case: World) -> None:
    refer(case, "Ann Lis")
    from vcs.referrals.officers.assign import assign_vlo

    with case.db.writing() as session:
        work = case.work(session, case.people[Role.MANAGER])
        assign_vlo(work, case.only_referral(), case.people[Role.VLO].account_id)
    happens(case, IN_ERROR)
    case.sweep()
    assert {mail["To"] for mail in case.mail()} == {"manager@example.org", "vlo@example.org"}


def test_without_an_answer_a_manager_chooses_with_a_reason_before_anybody_rings(
    case: World,
) -> None:
    victim = refer(case, "Ann Lis", safe_contact_notes="Prefers letters. Do not ring")
    event = happens(case, IN_ERROR)
    with pytest.raises(Conflict, match="a manager chooses first"):
        tell(case, event, victim)
    with pytest.raises(NotValid):
        decide(case, event, victim, "phone", reason=" ")
    with pytest.raises(NotValid):
        decide(case, event, victim, "letter")
    decide(case, event, victim, "phone")
    tell(case, event, victim)
    kept = line(case, event, victim)
    assert (kept.way, kept.way_reason, kept.told_how) == ("phone", "She has nobody else.", "phone")


def test_an_officer_cannot_choose_in_danger(case: World) -> None:
    from vcs.events.sets.ready import WayEntry, make_ready

    victim = refer(case, "Ann Lis")
    event = happens(case, IN_ERROR)
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.VLO])
        with pytest.raises(NotAllowed):
            make_ready(work, event, victim, WayEntry("phone", "So."))


@pytest.mark.parametrize(
    ("answer", "way"),
    [("ring", "phone"), ("third_party", "third_party"), ("police", "police"), ("never", "police")],
)
def test_what_they_asked_for_beforehand_is_how_they_are_told(
    case: World, answer: str, way: str
) -> None:
    victim = refer(case, "Ann Lis")
    asks_for(case, victim, answer, third_party="Eve", third_party_number="0113 496 0123")
    kept = line(case, happens(case, IN_ERROR), victim)
    assert (kept.way, kept.because) == (way, Because.ASKED_FOR)


def test_the_police_go_to_whoever_it_is_not_safe_to_contact_and_nobody_rings(case: World) -> None:
    victim = refer(case, "Ann Lis", safe_to_post=False)
    event = happens(case, IN_ERROR)
    assert line(case, event, victim).way == "police"
    with pytest.raises(Conflict):
        decide(case, event, victim, "phone")
    with pytest.raises(NotValid) as refusal:
        tell(case, event, victim)
    assert "The police go" in refusal.value.fields["how"]
    tell(case, event, victim, ToldEntry("police", "PC Tarn"))
    assert page(case, event).progress.waiting == 0


def test_the_police_go_to_whoever_opted_out(case: World) -> None:
    victim = refer(case, "Ann Lis")
    chooses(case, victim, Choice.OPT_OUT)
    kept = line(case, happens(case, IN_ERROR), victim)
    assert (kept.way, kept.is_open) == ("police", True)


def test_a_name_that_says_she_died_is_for_a_manager_and_for_no_call(case: World) -> None:
    victim = refer(case, "Ann Lis (deceased)")
    event = happens(case, IN_ERROR)
    kept = line(case, event, victim)
    assert (kept.way, kept.may_have_died) == (None, True)
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.MANAGER])
        record_not_to_be_told(work, event, victim, "deceased", "Her GP says so")
    assert page(case, event).progress.waiting == 0


@pytest.mark.parametrize("reason", ["opted_out", "not_wanted"])
def test_in_danger_nobody_is_left_out_by_their_own_choice(case: World, reason: str) -> None:
    victim = refer(case, "Ann Lis")
    event = happens(case, IN_ERROR)
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.MANAGER])
        with pytest.raises(NotValid):
            record_not_to_be_told(work, event, victim, reason, "She said so")


def test_whoever_is_most_at_risk_is_first(case: World) -> None:
    asked = refer(case, "Ann Lis")
    asks_for(case, asked, "ring")
    never = refer(case, "Bea Pike")
    unsafe = refer(case, "Cat Tarn", safe_to_post=False)
    lines = page(case, happens(case, IN_ERROR)).lines
    assert [one.victim_reference for one in lines] == [unsafe, never, asked]
    assert lines[0].risks == (Risk.NOT_SAFE, Risk.NEVER_ASKED, Risk.NEVER_REACHED)


def test_a_try_is_kept_and_they_are_still_to_be_told(case: World) -> None:
    victim = refer(case, "Ann Lis")
    asks_for(case, victim, "ring")
    event = happens(case, IN_ERROR)
    tried(case, event, victim)
    kept = line(case, event, victim)
    assert (kept.tries, kept.is_open) == (1, True)
    assert [one.reached for one in case.view().victims[0].contacts] == [False]
    tell(case, event, victim)
    assert [one.reached for one in case.view().victims[0].contacts] == [True, False]
    with pytest.raises(Conflict):
        tell(case, event, victim)


def test_whoever_is_added_later_joins_while_he_is_out(case: World) -> None:
    first = refer(case, "Ann First")
    asks_for(case, first, "ring")
    event = happens(case, IN_ERROR)
    tell(case, event, first)
    later = refer(case, "Bea Later")
    case.sweep()
    assert line(case, event, later).is_open
    assert page(case, event).progress.to_tell == 2
    happens(case, replace(IN_ERROR, kind="back_in_custody"))
    tell_by_police(case, event, later)
    refer(case, "Cat Last")
    case.sweep()
    assert page(case, event).progress.to_tell == 2


def tell_by_police(case: World, event: str, victim: str) -> None:
    decide(case, event, victim, "police")
    tell(case, event, victim, ToldEntry("police", "PC Tarn"))


def test_a_referral_that_is_opened_again_brings_its_people_into_the_set_at_once(
    case: World,
) -> None:
    case.court_tells(told(urn="13EX0000226"))
    first, second = case.referrals()
    refer(case, "Ann First", first)
    theirs = refer(case, "Bea Second", second)
    with case.db.writing() as session:
        session.execute(
            text(
                "UPDATE referral SET status = 'closed', closed_reason = 'not_eligible'"
                " WHERE reference = :one"
            ),
            {"one": second},
        )
    event = happens(case, IN_ERROR, first)
    assert page(case, event).progress.to_tell == 1
    with case.db.writing() as session:
        reopen_referral(case.work(session, case.people[Role.MANAGER]), second, "She rang us")
    assert line(case, event, theirs).is_open


def test_bringing_sets_up_to_date_twice_adds_nobody_twice(case: World) -> None:
    refer(case, "Ann First")
    happens(case, IN_ERROR)
    refer(case, "Bea Later")
    with case.db.writing() as session:
        grown = [bring_sets_up_to_date(session, case.sealer, 1, case.clock.now()) for _ in range(2)]
    assert grown == [1, 0]


def test_a_strangers_name_that_cannot_be_opened_stops_nobody_from_being_told(case: World) -> None:
    victim = refer(case, "Ann Lis")
    asks_for(case, victim, "ring")
    case.court_tells(told(FRIDAY_20_MARCH, ("Stranger", "IMP", "3 Years"), urn="13EX0000226"))
    other = refer(case, "Eve Other", case.referrals()[1])
    with case.db.writing() as session:
        session.execute(
            text(
                "UPDATE sentence SET offender_name = :bad WHERE id ="
                " (SELECT sentence_id FROM referral WHERE reference = :one)"
            ),
            {"bad": b"damaged", "one": case.referrals()[1]},
        )
    event = happens(case, IN_ERROR)
    assert [one.victim_reference for one in page(case, event).lines] == [victim]
    tell(case, event, victim)
    assert other not in str(page(case, event))


def test_the_same_event_recorded_again_is_the_same_event(case: World) -> None:
    refer(case, "Ann Lis")
    once = happens(case, IN_ERROR)
    assert happens(case, replace(IN_ERROR, source="police"), who=case.people[Role.MANAGER]) == once
    case.sweep()
    assert len(case.mail()) == 1


def test_a_second_escape_on_one_day_is_a_second_danger(case: World) -> None:
    refer(case, "Ann Lis")
    out = replace(IN_ERROR, kind="escaped", happened_time="06:00")
    back = replace(IN_ERROR, kind="back_in_custody", happened_time="08:00")
    case.clock.move_to(TUESDAY_24)
    case.clock.minutes(60 * 14)
    first = happens(case, out)
    # Another officer's word of it, with no hour or a little beside it, is the same.
    assert happens(case, replace(out, happened_time="06:20")) == first
    assert happens(case, replace(out, happened_time="")) == first
    happens(case, back)
    again = happens(case, replace(out, happened_time="08:30"))
    assert again != first
    assert [happens(case, replace(out, happened_time=one)) for one in ("06:00", "08:30")] == [
        first,
        again,
    ]
    assert page(case, again).overtaken_by is None
    # What is planned says nothing of where he is before its day.
    decide(case, again, page(case, again).lines[0].victim_reference, "phone")
    tell(case, again, page(case, again).lines[0].victim_reference)
    happens(case, replace(IN_ERROR, kind="removed", happened_on=date(2026, 5, 20)))
    view = page(case, again)
    assert (view.overtaken_by, view.over_at) == (None, None)


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (replace(IN_ERROR, kind="went for a walk"), "kind"),
        (replace(IN_ERROR, happened_on=date(2026, 3, 25)), "happened_on"),
        (replace(IN_ERROR, happened_time="23:59"), "happened_on"),
        (replace(IN_ERROR, happened_time="at noon"), "happened_time"),
        (replace(IN_ERROR, source="a bird"), "source"),
        (replace(IN_ERROR, source_knew_on=date(2026, 3, 25)), "source_knew_on"),
        (replace(IN_ERROR, source_knew_time="09:00"), "source_knew_time"),
        (replace(IN_ERROR, kind="release_planned", happened_on=date(2026, 3, 23)), "happened_on"),
    ],
)
def test_each_fault_of_an_event_is_named_and_nothing_is_kept(
    case: World, entry: object, field: str
) -> None:
    with pytest.raises(NotValid) as refusal:
        happens(case, entry)  # type: ignore[arg-type]  # one of the entries above
    assert field in refusal.value.fields
    assert "event.recorded" not in {one.event for one in case.view().history}


def test_what_is_said_is_sealed_and_the_number_is_shown_to_nobody_who_may_not_ring(
    case: World,
) -> None:
    victim = refer(case, "Ann Lis", phone="0113 496 0555")
    asks_for(case, victim, "third_party", third_party="Eve", third_party_number="0113 496 0999")
    event = happens(case, replace(IN_ERROR, words="canary words"))
    with case.db.writing() as session:
        numbers = show_numbers(case.work(session, case.people[Role.VLO]), event, victim)
    assert numbers.phone is None
    assert numbers.if_out is not None
    assert numbers.if_out.number == "0113 496 0999"
    assert case.view().history[0].event == "event.number_shown"
    with case.db.reading() as session:
        kept = str(session.execute(text("SELECT * FROM if_out_answer")).all())
        kept += str(session.execute(text("SELECT * FROM key_event")).all())
        assert trail.verify(session) is None
    assert "0999" not in kept
    assert "canary" not in kept


def test_a_person_in_two_referrals_is_told_once(case: World) -> None:
    from vcs.victims.identity.known import Answer, refer_person

    victim = refer(case, "Ann Lis")
    asks_for(case, victim, "ring")
    case.court_tells(told(urn="13EX0000226"))
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.WITNESS_CARE])
        known = a_victim(name="Ann Lis", address_lines=("659 Canary Lane", "Leeds"))
        refer_person(work, case.referrals()[1], known, Answer(victim, (victim,)))
    event = happens(case, IN_ERROR)
    assert page(case, event).progress.waiting == 2
    tell(case, event, victim)
    assert page(case, event).progress.waiting == 0


def test_the_latest_answer_counts_and_a_third_party_needs_a_number(case: World) -> None:
    victim = refer(case, "Ann Lis")
    asks_for(case, victim, "never", TUESDAY_24)
    asks_for(case, victim, "ring", date(2026, 3, 23))
    assert line(case, happens(case, IN_ERROR), victim).way == "police"
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.VLO])
        seen = if_out_version(session, visible_victim(session, victim, work.actor).person_id)
        no_number = IfOutEntry("third_party", TUESDAY_24, "Eve", "later")
        with pytest.raises(NotValid) as refusal:
            record_if_out(work, victim, seen, no_number)
    assert list(refusal.value.fields) == ["third_party_number"]


def test_in_danger_her_husband_or_a_voicemail_has_told_nobody(case: World) -> None:
    her, other = refer(case, "Ann Lis", salutation="Ms Lis"), refer(case, "Eve Rook")
    asks_for(case, her, "ring")
    asks_for(case, other, "third_party", third_party="Olga", third_party_number="0113 496 0123")
    event = happens(case, IN_ERROR)
    for who, how, spoke_to in (
        *((her, "phone", said) for said in ("her husband", "voicemail", "Mr Lis", "him")),
        *((other, "third_party", said) for said in ("her husband", "left a message with Olga")),
        (her, "police", "Nobody answered"),
    ):
        with pytest.raises(NotValid) as refusal:
            tell(case, event, who, ToldEntry(how, spoke_to))
        assert list(refusal.value.fields) == ["spoke_to"], (how, spoke_to)
    assert page(case, event).progress.waiting == 2
    assert all(one.contacted_on is None for one in case.view().victims)
    tell(case, event, her, ToldEntry("phone", "Ann Lis"))
    tell(case, event, other, ToldEntry("third_party", "Olga, her friend"))
    assert page(case, event).progress.waiting == 0


def test_what_was_heard_elsewhere_first_is_kept(case: World) -> None:
    victim = refer(case, "Ann Lis")
    asks_for(case, victim, "ring")
    event = happens(case, IN_ERROR)
    with pytest.raises(NotValid):
        tell(case, event, victim, replace(RANG, heard_before=True))
    tell(case, event, victim, replace(RANG, heard_before=True, heard_from="The radio"))
    assert line(case, event, victim).heard_from == "The radio"
