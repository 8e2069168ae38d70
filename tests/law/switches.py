"""Ways to switch off one thing at a time that the law asks, so that an example must break.

Conditions, routes, dates and places in tables are found by looking, not by a list of names: a
condition added tomorrow is switched off tomorrow.
"""

from __future__ import annotations

import csv
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from importlib.resources import files
from types import FunctionType, ModuleType
from typing import Any

import pytest

from tests.law.example_reader import Example
from vcs.law import conditions, eligibility, rule_sets
from vcs.law.conditions import notes
from vcs.law.decision import Decision, Reason
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.relevant_sentence import length, sentences, totals
from vcs.law.relevant_sentence.sentences import Found
from vcs.law.rule_sets import Dated, RuleSet
from vcs.law.specified_offence import offences
from vcs.law.specified_offence.offences import OffenceRow
from vcs.terms import PROTECTION_ORDER, Answer, Finding, Outcome, Route, SentenceKind, Sequence

Decide = Callable[[SentencingFacts, RuleSet | None], Decision]

CONDITIONS = tuple(
    importlib.import_module(f"{conditions.__name__}.{found.name}")
    for found in pkgutil.iter_modules(conditions.__path__)
)

ROOMS = (*CONDITIONS, eligibility, sentences, length, totals)

ANSWERING = ("Reason", "Reason | None", "tuple[Reason, ...]", "Reasons", "Found", "Answer")

DAY = timedelta(days=1)

# Without a day to count from the answer may stay open; deciding always has the day of sentence.
NOT_ASKED_WHEN_DECIDING = {"_without_a_start"}


@dataclass(frozen=True)
class Switch:
    """One thing switched off: a name to read, and how to decide without it."""

    name: str
    on: Callable[[], AbstractContextManager[Decide]]


@contextmanager
def _patched(changes: list[tuple[object, str, Any]]) -> Iterator[Decide]:
    """Decide with other things under these names, forgetting what was looked up before."""
    forget()
    with pytest.MonkeyPatch.context() as patch:
        for owner, name, value in changes:
            patch.setattr(owner, name, value)
        yield eligibility.decide
    forget()


def forget() -> None:
    """Forget every answer that the law keeps, wherever it keeps one."""
    law = [module for name, module in sys.modules.items() if name.startswith("vcs.law")]
    for module in law:
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def patched(name: str, changes: list[tuple[object, str, Any]]) -> Switch:
    """Return a switch that puts other things under these names."""
    return Switch(name, lambda: _patched(changes))


def _everywhere(thing: object, instead: object) -> list[tuple[object, str, Any]]:
    """Return the change of one thing under every name by which the law knows it."""
    law = [module for name, module in sys.modules.items() if name.startswith("vcs.law")]
    return [
        (module, name, instead)
        for module in law
        for name, value in vars(module).items()
        if value is thing
    ]


def _functions(module: ModuleType, returning: tuple[str, ...]) -> Iterator[FunctionType]:
    for _, function in inspect.getmembers(module, inspect.isfunction):
        ours = function.__module__ == module.__name__
        if ours and function.__annotations__.get("return") in returning:
            yield function


def answering() -> tuple[FunctionType, ...]:
    """Return every function that answers a question of the law."""
    return tuple(
        function
        for module in ROOMS
        for function in _functions(module, ANSWERING)
        if function.__name__ not in NOT_ASKED_WHEN_DECIDING
    )


def deciding() -> tuple[FunctionType, ...]:
    """Return every function of the conditions that answers with a plain yes or no."""
    return tuple(f for module in CONDITIONS for f in _functions(module, ("bool",)))


def forced(function: FunctionType, answer: Answer) -> Switch:
    """Force every answer that a function gives; what it does not ask stays unasked."""

    def instead(*args: Any, **named: Any) -> Any:
        return _with_answer(function(*args, **named), answer)

    name = f"{_name(function)} answers {answer}"
    return patched(name, _everywhere(function, instead))


def _with_answer(given: Any, answer: Answer) -> Any:
    if isinstance(given, tuple):
        return tuple(replace(reason, answer=answer) for reason in given)
    if isinstance(given, Reason | Found):
        return replace(given, answer=answer)
    return answer if isinstance(given, Answer) else given


