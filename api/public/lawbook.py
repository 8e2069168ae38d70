"""The whole law as applied on a day, gathered from the very tables and docstrings that run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vcs.law import rule_sets
from vcs.law.book.asked import Question, questions_on, routes_on
from vcs.law.book.doubts import Doubt, OpenQuestion, doubts_on, not_commenced, open_questions
from vcs.law.book.offence_list import Group, Listed, offence_list
from vcs.law.duties import Duty, in_words
from vcs.law.duties import on as duties_on
from vcs.law.provisions import PROVISIONS, Provision, in_force
from vcs.law.rule_sets import Dated, RuleSet
from vcs.law.working_days import official_until

NO_ROUTE = "None: no section of the Act of 2004 was in force, and a person decides."


@dataclass(frozen=True, slots=True)
class Lawbook:
    """The law on one day. ``not_commenced`` is passed and in force on no day yet."""

    day: date
    rule_set: RuleSet
    not_commenced: tuple[Provision, ...]
    answers: tuple[Dated, ...]
    routes: tuple[str, ...]
    questions: tuple[Question, ...]
    offences: tuple[Group, ...]
    duties: tuple[Duty, ...]
    provisions: tuple[Provision, ...]
    calendar_until: date
    doubts: tuple[Doubt, ...]
    open_questions: tuple[OpenQuestion, ...]


def lawbook(day: date) -> Lawbook:
    """Gather the law on a day; raises ValueError for a day without exactly one rule set."""
    return Lawbook(
        day=day,
        rule_set=rule_sets.in_force_on(day),
        not_commenced=not_commenced(),
        answers=tuple(rule_sets.answer_on(asked, day) for asked in rule_sets.QUESTIONS),
        routes=tuple(routes_on(day)),
        questions=tuple(questions_on(day)),
        offences=offence_list(day),
        duties=duties_on(day),
        provisions=tuple(row for row in PROVISIONS.values() if in_force(row, day)),
        calendar_until=official_until(),
        doubts=doubts_on(day),
        open_questions=open_questions(),
    )


def printed(book: Lawbook) -> Iterator[str]:
    """Write the book as lines of text."""
    yield f"The law as applied to a sentence passed on {in_words(book.day)}"
    yield f"Rule set: {book.rule_set.id}. {book.rule_set.title}. Source: {book.rule_set.source}."
    yield "\nIn force on this day"
    yield from (f"  {row.question} {row.answer} ({row.provision})" for row in book.answers)
    yield "\nThe routes"
    yield from (f"  {one}" for one in book.routes or (NO_ROUTE,))
    yield "\nThe conditions"
    yield from (f"  {question.asked} {question.more}".rstrip() for question in book.questions)
    yield "  One clear no closes a route; otherwise a missing fact makes it cannot tell."
    yield "\nThe offences, in full at the end"
    yield from (f"  {one.title}: {one.size:,}" for one in book.offences)
    yield "\nDuties"
    yield from (f"  {_duty(row)}" for row in book.duties)
    yield f"  Bank holidays are official until {in_words(book.calendar_until)}."
    yield "\nProvisions"
    yield from (f"  {_provision(row)}" for row in book.provisions)
    yield "\nWhat rests on an unconfirmed source"
    yield from (f"  {_doubt(row)}" for row in book.doubts)
    yield "\nQuestions that are open, and what is answered meanwhile"
    yield from (
        f"  {row.question} Meanwhile: {row.meanwhile} ({row.provision})"
        for row in book.open_questions
    )
    yield "\nPassed and not commenced: in force on no day yet, and decides nothing"
    yield from (f"  {_provision(row)}" for row in book.not_commenced)
    yield from _offences(book)


def _offences(book: Lawbook) -> Iterator[str]:
    """Write the offences group by group; most codes are in none, and are not specified."""
    for group in book.offences:
        yield f"\n{group.title}: {group.size:,}. {group.meaning}"
        yield from (_offence(row) for row in group.rows)
        for one in group.paragraphs:
            yield f" {one.number}. {one.names}. {one.more}".rstrip()
            yield from (_offence(row) for row in one.rows)


def _offence(row: Listed) -> str:
    return f"  {row.code} {row.title}. {row.more}".rstrip()


def _duty(row: Duty) -> str:
    note = f" Note: {row.note}" if row.note else ""
    where = f"({row.provision}, {row.confidence})"
    under = f", {row.outcome.replace('_', ' ')}" if row.outcome else ""
    return f"{row.title}{under}: {row.owed_by}, {row.limit} {where}{note}"


def _doubt(row: Doubt) -> str:
    used = f" Used in: {'; '.join(row.used_in)}" if row.used_in else ""
    return f"{row.kind} [{row.confidence}]: {row.what}. {row.note}{used}"


def _provision(row: Provision) -> str:
    note = f" Note: {row.note}" if row.note else ""
    return f"{row.id} [{row.confidence}, {row.dates}]: {row.words} {row.link}{note}"
