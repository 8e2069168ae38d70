"""Recording what a victim answered: one short form for each group of items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.needs.page import needs_and_rules
from vcs.access.work import Work
from vcs.needs.answers import AnsweredMeanwhile, Conversation, ItemAnswer, record_answers
from vcs.needs.standard import GROUPS, Item, ItemGroup, group_named, items_of
from vcs.victims.places.numbers import number_in
from vcs.victims.records import LONGEST_WORDS

router = APIRouter()

_AT = "/victims/{victim}/needs/ask/{group}"

NOT_ASKED = "not_asked"

_ANSWERS = {NOT_ASKED: "Not asked today", **words.NEED_ANSWERS}

_LEAD = (
    "Record what they said in their own words. What you leave at ‘Not asked today’ changes "
    "nothing. Do not enter an address or a telephone number. Record the conversation itself as a "
    "contact too."
)

_ABOUT = (
    Field(
        "asked_on",
        "When did you ask?",
        "date",
        hint="For example, 20 3 2026",
        required="Enter the day on which you asked",
        is_past=True,
    ),
    Field("how", "How?", "radios", required="Select how", options=words.CONTACT_WAYS),
    Field(
        "brought_on",
        "When did witness care bring it?",
        "date",
        hint="Only where an answer came from witness care",
        is_past=True,
    ),
    Field("drawn_from", "The newest answer that the form showed", longest=20),
)


def _fields(visit: Visit, victim: str, group: str) -> tuple[Field, ...]:
    asked = items_of(group_named(group), visit.app.today)
    return (*(field for item in asked for field in _of_item(item)), *_ABOUT)


def _of_item(item: Item) -> Iterator[Field]:
    yield Field(
        item.id,
        item.question,
        "radios",
        hint=f"A good answer has: {item.good[:1].lower()}{item.good[1:]}",
        required="Select an answer, or ‘Not asked today’",
        options=_ANSWERS,
    )
    yield Field(
        f"{item.id}-words",
        f"{item.title}: their words",
        "lines",
        longest=LONGEST_WORDS,
        leave_out=number_in,
    )


def _page(visit: Visit, victim: str, group: str) -> FormPage:
    view, rules = needs_and_rules(visit, victim)
    asked = items_of(group_named(group), visit.app.today)
    shown = [one for one in view.items if one.item in asked]
    return FormPage(
        GROUPS[group_named(group)],
        action=f"/victims/{victim}/needs/ask/{group}",
        button="Record the answers",
        back=f"/victims/{victim}/needs",
        caption=view.name,
        lead=(_LEAD,),
        typed={item.id: NOT_ASKED for item in asked},
        template="needs/ask.html",
        more={"rules": rules, "shown": shown, "carried": {"drawn_from": str(view.newest)}},
    )


ASK = Form(_fields, _page)


@router.get(_AT)
def ask_about_needs(visit: Visiting, victim: str, group: str) -> Response:
    """Show the form, with what was answered before."""
    page, fields = _page(visit, victim, group), _fields(visit, victim, group)
    before = forms.given_back(visit, fields)
    if before is not None:
        # What was typed keeps the version it was drawn from: an answer given since is noticed.
        carried = {"drawn_from": before.typed["drawn_from"]}
        page = replace(page, more={**page.more, "carried": carried})
    return page.show(visit.request, _shown(fields), before)


@router.post(_AT)
def record_needs(visit: Visiting, posted: Posted, victim: str, group: str) -> Response:
    """Record the answers, or show both where somebody else answered the same meanwhile."""
    page, fields = _page(visit, victim, group), _fields(visit, victim, group)
    entry = forms.read_sent(visit, ASK, posted)

    def act(work: Work) -> str:
        record_answers(work, victim, _conversation(entry, fields, group))
        is_safe = group_named(group) is ItemGroup.SAFE
        return pages.after(page.back, "needs-safe" if is_safe else "needs")

    def again(refused: Entry) -> Response:
        carried = {"drawn_from": entry.typed["drawn_from"]}
        same = replace(page, more={**page.more, "carried": carried})
        return same.show(visit.request, _shown(fields), refused)

    try:
        return forms.submit(visit, entry, act, again)
    except AnsweredMeanwhile as overtaken:
        return _show_both(visit, page, fields, entry, overtaken)


def _show_both(
    visit: Visit,
    page: FormPage,
    fields: tuple[Field, ...],
    entry: Entry,
    overtaken: AnsweredMeanwhile,
) -> Response:
    """Show the answer of somebody else above the typed one; sending again keeps both."""
    message = (
        "Somebody else recorded an answer to this after you opened the form. It is shown above. "
        "Nothing of yours is saved yet: change it, or send it again to keep both"
    )
    refused = entry.refused(dict.fromkeys(overtaken.items, message))
    answer = page.show(visit.request, _shown(fields), replace(refused, token=""))
    answer.status_code = AnsweredMeanwhile.status
    return answer


def _shown(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(field for field in fields if field.name != "drawn_from")


def _conversation(entry: Entry, fields: tuple[Field, ...], group: str) -> Conversation:
    typed = entry.typed
    items = [field.name for field in fields if f"{field.name}-words" in typed]
    drawn_from = typed["drawn_from"]
    return Conversation(
        group_named(group),
        tuple(ItemAnswer(one, _answer(typed[one]), typed[f"{one}-words"]) for one in items),
        entry.day("asked_on"),
        typed["how"],
        entry.day_if_any("brought_on"),
        int(drawn_from) if drawn_from.isdecimal() else 0,
    )


def _answer(typed: str) -> str:
    return "" if typed == NOT_ASKED else typed
