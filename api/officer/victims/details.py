"""Who a victim is and where they can be found: added, shown with a reason, put right."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.door import Door
from api.officer import forms, pages
from api.officer.forms import Entry
from api.officer.victims.about import one_victim, question_form
from api.officer.victims.questions import AMEND, REVEAL, VICTIM
from api.security import Posted, TheDoor, Who
from vcs import worklists
from vcs.casework import referrals
from vcs.casework.actors import Actor
from vcs.casework.referrals import VictimEntry
from vcs.terms import Language, Standing

router = APIRouter()
_IS_SAFE = {"yes": True, "no": False, "not_known": None}
_SAFE_WORDS = {held: word for word, held in _IS_SAFE.items()}


@router.get("/referrals/{reference}/victims/new")
def new_victim(request: Request, reference: str, here: TheDoor, who: Who) -> Response:
    """Ask for a victim's details, on one screen."""
    return _victim_form(request, here, who, reference)


@router.post("/referrals/{reference}/victims/new")
def add_victim(request: Request, reference: str, here: TheDoor, who: Who, form: Posted) -> Response:
    """Add a victim; the first one refers the sentence."""
    entry = forms.read(VICTIM, form)

    def act(session: Session) -> str:
        referrals.add_victim(
            session, here.sealer, reference, who, _entry(entry), here.today, here.now()
        )
        return pages.after(f"/referrals/{reference}", "victim-added")

    return forms.submit(
        here, entry, act, lambda e: _victim_form(request, here, who, reference, entry, e)
    )


@router.get("/referrals/{reference}/victims/{victim}/address")
def ask_address(request: Request, reference: str, victim: str, here: TheDoor, who: Who) -> Response:
    """Ask why an address is needed."""
    return question_form(request, REVEAL, one_victim(here, who, reference, victim))


@router.post("/referrals/{reference}/victims/{victim}/address")
def show_address(
    request: Request, reference: str, victim: str, here: TheDoor, who: Who, form: Posted
) -> Response:
    """Show where a victim can be found, with the reason kept in the trail."""
    about, entry = one_victim(here, who, reference, victim), forms.read(REVEAL.fields, form)
    if entry.errors:
        return question_form(request, REVEAL, about, entry, entry.errors)
    reason = entry.typed["reason"]
    with here.db.writing() as session:
        found = referrals.reveal_address(session, here.sealer, victim, who, reason, here.now())
    return pages.render(
        request,
        "referrals/address.html",
        title="Contact details",
        about=about,
        found=found,
        reason=reason,
        amend=_held(about.victim, found),
        form_token=forms.new_token(),
        fields=VICTIM,
        errors={},
    )


@router.post("/referrals/{reference}/victims/{victim}/amend")
def amend_victim(
    request: Request, reference: str, victim: str, here: TheDoor, who: Who, form: Posted
) -> Response:
    """Put right what is held about a victim. The form comes with the contact details."""
    about, entry = one_victim(here, who, reference, victim), forms.read(VICTIM, form)

    def act(session: Session) -> str:
        referrals.amend_victim(
            session, here.sealer, victim, who, _entry(entry), here.today, here.now()
        )
        return pages.after(f"/referrals/{reference}", "amended")

    return forms.submit(here, entry, act, lambda e: question_form(request, AMEND, about, entry, e))


def _victim_form(
    request: Request,
    here: Door,
    who: Actor,
    reference: str,
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    with here.db.reading() as session:
        view = worklists.referral_page(session, here.sealer, who, reference, here.today)
    return forms.show(
        request,
        "Add a victim",
        VICTIM,
        template="referrals/victim.html",
        entry=entry,
        errors=errors,
        view=view,
        action=f"/referrals/{reference}/victims/new",
        button="Add and refer",
        back=f"/referrals/{reference}",
    )


def _held(victim: worklists.VictimView, found: referrals.Address) -> dict[str, str]:
    """Return what is held about a victim as the form shows it."""
    day = victim.address_confirmed_on
    parts = {"day": day.day, "month": day.month, "year": day.year} if day else {}
    return {
        "name": found.name,
        "salutation": found.salutation,
        "standing": victim.standing,
        "about": found.about,
        "safe_to_post": _SAFE_WORDS[victim.safe_to_post],
        "safe_contact_notes": found.safe_contact_notes,
        "address_lines": "\n".join(found.lines),
        "postcode": found.postcode,
        "phone": found.phone,
        "email": found.email,
        "language": victim.language,
        "format_needs": victim.format_needs,
        **{f"address_confirmed_on-{part}": str(number) for part, number in parts.items()},
    }


def _entry(entry: Entry) -> VictimEntry:
    """Return what was typed in the shape that casework takes."""
    typed = entry.typed
    lines = tuple(line.strip() for line in typed["address_lines"].splitlines() if line.strip())
    plain = {name: typed[name] for name in _PLAIN}
    return VictimEntry(
        address_lines=lines,
        standing=Standing(typed["standing"]),
        language=Language(typed["language"]),
        safe_to_post=_IS_SAFE[typed["safe_to_post"]],
        address_confirmed_on=entry.day_if_any("address_confirmed_on"),
        **plain,
    )


_PLAIN = (
    "name",
    "salutation",
    "about",
    "postcode",
    "phone",
    "email",
    "format_needs",
    "safe_contact_notes",
)
