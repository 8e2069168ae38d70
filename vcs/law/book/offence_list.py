"""The offences that a lawyer reads on a day: the Schedule by paragraph, and what is in doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType

from vcs.law import rule_sets
from vcs.law.specified_offence import families, offences, schedule
from vcs.law.specified_offence.families import ByTheSentence
from vcs.law.specified_offence.offences import OffenceRow
from vcs.law.specified_offence.schedule import Paragraph


@dataclass(frozen=True, slots=True)
class Listed:
    """One offence as the list prints it: its code, its title and what there is to say of it."""

    code: str
    title: str
    more: str


@dataclass(frozen=True, slots=True)
class Heading:
    """One paragraph of the Schedule: what it names, since when, what is unsure, and its codes."""

    number: str
    names: str
    more: str
    rows: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Offences that stand alike, with what that means in a sentence.

    A Part of the Schedule has its paragraphs; another group has its codes in one list.
    """

    title: str
    meaning: str
    rows: tuple[Listed, ...] = ()
    paragraphs: tuple[Heading, ...] = ()

    @property
    def size(self) -> int:
        """Return how many codes it holds."""
        return len(self.rows) + sum(len(one.rows) for one in self.paragraphs)


_Wanted = Callable[[OffenceRow], bool]

_BY_TEXT = "A sentence for it may open the statutory routes."

_IN_DOUBT: tuple[tuple[str, str, _Wanted], ...] = (
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
)

_SCHEME = (
    "Covered by the Victim Notification Scheme",
    "Whether or not it is specified too.",
)

_NO_SCHEME = "There was no such scheme on this day, and it decides nothing."

_ASSUMED = (
    "Often assumed, and not specified",
    "With the reason. Custody of 12 months or more for it is for a manager to decide.",
)


_DISCRETION = (
    "Outside the Schedule, and a manager decides",
    "Where the custody is 12 months or more, or its length is not known.",
)

_SETTLED = (
    "Settled by the title of the offence",
    "The code alone would not settle it, and the title does: nobody is asked.",
)

_ORDERS = (
    "Outside the Schedule, and notification may arise",
    "Where notification is recorded for the person and for no one offence, it is asked about for "
    "these only. From memory, low confidence.",
)

_BY_SENTENCE = (
    "Outside the Schedule, and notification follows from the sentence",
    "An age at the offence and a length of term bring notification by the Act itself (section "
    "45(2)(b)): then it counts as a specified offence, and below them it does not.",
)

_UNNAMED = (
    "Often without a victim who can be named",
    "The sentence stays eligible: a person confirms whether there is a victim.",
)


@lru_cache(maxsize=16)
def offence_list(day: date) -> tuple[Group, ...]:
    """Return every group on a day; what is left out is not specified, and nothing was noted."""
    scheme = rule_sets.answer_on(rule_sets.NOTIFICATION, day).answer != "no"
    groups = [_part(part, day) for part in schedule.PARTS]
    groups += [Group(title, why, _rows(wanted)) for title, why, wanted in _IN_DOUBT]
    covered = Group(*_SCHEME, _rows(lambda row: row.notification_scheme))
    groups.append(covered if scheme else Group(_SCHEME[0], _NO_SCHEME))
    noted = _rows(lambda row: row.listing == "not_specified" and bool(row.note))
    return (*groups, Group(*_ASSUMED, noted), *_beside())


def _beside() -> tuple[Group, ...]:
    """Return the tables about single offences that decide beside the Schedule, each by base code.

    An attempt or a conspiracy follows its base code.
    """
    families_of = (
        (code, f"Family: {row.name}. {row.why.rstrip('.')}.")
        for code, row in families.FAMILIES.items()
    )
    settled = (
        (code, f"{row['listing'].replace('_', ' ').capitalize()}: {row['why'].rstrip('.')}.")
        for code, row in families.SETTLED.items()
    )
    orders = ((code, "") for code in sorted(families.SEXUAL_HARM_ORDERS))
    sentences = ((row.code, _by_sentence(row)) for row in families.BY_THE_SENTENCE.values())
    unnamed = ((code, f"Because {why}.") for code, why in offences.WITHOUT_VICTIM.items())
    return (
        Group(*_DISCRETION, _of_base_codes(families_of)),
        Group(*_SETTLED, _of_base_codes(settled)),
        Group(*_ORDERS, _of_base_codes(orders)),
        Group(*_BY_SENTENCE, _of_base_codes(sentences)),
        Group(*_UNNAMED, _of_base_codes(unnamed)),
    )


