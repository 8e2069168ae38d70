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
from api.staff.victims.details import (
    AMENDED,
    DRAWN_FROM,
    amended,
    check,
    entry_of,
    is_unchanged,
    typed_of,
    unsaid_in,
)
from api.staff.victims.heading import about_victim
from vcs.access.work import Work
from vcs.victims.details import amend
from vcs.victims.details.amend import Overtaken, Stale
from vcs.victims.details.safety import with_unsaid
from vcs.victims.entries import VictimEntry, held_entry, person, tidied
from vcs.victims.find import visible_victim
from vcs.victims.identity import known
from vcs.victims.whereabouts.given_away import given_away

router = APIRouter()

AMEND = about_victim("amend", "Change the details", "Keep the changes", AMENDED)

_NOTE = "safe_contact_notes"

_REASON = "to mend the details"


@router.post("/referrals/{reference}/victims/{victim}/amend")
def amend_victim(visit: Visiting, reference: str, victim: str, form: Posted) -> Response:
    """Change the details, or show both where somebody else has changed them since."""
    page = AMEND.page(visit, reference=reference, victim=victim)
    chosen, unanswered = two_versions.choose(form)
    held = _held(visit, victim)
    entry = _let_stand(read((*AMENDED, DRAWN_FROM), chosen, visit.app.today), held)
    drawn_from = entry.typed["drawn_from"]

    def act(work: Work) -> str:
        kept = known.amend_person(work, victim, drawn_from, entry_of(entry), unsaid_in(entry))
        is_asked_anew = held.safe_to_post is not None and kept.person.safe_to_post is None
        return pages.after(page.back, "amended-moved" if is_asked_anew else _said(entry))

    def again(refused: Entry) -> Response:
        # A form with a choice still to make names no version, so that it cannot be saved as it is.
        carried = {"drawn_from": "" if unanswered else drawn_from}
        more = {**page.more, "carried": carried}
        return replace(page, more=more).show(visit.request, amended(held), refused)

    if entry.errors:
        today = visit.app.today
        note = held.safe_contact_notes
        return again(with_all_errors(entry, AMENDED, lambda one: check(one, today, note)))
    with suppress(Stale):
        if not unanswered:
            return forms.submit(visit, entry, act, again)
    with visit.app.db.writing() as session:
        # The page shows where the victim can be found, so the look is kept like any other.
        overtaken = amend.reveal_overtaking(visit.work(session), victim, drawn_from, _REASON)
    return _show_both(visit, page, entry, overtaken, unanswered)


def _held(visit: Visit, victim: str) -> VictimEntry:
    """Return what is held, for what a page shows of it to whoever sees the referral."""
    with visit.app.db.reading() as session:
        return held_entry(visit.app.sealer, visible_victim(session, victim, visit.officer))


def _let_stand(entry: Entry, held: VictimEntry) -> Entry:
    """Return an entry without a fault of a note that was on record before and was not changed."""
    if not is_unchanged(entry, held.safe_contact_notes):
        return entry
    return entry.refused({name: why for name, why in entry.errors.items() if name != _NOTE})


def _said(entry: Entry) -> str:
    """Return what the next page says: also that a note holds what belongs elsewhere."""
    told = entry_of(entry)
    is_elsewhere = given_away(told.safe_contact_notes, (person(told),))
    return "amended-note" if is_elsewhere else "amended"


def _show_both(
    visit: Visit,
    page: forms.FormPage,
    entry: Entry,
    overtaken: Overtaken,
    unanswered: Mapping[str, str],
) -> Response:
    """Show the saved details beside the typed ones. The form then amends the version shown here."""
    held = typed_of(overtaken.held.entry)
    before = overtaken.drawn
    told = with_unsaid(before or overtaken.held.entry, tidied(entry_of(entry)), unsaid_in(entry))
    typed = typed_of(told)
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
