"""Which line goes with which sentence: one to one, whatever the order of the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vcs.intake.person_numbers import Number
from vcs.lists.matches.candidates import Candidates
from vcs.lists.matches.corroborate import corroborated
from vcs.lists.matches.doubts import (
    are_two_cases,
    doubted,
    is_another_case,
    is_further_count,
    is_perhaps_a_second_number,
)
from vcs.lists.matches.held import Family, HeldSentence, family_of
from vcs.lists.matches.matching import Comparison, Rule, Same, Window, compare
from vcs.lists.reading.imposed import Standing
from vcs.lists.reading.lines import Line

NEAREST_DAYS: Final = 14

"""How far apart the days of one occasion may be told where the court or the offence is equal."""

_OF_A_SENTENCE: Final = frozenset(
    {Standing.SENTENCED, Standing.NOT_TOLD, Standing.RECALLED_PERHAPS_NEW}
)

_SAY_EVERY: Final = 10_000

_SUREST: Final = (
    Rule.BY_PERSON,
    Rule.CASE,
    Rule.PNC,
    Rule.NOMS,
    Rule.CRO,
    Rule.CRN,
    Rule.SCORED,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A line with a sentence that may be what it tells of.

    ``is_further``: it is one count more of a list than our sentence has.
    """

    line: Line
    held: HeldSentence
    compared: Comparison
    days_apart: int
    is_further: bool = False

    @property
    def is_one_case(self) -> bool:
        """Say whether both sides have the same case number."""
        key = self.line.described.case_key
        return bool(key) and key == self.held.described.case_key

    @property
    def strength(self) -> tuple[object, ...]:
        """Return the line, and how surely it is of the sentence: equal for what fits equally."""
        return (self.line.row, *self._sureness)

    @property
    def order(self) -> tuple[object, ...]:
        """Return what the surest pair comes first by; the row only tells equal ones apart."""
        return (*self._sureness, self.held.reference, self.line.row)

    @property
    def _sureness(self) -> tuple[object, ...]:
        return (
            0 if self.compared.rule is Rule.BY_PERSON else 1,
            self.days_apart,
            0 if self.is_one_case else 1,
            _SUREST.index(self.compared.rule),
            0 if self.line.offence_code in self.held.offence_codes else 1,
            0 if self.line.imposed.term in self.held.terms else 1,
            -(self.compared.weight or 0.0),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a line: a pair, pairs that a person must look at, or the nearest of none.

    ``nearest`` is the best comparison with somebody else, for its weight and its words.
    """

    pair: Pair | None = None
    unsure: tuple[Pair, ...] = ()
    nearest: Comparison | None = None


def pairs(
    lines: Sequence[Line],
    candidates: Candidates,
    window: Window,
    say: Callable[[str, int], None] = lambda _stage, _count: None,
) -> Mapping[int, Found]:
    """Return what was found for each line, by its row. Lines that tell of no sentence are left out.

    A further line of one sentence joins it only as another count of the same day.
    """
    looks: dict[int, _Look] = {}
    for line in lines:
        if is_of_a_sentence(line):
            looks[line.row] = _look(line, candidates, window)
        if line.row % _SAY_EVERY == 0:
            say("compared", line.row)
    taken = _taken(one for look in looks.values() for one in look.sure)
    held_by = {pair.held.reference: pair.line for pair in reversed(tuple(taken.values()))}
    return {
        row: Found(taken[row])
        if row in taken
        else Found(None, (*_second_numbers(look, held_by), *look.unsure), look.nearest)
        for row, look in looks.items()
    }


def _second_numbers(look: _Look, held_by: Mapping[str, Line]) -> Iterator[Pair]:
    """Give the sentences that another line has, by another number of the list's own system.

    One person may have two CRNs, and two people one name and date of birth: a person looks.
    """
    for pair in look.sure:
        first = held_by.get(pair.held.reference)
        if first is not None and is_perhaps_a_second_number(pair.line, first, pair.held):
            words = f"{pair.compared.why}, but another line has it, with another {Number.CRN}"
            compared = replace(pair.compared, same=Same.UNSURE, said=words, is_doubted=False)
            yield replace(pair, compared=compared)


def _taken(sure: Iterable[Pair]) -> Mapping[int, Pair]:
    """Return the pair of each line that gets one, the surest pairs first.

    A line that fits two sentences equally takes the one that is free: one person may be sentenced
    in two cases on one day, and a list may tell nothing else of either.
    """
    taken: dict[int, Pair] = {}
    joined: dict[str, list[Line]] = defaultdict(list)
    ordered = sorted(sure, key=_order)
    alike = _alike(ordered)
    # Those that waited for a free sentence and found none come a second time.
    for pair in (*ordered, *ordered):
        before = joined[pair.held.reference]
        if pair.line.row in taken or not _may_take(pair, before):
            continue
        others = alike[pair.strength] if before and not pair.line.repeats else ()
        if any(not joined[reference] for reference in others):
            continue
        is_told = pair.compared.rule is Rule.BY_PERSON or pair.line.repeats
        further = not is_told and is_further_count(pair.line, pair.held, before)
        taken[pair.line.row] = replace(pair, is_further=True) if further else pair
        before.append(pair.line)
    return taken


def _alike(pairs_in_order: Iterable[Pair]) -> Mapping[tuple[object, ...], list[str]]:
    """Return the sentences that a line fits equally, by line and by how well."""
    found: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for pair in pairs_in_order:
        found[pair.strength].append(pair.held.reference)
    return found


def is_of_a_sentence(line: Line) -> bool:
    """Say whether a line tells of somebody's sentence, so that it is to be found with us."""
    return not line.refused and line.imposed.standing in _OF_A_SENTENCE


def _order(pair: Pair) -> tuple[object, ...]:
    return pair.order


@dataclass(frozen=True, slots=True)
class _Look:
    """What comparing one line with its candidates left: nothing of the many that are not it."""

    sure: tuple[Pair, ...]
    unsure: tuple[Pair, ...]
    nearest: Comparison | None


def _look(line: Line, candidates: Candidates, window: Window) -> _Look:
    if said := candidates.named(line.same):
        compared = Comparison(Same.YES, Rule.BY_PERSON, "a person said that they are one")
        return _Look((Pair(line, said, compared, _days_apart(line, said)),), (), None)
    sure, unsure = [], []
    nearest: Comparison | None = None
    for held in candidates.of(line.described):
        if held.reference in line.not_same or is_another_case(line, held):
            continue
        compared = compare(line.described, held.described, window)
        if is_one_occasion(line, held):
            compared = corroborated(line, held, compared, window)
            compared = doubted(line, held, compared)
        pair = Pair(line, held, compared, _days_apart(line, held))
        if compared.same is Same.NO:
            nearest = _nearer(nearest, compared)
        elif compared.same is Same.YES and is_one_occasion(line, held):
            sure.append(pair)
        elif compared.same is Same.UNSURE and pair.days_apart <= NEAREST_DAYS:
            unsure.append(pair)
    return _Look(tuple(sure), tuple(sorted(unsure, key=_order)), nearest)


def _nearer(one: Comparison | None, other: Comparison) -> Comparison:
    if one is None or (other.weight or -99.0) > (one.weight or -99.0):
        return other
    return one


def _days_apart(line: Line, held: HeldSentence) -> int:
    theirs = line.described.sentenced_on
    return abs((theirs - held.sentenced_on).days) if theirs else 0


def is_one_occasion(line: Line, held: HeldSentence) -> bool:
    """Say whether the day is the same, or near while the court or the offence is equal."""
    apart = _days_apart(line, held)
    if apart == 0:
        return True
    same_court = bool(line.described.court) and line.described.court == held.described.court
    same_offence = line.offence_code in held.offence_codes
    return apart <= NEAREST_DAYS and (same_court or same_offence)


def _may_take(pair: Pair, before: Sequence[Line]) -> bool:
    """Say whether a sentence is free, or a line is another count of those that have it."""
    if not before or pair.compared.rule is Rule.BY_PERSON:
        return True
    line, first = pair.line, before[0]
    if any(are_two_cases(line.described.case_key, one.described.case_key) for one in before):
        return False
    same_day = line.described.sentenced_on == first.described.sentenced_on
    return same_day and _tells_another_count(line, first)


def _tells_another_count(line: Line, first: Line) -> bool:
    """Say whether a line and the first of its sentence are of one person, by what both write.

    Two people told apart by a number are never one, whatever the score says.
    """
    one, other = line.described.person, first.described.person
    both = set(one.numbers) & set(other.numbers)
    if any(one.numbers[kind] != other.numbers[kind] for kind in both):
        return False
    return bool(both) or (one.name.words, one.born_on) == (other.name.words, other.born_on)


def same_family(line: Line, held: HeldSentence) -> bool:
    """Say whether both sides tell of the same kind of sentence, as far as both know."""
    theirs = family_of(line.imposed.kind)
    return Family.UNKNOWN in {theirs, held.family} or theirs is held.family