def silent(function: FunctionType) -> Switch | None:
    """Let a function ask nothing at all, where its kind allows it."""
    nothing = {"Reason | None": None, "tuple[Reason, ...]": (), "Reasons": ()}
    returns = str(function.__annotations__["return"])
    if returns not in nothing:
        return None
    name = f"{_name(function)} asks nothing"
    return patched(name, _everywhere(function, _always(nothing[returns])))


def settled_as(function: FunctionType, answer: bool) -> Switch:
    """Let a function that says yes or no always say the same."""
    name = f"{_name(function)} always says {'yes' if answer else 'no'}"
    return patched(name, _everywhere(function, _always(answer)))


def _name(function: FunctionType) -> str:
    return f"{function.__module__.removeprefix('vcs.law.')}.{function.__name__}"


def answers_given(rows: Iterable[Example]) -> dict[FunctionType, set[Answer]]:
    """Return the answers that each function gives over all these examples."""
    given: dict[FunctionType, set[Answer]] = {function: set() for function in answering()}
    changes = [c for f, heard in given.items() for c in _everywhere(f, _listening(f, heard))]
    with _patched(changes) as decide:
        for row in rows:
            decide(row.facts, row.as_if)
    return given


def _listening(function: FunctionType, heard: set[Answer]) -> Callable[..., Any]:
    def listening(*args: Any, **named: Any) -> Any:
        found = function(*args, **named)
        several = found if isinstance(found, tuple) else (found,)
        heard.update(one if isinstance(one, Answer) else one.answer for one in several if one)
        return found

    return listening


def without_route(route: Route) -> Switch:
    """Take a way into the scheme away: what would go by it is answered no."""
    original = eligibility._routes
    closed = (Reason("closed", Answer.NO, "this way is closed", "DVCVA 2004 s.35(1)"),)

    def instead(*asked: Any) -> list[Any]:
        return [(way, _always(closed) if way is route else ask) for way, ask in original(*asked)]

    return patched(f"the route {route} is closed", [(eligibility, "_routes", instead)])


def without_provision(its_id: str) -> Switch:
    """Take a provision out of the law: whatever rests on it is not said."""

    def without(facts: SentencingFacts, as_if: RuleSet | None) -> Decision:
        decision = eligibility.decide(facts, as_if)
        offences = tuple(
            replace(o, reasons=tuple(r for r in o.reasons if r.provision != its_id))
            for o in decision.offences
        )
        return replace(decision, offences=offences)

    return Switch(f"the provision {its_id} is no law", lambda: nullcontext(without))


def provisions_cited(rows: Iterable[Example]) -> tuple[str, ...]:
    """Return every provision that a decision about these examples rests on."""
    decided = (eligibility.decide(row.facts, row.as_if) for row in rows)
    return tuple(sorted({r.provision for d in decided for o in d.offences for r in o.reasons}))


def _always(answer: object) -> Callable[..., object]:
    return lambda *_, **__: answer


def moved_days() -> Iterator[Switch]:
    """Move every day on which something begins, by one day to either side."""
    for module in CONDITIONS:
        for name, day in vars(module).items():
            if isinstance(day, date) and name.isupper():
                for moved in (day - DAY, day + DAY):
                    yield patched(f"{name} falls on {moved}", _moved(module, name, day, moved))


def _moved(module: ModuleType, name: str, day: date, moved: date) -> list[tuple[object, str, Any]]:
    changes: list[tuple[object, str, Any]] = [(module, name, moved)]
    for _, function in inspect.getmembers(module, inspect.isfunction):
        if day in (function.__defaults__ or ()):
            defaults = tuple(moved if one == day else one for one in function.__defaults__ or ())
            changes.append((function, "__defaults__", defaults))
    return changes


def moved_lists() -> Iterator[Switch]:
    """Let each list of offences begin a day sooner or later than its row says."""
    days = {row.first for row in rule_sets.DATED if row.provision == "Sentencing Code Sch.18"}
    for day, moved in ((day, day + by) for day in days for by in (DAY, -DAY)):
        rows = tuple(_moved_row(row, day, moved) for row in rule_sets.DATED)
        yield patched(f"a list of {day} begins on {moved}", [(rule_sets, "DATED", rows)])


