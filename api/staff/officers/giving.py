"""A manager gives many referrals at once: chosen, looked over by workload, confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api.guards import kept_forms
from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages
from api.staff.fields import Entry, read
from api.staff.lists import ListPage
from vcs.access.work import Work
from vcs.consequences.drafts.after import give_many_to_officers
from vcs.law.deadlines.due import State
from vcs.ledger.worklists.worklist import WorklistRow, worklist
from vcs.ledger.worklists.worklist_asked import WorklistAsked
from vcs.paging import LARGEST, Slice
from vcs.referrals.officers.share import Load, ToGive, loads_after, shared_evenly
from vcs.referrals.officers.workload_reads import Workload, workloads

router = APIRouter()

EVENLY = "evenly"

_PRESSING = (State.OVERDUE, State.DUE_SOON)

_REFERENCE = re.compile(r"VCS-[0-9A-Z]{4}-[0-9A-Z]{4}")

_GIVE = re.compile(r"(VCS-[0-9A-Z]{4}-[0-9A-Z]{4}) (\d{1,9})(?: (\d{1,9}))?")

_LAST_PAGE = 10_000

Officer = Annotated[int | None, Query(ge=1, le=2**31 - 1)]

Left = Annotated[str, Query(max_length=2000)]


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would get what. ``left`` changed since it was chosen, or nobody else can get it."""

    given: tuple[tuple[ToGive, WorklistRow], ...]
    staff: tuple[Workload, ...]
    after: dict[int, Load]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was ticked, by reference, and who was to get it; and what was ``left`` as it was."""

    ticked: frozenset[str] = frozenset()
    to: str = ""
    left: tuple[str, ...] = ()


NOTHING = Typed()


@router.get("/officers/give")
def choose(visit: Visiting, page: ListPage, of: Officer = None, left: Left = "") -> Response:
    """Show the referrals that have no officer, or those of one officer, to choose from.

    What was ticked before the sign-in ended is ticked again, on the list that it was ticked on.
    """
    kept = kept_forms.given_back(visit.request, visit.officer.account_id)
    if kept is None:
        return _choose(visit, page, of, {}, Typed(left=tuple(_REFERENCE.findall(left))))
    ticked = frozenset(one.reference for one in _chosen(kept))
    at = Slice(min(_number(kept, "page") or 1, _LAST_PAGE))
    return _choose(visit, at, _number(kept, "of"), {}, Typed(ticked, str(kept.get("to", ""))))


def _choose(
    visit: Visit,
    page: Slice,
    of: int | None,
    errors: dict[str, str],
    typed: Typed = NOTHING,
) -> Response:
    show = WorklistAsked("open", page, officer=of) if of else WorklistAsked("unassigned", page)
    with visit.app.db.reading() as session:
        staff = workloads(session, visit.officer, visit.app.today)
        found = worklist(session, visit.app.sealer, visit.officer, visit.app.today, show)
    return pages.render(
        visit.request,
        "officers/give.html",
        422 if errors else 200,
        title="Give referrals",
        found=found,
        staff=staff,
        of=next((one for one in staff if one.account_id == of), None),
        errors=errors,
        left=typed.left,
        typed=typed,
    )


@router.post("/officers/give")
def preview(visit: Visiting, posted: Posted) -> Response:
    """Show who would get what, with each officer's workload before and after. Gives nothing."""
    wanted, to = tuple(_chosen(posted)), str(posted.get("to", ""))
    with visit.app.db.reading() as session:
        staff = workloads(session, visit.officer, visit.app.today)
        errors = dict(_problems(wanted, to, staff))
        shown = None if errors else _preview(visit, session, wanted, to)
    if shown is None:
        of = _number(posted, "of")
        typed = Typed(frozenset(one.reference for one in wanted), to)
        return _choose(
            visit, Slice(min(_number(posted, "page") or 1, _LAST_PAGE)), of, errors, typed
        )
    forms.forget_shown(visit)
    return pages.render(
        visit.request,
        "officers/preview.html",
        title="Check who gets what",
        view=shown,
        names={one.account_id: one.name for one in shown.staff},
        form_token=forms.new_token(),
    )


def _number(posted: FormData, name: str) -> int | None:
    """Return the number in a hidden field; None where it has none."""
    text = str(posted.get(name, ""))
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,8}", text, re.ASCII) else None


def _chosen(posted: FormData) -> Iterable[ToGive]:
    """Read what was ticked: a reference, the officer it had, and after the preview who gets it."""
    for value in posted.getlist("give")[:LARGEST]:
        found = _GIVE.fullmatch(value) if isinstance(value, str) else None
        if found:
            had, gets = int(found[2]) or None, int(found[3]) if found[3] else None
            yield ToGive(found[1], had, gets=gets)


def _problems(
    wanted: tuple[ToGive, ...], to: str, staff: tuple[Workload, ...]
) -> Iterable[tuple[str, str]]:
    if not wanted:
        yield "give", "Select at least one referral"
    if to != EVENLY and to not in {str(one.account_id) for one in staff}:
        yield "to", "Select who gets them"


def _preview(visit: Visit, session: Session, wanted: tuple[ToGive, ...], to: str) -> Preview:
    staff = workloads(session, visit.officer, visit.app.today)
    references = tuple(one.reference for one in wanted)
    asked = WorklistAsked("open", Slice(1, LARGEST), references=references)
    rows = worklist(session, visit.app.sealer, visit.officer, visit.app.today, asked).rows
    now = {row.reference: row for row in rows}
    same = [one for one in wanted if _is_as_seen(one, now.get(one.reference))]
    known = tuple(_as_listed(one, now[one.reference]) for one in same)
    loads = {one.account_id: one.load for one in staff}
    if to == EVENLY:
        # Whoever is away gets nothing by suggestion: a manager may still choose them.
        at_work = {one.account_id: one.load for one in staff if one.away is None}
        given = shared_evenly(known, at_work)
    else:
        given = tuple(replace(one, gets=int(to)) for one in known)
    done = tuple(one for one in given if one.gets is not None)
    left = tuple(sorted(set(references) - {one.reference for one in done}))
    pairs = tuple((one, now[one.reference]) for one in done)
    return Preview(pairs, staff, loads_after(done, loads), left)


def _is_as_seen(one: ToGive, row: WorklistRow | None) -> bool:
    return row is not None and row.vlo_account_id == one.had


def _as_listed(one: ToGive, row: WorklistRow) -> ToGive:
    return replace(one, urgent=row.urgent, due_soon=row.state in _PRESSING)


@router.post("/officers/give/confirm")
def confirm(visit: Visiting, posted: Posted) -> Response:
    """Give the referrals as they were shown, in one transaction; what changed since is named."""
    entry, gives = read((), posted), tuple(_chosen(posted))

    def act(work: Work) -> str:
        left = give_many_to_officers(work, gives)
        named = f"&left={','.join(left)}" if left else ""
        return pages.after("/officers/give", "given") + named

    def again(refused: Entry) -> Response:
        return _choose(visit, Slice(), None, refused.errors)

    return forms.submit(visit, entry, act, again)
