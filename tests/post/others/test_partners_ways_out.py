"""Each reason that stops a letter to a partner, against every way out, each tried by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from tests.journeys.world import YORKSHIRE, World
from tests.post.batches.ways_out import BY_EMAIL, ON_PAPER, goes_out
from tests.post.held_for import ARRANGE, excluded
from tests.post.others.a_partner import approve, to_others
from tests.post.others.test_others import BROUGHT, _asked_about_sentence, ready
from vcs.access.actors import Actor
from vcs.access.records import Account, Unit
from vcs.clock import london_date
from vcs.errors import NotAllowed, NotFound, VcsError
from vcs.post import letters as to_victims
from vcs.post.addresses.both_addresses import REASON
from vcs.post.catalogue import letter as row_of
from vcs.post.drafts.one_by_one import kinds_waiting
from vcs.post.gate import HoldKind, Step, holds
from vcs.post.holds.policies import POLICIES, Past
from vcs.post.letters import MadeLetter
from vcs.post.opening import TO_POST, open_for_printing
from vcs.post.others.case import gather_other
from vcs.post.others.destinations.offices import AddressEntry, change_office
from vcs.post.others.find import visible_other
from vcs.post.others.letters import decide_about_other
from vcs.post.others.opening import reveal_for_other
from vcs.post.others.records import PartnerOffice
from vcs.post.posting import record_posted
from vcs.post.records import LetterQuestion, LetterRecord, LetterStatus
from vcs.terms import Role
from vcs.victims.records import Victim

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What the gate says of values is the same on either database: one is enough here."""

NOTICE = "hospital-managers-notice"

NAMES_NOBODY = [kind for kind in BROUGHT if kind != NOTICE]

CANNOT_COME_ABOUT = {
    ("chase-witness-care", HoldKind.INSTRUCTION_ASKED),
    ("youth-offending-team", HoldKind.INSTRUCTION_ASKED),
    ("youth-offending-team", HoldKind.EXCLUDED),
}
"""There is no victim yet to instruct us about, or no referral that somebody is kept out of."""

PAIRS = [
    (kind, hold)
    for kind in BROUGHT
    for hold in sorted(row_of(kind).stopped_by)
    if (kind, hold) not in CANNOT_COME_ABOUT
]

ONLY_ONCE_APPROVED = {HoldKind.CHANGED, HoldKind.SIGNED_OTHERWISE, HoldKind.EXCLUDED}


def _office_moves(world: World) -> None:
    with world.db.writing() as session:
        where = session.exec(select(PartnerOffice.reference)).one()
        work = world.work(session, world.people[Role.ADMINISTRATOR])
        moved = AddressEntry("2 Other Street\nLeeds", "LS2 8JS", world.today)
        change_office(work, where, "The Manager", moved)


def _number_changes(world: World) -> None:
    with world.db.writing() as session:
        session.get_one(Unit, YORKSHIRE).phone = "0113 496 0999"
        session.execute(update(Account).values(phone="0113 496 0998"))


def _went_before(world: World) -> None:
    """Have a letter of the same kind for the same occasion that was approved before this one."""
    with world.db.writing() as session:
        query = select(LetterRecord).where(col(LetterRecord.sentence_id).is_not(None))
        letter = session.exec(query.order_by(col(LetterRecord.id).desc())).first()
        assert letter is not None
        other: dict[str, Any] = {
            "id": 0,
            "reference": "VCS-WENT-BEFO",
            "status": LetterStatus.APPROVED,
        }
        approved: dict[str, Any] = {
            "approved_at": world.clock.now() - timedelta(days=1),
            "approved_by": 1,
        }
        # The very same letter but for what tells two apart.
        columns = letter.model_dump(exclude={"office_id", "pdf", *other, *approved})
        session.add(LetterRecord(**columns, **other, **approved))


OF_ANY: Mapping[HoldKind, Callable[[World], object]] = {
    HoldKind.CHANGED: _office_moves,
    HoldKind.SIGNED_OTHERWISE: _number_changes,
    HoldKind.SECOND_LETTER: _went_before,
    HoldKind.SENTENCE_ASKED: _asked_about_sentence,
}


def arrange(world: World, hold: HoldKind) -> None:
    if hold in OF_ANY:
        OF_ANY[hold](world)
    elif hold is HoldKind.EXCLUDED:
        excluded(world, "")
    else:
        with world.db.reading() as session:
            victim = session.exec(select(Victim.reference)).one()
        ARRANGE[hold](world, victim)


def officer(world: World, hold: HoldKind) -> Actor:
    """Return who tries: a colleague where whoever approved it may not see the case any more."""
    manager = world.people[Role.MANAGER]
    return world.hire(Role.MANAGER, "A Colleague") if hold is HoldKind.EXCLUDED else manager


def held_at(world: World, letter: str, step: Step) -> set[HoldKind]:
    with world.db.reading() as session:
        seen = (session, world.sealer, world.people[Role.MANAGER], letter, world.clock.now())
        record, about = visible_other(*seen)
        return {one.kind for one in holds(gather_other(about, record).case, step)}


