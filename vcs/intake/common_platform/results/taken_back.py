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

from vcs.intake.common_platform.results.judicial_results import Result, is_known
from vcs.intake.common_platform.results.meant import Meant, meant_by
from vcs.intake.common_platform.results.stated import Stated
from vcs.intake.results.appeal_words import TakesBack
from vcs.intake.results.appeals import BY_CODE, BY_DEFINITION, LONGEST, takes_back
from vcs.intake.values.shapes import Json, parts, text

_HINT = re.compile(
    r"appeal|quash|aside|revers|overturn|annul|vacat|rescind|\bvoid|\bvar(?:y|ied|iation)|"
    r"substitut|replac|increas|reduc|decreas|amend|correct|alter|lenient|slip rule|indictment|"
    r"ap[eê]l|euogfarn|ddym|dileu|amryw",
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
    listed = stated.code in BY_CODE or stated.definition in BY_DEFINITION
    if listed or _hints(stated.label):
        return True
    # The text of a result that the tables know is looked at only where its label hints at it.
    return not is_known(stated) and _hints(stated.words[:LONGEST])


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
        for key, meant in _meant(claim, offences):
            found.setdefault(key, []).append(_mark(claim, meant, fallback))
    return found


def _mark(claim: Claim, meant: Meant, fallback: date | None) -> Mark:
    result = Result(claim.raw)
    day = text(claim.raw, "orderedDate")[:10]
    return Mark(
        meant.what,
        meant.certain,
        meant.named,
        date.fromisoformat(day) if day else fallback,
        result.stated.label,
        result.stated.code,
        claim.on_application,
        claim.on_appeal,
    )


def _meant(claim: Claim, offences: Mapping[str, Json]) -> Iterator[tuple[str, Meant]]:
    """Yield the offences that a result means or may mean."""
    keys = [key for key in claim.keys if key in offences]
    if claim.is_own:
        yield from ((key, Meant(claim.what, certain=True, named=True)) for key in keys)
        return
    everyone: list[tuple[str | None, Json]] = [(key, offences[key]) for key in keys]
    everyone += [(None, one) for one in claim.others]
    raws = [raw for _, raw in everyone]
    found = meant_by(_words(claim.raw), raws, claim.what, on_appeal=claim.on_appeal)
    yield from ((key, found[n]) for n, (key, _) in enumerate(everyone) if key and n in found)


def _words(result: Json) -> list[str]:
    """Return every text of a result that may name an offence."""
    told = [text(result, name) for name in ("label", "resultText", "offenceId", "offenceCode")]
    for prompt in parts(result, "judicialResultPrompts"):
        told += [f"{text(prompt, 'label')} {text(prompt, 'value')}"]
    return [one for one in told if one]
