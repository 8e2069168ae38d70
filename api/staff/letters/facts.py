"""What one letter still needs: the facts that data does not hold, asked on one short form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.both import SharedForm
from api.staff.fields import VERSION, Entry, Field
from api.staff.forms import FormPage
from letters.making.asking import Question, given_from, questions, typed_for
from letters.making.facts import Shape
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.errors import Conflict
from vcs.post.reads import LetterPage, letter_page, visible_letter
from vcs.post.records import LetterStatus
from vcs.post.subjects.facts import known_facts
from vcs.post.subjects.given import give_facts, given_to, given_version

router = APIRouter()

_LONGEST = 2000

_MONTH = "Any day of the month: the letter gives the month alone. For example, 20 3 2026"

_DAY = "For example, 20 3 2026"

_A_LINE = "One sentence on each line"

_YES_NO = {"yes": "Yes", "no": "No"}


def _letter(visit: Visit, reference: str) -> LetterPage:
    with visit.app.db.reading() as session:
        require_may(visit.officer, Act.WRITE_LETTER)
        page = letter_page(session, visit.app.sealer, visit.officer, reference)
    if page.letter.status != LetterStatus.DRAFT:
        raise Conflict("This letter is no draft any more. Open its page to see it.")
    return page


def _check(visit: Visit, reference: str) -> None:
    _letter(visit, reference)


def _fields(visit: Visit, reference: str) -> tuple[Field, ...]:
    return *fields_of(_letter(visit, reference).letter.kind), VERSION


def fields_of(kind: str) -> tuple[Field, ...]:
    """Return the questions about one kind of letter as fields."""
    return tuple(_field(one) for one in questions(kind))


def typed_in(kind: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """Return what is known of a letter's facts as if it were typed."""
    typed: dict[str, str] = {}
    for name, value in typed_for(kind, facts).items():
        typed |= forms.day_typed(name, value) if isinstance(value, date) else {name: value}
    return typed


def _field(asked: Question) -> Field:
    label = asked.words[0].upper() + asked.words[1:]
    hint = "The letter can go without it" if asked.may_be_absent else ""
    if asked.options:
        options = {one: one[0].upper() + one[1:] for one in asked.options}
        return Field(asked.name, label, "radios", hint=hint, options=options)
    if asked.shape is Shape.YES_NO:
        return Field(asked.name, label, "radios", hint=hint, options=_YES_NO)
    if asked.shape is Shape.DATE:
        example = _MONTH if asked.fact.endswith("_month") else _DAY
        return Field(asked.name, label, "date", hint=f"{hint}. {example}" if hint else example)
    if asked.shape is Shape.LINES or asked.language is not None:
        lines = _A_LINE if asked.shape is Shape.LINES and asked.language is not None else ""
        said = ". ".join(filter(None, (hint, lines)))
        return Field(asked.name, label, "lines", hint=said, longest=_LONGEST)
    return Field(asked.name, label, hint=hint)


def _facts(work: Work, reference: str) -> tuple[Mapping[str, Any], Mapping[str, Any], str]:
    """Return what data holds for a letter, what somebody gave for it, and the version of that."""
    letter, victim, _ = visible_letter(work.session, reference, work.actor)
    known = known_facts(work.session, work.sealer, letter, victim, work.now)
    return known, given_to(work.sealer, letter), given_version(work.sealer, letter)


def _page(visit: Visit, reference: str) -> FormPage:
    page = _letter(visit, reference)
    with visit.app.db.reading() as session:
        known, given, version = _facts(visit.work(session), reference)
    return FormPage(
        "What this letter needs",
        action=f"/letters/{reference}/facts",
        button="Keep these facts",
        back=f"/letters/{reference}",
        caption=words.LETTERS[page.letter.kind],
        lead=(
            "What is on record is filled in. What you enter here is for this letter alone.",
            "Do not enter a prison, an exact day of release, an address or anything about health.",
        ),
        typed={**typed_in(page.letter.kind, {**known, **given}), VERSION.name: version},
    )


FACTS = SharedForm(_fields, _page, check=_check)


@forms.serve(router, "/letters/{reference}/facts", FACTS)
def keep_facts(work: Work, entry: Entry, reference: str) -> str:
    """Keep what somebody entered for this letter."""
    letter, _, _ = visible_letter(work.session, reference, work.actor)
    known, _, _ = _facts(work, reference)
    given = given_from(letter.kind, entry.typed, known)
    give_facts(work, reference, entry.typed[VERSION.name], given)
    return pages.after(f"/letters/{reference}", "facts-kept")
