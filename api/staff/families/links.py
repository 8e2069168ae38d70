"""Who leads a family, who speaks for a child, and who tells somebody."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.victims.heading import about_victim
from vcs.access.work import Work
from vcs.terms import Role
from vcs.victims.family.links import link
from vcs.victims.family.reads import Member, family_of
from vcs.victims.family.records import LinkKind
from vcs.victims.records import LONGEST_WORDS

router = APIRouter()

_OFFICER = "officer"

_CHECKED = Field(
    "checked",
    "If they have the offender’s name: how do you know that they are somebody else?",
    "lines",
    hint="Leave empty for everybody else",
    longest=LONGEST_WORDS,
)


def _members(visit: Visit, reference: str) -> tuple[Member, ...]:
    with visit.app.db.reading() as session:
        who, today = visit.officer, visit.app.today
        return family_of(session, visit.app.sealer, who, reference, today).members


def _who(visit: Visit, reference: str, field: Field, but: str = "") -> tuple[Field, ...]:
    """Return the question with the people of the referral as its answers."""
    people = {one.reference: one.name for one in _members(visit, reference)}
    options = {**field.options, **{ref: name for ref, name in people.items() if ref != but}}
    asked = replace(field, options=options)
    return (asked, _CHECKED) if visit.officer.role is Role.MANAGER else (asked,)


def _done(reference: str, recorded: bool) -> str:
    return pages.after(f"/referrals/{reference}/family", "family" if recorded else "family-asked")


def _lead_fields(visit: Visit, reference: str) -> tuple[Field, ...]:
    asked = Field(
        "victim",
        "Who have they agreed on?",
        "radios",
        hint="They are told first. Everybody else still has their own choice",
        required="Select who leads",
    )
    return _who(visit, reference, asked)


def _lead_page(visit: Visit, reference: str) -> FormPage:
    _members(visit, reference)
    return FormPage(
        "Agree a lead",
        action=f"/referrals/{reference}/family/lead",
        button="Record it",
        back=f"/referrals/{reference}/family",
        caption=reference,
    )


LEAD = Form(_lead_fields, _lead_page)


@forms.serve(router, "/referrals/{reference}/family/lead", LEAD)
def agree_lead(work: Work, entry: Entry, reference: str) -> str:
    """Record the lead of a family."""
    checked = entry.typed.get("checked", "")
    return _done(reference, link(work, LinkKind.LEAD, entry.typed["victim"], checked=checked))


def _speaks_fields(visit: Visit, reference: str, victim: str) -> tuple[Field, ...]:
    asked = Field(
        "by",
        "Who speaks for this child?",
        "radios",
        hint="An adult of this referral who has responsibility for them. Never the offender",
        required="Select who speaks for them",
    )
    return _who(visit, reference, asked, victim)


SPEAKS = replace(
    about_victim("speaks", "Who speaks for them", "Record it", ()), fields=_speaks_fields
)


@forms.serve(router, "/referrals/{reference}/victims/{victim}/speaks", SPEAKS)
def say_who_speaks(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Record who speaks for a child."""
    by, checked = entry.typed["by"], entry.typed.get("checked", "")
    return _done(reference, link(work, LinkKind.SPEAKS, victim, by, checked))


def _tells_fields(visit: Visit, reference: str, victim: str) -> tuple[Field, ...]:
    asked = Field(
        "by",
        "Who tells them what we know?",
        "radios",
        hint="Ask them. Somebody else tells them only if they want that",
        required="Select who tells them",
        options={_OFFICER: "The liaison officer, themselves"},
    )
    return _who(visit, reference, asked, victim)


TELLS = replace(about_victim("tells", "Who tells them", "Record it", ()), fields=_tells_fields)


@forms.serve(router, "/referrals/{reference}/victims/{victim}/tells", TELLS)
def say_who_tells(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Record who tells somebody."""
    by, checked = entry.typed["by"], entry.typed.get("checked", "")
    return _done(
        reference, link(work, LinkKind.TELLS, victim, "" if by == _OFFICER else by, checked)
    )
