"""Recording that an approved letter was posted."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.work import Work
from vcs.post import posting
from vcs.post.find import find_letter
from vcs.post.reads import LetterPage, letter_page
from vcs.post.stale.stopping import is_stop_asked
from vcs.terms import LetterFormat

router = APIRouter()

POSTED = (
    Field(
        "posted_on",
        "When was the letter posted?",
        "date",
        hint="The day on which it left the office, for example 20 3 2026",
        required="Enter the day on which the letter was posted",
        is_past=True,
    ),
    Field(
        "already_left",
        "Can it still be stopped?",
        "checkboxes",
        hint="A letter that may not leave any more is not recorded as posted while it can be",
        options={"yes": "No, it is in the post already"},
    ),
)


SENT = (
    Field(
        "posted_on",
        "When was the letter emailed or read out?",
        "date",
        hint="For example 20 3 2026",
        required="Enter the day on which the letter was emailed or read out",
        is_past=True,
    ),
    Field(
        "already_left",
        "Has it reached them already?",
        "checkboxes",
        hint="A letter that may not leave any more is not recorded while it can be stopped",
        options={"yes": "Yes, it was emailed or read out, and cannot be stopped"},
    ),
)
"""Plain text is on no paper and in no post."""


def letter_to_see(visit: Visit, reference: str) -> LetterPage:
    """Return a letter that this person may see. Raises NotFound."""
    with visit.app.db.reading() as session:
        return letter_page(session, visit.app.sealer, visit.officer, reference)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the page says of a letter on paper, or of one in plain text."""

    title: str
    lead: str


_ON_PAPER = _Words(
    "Record that this letter was posted",
    "Only a letter that was approved can be posted. Posting the first letter counts as first "
    "contact; approving it does not.",
)

_AS_TEXT = _Words(
    "Record that this letter was sent or read out",
    "Only a letter that was approved can be emailed or read out. Emailing or reading out the first "
    "letter counts as first contact; approving it does not.",
)


def _is_text(letter: LetterPage) -> bool:
    return letter.letter.format == LetterFormat.TEXT


def _fields(visit: Visit, reference: str) -> tuple[Field, ...]:
    return SENT if _is_text(letter_to_see(visit, reference)) else POSTED


def _page(visit: Visit, reference: str) -> FormPage:
    letter = letter_to_see(visit, reference)
    said = _AS_TEXT if _is_text(letter) else _ON_PAPER
    return FormPage(
        said.title,
        action=f"/letters/{reference}/posted",
        button="Record it",
        back=f"/referrals/{letter.referral_reference}",
        caption=f"{reference}, to {letter.victim.name}",
        lead=(said.lead,),
        more={"rules": letter.victim.rules},
    )


POSTED_ON = Form(_fields, _page, check=letter_to_see)


@forms.serve(router, "/letters/{reference}/posted", POSTED_ON)
def posted(work: Work, entry: Entry, reference: str) -> str:
    """Record the day, and go back to the referral."""
    letter = letter_page(work.session, work.sealer, work.actor, reference)
    gone = entry.typed["already_left"] == "yes"
    posting.record_posted(work, reference, entry.day("posted_on"), already_left=gone)
    record, *_ = find_letter(work.session, reference, work.actor)
    is_asked = gone and is_stop_asked(work.session, record, [""])
    done = "posted-asked" if is_asked else "posted"
    return pages.after(f"/referrals/{letter.referral_reference}", done)
