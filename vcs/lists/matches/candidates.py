"""Which of our sentences a line is compared with at all: those that share something with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from vcs.lists.matches.held import HeldSentence
from vcs.lists.matches.matching import Described
from vcs.lists.matches.people import Name

_LETTERS: Final = 2

Key = tuple[object, ...]


class Candidates:
    """Our sentences by what they may share with a line.

    A key is kept as its hash: two that clash only make one comparison more.
    """

    def __init__(self, held: Iterable[HeldSentence] = ()) -> None:
        """Keep each sentence under each of its keys."""
        self._by_key: dict[int, list[HeldSentence]] = defaultdict(list)
        self._by_reference: dict[str, HeldSentence] = {}
        for one in held:
            self.add(one)

    def add(self, one: HeldSentence) -> None:
        """Keep one more sentence under each of its keys."""
        self._by_reference[one.reference] = one
        for key in {hash(key) for key in _keys(one.described)}:
            self._by_key[key].append(one)

    def named(self, reference: str) -> HeldSentence | None:
        """Return a sentence by its reference."""
        return self._by_reference.get(reference)

    def of(self, theirs: Described) -> tuple[HeldSentence, ...]:
        """Return the sentences that share a key with a line, each once, by reference."""
        keys = map(hash, _keys(theirs))
        found = {one.reference: one for key in keys for one in self._by_key.get(key, ())}
        return tuple(found[reference] for reference in sorted(found))


def _keys(one: Described) -> Iterator[Key]:
    """Give every key: any number, the case, and what stays of a name beside a day."""
    person = one.person
    yield from (("number", mark) for mark in (*person.numbers.values(), *person.marks))
    if one.case_key:
        yield ("case", one.case_key)
    born, day = person.born_on, one.sentenced_on
    if born and day:
        yield ("born and day", born, day)
    for name in (person.name, *person.aliases):
        for start in set(_starts(name, person.whole)):
            if born:
                yield ("born and name", born, start)
            if day:
                yield ("day and name", day, start)


def _starts(name: Name, whole: str) -> Iterator[str]:
    """Give the first letters of both names in alphabetical order: swapped names stay equal.

    In a whole name any later word may begin the surname.
    """
    if whole:
        first, *others = (word[:_LETTERS] for word in whole.split())
        yield from ("|".join(sorted((first, other))) for other in others or [""])
    else:
        first, last = name.forename[:_LETTERS], name.surname[:_LETTERS]
        yield "|".join(sorted((first, last)))
    words = sorted(word[:_LETTERS] for word in whole.split() or name.words)
    yield "|".join((words[0], words[-1])) if words else ""
