"""Adding a victim to a referral, on one screen."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import checking, pages
from api.staff.checking import Checked
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.referrals.heading import page_of
from api.staff.victims.details import VICTIM, check, entry_of
from vcs.access.work import Work
from vcs.partners.people.refer import LONGEST_WISH, refer
from vcs.referrals.reads import visible_referral
from vcs.sentences.decisions import sentence_view
from vcs.sentences.records import Sentence
from vcs.terms import Role
from vcs.victims.identity.known import (
    NOT_SURE,
    SOMEBODY_ELSE,
    Answer,
    PerhapsKnown,
    who_may_be_meant,
)
from vcs.victims.places.numbers import number_in

router = APIRouter()

_WISH = Field(
    "wish",
    "What do they want?",
    "lines",
    hint="In their words: what they asked for or about, and what matters to them. The liaison "
    "officer reads it before the first contact. Enter no address or telephone number here",
    longest=LONGEST_WISH,
    leave_out=number_in,
)

_FIELDS = (*VICTIM, _WISH)


def _page(visit: Visit, reference: str) -> FormPage:
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        sentence = session.get_one(Sentence, referral.sentence_id)
        view = sentence_view(visit.app.sealer, sentence)
    return FormPage(
        "Refer a victim" if visit.officer.role == Role.WITNESS_CARE else "Add a victim",
        action=f"/referrals/{reference}/victims/new",
        button="Continue",
        back=page_of(visit.officer, reference),
        template="victims/victim.html",
        more={"reference": reference, "sentence": view},
    )


def _check(visit: Visit, entry: Entry) -> None:
    check(entry, visit.app.today)


NEW_VICTIM = Checked(Form(_FIELDS, _page), "Add and refer", _check, may_leave=True)

_AT = "/referrals/{reference}/victims/new"

_CHOICE, _SHOWN, _WHO = "known", "asked_about", "who"


@router.get(_AT)
def ask_for_victim(visit: Visiting, reference: str) -> Response:
    """Show the form, or who may be meant by what was typed."""
    if _WHO in visit.request.query_params:
        return checking.kept_step(visit, NEW_VICTIM, _who_may_be_meant)
    return checking.ask(visit, NEW_VICTIM)


@router.post(_AT)
def add_victim(visit: Visiting, posted: Posted, reference: str) -> Response:
    """Add a victim; the first one refers the sentence. Asks first where it may be one we know.

    The answers are shown to be checked before anything is sent.
    """
    taken = checking.take(visit, NEW_VICTIM, posted)
    if isinstance(taken, Response):
        return taken
    choice, shown = (str(posted.get(name, "")) for name in (_CHOICE, _SHOWN))
    answer = Answer(choice, tuple(shown.split()))

    def act(work: Work) -> str:
        victim = refer(work, reference, entry_of(taken), answer, taken.typed["wish"])
        was_here = victim.reference == answer.choice
        done = "amended" if was_here else "victim-added"
        return pages.after(page_of(work.actor, reference), done)

    try:
        return checking.submit(visit, NEW_VICTIM, taken, act)
    except PerhapsKnown as found:
        led = None if found.was_asked else checking.lead_to(visit, posted, _WHO)
        return led or _ask_who(visit, reference, taken, found)


def _who_may_be_meant(visit: Visit, checked: Checked, entry: Entry) -> Response:
    """Ask again who is meant. It is asked anew: somebody may have been entered meanwhile."""
    if entry.errors:
        return checked.again(visit, entry)
    with visit.app.db.reading() as session:
        found = who_may_be_meant(visit.work(session), entry_of(entry))
    asked = PerhapsKnown(found, was_asked=False)
    answer = _ask_who(visit, visit.path["reference"], entry, asked)
    answer.status_code = 200
    return answer


def _ask_who(visit: Visit, reference: str, entry: Entry, found: PerhapsKnown) -> Response:
    """Ask whether it is one of those who are on record. Nothing is saved yet, nothing is lost."""
    shown = " ".join(one.victim_reference for one in found.candidates)
    page = replace(
        _page(visit, reference),
        title="Is this somebody we know?",
        button="Continue",
        lead=_LEAD,
        template="form.html",
        more={"carried": checking.carried(entry, _FIELDS) | {_SHOWN: shown}},
    )
    errors = {_CHOICE: _WHO_IS_IT} if found.was_asked else {}
    answer = page.show(visit.request, (_who(found),), Entry({}, errors, entry.token))
    answer.status_code = answer.status_code if errors else PerhapsKnown.status
    return answer


_WHO_IS_IT = "Select who it is"

_LEAD = (
    "Nothing has been saved yet, and nothing that you typed is lost.",
    "If it is one of these people, what you typed is added to what we hold about them. It does not "
    "undo a warning, or an answer that it is not safe to write to them.",
)


def _who(found: PerhapsKnown) -> Field:
    options = {
        one.victim_reference: f"{one.name}, in referral {one.referral_reference}: "
        + ", ".join(one.why)
        for one in found.candidates
    }
    options[SOMEBODY_ELSE] = "Somebody else"
    options[NOT_SURE] = "I cannot tell: add them, and ask a manager before anything is posted"
    return Field(_CHOICE, "Who is it?", "radios", required=_WHO_IS_IT, options=options)
