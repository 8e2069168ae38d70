"""The whole law as applied on a day, gathered from the very tables and docstrings that run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from vcs.law import eligibility, offences, rule_sets
from vcs.law.book.doubts import Doubt, OpenQuestion, doubts, open_questions
from vcs.law.book.offence_list import offence_list
from vcs.law.conditions import beyond_statute, hospital, notes, statutory
from vcs.law.duties import Duty, in_words
from vcs.law.duties import on as duties_on
from vcs.law.provisions import PROVISIONS, Provision, in_force
from vcs.law.rule_sets import Dated, RuleSet
from vcs.law.working_days import official_until


@dataclass(frozen=True, slots=True)
class Question:
    """One condition as it is asked, with what its docstring adds."""

    asked: str
    more: str


@dataclass(frozen=True, slots=True)
class Lawbook:
    """The law on one day."""

    day: date
    rule_set: RuleSet
    not_commenced: tuple[RuleSet, ...]
    answers: tuple[Dated, ...]
    routes: tuple[str, ...]
    questions: tuple[Question, ...]
    offences: tuple[tuple[str, int], ...]
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
        not_commenced=tuple(r for r in rule_sets.RULE_SETS if r.in_force_from is None),
        answers=tuple(rule_sets.answer_on(asked, day) for asked in rule_sets.QUESTIONS),
        routes=tuple(_routes()),
        questions=tuple(
            question
            for module in (statutory, hospital, beyond_statute, notes)
            for question in _questions(module)
        ),
        offences=_listed(),
        duties=duties_on(day),
        provisions=tuple(row for row in PROVISIONS.values() if in_force(row, day)),
        calendar_until=official_until(),
        doubts=doubts(),
        open_questions=open_questions(),
    )


@cache
def _listed() -> tuple[tuple[str, int], ...]:
    found = Counter(row.listing for code in offences.codes() if (row := offences.find(code)))
    return tuple((name.replace("_", " "), count) for name, count in sorted(found.items()))


def _routes() -> Iterator[str]:
    """Yield each way into the scheme, as the function that asks its conditions says it."""
    for value in vars(eligibility).values():
        returns = getattr(value, "__annotations__", {}).get("return")
        if returns == "Reasons" and value.__doc__:
            yield " ".join(value.__doc__.split())


def _questions(module: object) -> Iterator[Question]:
    own_name = getattr(module, "__name__", None)
    for name, value in vars(module).items():
        words = " ".join((getattr(value, "__doc__", None) or "").split())
        own = getattr(value, "__module__", None) == own_name and not name.startswith("_")
        if own and callable(value) and "?" in words:
            asked, _, more = words.partition("?")
            yield Question(asked + "?", more.strip())


def printed(book: Lawbook) -> Iterator[str]:
    """Write the book as lines of text."""
    yield f"The law as applied to a sentence passed on {in_words(book.day)}"
    yield f"Rule set: {book.rule_set.id}. {book.rule_set.title}. Source: {book.rule_set.source}."
    yield from (
        f"Not yet commenced: {row.id}. {row.title}. {row.source}." for row in book.not_commenced
    )
    yield "\nIn force on this day"
    yield from (f"  {row.question} {row.answer} ({row.provision})" for row in book.answers)
    yield "\nThe routes"
    yield from (f"  {one}" for one in book.routes)
    yield "\nThe conditions"
    yield from (f"  {question.asked} {question.more}".rstrip() for question in book.questions)
    yield "  One clear no closes a route; otherwise a missing fact makes it cannot tell."
    yield "\nOffences in the table"
    yield from (f"  {name}: {count:,}" for name, count in book.offences)
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
    yield from _offences()


def _offences() -> Iterator[str]:
    """Write the offences group by group; most codes are in none, and are not specified."""
    for group in offence_list():
        yield f"\n{group.title}: {len(group.rows):,}. {group.meaning}"
        yield from (f"  {row.code} {row.title}. {row.more}".rstrip() for row in group.rows)


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
