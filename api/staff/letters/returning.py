"""Letters that came back: which one it is, by its reference, and why it came back."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.letters.posting import letter_to_see
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.post.others.find import is_to_others
from vcs.post.reads import letter_page
from vcs.post.returned.near import NoSuchLetter, letter_named
from vcs.post.returned.reasons import POLICIES, ReturnReason
from vcs.post.returned.record import LONGEST_NOTE, Report, record_returned
from vcs.post.returned.unknown import LONGEST_TYPED, keep_unknown, unknown_returns

router = APIRouter()

WHICH = (
    Field(
        "reference",
        "What is the letter’s reference?",
        hint="It is on the letter, beside a square code, like 7K3M-9QTD. Scan it or type it",
        required="Enter the letter’s reference",
        longest=LONGEST_TYPED,
        width="govuk-input--width-20",
    ),
    Field(
        "read",
        "If no letter may have this reference: what else can be read?",
        "lines",
        hint="On the letter and on the envelope. It is kept sealed, and an administrator reads it",
        longest=LONGEST_NOTE,
    ),
    Field(
        "keep",
        "If others come near",
        "checkboxes",
        hint="Tick this only after you have looked at the letters that come near",
        options={"yes": "It is none of them: keep it, and ask an administrator"},
    ),
)

WHY = (
    Field(
        "reason",
        "What does the envelope say?",
        "radios",
        required="Select what the envelope says",
        options={reason.value: policy.words for reason, policy in POLICIES.items()},
    ),
    Field(
        "came_back_on",
        "When did it come back?",
        "date",
        hint="The day on which it reached the office, for example 20 3 2026",
        required="Enter the day on which it came back",
        is_past=True,
    ),
    Field(
        "note",
        "Anything else that is written on it",
        "lines",
        longest=LONGEST_NOTE,
    ),
)


def _which_page(visit: Visit) -> FormPage:
    del visit
    return FormPage(
        "Record a letter that came back",
        action="/returned-letters",
        button="Continue",
        back="/",
        lead=(
            "Take the letter out of its envelope: its reference is on the letter. Without the "
            "letter, find the person’s referral: each letter is listed there.",
        ),
    )


CAME_BACK = Form(WHICH, _which_page)


@forms.serve(router, "/returned-letters", CAME_BACK)
def which(work: Work, entry: Entry) -> str:
    """Go to the form of the letter that was named, or say which ones come near."""
    try:
        reference = letter_named(work.session, entry.typed["reference"], work.actor)
    except NoSuchLetter as problem:
        if problem.near and entry.typed["keep"] != "yes":
            raise NotValid("Look at the reference again.", {"reference": str(problem)}) from None
        keep_unknown(work, entry.typed["reference"], work.today, entry.typed["read"])
        return pages.after("/returned-letters", "return-kept")
    at = "letters-to-others" if is_to_others(work.session, reference) else "letters"
    return f"/{at}/{reference}/returned"


def _why_page(visit: Visit, reference: str) -> FormPage:
    letter = letter_to_see(visit, reference)
    return FormPage(
        "Record that this letter came back",
        action=f"/letters/{reference}/returned",
        button="Record it",
        back=f"/referrals/{letter.referral_reference}",
        caption=f"{reference}, to {letter.victim.name}",
        lead=_told(letter.letter.came_back_why),
        typed=forms.day_typed("came_back_on", visit.app.today),
        more={"rules": letter.victim.rules},
    )


def _told(why: str) -> tuple[str, ...]:
    if why:
        return (
            f"It is on record that this letter came back: “{why}”. That report stays, and "
            "nothing is asked again.",
        )
    return (
        "It reached nobody, so it no longer counts as first contact. The officer is asked what to "
        "do next, and letters to this person wait until then.",
    )


RETURNED = Form(WHY, _why_page, check=letter_to_see)


@forms.serve(router, "/letters/{reference}/returned", RETURNED)
def returned(work: Work, entry: Entry, reference: str) -> str:
    """Record it, and go back to the referral."""
    letter = letter_page(work.session, work.sealer, work.actor, reference)
    report = Report(
        ReturnReason(entry.typed["reason"]), entry.day("came_back_on"), entry.typed["note"]
    )
    recorded = record_returned(work, reference, report)
    done = "returned-before" if recorded.is_repeat else "returned"
    return pages.after(f"/referrals/{letter.referral_reference}", done)


@router.get("/unknown-letters")
def nobody_knows(visit: Visiting) -> Response:
    """List what came back under a reference that no letter has."""
    with visit.app.db.reading() as session:
        found = unknown_returns(session, visit.app.sealer, visit.officer)
    title = "Letters that nobody knows"
    return pages.render(visit.request, "letters/unknown.html", title=title, found=found)
