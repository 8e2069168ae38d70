"""Which offences the words of a result mean that takes something back.

Words are read clause by clause, as what was taken back is: "count 1 quashed, count 2 upheld" names
two and takes back one. An offence is named by id, number, code or title. Where the words except
something, or name an offence without saying what became of it, a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from vcs.intake.results.appeal_words import (
    NUMBER_WORDS,
    TakesBack,
    makes_exception,
    read_clauses,
    replaces_conviction,
    spares,
)
from vcs.intake.values.shapes import Json, text

_NUMBERS = re.compile(
    r"\b(?P<what>counts?|cts?|offences?|charges?|indictments? counts?|[cg]h?yfrif(?:on)?)\.? *"
    r"(?:no\.?|number|numbers)? *"
    r"(?P<numbers>(?:\d{1,3}|" + "|".join(NUMBER_WORDS) + r")"
    r"(?:(?: *, *(?:and )?| *& *| +and +| *\+ *| *- *| +to +)"
    r"(?:counts? +)?(?:\d{1,3}|" + "|".join(NUMBER_WORDS) + r")\b)*)",
    re.I,
)

_RANGE = re.compile(r"(\d{1,3})(?: *- *| +to +)(\d{1,3})")

_EVERY = re.compile(
    r"\b(?:all|each|every|both)\b(?: \w+){0,3} (?:counts?|convictions?|offences?|charges?)|"
    r"\bindictment quashed|\b(?:quash\w*|set aside)(?: the)? (?:whole )?indictment|"
    r"\bon all\b",
    re.I,
)

_CODE = re.compile(r"\b[A-Z]{2}[0-9]{5}[A-Z]?\b", re.I)

_IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)

_SHORTEST_TITLE = 5

_STOPS = re.compile(r"[.;,\n]|\s-\s")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a result takes back of one offence. ``certain``: it can mean no other one.

    ``named`` says that its words name this very offence.
    """

    what: TakesBack
    certain: bool
    named: bool


@dataclass(slots=True)
class _Named:
    """What the clauses say of the offences that they name, by place in the list.

    ``taken`` holds what was taken back, ``spared`` what was left standing, ``unsaid`` what is named
    without a word on it, and ``doubtful`` what a clause names beside another one. ``is_lost`` says
    that a clause takes back what is none of these offences, or not one alone.
    """

    taken: dict[int, TakesBack] = field(default_factory=dict)
    spared: set[int] = field(default_factory=set)
    unsaid: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)
    is_lost: bool = False
    is_every: bool = False
    replaces: bool = False
    undoes_conviction: bool = False


def meant_by(
    told: Iterable[str], offences: list[Json], what: TakesBack, *, on_appeal: bool
) -> dict[int, Meant]:
    """Return the offences that a result's texts mean, by place in the list, with how sure that is.

    ``told`` are its label, its text, its prompts and what else it states of an offence; ``what``
    is what it takes back by its table and its words together.
    """
    words = _with_plain_titles("\n".join(told), offences)
    named = _read(words, offences, on_appeal=on_appeal)
    everyone = range(len(offences))
    if makes_exception(words):
        what = TakesBack.CONVICTION if named.undoes_conviction else what
        return {n: Meant(what, certain=False, named=False) for n in everyone}
    if named.taken or named.doubtful:
        return dict(_told_of(named, what))
    left = [n for n in everyone if n not in named.spared]
    if named.unsaid - named.spared and not named.is_lost:
        alone = sorted(named.unsaid - named.spared)
        return {n: Meant(what, certain=True, named=True) for n in alone}
    certain = len(offences) == 1 and len(left) == 1 and not named.is_lost
    return {n: Meant(what, certain, named=False) for n in left}


def _told_of(named: _Named, claimed: TakesBack) -> Iterator[tuple[int, Meant]]:
    """Yield what was taken back of the offences that the words name."""
    for n, said in sorted(named.taken.items()):
        if named.is_every and n in named.spared:
            continue
        unsure = n in named.spared | named.doubtful or (named.is_every and bool(named.spared))
        joined = _joined(claimed, said)
        # Another conviction in its place may be of any of them.
        unsure = unsure or (named.replaces and joined is TakesBack.CONVICTION)
        yield n, Meant(joined, not unsure, named=True)
    for n in sorted((named.unsaid | named.doubtful) - named.taken.keys() - named.spared):
        yield n, Meant(claimed, certain=False, named=True)


def _joined(claimed: TakesBack, said: TakesBack) -> TakesBack:
    """Join what a clause says of an offence with what the result is by its table and its words."""
    if said is TakesBack.CONVICTION and claimed is TakesBack.SENTENCE:
        return TakesBack.UNCLEAR
    return claimed if said is TakesBack.UNCLEAR else said