def _moved_row(row: Dated, day: date, moved: date) -> Dated:
    if row.first == day:
        return replace(row, first=moved)
    return replace(row, last=moved - DAY) if row.last == day - DAY else row


def other_margins() -> Iterator[Switch]:
    """Take another margin for a release that is near, and forget which offences lack a victim."""
    yield patched("a release is near a day later", [(notes, "SOON_DAYS", notes.SOON_DAYS - 1)])
    yield patched("a release is near a day sooner", [(notes, "SOON_DAYS", notes.SOON_DAYS + 1)])
    yield patched("release comes at the half", [(notes, "EARLIEST_SHARE", 2)])
    yield patched("every offence has a victim", [(offences, "WITHOUT_VICTIM", {})])


def moved_listings() -> Iterator[Switch]:
    """Move every day in the table of offences, by one day to either side."""
    columns = ("convicted_from", "convicted_until", "committed_from")
    text = (files("vcs.law") / "data" / "offences.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    for column in columns:
        for day in sorted({date.fromisoformat(row[column]) for row in rows if row[column]}):
            for moved in (day - DAY, day + DAY):
                name = f"{column} {day} in the table of offences falls on {moved}"
                yield _relisted(name, column, day, moved)


def other_listings() -> Iterator[Switch]:
    """Read every word for a standing in the table of offences as another word."""
    words = ("specified", "conditional", "not_specified", "unknown")
    for word in words:
        for other in words:
            if other != word and {word, other} != {"conditional", "unknown"}:
                yield _relisted(f"{word} is read as {other}", "listing", word, other)


def _relisted(name: str, column: str, held: object, instead: object) -> Switch:
    original = offences.find

    def find(code: str) -> OffenceRow | None:
        row = original(code)
        if row and getattr(row, column) == held:
            changed: dict[str, Any] = {column: instead}
            return replace(row, **changed)
        return row

    return patched(name, [(offences, "find", find)])


def without_letters() -> Iterator[Switch]:
    """Forget each letter that marks an inchoate form."""
    for letter in offences.INCHOATE:
        fewer = {k: v for k, v in offences.INCHOATE.items() if k != letter}
        yield patched(f"the letter {letter} means nothing", [(offences, "INCHOATE", fewer)])


def other_threshold(months: int) -> Switch:
    """Ask for another number of months."""
    return patched(f"the line is {months} months", [(length, "THRESHOLD_MONTHS", months)])


def moved_kinds() -> Iterator[Switch]:
    """Take each kind of sentence out of each set, or put it in."""
    yield from (_moved_kind("ALWAYS_LONG", kind) for kind in sorted(sentences.ALWAYS_LONG))
    for name in ("WITH_A_TERM", "WITHOUT_A_TERM", "IMMEDIATE_CUSTODY"):
        for kind in SentenceKind:
            if name == "WITH_A_TERM" and kind in sentences.WITHOUT_A_TERM:
                continue  # a sentence without a term is never asked for one
            yield _moved_kind(name, kind)
    counted = sentences.WITH_A_TERM | sentences.WITHOUT_A_TERM
    yield from (_moved_kind("MADE_BY_PRACTICE", kind) for kind in SentenceKind if kind in counted)


def _moved_kind(name: str, kind: SentenceKind) -> Switch:
    sets: dict[str, frozenset[SentenceKind]] = {
        one: getattr(sentences, one)
        for one in (
            "WITH_A_TERM",
            "WITHOUT_A_TERM",
            "IMMEDIATE_CUSTODY",
            "MADE_BY_PRACTICE",
            "ALWAYS_LONG",
        )
    }
    verb = "out of" if kind in sets[name] else "in"
    sets[name] ^= {kind}
    if name in ("WITH_A_TERM", "WITHOUT_A_TERM"):
        rest = sets["WITH_A_TERM"] | sets["WITHOUT_A_TERM"] | {SentenceKind.CUSTODY_UNCLEAR}
        sets["IMMEDIATE_CUSTODY"] = rest
    return patched(
        f"{kind} is {verb} {name}", [(sentences, one, value) for one, value in sets.items()]
    )


def blindfolds() -> Iterator[Switch]:
    """Decide without one fact at a time."""
    for words, person in _OF_THE_PERSON.items():
        yield _blind(words, person)
    for words, offence in _OF_THE_OFFENCE.items():
        yield _blind(words, partial(_each_offence, offence))
    for words, sentence in _OF_THE_SENTENCE.items():
        yield _blind(words, partial(_each_sentence, sentence))


def _blind(words: str, change: Callable[[SentencingFacts], SentencingFacts]) -> Switch:
    def blind(facts: SentencingFacts, as_if: RuleSet | None) -> Decision:
        return eligibility.decide(change(facts), as_if)

    return Switch(f"blind to {words}", lambda: nullcontext(blind))


def _each_offence(
    change: Callable[[OffenceFacts], OffenceFacts], facts: SentencingFacts
) -> SentencingFacts:
    return replace(facts, offences=tuple(change(one) for one in facts.offences))


def _each_sentence(
    change: Callable[[SentenceFacts], SentenceFacts], facts: SentencingFacts
) -> SentencingFacts:
    def in_the_offence(offence: OffenceFacts) -> OffenceFacts:
        return replace(offence, sentences=tuple(change(one) for one in offence.sentences))

    return _each_offence(in_the_offence, facts)


def _transferred(facts: SentencingFacts, **change: Any) -> SentencingFacts:
    moved = facts.transfer
    return replace(facts, transfer=replace(moved, **change)) if moved else facts


_OF_THE_PERSON: dict[str, Callable[[SentencingFacts], SentencingFacts]] = {
    "the date of birth": lambda f: replace(f, date_of_birth=None),
    "the mark of youth": lambda f: replace(f, youth=None),
    "death": lambda f: replace(f, died=False),
    "organisations": lambda f: replace(f, organisation=False),
    "the kind of court": lambda f: replace(f, crown_court=None),
    "the total that the court stated": lambda f: replace(f, total_terms=()),
    "a total that is life": lambda f: replace(f, total_life=False),
    "a restriction order for the person": lambda f: replace(f, restricted=False),
    "notification for the person": lambda f: replace(f, notification=False),
    "courts elsewhere": lambda f: replace(f, outside_court=False),
    "transfer directions": lambda f: replace(f, transfer=None),
    "the day of a transfer": lambda f: _transferred(f, given_on=None),
    "whether a transfer was restricted": lambda f: _transferred(f, restricted=None),
    "the end of restrictions": lambda f: replace(f, restrictions_ended_on=None),
}

_OF_THE_OFFENCE: dict[str, Callable[[OffenceFacts], OffenceFacts]] = {
    "the code": lambda o: replace(o, offence_code=None),
    "the finding": lambda o: replace(o, finding=Finding.CONVICTED),
    "the day of conviction": lambda o: replace(o, convicted_on=None),
    "the day of the offence": lambda o: replace(o, committed_from=None, committed_until=None),
    "the last day of the offence": lambda o: replace(o, committed_until=o.committed_from),
    "notification for the offence": lambda o: replace(o, notification=False),
    "domestic abuse": lambda o: replace(o, domestic_abuse=False),
    "how the sentence was changed": lambda o: replace(o, change=None),
}

_OF_THE_SENTENCE: dict[str, Callable[[SentenceFacts], SentenceFacts]] = {
    "every length": lambda s: replace(s, terms=()),
    "a second length: the first is believed": lambda s: replace(s, terms=s.terms[:1]),
    "a first length: the last is believed": lambda s: replace(s, terms=s.terms[-1:]),
    "life": lambda s: replace(s, life=False),
    "the days that count": lambda s: replace(s, days_counted=None),
    "an immediate release": lambda s: replace(s, released=False),
    "how terms run: none is stated": lambda s: replace(s, sequence=Sequence.NOT_STATED),
    "how terms run: all together": lambda s: replace(s, sequence=Sequence.CONCURRENT),
}


def other_wholes() -> Iterator[Switch]:
    """Put the parts together in another way."""
    yield patched(
        "the first offence decides for all",
        [(eligibility, "most_protective", lambda outcomes: next(iter(outcomes)))],
    )
    yield patched(
        "the least protective outcome is taken",
        [(eligibility, "most_protective", _least_protective)],
    )


def _least_protective(outcomes: list[Outcome]) -> Outcome:
    return max(outcomes, key=PROTECTION_ORDER.index)
