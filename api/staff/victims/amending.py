"""Changing a victim's details, also when somebody else changed them in the meantime."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Posted, Visiting
from api.staff import forms, pages, words
from api.staff.forms import Entry, Field
from api.staff.victims import both
from api.staff.victims.about import AboutVictim, one_victim, question_form
from api.staff.victims.questions import AMEND, VICTIM
from api.staff.victims.typed import entry_of, typed_of
from vcs.access.work import Work
from vcs.victims import amend
from vcs.victims.amend import Overtaken, Stale
from vcs.victims.entries import tidied

router = APIRouter()

_DRAWN_FROM = Field("drawn_from", "The version that the form was drawn from", longest=64)

_REASON = "to mend the details"


@router.post("/referrals/{reference}/victims/{victim}/amend")
def amend_victim(visit: Visiting, reference: str, victim: str, form: Posted) -> Response:
    """Change the details, or show both where somebody else has changed them since."""
    about = one_victim(visit, reference, victim)
    chosen, unanswered = both.choose(form)
    entry = forms.read((*VICTIM, _DRAWN_FROM), chosen)
    drawn_from = entry.typed["drawn_from"]

    def act(session: Session) -> str:
        work = Work(session, visit.app.sealer, visit.officer, visit.app.now())
        amend.amend_victim(work, victim, drawn_from, entry_of(entry))
        return pages.after(f"/referrals/{reference}", "amended")

    def again(errors: Mapping[str, str]) -> Response:
        # A form with a choice still to make names no version, so that it cannot be saved as it is.
        carried = {"drawn_from": "" if unanswered else drawn_from}
        return question_form(visit.request, AMEND, about, entry, errors, carried)

    if entry.errors:
        return again(entry.errors)
    with suppress(Stale):
        if not unanswered:
            return forms.submit(visit.app, entry, act, again)
    with visit.app.db.writing() as session:
        # The page shows where the victim can be found, so the look is kept like any other.
        work = Work(session, visit.app.sealer, visit.officer, visit.app.now())
        overtaken = amend.reveal_overtaking(work, victim, drawn_from, _REASON)
    return _show_both(visit.request, about, entry, overtaken, unanswered)


def _show_both(
    request: Request,
    about: AboutVictim,
    entry: Entry,
    overtaken: Overtaken,
    unanswered: Mapping[str, str],
) -> Response:
    """Show what is held beside what was typed; the form is saved against what is held now."""
    held = typed_of(overtaken.held.entry)
    typed = typed_of(tidied(entry_of(entry)))
    drawn = typed_of(overtaken.drawn) if overtaken.drawn else {}
    back = f"/referrals/{about.referral}"
    fields = both.questions(held, typed)
    if not fields:
        # Both typed the same.
        return pages.go(pages.after(back, "amended"))
    page = forms.show(
        request,
        "Somebody else changed these details",
        fields,
        typed=both.presumed(held, typed, drawn),
        errors=unanswered,
        caption=about.victim.name,
        lead=_lead(overtaken),
        carried=both.carried(held, typed, overtaken.held.version),
        action=f"{back}/victims/{about.victim.reference}/amend",
        button="Keep what I chose",
        back=back,
    )
    page.status_code = page.status_code if unanswered else Stale.status
    return page


def _lead(overtaken: Overtaken) -> tuple[str, ...]:
    when = words.moment(overtaken.changed_at)
    return (
        f"{overtaken.changed_by} saved a change on {when}, after you opened these details."
        if overtaken.changed_by
        else "The form did not say which version of the details it was drawn from.",
        "Nothing that you typed has been saved yet, and nothing of either change is lost. Choose "
        "what to keep. It has been recorded that you looked.",
    )
