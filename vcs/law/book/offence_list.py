"""Every offence that the table lists or leaves in doubt, group by group, for a lawyer to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from vcs.law import offences
from vcs.law.duties import in_words
from vcs.law.offences import OffenceRow


@dataclass(frozen=True, slots=True)
class Listed:
    """One offence as the list prints it: its code, its title and what there is to say of it."""

    code: str
    title: str
    more: str


@dataclass(frozen=True, slots=True)
class Group:
    """Offences that stand alike, with what that means in a sentence."""

    title: str
    meaning: str
    rows: tuple[Listed, ...]


_Wanted = Callable[[OffenceRow], bool]


def _of_part(part: str) -> _Wanted:
    return lambda row: row.listing == "specified" and row.part == part


_BY_TEXT = "A sentence for it may open the statutory routes."

_GROUPS: tuple[tuple[str, str, _Wanted], ...] = (
    ("Murder", "Named beside the Schedule, with its inchoate forms.", _of_part("murder")),
    ("Specified in Part 1, violent", _BY_TEXT, _of_part("1")),
    ("Specified in Part 2, sexual", _BY_TEXT, _of_part("2")),
    ("Specified in Part 3, terrorism", _BY_TEXT, _of_part("3")),
    (
        "The code alone does not settle it",
        "A person answers the question: until then, cannot tell.",
        lambda row: row.listing == "conditional",
    ),
    (
        "On no list that we hold, and it may be specified",
        "Cannot tell, until a person says.",
        lambda row: row.listing == "unknown",
    ),
    (
        "Covered by the Victim Notification Scheme",
        "Whether or not it is specified too.",
        lambda row: row.notification_scheme,
    ),
    (
        "Often assumed, and not specified",
        "With the reason. Custody of 12 months or more for it is for a manager to decide.",
        lambda row: row.listing == "not_specified" and bool(row.note),
    ),
)


@cache
def offence_list() -> tuple[Group, ...]:
    """Return every group; what is left out is not specified, and nothing was noted of it."""
    rows = [row for code in offences.codes() if (row := offences.find(code))]
    return tuple(
        Group(title, meaning, tuple(_listed(row) for row in rows if wanted(row)))
        for title, meaning, wanted in _GROUPS
    )


def _listed(row: OffenceRow) -> Listed:
    return Listed(row.code, row.title, " ".join(_more(row)))


def _more(row: OffenceRow) -> Iterator[str]:
    """Yield the paragraph, the days between which the row holds, the question and the doubt."""
    if row.paragraph:
        yield f"Paragraph {row.paragraph} of the Schedule of 2003."
    if row.convicted_from:
        yield f"For convictions from {in_words(row.convicted_from)}."
    if row.convicted_until:
        yield f"For convictions until {in_words(row.convicted_until)}."
    if row.committed_from:
        yield f"An offence only since {in_words(row.committed_from)}."
    if row.question:
        yield row.question
    if row.note:
        yield row.note
    if row.confidence != "high":
        yield f"Confidence: {row.confidence}."
