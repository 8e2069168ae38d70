"""Who a victim is and where they can be found: added, and shown with a reason."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages
from api.staff.forms import Entry
from api.staff.victims.about import one_victim, question_form
from api.staff.victims.questions import REVEAL, VICTIM
from api.staff.victims.typed import entry_of, typed_of
from vcs.access.work import Work
from vcs.referrals.reads import visible_referral
from vcs.sentences.decisions import sentence_view
from vcs.sentences.records import Sentence
from vcs.victims import add, amend

router = APIRouter()


@router.get("/referrals/{reference}/victims/new")
def new_victim(visit: Visiting, reference: str) -> Response:
    """Ask for a victim's details, on one screen."""
    return _victim_form(visit, reference)


@router.post("/referrals/{reference}/victims/new")
def add_victim(visit: Visiting, reference: str, form: Posted) -> Response:
    """Add a victim; the first one refers the sentence."""
    entry = forms.read(VICTIM, form)

    def act(session: Session) -> str:
        add.add_victim(visit.work(session), reference, entry_of(entry))
        return pages.after(f"/referrals/{reference}", "victim-added")

    return forms.submit(visit.app, entry, act, lambda e: _victim_form(visit, reference, entry, e))


@router.get("/referrals/{reference}/victims/{victim}/address")
def ask_address(visit: Visiting, reference: str, victim: str) -> Response:
    """Ask why an address is needed."""
    return question_form(visit.request, REVEAL, one_victim(visit, reference, victim))


@router.post("/referrals/{reference}/victims/{victim}/address")
def show_address(visit: Visiting, reference: str, victim: str, form: Posted) -> Response:
    """Show where a victim can be found, with the reason kept in the trail."""
    about, entry = one_victim(visit, reference, victim), forms.read(REVEAL.fields, form)
    if entry.errors:
        return question_form(visit.request, REVEAL, about, entry, entry.errors)
    reason = entry.typed["reason"]
    with visit.app.db.writing() as session:
        work = Work(session, visit.app.sealer, visit.officer, visit.app.now())
        found = amend.reveal_details(work, victim, reason)
    return pages.render(
        visit.request,
        "referrals/address.html",
        title="Contact details",
        about=about,
        found=found.entry,
        reason=reason,
        amend=typed_of(found.entry),
        drawn_from=found.version,
        form_token=forms.new_token(),
        fields=VICTIM,
        errors={},
    )


def _victim_form(
    visit: Visit,
    reference: str,
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        sentence = session.get_one(Sentence, referral.sentence_id)
        about = sentence_view(visit.app.sealer, sentence)
    return forms.show(
        visit.request,
        "Add a victim",
        VICTIM,
        template="referrals/victim.html",
        entry=entry,
        errors=errors,
        reference=reference,
        sentence=about,
        action=f"/referrals/{reference}/victims/new",
        button="Add and refer",
        back=f"/referrals/{reference}",
    )
