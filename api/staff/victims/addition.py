"""Adding a victim to a referral, on one screen."""

from __future__ import annotations

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.fields import Entry
from api.staff.forms import Form, FormPage
from api.staff.victims.details import VICTIM, entry_of
from vcs.access.work import Work
from vcs.referrals.reads import visible_referral
from vcs.sentences.decisions import sentence_view
from vcs.sentences.records import Sentence
from vcs.victims import add

router = APIRouter()


def _page(visit: Visit, reference: str) -> FormPage:
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        sentence = session.get_one(Sentence, referral.sentence_id)
        view = sentence_view(visit.app.sealer, sentence)
    return FormPage(
        "Add a victim",
        action=f"/referrals/{reference}/victims/new",
        button="Add and refer",
        back=f"/referrals/{reference}",
        template="victims/victim.html",
        more={"reference": reference, "sentence": view},
    )


NEW_VICTIM = Form(VICTIM, _page)


@forms.serve(router, "/referrals/{reference}/victims/new", NEW_VICTIM)
def add_victim(work: Work, entry: Entry, reference: str) -> str:
    """Add a victim; the first one refers the sentence."""
    add.add_victim(work, reference, entry_of(entry))
    return pages.after(f"/referrals/{reference}", "victim-added")
