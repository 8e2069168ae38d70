"""What the law answers on a line alone: one count, with what the list holds and nothing more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from vcs.intake import regions
from vcs.law import eligibility
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.specified_offence import offences
from vcs.lists.matches.occasions import occasions
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
    for some in occasions(lines):
        short = [line for line in some if outcome_of(line) is Outcome.NOT_ELIGIBLE]
        if len(short) > 1:
            outcome = eligibility.decide(facts_of(*short)).outcome
            if outcome is not Outcome.NOT_ELIGIBLE:
                found |= {line.row: outcome for line in short}
    return found


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
        offence_code=offence_of(line) or None,
        title=line.offence_title,
        finding=Finding.CONVICTED,
        convicted_on=line.convicted_on,
        sentences=(imposed,),
    )


def offence_of(line: Line) -> str:
    """Return a line's code, or the one whose title its very words are; "" for none or several."""
    if line.offence_code or not line.offence_title:
        return line.offence_code
    found = _codes_by_title().get(_plain(line.offence_title), ())
    return found[0] if len(found) == 1 else ""


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
