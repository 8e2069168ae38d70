"""A new letter: which language, or why none may begin."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages, words
from api.staff.forms import Entry, Field
from api.staff.victims.about import AboutVictim, one_victim
from letters.catalogue import INITIAL_CONTACT
from vcs.post import holds as reads
from vcs.post import letters
from vcs.post.gate import HoldKind, Step, holds
from vcs.terms import Language

router = APIRouter()

_BOTH = "both"

NEW = (
    Field(
        "language",
        "Which language?",
        "radios",
        required="Select the language of the letter",
        options={**words.LANGUAGES, _BOTH: "Both, as two letters"},
    ),
)

_TO_KNOW = (HoldKind.SECOND_LETTER, HoldKind.EARLIER_OPT_OUT)

"""What a person should know before they begin, though it stops the letter only later."""


@router.get("/referrals/{reference}/victims/{victim}/letter")
def new_letter(visit: Visiting, reference: str, victim: str) -> Response:
    """Ask for the language of a new letter, or say why none may begin."""
    return _new_form(visit, one_victim(visit, reference, victim))


@router.post("/referrals/{reference}/victims/{victim}/letter")
def draft_letter(visit: Visiting, reference: str, victim: str, form: Posted) -> Response:
    """Draft the letter in the language asked for, or one in each."""
    about, entry = one_victim(visit, reference, victim), forms.read(NEW, form)

    def act(session: Session) -> str:
        asked = entry.typed["language"]
        wanted = (Language.ENGLISH, Language.WELSH) if asked == _BOTH else (Language(asked),)
        drafts = [
            letters.draft_letter(visit.work(session), victim, INITIAL_CONTACT, one)
            for one in wanted
        ]
        return pages.after(f"/letters/{drafts[0].reference}", "drafted")

    return forms.submit(visit.app, entry, act, lambda e: _new_form(visit, about, entry, e))


def _new_form(
    visit: Visit,
    about: AboutVictim,
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    with visit.app.db.reading() as session:
        case = reads.case_of_victim(
            session, visit.app.sealer, visit.officer, about.victim.reference
        )
    back = f"/referrals/{about.referral}"
    return forms.show(
        visit.request,
        "Draft the initial contact letter",
        NEW,
        template="letters/new.html",
        entry=entry,
        errors=errors,
        typed={"language": about.victim.language},
        caption=about.victim.name,
        stopped=holds(case, Step.DRAFT),
        to_know=[one for one in holds(case, Step.APPROVE) if one.kind in _TO_KNOW],
        lead=("Nothing is sent. You can look at the letter before anyone approves it.",),
        action=f"{back}/victims/{about.victim.reference}/letter",
        details=f"{back}/victims/{about.victim.reference}/address",
        button="Draft the letter",
        back=back,
    )