def _by_sentence(row: ByTheSentence) -> str:
    told = [
        f"{row.provision}: {row.in_words}.",
        f"Asked: whether {row.purpose}." * bool(row.purpose),
    ]
    told.append("" if row.confirmed else f"Unconfirmed ({row.confidence}): {row.note}")
    return " ".join(filter(None, told))


def _of_base_codes(rows: Iterable[tuple[str, str]]) -> tuple[Listed, ...]:
    return tuple(Listed(code, _title(code), more) for code, more in rows)


def _title(code: str) -> str:
    row = offences.find(code)
    return row.title if row else ""


def _part(part: str, day: date) -> Group:
    """Return the paragraphs of one Part that were on the list, each with its codes."""
    named = rule_sets.answer_on(rule_sets.WHICH_LIST, day).answer
    held = sorted((row for row in schedule.on(day) if row.part == part), key=lambda row: row.order)
    found = tuple(_heading(row, day) for row in held)
    if part == schedule.MURDER:
        meaning = "Named beside the Schedule. Its inchoate forms are in Part 1."
        return Group(schedule.PARTS[part], meaning, paragraphs=found)
    why = f"{_BY_TEXT} {_usual(held[0])}" if held else "No offence was on this Part on this day."
    return Group(f"{schedule.PARTS[part]} of {named}", why, paragraphs=found)


def _usual(row: Paragraph) -> str:
    """Say between which days a paragraph counts that says nothing else."""
    first, last = schedule.DURING[row.schedule]
    until = f" until {_in_words(last)}" if last else ""
    usual = (
        f"A paragraph counts for convictions from {_in_words(first)}{until} if it says no other."
    )
    before = " Earlier days are read by it too: the list before it was not seen."
    return usual + (before if last else "")


def _heading(row: Paragraph, day: date) -> Heading:
    codes = _codes().get(row.key, ())
    listed = tuple(_under(one) for one in codes if _shown(one, day))
    return Heading(row.number, f"{row.provision}: {row.words}", " ".join(_told(row)), listed)


def _under(row: OffenceRow) -> Listed:
    """Write a code under its paragraph; one that only may be its offence says so."""
    listed = _listed(row)
    if row.listing == "specified":
        return listed
    return replace(listed, more=f"Perhaps: {listed.more}")


def _shown(row: OffenceRow, day: date) -> bool:
    """Say whether a code counts on a day; one that may be the paragraph's is shown with it."""
    began = max(filter(None, (row.convicted_from, row.committed_from)), default=day)
    return began <= day <= (row.convicted_until or day)


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _told(row: Paragraph) -> Iterator[str]:
    """Yield the days of a paragraph, why it has no codes, and what is not confirmed."""
    if (row.first, row.last) != schedule.DURING.get(row.schedule):
        counted = "sentences passed" if row.by_sentence else "convictions"
        until = f", until convictions of {_in_words(row.last)}" if row.last else ", without an end"
        yield f"On this list for {counted} from {_in_words(row.first)}{until}."
    if row.committed_from:
        yield f"Only where committed from {_in_words(row.committed_from)}."
    if row.no_codes:
        yield f"No codes here: {row.no_codes}"
    if not row.confirmed:
        yield f"Unconfirmed ({row.confidence}): {row.note}"
    elif row.note:
        yield row.note


@cache
def _all() -> tuple[OffenceRow, ...]:
    return tuple(row for code in offences.codes() if (row := offences.find(code)))


@cache
def _codes() -> Mapping[str, tuple[OffenceRow, ...]]:
    """Return the codes of each paragraph: those that are its offence, and those that may be."""
    found: defaultdict[str, list[OffenceRow]] = defaultdict(list)
    for row in _all():
        for key in filter(None, row.paragraph.split("/")):
            found[key].append(row)
    return MappingProxyType({key: tuple(rows) for key, rows in found.items()})


def _rows(wanted: _Wanted) -> tuple[Listed, ...]:
    return tuple(_listed(row) for row in _all() if wanted(row))


def _listed(row: OffenceRow) -> Listed:
    return Listed(row.code, row.title, " ".join(_more(row)))


def _more(row: OffenceRow) -> Iterator[str]:
    """Yield the days that narrow the code, the question and the doubt."""
    if row.convicted_from:
        yield f"For convictions from {_in_words(row.convicted_from)}."
    if row.convicted_until:
        yield f"For convictions until {_in_words(row.convicted_until)}."
    if row.committed_from:
        yield f"An offence only since {_in_words(row.committed_from)}."
    if row.question:
        yield row.question
    if row.note:
        yield row.note
    if row.confidence != "high":
        yield f"Confidence: {row.confidence}."
