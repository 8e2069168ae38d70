"""Changing a victim's details, also when somebody else changed them in the meantime."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, read, with_all_errors
from api.staff.victims import two_versions
from api.staff.victims.details import DRAWN_FROM, VICTIM, check, entry_of, typed_of
from api.staff.victims.heading import about_victim
from vcs.access.work import Work
from vcs.victims.details import amend
from vcs.victims.details.amend import Overtaken, Stale
from vcs.victims.details.safety import about_another_address
from vcs.victims.entries import tidied
from vcs.victims.identity import known

router = APIRouter()

AMEND = about_victim("amend", "Change the details", "Keep the changes", VICTIM)

_REASON = "to mend the details"


@router.post("/referrals/{reference}/victims/{victim}/amend")
def amend_victim(visit: Visiting, reference: str, victim: str, form: Posted) -> Response:
    """Change the details, or show both where somebody else has changed them since."""
    page = AMEND.page(visit, reference=reference, victim=victim)
    chosen, unanswered = two_versions.PARTS.choose(form)
    entry = read((*VICTIM, DRAWN_FROM), chosen, visit.app.today)
    drawn_from = entry.typed["drawn_from"]

    def act(work: Work) -> str:
        told = entry_of(entry)
        kept = known.amend_person(work, victim, drawn_from, told)
        is_asked_anew = told.safe_to_post is True and kept.person.safe_to_post is None
        return pages.after(page.back, "amended-moved" if is_asked_anew else "amended")

    def again(refused: Entry) -> Response:
        # A form with a choice still to make names no version, so that it cannot be saved as it is.
        carried = {"drawn_from": "" if unanswered else drawn_from}
        more = {**page.more, "carried": carried}
        return replace(page, more=more).show(visit.request, VICTIM, refused)

    if entry.errors:
        today = visit.app.today
        return again(with_all_errors(entry, VICTIM, lambda one: check(one, today)))
    with suppress(Stale):
        if not unanswered:
            return forms.submit(visit, entry, act, again)
    with visit.app.db.writing() as session:
        # The page shows where the victim can be found, so the look is kept like any other.
        overtaken = amend.reveal_overtaking(visit.work(session), victim, drawn_from, _REASON)
    return _show_both(visit, page, entry, overtaken, unanswered)


def _show_both(
    visit: Visit,
    page: forms.FormPage,
    entry: Entry,
    overtaken: Overtaken,
    unanswered: Mapping[str, str],
) -> Response:
    """Show the saved details beside the typed ones. The form then amends the version shown here."""
    held = typed_of(overtaken.held.entry)
    told = tidied(entry_of(entry))
    before = overtaken.drawn
    typed = typed_of(about_another_address(before, told) if before else told)
    drawn = typed_of(before) if before else {}
    fields = two_versions.questions(held, typed, drawn)
    if not fields:
        # Both people typed the same details.
        return pages.go(pages.after(page.back, "amended"))
    both = replace(
        page,
        title="Somebody else changed these details",
        lead=_lead(overtaken),
        button="Keep what I chose",
        more={"carried": two_versions.carried(held, typed, overtaken.held.version)},
    )
    answers = two_versions.presumed(held, typed, drawn)
    answer = both.show(visit.request, fields, Entry(answers, dict(unanswered), ""))
    answer.status_code = answer.status_code if unanswered else Stale.status
    return answer


def _lead(overtaken: Overtaken) -> tuple[str, ...]:
    when = words.moment(overtaken.changed_at)
    return (
        f"{overtaken.changed_by} saved a change on {when}, after you opened these details."
        if overtaken.changed_by
        else "The form did not say which version of the details it was drawn from.",
        "Nothing that you typed has been saved yet, and nothing of either change is lost. Choose "
        "what to keep. It has been recorded that you looked.",
    )
