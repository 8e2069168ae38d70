"""A letter to a partner that left: the day on which it was posted, and that it came back."""

from __future__ import annotations

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.fields import Entry
from api.staff.forms import Form, FormPage
from api.staff.letters.posting import POSTED
from api.staff.letters.returning import WHY
from api.staff.to_others.working import AT, check, form_page
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.post.batches.leaving import held_with_concern
from vcs.post.others.find import visible_letter
from vcs.post.posting import Despatch, keep_despatch
from vcs.post.returned.reasons import ReturnReason
from vcs.post.returned.record import Report, keep_any_return

router = APIRouter()


def _posted_page(visit: Visit, reference: str) -> FormPage:
    kind = _kind(visit, reference)
    title = ("Record that this letter was posted", "Record it")
    return form_page(reference, kind, "posted", title)


def _kind(visit: Visit, reference: str) -> str:
    require_may(visit.officer, Act.SEE_LETTER)
    with visit.app.db.reading() as session:
        return visible_letter(session, visit.officer, reference).kind


POSTED_TO_OTHERS = Form(POSTED, _posted_page, check=check)


@forms.serve(router, f"{AT}/posted", POSTED_TO_OTHERS)
def posted(work: Work, entry: Entry, reference: str) -> str:
    """Record the day on which a letter to a partner was posted."""
    work.require_may(Act.RECORD_POSTED)
    letter = visible_letter(work.session, work.actor, reference)
    held, concern = held_with_concern(work, letter.id)
    day = entry.day("posted_on")
    gone = entry.typed["already_left"] == "yes" or day < work.today
    keep_despatch(work, held, concern, Despatch(day, gone))
    return pages.after(f"/letters-to-others/{reference}", "posted")


def _returned_page(visit: Visit, reference: str) -> FormPage:
    kind = _kind(visit, reference)
    title = ("Record that this letter came back", "Record it")
    lead = "An administrator is asked where the office receives its post."
    return form_page(reference, kind, "returned", title, lead)


RETURNED_FROM_OTHERS = Form(WHY, _returned_page, check=check)


@forms.serve(router, f"{AT}/returned", RETURNED_FROM_OTHERS)
def returned(work: Work, entry: Entry, reference: str) -> str:
    """Record that a letter to a partner came back."""
    work.require_may(Act.RECORD_RETURNED)
    letter = visible_letter(work.session, work.actor, reference)
    held, concern = held_with_concern(work, letter.id)
    reason = ReturnReason(entry.typed["reason"])
    report = Report(reason, entry.day("came_back_on"), entry.typed["note"])
    recorded = keep_any_return(work, held, concern, report)
    done = "returned-before" if recorded.is_repeat else "returned"
    return pages.after(f"/letters-to-others/{reference}", done)