@pytest.mark.parametrize("way", ON_PAPER)
def test_a_hand_over_that_nothing_holds_gets_out_by_every_way(world: World, way: str) -> None:
    letter = ready(world, NOTICE)
    approve(world, letter, Role.VLO)
    assert goes_out(world, letter, ON_PAPER[way], world.people[Role.MANAGER])


@pytest.mark.parametrize("kind", BROUGHT)
def test_a_letter_to_a_partner_never_goes_by_email_to_anybody(world: World, kind: str) -> None:
    letter = ready(world, kind)
    approve(world, letter, Role.VLO)
    who = world.people[Role.MANAGER]
    assert [way for way in BY_EMAIL if goes_out(world, letter, BY_EMAIL[way], who)] == []


@pytest.mark.parametrize(("kind", "hold"), PAIRS)
def test_what_holds_a_letter_to_a_partner_is_not_got_past_by_any_way_out(
    world: World, kind: str, hold: HoldKind
) -> None:
    letter = ready(world, kind)
    approve(world, letter, Role.VLO)
    arrange(world, hold)
    assert hold in held_at(world, letter, Step.DESPATCH)
    who = officer(world, hold)
    assert [way for way in ON_PAPER if goes_out(world, letter, ON_PAPER[way], who)] == []


@pytest.mark.parametrize(
    ("kind", "hold"),
    [one for one in PAIRS if one[0] != NOTICE and one[1] not in ONLY_ONCE_APPROVED],
)
def test_what_holds_a_draft_to_a_partner_is_not_got_past_from_an_old_tab(
    world: World, kind: str, hold: HoldKind
) -> None:
    letter = ready(world, kind)
    arrange(world, hold)
    stays_a_draft(world, letter, hold)


def stays_a_draft(world: World, letter: str, hold: HoldKind) -> None:
    assert hold in held_at(world, letter, Step.APPROVE)
    with pytest.raises(VcsError):
        approve(world, letter, Role.VLO)
    assert to_others(world)[-1].pdf is None


@pytest.mark.parametrize("hold", sorted(row_of(NOTICE).stopped_by))
def test_what_holds_a_hand_over_is_decided_only_as_the_table_allows(
    world: World, hold: HoldKind
) -> None:
    letter = ready(world, NOTICE)
    if hold in ONLY_ONCE_APPROVED:
        approve(world, letter, Role.VLO)
    arrange(world, hold)
    if hold not in ONLY_ONCE_APPROVED:
        stays_a_draft(world, letter, hold)
    policy = POLICIES[hold]
    began, second = world.people[Role.VLO], world.hire(Role.MANAGER, "Second Person")
    asked = [policy.question] if policy.question else list(LetterQuestion)
    assert not any(let_go(world, letter, one, began) for one in asked)
    went = [one for one in asked if let_go(world, letter, one, second)]
    stands = hold in held_at(world, letter, Step.DESPATCH)
    if hold is HoldKind.SHARED_ADDRESS:
        # Having seen neither address, not even a second manager decides.
        assert stands
    else:
        assert stands is (policy.past not in (Past.COLLEAGUE, Past.MANAGER))
        assert stands or went


def let_go(world: World, letter: str, question: LetterQuestion, who: Actor) -> bool:
    try:
        with world.db.writing() as session:
            decide_about_other(world.work(session, who), letter, question, "I asked her", "Nobody")
    except VcsError:
        return False
    return True


def test_a_manager_who_saw_both_addresses_lets_a_hand_over_go(world: World) -> None:
    letter = ready(world, NOTICE)
    arrange(world, HoldKind.SHARED_ADDRESS)
    second = world.people[Role.MANAGER]
    with world.db.writing() as session:
        both = reveal_for_other(world.work(session, second), letter, REASON)
    assert "1 Canary Lane" in str(both)
    with world.db.writing() as session, pytest.raises(NotAllowed):
        reveal_for_other(world.work(session, world.people[Role.VLO]), letter, REASON)
    assert let_go(world, letter, LetterQuestion.SHARED_ADDRESS, second)
    approve(world, letter, Role.VLO)


@pytest.mark.parametrize("kind", NAMES_NOBODY[:1])
def test_a_letter_that_is_about_nobody_shows_no_addresses(world: World, kind: str) -> None:
    letter = ready(world, kind)
    with world.db.writing() as session, pytest.raises(NotFound):
        reveal_for_other(world.work(session, world.people[Role.MANAGER]), letter, REASON)


def test_no_door_for_letters_to_victims_opens_one_to_a_partner(world: World) -> None:
    letter = ready(world, NOTICE)
    who = world.people[Role.MANAGER]
    made = MadeLetter(b"%PDF-1.7", "v1", "{}")
    with world.db.writing() as session, pytest.raises(NotFound):
        to_victims.save_approved_letter(world.work(session, who), letter, made)
    approve(world, letter)
    with world.db.writing() as session, pytest.raises(NotFound):
        open_for_printing(world.work(session, who), letter, TO_POST)
    with world.db.writing() as session, pytest.raises(NotFound):
        record_posted(world.work(session, who), letter, london_date(world.clock.now()))
    with world.db.reading() as session:
        waits = kinds_waiting(session, who, world.clock.now())
    assert NOTICE not in {one.kind for one in waits}
