"""Drafting a letter: the language, or why no letter may be drafted."""

from __future__ import annotations

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.victims.heading import heading_of
from letters.catalogue import INITIAL_CONTACT
from vcs.access.work import Work
from vcs.post import case as reads
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

"""Reasons to show before drafting, although they stop the letter only at approval."""


def _page(visit: Visit, reference: str, victim: str) -> FormPage:
    heading = heading_of(visit, reference, victim)
    app = visit.app
    with app.db.reading() as session:
        case = reads.case_of_victim(session, app.sealer, visit.officer, victim, app.today)
    about = f"/referrals/{reference}/victims/{victim}"
    stopped = holds(case, Step.DRAFT)
    opted_out = any(hold.kind is HoldKind.OPTED_OUT for hold in stopped)
    return FormPage(
        "Draft the initial contact letter",
        action=f"{about}/letter",
        button="Draft the letter",
        back=f"/referrals/{reference}",
        caption=heading.name,
        lead=("Nothing is sent. You can look at the letter before anyone approves it.",),
        typed={"language": heading.language},
        template="letters/new.html",
        more={
            "rules": heading.rules,
            "stopped": stopped,
            "changed_mind": f"{about}/choice?to=opt_in" if opted_out else "",
            "to_know": [hold for hold in holds(case, Step.APPROVE) if hold.kind in _TO_KNOW],
            "details": f"{about}/address",
        },
    )


NEW_LETTER = Form(NEW, _page, check=heading_of)


@forms.serve(router, "/referrals/{reference}/victims/{victim}/letter", NEW_LETTER)
def draft_letter(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Draft the letter in the language asked for, or one in each."""
    del reference
    asked = entry.typed["language"]
    wanted = (Language.ENGLISH, Language.WELSH) if asked == _BOTH else (Language(asked),)
    drafts = [letters.draft_letter(work, victim, INITIAL_CONTACT, language) for language in wanted]
    return pages.after(f"/letters/{drafts[0].reference}", "drafted")
