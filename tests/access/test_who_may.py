"""Who may see and do what: asked of every verb and every read, with one rule behind them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest
from sqlmodel import Session, select

from api.staff.referrals.view import referral_page
from tests.journeys.world import CARDIFF, NOWHERE, World, a_victim, told
from vcs.access.actors import Actor
from vcs.access.rules import OF_A_REGION, may_see, seen_by
from vcs.errors import NotAllowed, NotFound
from vcs.ledger.worklists.worklist import worklist
from vcs.post import letters, opening
from vcs.post.cases import case
from vcs.post.letters import MadeLetter
from vcs.post.posting import record_posted
from vcs.post.reads import letter_facts, letter_page
from vcs.referrals.officers.assign import assign_vlo
from vcs.referrals.records import Referral
from vcs.terms import Choice, Language, Role
from vcs.victims.contact.choices import record_choice
from vcs.victims.contact.contacts import ContactEntry, record_contact
from vcs.victims.details.add import add_victim
from vcs.victims.details.amend import amend_victim
from vcs.victims.entries import version_of
from vcs.victims.whereabouts.reveal import reveal_address

DAY = date(2026, 3, 20)

NOW_HELD = version_of(a_victim())


def stranger(role: Role) -> Actor:
    """Return somebody of the same role who works in Wales."""
    region = "N03" if role in OF_A_REGION else None
    area = "62" if role is Role.WITNESS_CARE else None
    return Actor(2, "Stranger", role, region, area)


def test_reading_and_changing_answer_to_the_same_rule(world: World) -> None:
    world.court_tells(
        told(), told(court=CARDIFF, urn="62EX0000126"), told(court=NOWHERE, urn="99EX0000126")
    )
    regions, areas = (None, "N55", "N03"), (None, "13", "62")
    with world.db.reading() as session:
        every = session.exec(select(Referral)).all()
        assert len(every) == 3
        for role, region, area in product(Role, regions, areas):
            actor = Actor(1, "x", role, region, area)
            query = select(Referral).where(seen_by(actor, Referral))
            seen = {one.id for one in session.exec(query)}
            assert seen == {one.id for one in every if may_see(actor, one)}, actor


@pytest.mark.parametrize("role", list(Role))
def test_a_stranger_is_told_that_there_is_no_such_referral(world: World, role: Role) -> None:
    world.court_tells(told())
    messages = set()
    with world.db.reading() as session:
        for reference in (world.only_referral(), "VCS-0000-0000"):
            with pytest.raises(NotFound) as refusal:
                referral_page(session, world.sealer, stranger(role), reference, world.today)
            messages.add(str(refusal.value))
        rows = worklist(session, world.sealer, stranger(role), world.today).rows
    assert len(messages) == 1
    assert rows == ()


def test_an_administrator_counts_and_sees_nobody(world: World) -> None:
    world.court_tells(told(), told(court=CARDIFF, urn="62EX0000126"))
    assert world.headline(Role.ADMINISTRATOR).unaccounted == 2
    admin, reference = world.people[Role.ADMINISTRATOR], world.referrals()[0]
    with world.db.reading() as session, pytest.raises(NotFound):
        referral_page(session, world.sealer, admin, reference, world.today)


Act = Callable[[Session, World, Actor, str, str, str], Any]


def _add(s: Session, w: World, who: Actor, referral: str, victim: str, letter: str) -> Any:
    return add_victim(w.work(s, who), referral, a_victim())


def _amend(s: Session, w: World, who: Actor, referral: str, victim: str, letter: str) -> Any:
    return amend_victim(w.work(s, who), victim, NOW_HELD, a_victim())


def _assign(s: Session, w: World, who: Actor, referral: str, victim: str, letter: str) -> Any:
    vlo = w.people[Role.VLO].account_id
    return assign_vlo(w.work(s, who), referral, vlo)


def _choose(s: Session, w: World, who: Actor, referral: str, victim: str, letter: str) -> Any:
    return record_choice(w.work(s, who), victim, Choice.OPT_IN, w.today, "by phone")


def _contact(s: Session, w: World, who: Actor, referral: str, victim: str, letter: str) -> Any:
    entry = ContactEntry(w.today, "by phone", reached=True, spoke_to="Herself")
    return record_contact(w.work(s, who), victim, entry)


def _post(s: Session, w: World, who: Actor, referral: str, victim: str, letter: str) -> Any:
    _approve(s, w, w.people[Role.VLO], referral, victim, letter)
    return record_posted(w.work(s, who), letter, w.today)


def _reveal(s: Session, w: World, who: Actor, referral: str, victim: str, letter: str) -> Any:
    return reveal_address(w.work(s, who), victim, "to write")


def _draft(s: Session, w: World, who: Actor, referral: str, victim: str, letter: str) -> Any:
    return letters.draft_letter(w.work(s, who), victim, "initial-contact", Language.WELSH)


def _approve(s: Session, w: World, who: Actor, referral: str, victim: str, letter: str) -> Any:
    return letters.save_approved_letter(w.work(s, who), letter, MadeLetter(b"%PDF-1.7", "v1", "{}"))


def _facts(s: Session, w: World, who: Actor, referral: str, victim: str, letter: str) -> Any:
    return letter_facts(s, w.sealer, who, victim, w.today)


def _look(s: Session, w: World, who: Actor, referral: str, victim: str, letter: str) -> Any:
    return opening.note_look(w.work(s, who), letter, "to print and post it")


def _case(s: Session, w: World, who: Actor, referral: str, victim: str, letter: str) -> Any:
    return case.case_of_letter(s, w.sealer, who, letter, w.today)


def _page(s: Session, w: World, who: Actor, referral: str, victim: str, letter: str) -> Any:
    return letter_page(s, w.sealer, who, letter)


WCU, VLO, MANAGER, ADMIN = Role.WITNESS_CARE, Role.VLO, Role.MANAGER, Role.ADMINISTRATOR
HEAD, OFFICE = Role.HEAD, Role.UNIT_ADMINISTRATOR

WHO_MAY: tuple[tuple[Act, set[Role]], ...] = (
    (_add, {WCU, MANAGER}),
    (_amend, {WCU, VLO, MANAGER}),
    (_assign, {MANAGER, HEAD, OFFICE}),
    (_choose, {VLO, MANAGER}),
    (_contact, {VLO, MANAGER}),
    (_post, {VLO, MANAGER, OFFICE}),
    (_reveal, {VLO, MANAGER, HEAD}),
    (_draft, {VLO, MANAGER}),
    (_approve, {VLO, MANAGER}),
    (_facts, {VLO, MANAGER, HEAD}),
    (_page, {VLO, MANAGER, HEAD, OFFICE}),
    (_look, {VLO, MANAGER, HEAD}),
    (_case, {VLO, MANAGER, HEAD, OFFICE}),
)


@pytest.mark.parametrize(("act", "roles"), WHO_MAY, ids=[act.__name__ for act, _ in WHO_MAY])
def test_each_verb_is_for_its_roles_and_for_nobody_elsewhere(
    world: World, act: Act, roles: set[Role]
) -> None:
    world.court_tells(told())
    referral, victim = world.only_referral(), world.refer()
    with world.db.writing() as session:
        letter = letters.draft_letter(
            world.work(session, world.people[VLO]), victim, "initial-contact", Language.ENGLISH
        ).reference
    for role in Role:
        for who in (world.people[role], stranger(role)):
            allowed = role in roles and who is world.people[role]
            with world.db.writing() as session:
                if allowed:
                    act(session, world, who, referral, victim, letter)
                else:
                    with pytest.raises((NotAllowed, NotFound)):
                        act(session, world, who, referral, victim, letter)
                session.rollback()


@pytest.mark.parametrize("role", list(Role))
def test_proposing_that_nobody_can_be_referred_is_for_witness_care_and_managers(
    world: World, role: Role
) -> None:
    world.court_tells(told())
    with pytest.raises((NotAllowed, NotFound)):
        world.propose(who=stranger(role))
    if role in (WCU, MANAGER):
        world.propose(who=world.people[role])
    else:
        with pytest.raises(NotAllowed):
            world.propose(who=world.people[role])


@pytest.mark.parametrize("role", list(Role))
def test_only_who_decides_in_the_region_confirms_or_opens_again(world: World, role: Role) -> None:
    world.court_tells(told())
    task = world.propose()
    if role not in (MANAGER, HEAD):
        with pytest.raises(NotAllowed):
            world.answer_proposal(task, who=world.people[role])
    with pytest.raises((NotAllowed, NotFound)):
        world.answer_proposal(task, who=stranger(role))
    world.answer_proposal(task)
    if role not in (MANAGER, HEAD):
        with pytest.raises(NotAllowed):
            world.reopen(world.people[role])
    with pytest.raises((NotAllowed, NotFound)):
        world.reopen(stranger(role))
    world.reopen()


def test_an_officer_of_another_region_cannot_be_assigned(world: World) -> None:
    world.court_tells(told())
    elsewhere = world.hire(Role.VLO, "Welsh Officer", region="N03")
    for account_id in (elsewhere.account_id, world.people[MANAGER].account_id, 999):
        with world.db.writing() as session, pytest.raises(Exception, match="of this region"):
            assign_vlo(
                world.work(session, world.people[MANAGER]), world.only_referral(), account_id
            )


def test_a_look_at_an_address_is_kept_with_who_looked_and_why(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    with world.db.writing() as session:
        found = reveal_address(world.work(session, world.people[VLO]), victim, "to write")
    assert found.lines == ("1 Canary Lane", "Leeds")
    line = world.view().history[0]
    assert (line.event, line.who) == ("address.revealed", "Vlo")
    assert line.detail == f"{victim}: to write"


def test_a_look_without_a_reason_is_refused(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    with world.db.writing() as session, pytest.raises(Exception, match="why"):
        reveal_address(world.work(session, world.people[VLO]), victim, "  ")


def test_the_page_of_a_referral_holds_no_address(world: World) -> None:
    world.court_tells(told())
    world.refer(entry=a_victim(safe_contact_notes="canary note"))
    for role in (WCU, VLO, MANAGER):
        shown = repr(world.view(role=role))
        assert "Canary-Name" in shown
        for secret in ("Canary Lane", "LS1 3AB", "0777", "canary.victim"):
            assert secret not in shown
        # Whoever may ring or write must see the warning; witness care does neither.
        assert ("canary note" in shown) == (role is not WCU)
