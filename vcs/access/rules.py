"""Who may do what, and who may see what: a table of acts, and one rule of places.

``MAY`` has a row for each act with the roles that may do it, and every verb reads it. What a row
allows is narrowed by :class:`Reach` to what the person may see. Three other tables name roles for
their own rows: who approves a letter (``vcs/post/catalogue.py``), who answers a task
(``vcs/tasks/kinds.py``), who closes a referral (``vcs/consequences/closing/reasons.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func

from vcs.access.actors import Actor
from vcs.access.actors import Placed as Placed
from vcs.access.actors import Reach as Reach
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
    REPORT_CUSTODY = "tell what became of an offender, as a prison's or licence system"
    TELL_EVENT = "tell people of a key event"
    CHOOSE_WAY = "choose how somebody is told in danger, or that they are not"
    SET_EMBARGO = "put a key event under embargo, and end that"
    SPLIT_SET = "split a set of people who are told together"
    TAKE_BACK_EVENT = "take a key event back"
    ASK_ABOUT_NEEDS = "ask about a victim's needs, and see to them"
    RECORD_FAMILY = "record a birth, a death, and who speaks for or tells whom"
    CONFIRM_DEATH = "confirm, as a second person, that somebody has died"
    TAKE_BACK_DEATH = "take back that somebody has died"
    ASK_FOR_CONDITION = "record what a victim asks of a licence, and their statement"
    LET_PLACE_PAST = "say why a place may be sent that may be somebody's home"
    MESSAGE_UNIT = "send the unit a message about a referral, and see what became of it"
    CORRECT_SENT = "correct what was sent about a victim"
    TAKE_BACK_REFERRAL = "take back a victim who was referred by mistake"
    TRACE_VICTIM = "record that a victim is being traced"
    RECORD_CLOCK = "record what started a duty of others, and that it was met"
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
    LET_LETTER_PAST = "decide, as a manager, that a letter may go although something holds it"
    WRITE_TO_ONE_KEPT_APART = "decide that a letter may go to somebody like one who said no"
    RECORD_POSTED = "record that a letter was posted"
    PRINT_BATCH = "make a print batch, and record that its letters left"
    RECORD_RETURNED = "record that a letter came back"
    SEE_UNKNOWN_RETURNED = "see letters that came back and that nobody can name"
    SEE_EARLY_REFERRALS = "see what witness care sent before its sentence came"
    OPEN_REQUEST = "open what witness care sent"
    SEE_LEDGER = "see the ledger"
    SEE_FIGURES = "see figures that may leave the building, and signed certificates"
    SEE_ALERT_EFFECT = "see whether alerts help"
    TRY_LAW = "try what another law, length or time would change"
    SEE_DELAYS = "see how long witness care takes to refer"
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
    RECONCILE = "match other systems' lists with ours, answer for their lines, certify them"
    RECORD_FEEDBACK = "record what a victim says of how they were treated"
    CODE_FEEDBACK = "say what answers of victims are about, and what was done"
    DRAW_DIP = "draw letters for two people to read"
    READ_DIP = "read a letter as a second person, and score it"
    TAKE_COURSE = "take a course, and see their own score"
    SEE_TRAINING = "see how many have passed, and what is answered wrongly"
    INSPECT = "read the referrals of a sample, without names"
    SEE_DIGEST = "see what their email of the morning tells, and choose its hour"
    ACT_ON_MATTER = "plan what is overdue, put it off once, or dispute it"
    DECIDE_HELD = "decide about emails that were held because there were so many"
    RECALL_ALERT = "take an email back that was wrong"
    EDIT_LADDER = "set on which day their region's ladder tells whom"
    KEEP_OFFICES = "keep the addresses of partners that letters go to"
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
    # The role of such a program's account, to which nobody can sign in.
    Act.REPORT_CUSTODY: (Role.PRACTITIONER,),
    Act.TELL_EVENT: _UNIT,
    Act.CHOOSE_WAY: MANAGING,
    Act.SET_EMBARGO: MANAGING,
    Act.SPLIT_SET: MANAGING,
    Act.TAKE_BACK_EVENT: MANAGING,
    Act.ASK_ABOUT_NEEDS: _UNIT,
    Act.RECORD_FAMILY: _UNIT,
    Act.CONFIRM_DEATH: MANAGING,
    Act.TAKE_BACK_DEATH: MANAGING,
    Act.ASK_FOR_CONDITION: _UNIT,
    Act.LET_PLACE_PAST: (Role.MANAGER,),
    Act.MESSAGE_UNIT: (Role.WITNESS_CARE,),
    Act.CORRECT_SENT: (Role.WITNESS_CARE,),
    Act.TAKE_BACK_REFERRAL: (Role.WITNESS_CARE,),
    Act.TRACE_VICTIM: _ANYBODY_WITH_REFERRALS,
    Act.RECORD_CLOCK: _ANYBODY_WITH_REFERRALS,
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
    Act.LET_LETTER_PAST: MANAGING,
    Act.WRITE_TO_ONE_KEPT_APART: MANAGING,
    Act.RECORD_POSTED: (*_UNIT, Role.UNIT_ADMINISTRATOR),
    Act.PRINT_BATCH: (*MANAGING, Role.UNIT_ADMINISTRATOR),
    Act.RECORD_RETURNED: (*_UNIT, Role.UNIT_ADMINISTRATOR),
    Act.SEE_UNKNOWN_RETURNED: (Role.ADMINISTRATOR,),
    Act.SEE_EARLY_REFERRALS: (*_OFFICE, Role.ADMINISTRATOR),
    Act.OPEN_REQUEST: MANAGING,
    Act.SEE_LEDGER: (*MANAGING, Role.ADMINISTRATOR),
    Act.SEE_FIGURES: (*MANAGING, Role.ADMINISTRATOR, Role.INSPECTOR),
    Act.SEE_ALERT_EFFECT: (*MANAGING, Role.ADMINISTRATOR),
    Act.TRY_LAW: (Role.HEAD, Role.ADMINISTRATOR),
    Act.SEE_DELAYS: (Role.WITNESS_CARE, *MANAGING, Role.ADMINISTRATOR, Role.INSPECTOR),
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
    Act.RECONCILE: (*MANAGING, Role.ADMINISTRATOR),
    Act.RECORD_FEEDBACK: _UNIT,
    Act.CODE_FEEDBACK: MANAGING,
    Act.DRAW_DIP: MANAGING,
    Act.READ_DIP: _SEES_CASES,
    Act.TAKE_COURSE: tuple(Role),
    Act.SEE_TRAINING: (*MANAGING, Role.ADMINISTRATOR),
    Act.INSPECT: (Role.INSPECTOR,),
    Act.SEE_DIGEST: (*_OFFICE, Role.ADMINISTRATOR),
    Act.ACT_ON_MATTER: (*_OFFICE, Role.ADMINISTRATOR),
    Act.DECIDE_HELD: (*MANAGING, Role.ADMINISTRATOR),
    Act.RECALL_ALERT: (*MANAGING, Role.ADMINISTRATOR),
    Act.EDIT_LADDER: MANAGING,
    Act.KEEP_OFFICES: (Role.ADMINISTRATOR,),
    Act.MANAGE_ACCESS: (Role.ADMINISTRATOR,),
}


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
    """Return what is counted for somebody: who sees no name sees every region's numbers."""
    sees_no_name = actor.role in (Role.ADMINISTRATOR, Role.INSPECTOR)
    return Reach(everywhere=True) if sees_no_name else reach(actor)


def may_see(actor: Actor, placed: Placed) -> bool:
    """Return whether somebody may see a sentence or referral, and whatever belongs to it."""
    return reach(actor).covers(placed)


def seen_by(actor: Actor, table: Any) -> ColumnElement[bool]:
    """Return the same rule for a query over the table of referrals."""
    return reach(actor).covering(table.region_code, table.police_area, table.sentence_id)


def seen_one_by_one(actor: Actor, table: Any) -> ColumnElement[bool]:
    """Return the same rule in a form that leads a database to no index of places.

    For lists that begin elsewhere: with few rows, or with the newest.
    """
    region, area = (func.nullif(one, "") for one in (table.region_code, table.police_area))
    return reach(actor).covering(region, area, table.sentence_id)


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