def _read(words: str, offences: list[Json], *, on_appeal: bool) -> _Named:
    found = _Named()
    for clause, said in read_clauses(words, on_appeal=on_appeal):
        names = named_in(clause, offences)
        found.replaces = found.replaces or replaces_conviction(clause)
        found.undoes_conviction = found.undoes_conviction or said is TakesBack.CONVICTION
        if said is None or said is TakesBack.NOTHING:
            group = found.spared if spares(clause) else found.unsaid
            group.update(names or ())
            # A name that fits none of them, or several: nobody knows which is meant.
            found.is_lost = found.is_lost or (names == set() and group is found.unsaid)
        else:
            _take(found, clause, said, names, len(offences))
    return found


def _take(
    found: _Named, clause: str, said: TakesBack, names: set[int] | None, how_many: int
) -> None:
    """Note a clause that takes something back."""
    if _is_every(clause, how_many):
        found.taken.update((n, said) for n in range(how_many) if n not in found.taken)
        found.is_every = True
    elif names and len(_NUMBERS.findall(clause)) > 1:
        found.doubtful |= names
    elif names:
        # That a conviction is gone says more than that its sentence is.
        gone = {n for n in names if found.taken.get(n) is TakesBack.CONVICTION}
        found.taken.update((n, said) for n in names - gone)
    elif names is not None:
        found.is_lost = True


def _is_every(clause: str, how_many: int) -> bool:
    every = _EVERY.search(clause)
    return every is not None and (how_many == 2 or not every.group().lower().startswith("both"))


def named_in(words: str, offences: list[Json]) -> set[int] | None:
    """Return which of these offences the words name, by place; None where they name none.

    An empty set is a name that fits none of them, or not one alone: nobody knows which is meant.
    """
    by_id = _by(words, _IDENTITY, offences, "id")
    by_code = _by(words, _CODE, offences, "offenceCode")
    numbers = _numbers(words)
    by_number = _numbered(numbers, offences) if numbers else None
    for found in (by_id, by_number, by_code):
        if found is not None:
            return found
    return _titled(words, offences)


def _by(words: str, pattern: re.Pattern[str], offences: list[Json], name: str) -> set[int] | None:
    wanted = {one.group().lower() for one in pattern.finditer(words)}
    found = {n for n, one in enumerate(offences) if text(one, name).lower() in wanted}
    if found and name == "offenceCode" and len(found) > len(wanted):
        return set()
    return found or None


def _numbers(words: str) -> tuple[str, frozenset[int]] | None:
    """Return the numbers of counts that words name, and whether as counts."""
    told: set[int] = set()
    what = ""
    for found in _NUMBERS.finditer(words):
        what = found["what"].lower()
        spoken = found["numbers"].lower()
        for n, word in enumerate(NUMBER_WORDS, start=1):
            spoken = re.sub(rf"\b{word}\b", str(n), spoken)
        for first, last in _RANGE.findall(spoken):
            told.update(range(int(first), min(int(last), int(first) + 99) + 1))
        told.update(int(one) for one in re.findall(r"\d{1,3}", spoken))
    return (what, frozenset(told)) if told else None


def _numbered(numbers: tuple[str, frozenset[int]], offences: list[Json]) -> set[int]:
    """Return the offences of these numbers; none where the ways of numbering name others."""
    _, wanted = numbers
    ways = []
    for name in ("count", "orderIndex", "offenceSequenceNumber"):
        stated = {n: one.get(name) for n, one in enumerate(offences) if _is_number(one.get(name))}
        if stated:
            ways.append({n for n, number in stated.items() if number in wanted})
    if not ways:
        ways = [{n for n in range(len(offences)) if n + 1 in wanted}]
    agreed = all(one == ways[0] for one in ways) and len(ways[0]) == len(wanted)
    return ways[0] if agreed else set()


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _with_plain_titles(words: str, offences: list[Json]) -> str:
    """Return words in which no stop inside the title of an offence parts a clause."""
    for title in (text(one, "offenceTitle").strip() for one in offences):
        if len(title) >= _SHORTEST_TITLE and _STOPS.search(title):
            words = re.sub(re.escape(title), lambda found: _plain(found.group()), words, flags=re.I)
    return words


def _plain(title: str) -> str:
    return " ".join(_STOPS.sub(" ", title).lower().split())


def _titled(words: str, offences: list[Json]) -> set[int] | None:
    """Return the one offence whose title stands in the words, where only one does."""
    told = _plain(words)
    titles = [_plain(text(one, "offenceTitle")) for one in offences]
    found = {n for n, one in enumerate(titles) if len(one) >= _SHORTEST_TITLE and one in told}
    if not found:
        return None
    return found if len(found) == 1 else set()
