"""Sentences that lists hold and we do not: several lines, of several lists, may tell of one."""

from __future__ import annotations

from datetime import date
from typing import Final

from vcs.lists.matches.candidates import Candidates
from vcs.lists.matches.doubts import are_two_cases
from vcs.lists.matches.held import HeldSentence, family_of
from vcs.lists.matches.matching import Rule, Same, Window, compare
from vcs.lists.matches.pairing import is_one_occasion
from vcs.lists.reading.lines import Line
from vcs.terms import Outcome

_NO_DAY: Final = date.min


class Groups:
    """Lines by the sentence that they tell of: each is one with an earlier one, or a new one."""

    def __init__(self, window: Window) -> None:
        """Begin with none. ``window`` gives the prior of a score."""
        self._window = window
        self._candidates = Candidates()

    def lead(self, name: str, line: Line) -> None:
        """Take a line as the first of a sentence, under a name."""
        self._candidates.add(as_held(name, line))

    def of(self, line: Line) -> str | None:
        """Return the name of the sentence that a line tells of; None for a new one.

        Two people told apart are never one, and two days or two cases are two sentences.
        """
        for held in self._candidates.of(line.described):
            compared = compare(line.described, held.described, self._window)
            if are_two_cases(line.described.case_key, held.described.case_key):
                continue
            sure = compared.same is Same.YES and compared.rule is not Rule.NONE
            if sure and is_one_occasion(line, held):
                return held.reference
        return None


def as_held(name: str, line: Line) -> HeldSentence:
    """Return a line as if it were a sentence of ours, to compare others with it."""
    return HeldSentence(
        name,
        line.described.case_key,
        line.described,
        Outcome.CANNOT_TELL,
        line.described.sentenced_on or _NO_DAY,
        family_of(line.imposed.kind),
        frozenset({line.offence_code} - {""}),
        frozenset({line.imposed.term} if line.imposed.term else ()),
    )
