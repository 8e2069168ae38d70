"""Lines of a list that tell of one person on one day, as far as the list itself says so. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from vcs.lists.reading.lines import Line


def occasions(lines: Iterable[Line]) -> Iterator[Sequence[Line]]:
    """Give the dated lines that share a person and a day, where there are several.

    One number that both have makes two lines one person's, and so do a name and a date of birth;
    a date of birth that one of them lacks tells nobody apart.
    """
    by_day: dict[object, list[Line]] = defaultdict(list)
    for line in lines:
        if line.described.sentenced_on is not None:
            by_day[line.described.sentenced_on].append(line)
    for some in by_day.values():
        yield from (one for one in _people(some) if len(one) > 1)


def _people(lines: Sequence[Line]) -> Iterable[Sequence[Line]]:
    """Part lines of one day by person, whichever line links two others."""
    leads = list(range(len(lines)))

    def lead(place: int) -> int:
        while leads[place] != place:
            leads[place] = place = leads[leads[place]]
        return place

    first: dict[Hashable, int] = {}
    for place, key in _keys(lines):
        leads[lead(place)] = lead(first.setdefault(key, place))
    found: dict[int, list[Line]] = defaultdict(list)
    for place, line in enumerate(lines):
        found[lead(place)].append(line)
    return found.values()


def _keys(lines: Sequence[Line]) -> Iterator[tuple[int, Hashable]]:
    """Give what ties each line to others of its day, by its place."""
    born_of: dict[frozenset[str], set[object]] = defaultdict(set)
    for line in lines:
        born_of[line.described.person.name.words].add(line.described.person.born_on)
    for place, line in enumerate(lines):
        person = line.described.person
        for number in person.numbers.items():
            yield place, ("number", number)
        words = person.name.words
        # Where one line of the name lacks the date of birth, it may be of any of them.
        born = None if None in born_of[words] else person.born_on
        if words:
            yield place, ("name", words, born)
