"""What the law answers on a line alone: one count, with what the list holds and nothing more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from vcs.intake import regions
from vcs.law import eligibility
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.specified_offence import offences
from vcs.lists.reading.lines import Line
from vcs.terms import Finding, Outcome

_CROWN = {"crown": True, "magistrates": False}


def outcome_of(line: Line) -> Outcome:
    """Return the law's answer on what a line holds; *cannot tell* where it lacks a fact."""
    if line.described.sentenced_on is None:
        return Outcome.CANNOT_TELL
    return eligibility.decide(facts_of(line)).outcome


def outcomes_together(lines: Sequence[Line]) -> Mapping[int, Outcome]:
    """Return the answer on lines of one person and day together, by row, where it is another one.

    Each count alone may be too short, and all together long enough: a list does not say which run
    one after another.
    """
    found: dict[int, Outcome] = {}
    for some in _by_occasion(lines):
        short = [line for line in some if outcome_of(line) is Outcome.NOT_ELIGIBLE]
        if len(short) > 1:
            outcome = eligibility.decide(facts_of(*short)).outcome
            if outcome is not Outcome.NOT_ELIGIBLE:
                found |= {line.row: outcome for line in short}
    return found


def _by_occasion(lines: Sequence[Line]) -> Iterable[Sequence[Line]]:
    """Return dated lines by person and day, as far as their list names people alike."""
    found: dict[object, list[Line]] = defaultdict(list)
    for line in lines:
        person, on = line.described.person, line.described.sentenced_on
        if on is not None:
            numbers = frozenset(person.numbers.items())
            found[on, numbers or (person.name, person.born_on)].append(line)
    return [some for some in found.values() if len(some) > 1]


def is_urgent(line: Line) -> bool:
    """Say whether a release may be near: on the day of the sentence, or soon by its length."""
    if line.was_released_that_day or line.described.sentenced_on is None:
        return line.was_released_that_day
    return bool(eligibility.decide(facts_of(line)).urgent)


def facts_of(line: Line, *others: Line) -> SentencingFacts:
    """Return a line as facts of the law, each other with it as a further count of the same day.

    Raises ValueError for a line without a day.
    """
    if line.described.sentenced_on is None:
        raise ValueError("a line without a day of sentence has no facts to decide on")
    court = regions.court(line.described.court or None)
    return SentencingFacts(
        sentenced_on=line.described.sentenced_on,
        court_code=line.described.court or None,
        offences=tuple(_offence(one, place) for place, one in enumerate((line, *others), 1)),
        date_of_birth=line.described.person.born_on,
        crown_court=_CROWN.get(court.kind) if court else None,
    )


def _offence(line: Line, sequence: int) -> OffenceFacts:
    term = line.imposed.term
    imposed = SentenceFacts(
        line.imposed.kind, label=line.imposed.words, terms=(term,) if term else ()
    )
    return OffenceFacts(
        sequence=sequence,
        offence_code=line.offence_code or _code_of(line.offence_title),
        title=line.offence_title,
        finding=Finding.CONVICTED,
        convicted_on=line.convicted_on,
        sentences=(imposed,),
    )


def _code_of(title: str) -> str | None:
    """Return the one code whose title these very words are; None where it is none or several."""
    found = _codes_by_title().get(_plain(title), ())
    return found[0] if len(found) == 1 else None


@cache
def _codes_by_title() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code in offences.codes():
        row = offences.find(code)
        if row is not None:
            found[_plain(row.title)].append(code)
    return {title: tuple(codes) for title, codes in found.items()}


def _plain(title: str) -> str:
    return "".join(letter for letter in title.casefold() if letter.isalnum())
