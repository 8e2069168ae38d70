"""Who may do what, and who may see what: a table of acts, and one rule of places.

``MAY`` has a row for each act with the roles that may do it, and every verb reads it. What a row
allows is narrowed by :class:`Reach` to what the person may see. Three other tables name roles for
their own rows: who approves a letter (``vcs/post/catalogue.py``), who answers a task
(``vcs/tasks/kinds.py``), who closes a referral (``vcs/consequences/reasons.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, false, or_, true

from vcs.access.actors import NOTHING_HIDDEN, Actor, Hidden
from vcs.errors import NotAllowed
from vcs.terms import Role


class Act(StrEnum):
    """What somebody does, in words that a manager can check."""

    ADD_VICTIM = "refer a victim"
    CHANGE_DETAILS = "change a victim's details"
    SEE_ADDRESS = "open a victim's address"
    JOIN_PEOPLE = "say that two people are one, or are not"
    CHANGE_PREFERENCES = "record how somebody may be reached, and how never"
    RECORD_CONTACT = "record a contact or an attempt"
    ADD_NOTE = "add a note to a referral, and read the notes"
    RECORD_CHOICE = "record what a victim chose"
    RELAY_CHOICE = "pass on what a victim chose before referral"
    RECORD_IF_OUT = "record how a victim is reached if the offender is out unexpectedly"
    RECORD_EVENT = "record a key event"
    TELL_EVENT = "tell people of a key event"
    CHOOSE_WAY = "choose how somebody is told in danger, or that they are not"
    SET_EMBARGO = "put a key event under embargo, and end that"
    SPLIT_SET = "split a set of people who are told together"
    TAKE_BACK_EVENT = "take a key event back"
    ASK_ABOUT_NEEDS = "ask about a victim's needs, and see to them"
    RECORD_FAMILY = "record a birth, a death, and who speaks for or tells whom"
    TAKE_BACK_DEATH = "take back that somebody has died"
    ASK_FOR_CONDITION = "record what a victim asks of a licence, and their statement"
    MESSAGE_UNIT = "send the unit a message about a referral, and see what became of it"
    CORRECT_SENT = "correct what was sent about a victim"
    TAKE_BACK_REFERRAL = "take back a victim who was referred by mistake"
    TRACE_VICTIM = "record that a victim is being traced"
    REOPEN_REFERRAL = "open a closed referral again"
    SEE_SENTENCES = "look a sentence up, whether or not it was referred"
    OFFER_CONTACT = "offer contact at discretion"
    CONFIRM_DECLINE = "confirm, as a second person, that contact is not offered"
    ASSIGN_OFFICER = "give a referral to an officer"
    TAKE_REFERRAL = "take a referral that no officer has"
    TRANSFER_REFERRAL = "offer a referral to another region"
    RECORD_LEAVE = "say when an officer is away, and who covers"
    SEE_CASEWORK = "see a victim's needs, family, requests and what was said"
    WRITE_LETTER = "draft a letter and read the facts for it"
    SEE_LETTER = "see that there is a letter, and what stops it"
    OPEN_LETTER = "read a letter, with the address on it"
    PRINT_LETTER = "open an approved letter to print and post it"
    DECIDE_ABOUT_LETTER = "decide that a letter may go although something holds it"
    ACCEPT_SHARED_ADDRESS = "decide that a letter may go to an address the court holds"
    WRITE_TO_ONE_KEPT_APART = "decide that a letter may go to somebody like one who said no"
    RECORD_POSTED = "record that a letter was posted"
    RECORD_RETURNED = "record that a letter came back"
    SEE_EARLY_REFERRALS = "see what witness care sent before its sentence came"
    OPEN_REQUEST = "open what witness care sent"
    SEE_LEDGER = "see the ledger"
    SEE_SET_ASIDE = "see, try again and dismiss messages set aside"
    READ_BY_HAND = "enter what they read in a message set aside"
    OPEN_IN_EMERGENCY = "open a case that one may not see, because of a danger now"
    EXCLUDE = "exclude somebody from a case, and let them in again"
    RESTRICT = "restrict a case to named people, and lift that"
    DECLARE_CONFLICT = "declare that one knows somebody in a case"
    SEE_WHO_LOOKED = "see who opened whose details, and why"
    SEE_READING = "see who opened many people's details"
    LIFT_LIMIT = "lift the limit of reading for somebody else"
    SEARCH = "search by a reference or an offender's name"
    SEARCH_VICTIMS = "search by a victim's name, for a reason"
    CONSULT = "learn how to consult a victim liaison unit"
    SEE_HEADLINE = "see the first page, and how many sentences are not accounted for"
    DRAW_SAMPLE = "draw a sample of referrals for an inspector"
    INSPECT = "read the referrals of a sample, without names"
    MANAGE_ACCESS = "let people and programs in, and shut them out"


MANAGING = (Role.MANAGER, Role.HEAD)
"""Who decides about cases; a head is the second person, and is told where no manager is."""

OF_A_REGION = (Role.VLO, *MANAGING, Role.UNIT_ADMINISTRATOR)
"""Whose account has a region."""

_SEES_CASES = (Role.VLO, *MANAGING)

_OFFICE = (*_SEES_CASES, Role.UNIT_ADMINISTRATOR)

_UNIT = (Role.VLO, Role.MANAGER)

_ANYBODY_WITH_REFERRALS = (Role.WITNESS_CARE, Role.VLO, Role.MANAGER)

_ANYBODY_WHO_SEES_THEM = (Role.WITNESS_CARE, *_OFFICE)

MAY: Mapping[Act, tuple[Role, ...]] = {
    Act.ADD_VICTIM: (Role.WITNESS_CARE, Role.MANAGER),
    Act.CHANGE_DETAILS: _ANYBODY_WITH_REFERRALS,
    Act.SEE_ADDRESS: _SEES_CASES,
    Act.JOIN_PEOPLE: MANAGING,
    Act.CHANGE_PREFERENCES: _UNIT,
    Act.RECORD_CONTACT: _UNIT,
    Act.ADD_NOTE: _SEES_CASES,
    Act.RECORD_CHOICE: _UNIT,
    Act.RELAY_CHOICE: (Role.WITNESS_CARE,),
    Act.RECORD_IF_OUT: _UNIT,
    Act.RECORD_EVENT: _UNIT,
    Act.TELL_EVENT: _UNIT,
    Act.CHOOSE_WAY: MANAGING,
    Act.SET_EMBARGO: MANAGING,
    Act.SPLIT_SET: MANAGING,
    Act.TAKE_BACK_EVENT: MANAGING,
    Act.ASK_ABOUT_NEEDS: _UNIT,
    Act.RECORD_FAMILY: _UNIT,
    Act.TAKE_BACK_DEATH: MANAGING,
    Act.ASK_FOR_CONDITION: _UNIT,
    Act.MESSAGE_UNIT: (Role.WITNESS_CARE,),
    Act.CORRECT_SENT: (Role.WITNESS_CARE,),
    Act.TAKE_BACK_REFERRAL: (Role.WITNESS_CARE,),
    Act.TRACE_VICTIM: _ANYBODY_WITH_REFERRALS,
    Act.REOPEN_REFERRAL: MANAGING,
    Act.SEE_SENTENCES: MANAGING,
    Act.OFFER_CONTACT: MANAGING,
    Act.CONFIRM_DECLINE: MANAGING,
    Act.ASSIGN_OFFICER: (*MANAGING, Role.UNIT_ADMINISTRATOR),
    Act.TAKE_REFERRAL: (Role.VLO,),
    Act.TRANSFER_REFERRAL: MANAGING,
    Act.RECORD_LEAVE: _OFFICE,
    Act.SEE_CASEWORK: _SEES_CASES,
    Act.WRITE_LETTER: _UNIT,
    Act.SEE_LETTER: _OFFICE,
    Act.PRINT_LETTER: _OFFICE,
    Act.OPEN_LETTER: _SEES_CASES,
    Act.DECIDE_ABOUT_LETTER: _SEES_CASES,
    Act.ACCEPT_SHARED_ADDRESS: MANAGING,
    Act.WRITE_TO_ONE_KEPT_APART: MANAGING,
    Act.RECORD_POSTED: (*_UNIT, Role.UNIT_ADMINISTRATOR),
    Act.RECORD_RETURNED: (*_UNIT, Role.UNIT_ADMINISTRATOR),
    Act.SEE_EARLY_REFERRALS: (*_OFFICE, Role.ADMINISTRATOR),
    Act.OPEN_REQUEST: MANAGING,
    Act.SEE_LEDGER: (*MANAGING, Role.ADMINISTRATOR),
    Act.SEE_SET_ASIDE: (Role.ADMINISTRATOR,),
    Act.READ_BY_HAND: (Role.ADMINISTRATOR,),
    Act.OPEN_IN_EMERGENCY: _SEES_CASES,
    Act.EXCLUDE: MANAGING,
    Act.RESTRICT: MANAGING,
    Act.DECLARE_CONFLICT: _ANYBODY_WHO_SEES_THEM,
    Act.SEE_WHO_LOOKED: MANAGING,
    Act.SEE_READING: (*MANAGING, Role.ADMINISTRATOR),
    Act.LIFT_LIMIT: (*MANAGING, Role.ADMINISTRATOR),
    Act.SEARCH: _ANYBODY_WHO_SEES_THEM,
    Act.SEARCH_VICTIMS: (Role.WITNESS_CARE, *_SEES_CASES),
    Act.CONSULT: (Role.PRACTITIONER,),
    Act.SEE_HEADLINE: (*_ANYBODY_WHO_SEES_THEM, Role.ADMINISTRATOR),
    Act.DRAW_SAMPLE: MANAGING,
    Act.INSPECT: (Role.INSPECTOR,),
    Act.MANAGE_ACCESS: (Role.ADMINISTRATOR,),
}


class Placed(Protocol):
    """Anything that lies in a probation region and a police area, and is about a sentence."""

    @property
    def sentence_id(self) -> int | None:
        """Return the id of the sentence that it is about; None for what is about none."""

    @property
    def region_code(self) -> str | None:
        """Return the code of the probation region."""

    @property
    def police_area(self) -> str | None:
        """Return the code of the police area."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Which regions and police areas somebody reaches: the one rule, as Python and as SQL.

    ``unplaced`` adds what no region has yet, so that it is somebody's. ``hidden`` takes away what
    they must not see, ``opened`` adds sentences that they opened in an emergency, and ``sampled``
    those that were drawn for an inspector.
    """

    everywhere: bool = False
    region_code: str | None = None
    police_area: str | None = None
    unplaced: bool = False
    hidden: Hidden = NOTHING_HIDDEN
    opened: frozenset[int] = frozenset()
    sampled: frozenset[int] = frozenset()

    def covers(self, placed: Placed) -> bool:
        """Return whether something lies within reach."""
        if placed.sentence_id in self.opened:
            return True
        return placed.sentence_id not in self.hidden.sentences and self._lies_within(placed)

    def _lies_within(self, placed: Placed) -> bool:
        if self.everywhere or (self.unplaced and placed.region_code is None):
            return True
        if placed.sentence_id in self.sampled:
            return True
        if self.region_code is not None and placed.region_code == self.region_code:
            return True
        return self.police_area is not None and placed.police_area == self.police_area

    def covering(self, region: Any, area: Any, sentence: Any) -> ColumnElement[bool]:
        """Return the same rule over columns of regions, police areas and ids of sentences.

        ``area`` is None where there are none; ``sentence`` for what is about no sentence.
        """
        within = self._within(region, area)
        if sentence is not None and self.sampled:
            within = or_(within, sentence.in_(self.sampled))
        if sentence is not None and self.hidden.sentences:
            # What has no sentence is not hidden, and NULL NOT IN (…) would not say so.
            seen = or_(sentence.is_(None), sentence.not_in(self.hidden.sentences))
            within = and_(within, seen)
        if sentence is not None and self.opened:
            within = or_(within, sentence.in_(self.opened))
        return within

    def ways(self, region: Any, area: Any, sentence: Any) -> tuple[ColumnElement[bool], ...]:
        """Return the same rule as conditions that share no row, each of which an index answers."""
        if self.opened or self.everywhere or self.police_area is not None:
            return (self.covering(region, area, sentence),)
        places = (replace(self, unplaced=False), replace(self, region_code=None))
        return tuple(
            one.covering(region, area, sentence)
            for one in places
            if one.unplaced or one.region_code is not None
        )

    def _within(self, region: Any, area: Any) -> ColumnElement[bool]:
        if self.everywhere:
            return true()
        ways = [region.is_(None)] if self.unplaced else []
        if self.region_code is not None:
            ways.append(region == self.region_code)
        if self.police_area is not None and area is not None:
            ways.append(area == self.police_area)
        return or_(*ways) if ways else false()


def reach(actor: Actor) -> Reach:
    """Return what somebody may see: sentences and referrals, and whatever belongs to them."""
    if actor.role in OF_A_REGION:
        return Reach(
            region_code=actor.region_code,
            unplaced=actor.role in MANAGING,
            hidden=actor.hidden,
            opened=actor.opened,
        )
    if actor.role is Role.WITNESS_CARE:
        return Reach(
            everywhere=actor.of_every_area, police_area=actor.police_area, hidden=actor.hidden
        )
    return Reach(hidden=actor.hidden, sampled=actor.sampled)


def reach_of_counts(actor: Actor) -> Reach:
    """Return what is counted for somebody: an administrator sees every number and no name."""
    return Reach(everywhere=True) if actor.role is Role.ADMINISTRATOR else reach(actor)


def may_see(actor: Actor, placed: Placed) -> bool:
    """Return whether somebody may see a sentence or referral, and whatever belongs to it."""
    return reach(actor).covers(placed)


def seen_by(actor: Actor, table: Any) -> ColumnElement[bool]:
    """Return the same rule for a query over the table of referrals."""
    return reach(actor).covering(table.region_code, table.police_area, table.sentence_id)


def require(actor: Actor, *roles: Role) -> None:
    """Raise NotAllowed unless the person has one of these roles."""
    if actor.role not in roles:
        raise NotAllowed("You are signed in, but this is not yours to see or do.")


def may(actor: Actor, act: Act) -> bool:
    """Return whether somebody's role may do something."""
    return actor.role in MAY[act]


def require_may(actor: Actor, act: Act) -> None:
    """Raise NotAllowed unless somebody's role may do something."""
    require(actor, *MAY[act])
