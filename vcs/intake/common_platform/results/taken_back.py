"""Which offences a result takes back, wherever in the message it is: offence, person, application.

A result names its offence by standing on it, or by id, number, code or title. Where a result that
names none could mean several, it is uncertain for each of them, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from vcs.intake.common_platform.results.judicial_results import Result
from vcs.intake.common_platform.results.stated import Stated
from vcs.intake.results import result_tables
from vcs.intake.results.appeals import BY_CODE, BY_DEFINITION, LONGEST, TakesBack, takes_back
from vcs.intake.results.kinds import UNCODED
from vcs.intake.values.shapes import Json, parts, text

_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_NUMBERS = re.compile(
    r"\b(?P<what>counts?|offences?|charges?|indictments? counts?)\.? *(?:no\.?|number|numbers)? *"
    r"(?P<numbers>(?:\d{1,3}|" + "|".join(_NUMBER_WORDS) + r")"
    r"(?:(?: *, *(?:and )?| *& *| +and +| *- *| +to +)"
    r"(?:counts? +)?(?:\d{1,3}|" + "|".join(_NUMBER_WORDS) + r")\b)*)",
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

_HINT = re.compile(
    r"appeal|quash|aside|revers|overturn|annul|vacat|rescind|\bvoid|\bvar(?:y|ied|iation)|"
    r"substitut|replac|increas|reduc|decreas|amend|correct|alter|lenient|slip rule|indictment",
    re.I,
)
"""Some word of every result that takes anything back."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A result that takes something back, and the offences it could mean.

    ``keys`` are offences of this person, ``others`` those of other people or cases that it could
    mean as well. ``is_own`` marks a result on the offence itself, ``on_application`` one that was
    given on an application.
    """

    raw: Json
    what: TakesBack
    keys: tuple[str, ...]
    others: tuple[Json, ...] = ()
    is_own: bool = False
    on_application: bool = False
    on_appeal: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What was taken back of one offence. ``certain`` where the result can mean no other one.

    ``named`` says that the message names this very offence.
    """

    what: TakesBack
    certain: bool
    named: bool
    on: date | None
    words: str
    code: str
    on_application: bool
    on_appeal: bool

    def is_since(self, sentenced_on: date | None) -> bool:
        """Say whether it was ordered on a day or after it; an unknown day counts as after."""
        return self.on is None or sentenced_on is None or self.on >= sentenced_on

    def is_after(self, sentenced_on: date | None) -> bool:
        """Say whether it was ordered after a day."""
        return self.on is None or sentenced_on is None or self.on > sentenced_on


def taken_back(result: Result, *, on_appeal: bool = False) -> TakesBack | None:
    """Return what a result takes back; None where it is no result of that kind."""
    stated = result.stated
    if stated.not_known:
        return None
    words = (stated.label, stated.words)
    return takes_back(result.kind, stated.code, stated.definition, words, on_appeal=on_appeal)


def claims_on(key: str, results: Iterable[Result], *, applied: bool) -> Iterator[Claim]:
    """Yield what results on an offence itself take back; ``applied`` is on an application."""
    for one in results:
        what = taken_back(one) if may_take_back(one.stated) else None
        if what is not None and what is not TakesBack.NOTHING:
            yield Claim(one.raw, what, (key,), is_own=True, on_application=applied)


def may_take_back(stated: Stated) -> bool:
    """Say whether a result is worth a closer look: most are not, and looking costs time."""
    code, definition = stated.code, stated.definition
    if code in BY_CODE or _hints(stated.label) or definition in BY_DEFINITION:
        return True
    # The text of a result that the tables know is looked at only where its label hints at it.
    coded = code in result_tables.BY_CJS_CODE and code != UNCODED
    if coded or definition in result_tables.BY_DEFINITION:
        return False
    return _hints(stated.words[:LONGEST])


@lru_cache(maxsize=1024)
def _hints(words: str) -> bool:
    return bool(_HINT.search(words))


def is_appeal(application: Json) -> bool:
    """Say whether an application is an appeal, and not one for leave or for more time."""
    kind = application.get("type")
    words = text(kind, "type").lower() if isinstance(kind, dict) else ""
    return "appeal" in words and not re.search(r"leave|time|permission|bail", words)


def marks_of(
    claims: Iterable[Claim], offences: Mapping[str, Json], fallback: date | None
) -> dict[str, list[Mark]]:
    """Return, for each offence of a person, what was taken back of it."""
    found: dict[str, list[Mark]] = {}
    for claim in claims:
        for key, certain, named in _meant(claim, offences):
            found.setdefault(key, []).append(_mark(claim, certain, named, fallback))
    return found


def _mark(claim: Claim, certain: bool, named: bool, fallback: date | None) -> Mark:
    result = Result(claim.raw)
    day = text(claim.raw, "orderedDate")[:10]
    return Mark(
        claim.what,
        certain,
        named,
        date.fromisoformat(day) if day else fallback,
        result.stated.label,
        result.stated.code,
        claim.on_application,
        claim.on_appeal,
    )


def _meant(claim: Claim, offences: Mapping[str, Json]) -> Iterator[tuple[str, bool, bool]]:
    """Yield the offences that a result means or may mean: key, certain, named."""
    keys = [key for key in claim.keys if key in offences]
    if claim.is_own:
        yield from ((key, True, True) for key in keys)
        return
    words = _words(claim.raw)
    if _EVERY.search(words):
        yield from ((key, True, True) for key in keys)
        return
    everyone = [*((key, offences[key]) for key in keys), *((None, one) for one in claim.others)]
    named = named_in(words, [raw for _, raw in everyone])
    if named:
        yield from ((key, True, True) for n, (key, _) in enumerate(everyone) if key and n in named)
        return
    certain = named is None and len(everyone) == 1
    yield from ((key, certain, False) for key in keys)


def _words(result: Json) -> str:
    """Return every word of a result that may name an offence."""
    told = [text(result, name) for name in ("label", "resultText", "offenceId", "offenceCode")]
    for prompt in parts(result, "judicialResultPrompts"):
        told += [f"{text(prompt, 'label')} {text(prompt, 'value')}"]
    return "\n".join(one for one in told if one)


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
        for n, word in enumerate(_NUMBER_WORDS, start=1):
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


def _titled(words: str, offences: list[Json]) -> set[int] | None:
    """Return the one offence whose title stands in the words, where only one does."""
    told = " ".join(words.lower().split())
    titles = [" ".join(text(one, "offenceTitle").lower().split()) for one in offences]
    found = {n for n, one in enumerate(titles) if len(one) >= _SHORTEST_TITLE and one in told}
    if not found:
        return None
    return found if len(found) == 1 else set()
