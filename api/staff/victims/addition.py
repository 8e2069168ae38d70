"""Adding a victim to a referral, on one screen."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages
from api.staff.checked import answers
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.victims.details import VICTIM, entry_of
from vcs.access.work import Work
from vcs.consequences.key_events import refer_person
from vcs.errors import NotValid
from vcs.referrals.reads import visible_referral
from vcs.sentences.decisions import sentence_view
from vcs.sentences.records import Sentence
from vcs.victims import entries
from vcs.victims.known import NOT_SURE, SOMEBODY_ELSE, Answer, PerhapsKnown

router = APIRouter()


def _page(visit: Visit, reference: str) -> FormPage:
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        sentence = session.get_one(Sentence, referral.sentence_id)
        view = sentence_view(visit.app.sealer, sentence)
    return FormPage(
        "Add a victim",
        action=f"/referrals/{reference}/victims/new",
        button="Continue",
        back=f"/referrals/{reference}",
        template="victims/victim.html",
        more={"reference": reference, "sentence": view, "step": _CHECK},
    )


NEW_VICTIM = Form(VICTIM, _page)

_AT = "/referrals/{reference}/victims/new"

_CHOICE, _SHOWN = "known", "asked_about"

_STEP, _CHECK, _CHANGE = "step", "check", "change"
"""Which button was pressed: a form without one is sent, as a program would."""


@router.get(_AT)
def ask_for_victim(visit: Visiting, reference: str) -> Response:
    """Show the form."""
    return forms.ask(visit, NEW_VICTIM)


@router.post(_AT)
def add_victim(visit: Visiting, posted: Posted, reference: str) -> Response:
    """Add a victim; the first one refers the sentence. Asks first where it may be one we know.

    The answers are shown to be checked before anything is sent.
    """
    entry = forms.read_sent(visit, NEW_VICTIM, posted)
    step = posted.get(_STEP)
    if step == _CHANGE:
        return NEW_VICTIM.show(visit, entry.refused({}))
    if step == _CHECK and not entry.errors:
        return _check_answers(visit, reference, entry)
    choice, shown = (str(posted.get(name, "")) for name in (_CHOICE, _SHOWN))
    answer = Answer(choice, tuple(shown.split()))

    def act(work: Work) -> str:
        victim = refer_person(work, reference, entry_of(entry), answer)
        was_here = victim.reference == answer.choice
        return pages.after(f"/referrals/{reference}", "amended" if was_here else "victim-added")

    try:
        return forms.submit(visit, entry, act, lambda refused: NEW_VICTIM.show(visit, refused))
    except PerhapsKnown as found:
        return _ask_who(visit, reference, entry, found)


def _check_answers(visit: Visit, reference: str, entry: Entry) -> Response:
    """Show what was typed, to be sent or changed. Nothing is saved yet."""
    try:
        entries.check(entry_of(entry), visit.app.today)
    except NotValid as refusal:
        return NEW_VICTIM.show(visit, entry.refused(refusal.fields or {"": str(refusal)}))
    page = replace(
        _page(visit, reference),
        title="Check your answers",
        button="Add and refer",
        lead=("Nothing has been sent yet.",),
        template="victims/check.html",
        more={"carried": _carried(entry), "answers": [*answers(VICTIM, entry)]},
    )
    return page.show(visit.request, (), entry)


def _carried(entry: Entry) -> dict[str, str]:
    return {name: text for name, text in entry.typed.items() if name != _ISO_DAY}


def _ask_who(visit: Visit, reference: str, entry: Entry, found: PerhapsKnown) -> Response:
    """Ask whether it is one of those who are on record. Nothing is saved yet, nothing is lost."""
    shown = " ".join(one.victim_reference for one in found.candidates)
    page = replace(
        _page(visit, reference),
        title="Is this somebody we know?",
        button="Continue",
        lead=_LEAD,
        template="form.html",
        more={"carried": _carried(entry) | {_SHOWN: shown}},
    )
    errors = {_CHOICE: _WHO_IS_IT} if found.was_asked else {}
    answer = page.show(visit.request, (_who(found),), Entry({}, errors, entry.token))
    answer.status_code = answer.status_code if errors else PerhapsKnown.status
    return answer


_ISO_DAY = "address_confirmed_on"

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
