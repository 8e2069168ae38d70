"""Whose event it is: by numbers, then by match weights; nobody by name and prison alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlmodel import Session

from vcs.custody.sources.told import Who
from vcs.intake.person_numbers import Number
from vcs.lists.matches.held import HeldSentence
from vcs.lists.matches.matching import Comparison, Described, Rule, Same, Window, compare
from vcs.lists.matches.ours import held_where
from vcs.lists.matches.people import Person, birth_day, name_of
from vcs.lists.matches.weights import prior
from vcs.lists.merged import Merged, merged_numbers
from vcs.lists.reading.lines import mark_of
from vcs.lists.records import SentenceNumber
from vcs.sealing import Sealer
from vcs.sentences.ids_of_person import all_spellings
from vcs.sentences.records import CustodyNumber, Sentence, SentenceMark
from vcs.tables import table_of

_SENTENCES, _MARKS = table_of(Sentence), table_of(SentenceMark)

_NUMBERS, _SAID = table_of(SentenceNumber), table_of(CustodyNumber)

_ORDER = (Number.NOMS, Number.PNC, Number.CRO, Number.CRN)


@dataclass(frozen=True, slots=True)
class Match:
    """The sentences that are surely of this person, and those that may be; why, in words."""

    sure: tuple[HeldSentence, ...] = ()
    unsure: tuple[HeldSentence, ...] = ()
    why: str = ""


def marks_of(who: Who) -> dict[Number, str]:
    """Return the digests of somebody's numbers."""
    return {kind: mark_of(kind, number) for kind, number in who.numbers.items()}


def person_key(who: Who, fallback: str) -> str:
    """Return what tells one person from another, among facts that may be about nobody of ours."""
    marks = marks_of(who)
    for kind in _ORDER:
        if kind in marks:
            return marks[kind]
    if who.surname and who.born_on:
        name = name_of(who.surname, who.forename)
        return mark_of(Number.NOMS, f"{name.full}|{who.born_on.isoformat()}")
    return fallback


def matched(session: Session, sealer: Sealer, who: Who) -> Match:
    """Return whose event it is, as far as a person, numbers and weights tell: all three count."""
    told = marks_of(who)
    merged = merged_numbers(session) if told else Merged()
    ids = _candidates(session, who, told, merged)
    if not ids:
        return Match(why="No sentence of ours has one of their numbers, or their date of birth")
    held = held_where(session, sealer, _SENTENCES.c.id.in_(sorted(ids)), merged)
    said = _said(session, all_spellings(session, told.values()))
    theirs = _described(who, told, merged)
    compared = [
        (one, Comparison(Same.YES, Rule.BY_PERSON, "A person said so of this number"))
        if one.sentence_id in said
        else (one, _compared(theirs, one))
        for one in held
    ]
    sure = tuple(one for one, found in compared if found.same is Same.YES)
    # Whose number it is is known: a namesake with another number is somebody else.
    unsure = tuple(
        one
        for one, found in compared
        if found.same is Same.UNSURE and not (sure and _have_other_numbers(theirs, one.described))
    )
    fitting = (found.why for _, found in compared if found.same is not Same.NO)
    why = next(fitting, "Nothing that they share fits")
    return Match(sure, unsure, why)


def _compared(theirs: Described, one: HeldSentence) -> Comparison:
    """Compare two descriptions; where the prison numbers differ, nothing else makes it sure."""
    found = compare(theirs, one.described, _window(one))
    is_by_name = found.same is Same.YES and found.rule is Rule.SCORED
    if is_by_name and _have_other_numbers(theirs, one.described):
        return replace(found, same=Same.UNSURE, said=f"The prison numbers differ: {found.why}")
    return found


def _have_other_numbers(theirs: Described, ours: Described) -> bool:
    told, known = (one.person.numbers.get(Number.NOMS) for one in (theirs, ours))
    return bool(told and known) and not ours.person.has(Number.NOMS, told or "")


def _described(who: Who, told: dict[Number, str], merged: Merged) -> Described:
    person = Person(
        name_of(who.surname, who.forename),
        birth_day(who.born_on),
        {kind: merged.one(mark) for kind, mark in told.items()},
    )
    return Described(person, sentenced_on=who.sentenced_on)


def _window(one: HeldSentence) -> Window:
    return Window(prior(0), {one.sentenced_on: 1}, _ORDER)


def _candidates(session: Session, who: Who, told: dict[Number, str], merged: Merged) -> set[int]:
    marks = all_spellings(session, {*told.values(), *(merged.one(m) for m in told.values())})
    found: set[int] = set()
    if marks:
        for table in (_MARKS, _NUMBERS, _SAID):
            query = select(table.c.sentence_id).where(table.c.mark.in_(sorted(marks)))
            found |= set(session.execute(query).scalars())
    born = birth_day(who.born_on)
    if born is not None and who.surname:
        query = select(_SENTENCES.c.id).where(_SENTENCES.c.date_of_birth == born)
        found |= set(session.execute(query).scalars())
    return found


def _said(session: Session, marks: set[str]) -> set[int]:
    query = select(_SAID.c.sentence_id).where(_SAID.c.mark.in_(sorted(marks)))
    return set(session.execute(query).scalars())
