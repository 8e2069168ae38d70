"""Codes in short: those that are not specified, and those that were listed on another day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import groupby

from vcs.law.specified_offence import offences, schedule
from vcs.law.specified_offence.offences import OffenceRow
from vcs.terms import Answer

_ACT = 4
"""How many characters of a code name the Act."""

_NUMBER = slice(_ACT, 7)


@cache
def not_specified() -> tuple[str, ...]:
    """Return every code that the table holds and that is not specified, in short, by its Act.

    ``001-004`` is each of them; ``+AC`` the code and the code with either letter after it; ``=AC``
    the code with either letter alone. A number that is none is written whole.
    """
    by_act: defaultdict[str, list[str]] = defaultdict(list)
    for row in _rows("not_specified"):
        by_act[row.code[:_ACT]].append(row.code)
    return tuple(f"{act}: {', '.join(_in_short(codes))}" for act, codes in sorted(by_act.items()))


def on_other_days(day: date) -> tuple[str, ...]:
    """Return the codes that were on the list on another day and not on this one, each with why."""
    return tuple(
        f"{row.code} {row.title}. {_when(row)}"
        for row in _rows("specified")
        if offences.standing(row.code, day, None).answer is Answer.NO or _was_no_offence(row, day)
    )


def _was_no_offence(row: OffenceRow, day: date) -> bool:
    return row.committed_from is not None and row.committed_from > day


def _when(row: OffenceRow) -> str:
    told = [f"{schedule.when(row.paragraph)}." if row.paragraph else ""]
    if row.convicted_from:
        told.append(f"For convictions from {row.convicted_from}.")
    if row.convicted_until:
        told.append(f"For convictions until {row.convicted_until}.")
    if row.committed_from:
        told.append(f"An offence only since {row.committed_from}.")
    return " ".join(filter(None, told))


def _rows(listing: str) -> Iterator[OffenceRow]:
    held = (offences.find(code) for code in offences.codes())
    return (row for row in held if row and row.listing == listing)


def _in_short(codes: list[str]) -> Iterator[str]:
    """Yield the codes of one Act after its four characters."""
    numbers: defaultdict[int, set[str]] = defaultdict(set)
    for code in codes:
        if code[_NUMBER].isascii() and code[_NUMBER].isdigit():
            numbers[int(code[_NUMBER])].add(code[7:])
    yield from _runs(numbers)
    yield from (code[_ACT:] for code in codes if not code[_NUMBER].isdigit())


def _runs(numbers: Mapping[int, set[str]]) -> Iterator[str]:
    """Yield the numbers of an Act, those that follow each other with the same letters as one."""
    for _, run in groupby(sorted(numbers), key=_Run(numbers)):
        found = list(run)
        letters = numbers[found[0]]
        more = "".join(sorted(letters - {""}))
        mark = ("+" if "" in letters else "=") + more if more else ""
        last = f"-{found[-1]:03}" if len(found) > 1 else ""
        yield f"{found[0]:03}{last}{mark}"


class _Run:
    """Tells runs apart: the key changes where a number or the letters break the run."""

    def __init__(self, numbers: Mapping[int, set[str]]) -> None:
        """Start before the first number."""
        self._numbers = numbers
        self._last: int | None = None
        self._run = 0

    def __call__(self, number: int) -> int:
        """Return which run a number is in; asked in order."""
        last = self._last
        if last is None or number != last + 1 or self._numbers[number] != self._numbers[last]:
            self._run += 1
        self._last = number
        return self._run
