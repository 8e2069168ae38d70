"""One offence of a person as a hearing dealt with it: what was imposed, and what was taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from vcs.intake import identifiers
from vcs.intake.common_platform.person import INCOMPLETE, Person
from vcs.intake.common_platform.results.findings import convicted_instead, finding_of
from vcs.intake.common_platform.results.imposed import sentence_of, terms_of
from vcs.intake.common_platform.results.judicial_results import Result, is_deleted
from vcs.intake.common_platform.results.stated import KIND_NOT_KNOWN
from vcs.intake.common_platform.results.taken_back import (
    Mark,
    claims_on,
    marks_of,
    may_take_back,
    taken_back,
)
from vcs.intake.common_platform.results.what_remains import (
    LONGEST_WORDS,
    Listed,
    Remains,
    remains_of,
)
from vcs.intake.durations import extended
from vcs.intake.results import result_tables
from vcs.intake.results.kinds import CONVICTED, are_settled, change_of, settled
from vcs.intake.values.problems import PART_LOST
from vcs.intake.values.shapes import Json, day, day_or_none, part, parts, text
from vcs.law.facts import OffenceFacts, SentenceFacts
from vcs.terms import Change, SentenceKind

_NOT_EXPLAINED = (SentenceKind.UNKNOWN, result_tables.UNCLEAR)

"""What a result counts as that no table explains: it may only take something back."""


@dataclass(frozen=True, slots=True)
class Dealt:
    """One offence with the results that stand, its place in the list, and what was taken back.

    ``deaths`` are the results by which an offender who was convicted of it has died.
    """

    listed: int
    raw: Json
    results: list[Result]
    marks: tuple[Mark, ...] = ()
    applied: bool = False
    deaths: tuple[Result, ...] = ()

    @property
    def convicts(self) -> bool:
        """Say whether a result tells of a conviction."""
        return any(one.stated.convicts for one in self.results)


def settle(dealt: list[Dealt], own: list[Result]) -> None:
    """Settle what results count as that nothing explains, by what the court found."""
    for offence in dealt:
        found = [one.kind for one in offence.results]
        if not are_settled(found) and _is_convicted(offence, own):
            counted = settled(found, convicted=True)
            for one, kind in zip(offence.results, counted, strict=True):
                one.kind = kind


def _is_convicted(dealt: Dealt, own: list[Result]) -> bool:
    kinds = [one.kind for one in (*dealt.results, *own)]
    return finding_of(dealt.raw, kinds, convicts=dealt.convicts) in CONVICTED


def dealt_with(person: Person, fallback: date | None) -> list[Dealt]:
    """Return each offence of a person, in the order listed."""
    raws = {key: raw for key, (raw, _) in person.offences.items()}
    read = {k: not_struck_out(parts(raw, "judicialResults"), fallback) for k, raw in raws.items()}
    applied = {key: key in person.on_application - person.sentenced_in_case for key in raws}
    claims = list(person.claims)
    for key, results in read.items():
        claims += claims_on(key, results, applied=applied[key])
    marks = marks_of(claims, raws, fallback) if claims else {}
    return [
        Dealt(listed, raw, standing(read[key]), tuple(marks.get(key, ())), applied[key])
        for listed, (key, raw) in enumerate(raws.items(), start=1)
    ]


def with_deaths(dealt: Iterable[Dealt], own: list[Result]) -> list[Dealt]:
    """Return offences with the news that the offender has died: an earlier sentence may end by it.

    Of an offence without a conviction it is no news, for nobody was sentenced.
    """
    told = []
    for one in dealt:
        deaths = tuple(r for r in (*one.results, *own) if r.kind == result_tables.DIED)
        told.append(replace(one, deaths=deaths) if deaths and _is_convicted(one, own) else one)
    return told


def days_without_sentence(dealt: Dealt) -> set[date | None]:
    """Return the days of what was taken back, or of a death, of an offence without sentence here.

    Empty where the message lists a sentence for it.
    """
    if any(one.is_sentence for one in dealt.results):
        return set()
    return {one.on for one in dealt.marks} | {one.ordered_on for one in dealt.deaths}


def lost(person: Person, days: Iterable[date | None]) -> list[Dealt]:
    """Return an offence for what could not be read of a person: it may be the one that counts."""
    if not person.defendant.get(INCOMPLETE):
        return []
    unknown = {KIND_NOT_KNOWN: True, "label": PART_LOST}
    results = [Result(unknown, sentenced_on) for sentenced_on in days]
    return [Dealt(len(person.offences) + 2, {"offenceTitle": PART_LOST}, results)]


def not_struck_out(found: Iterable[Json], fallback: date | None) -> list[Result]:
    """Return the results that are not struck out, each with its kind and its day."""
    return [
        Result(raw, day(raw, "orderedDate") or fallback) for raw in found if not is_deleted(raw)
    ]


def standing(kept: list[Result]) -> list[Result]:
    """Return the same results, settled by each other.

    A sentence varied, with no new sentence beside it, is a sentence that a person must read.
    """
    for one in kept:
        read_as_mark = may_take_back(one.stated) and taken_back(one) is not None
        if one.kind in _NOT_EXPLAINED and read_as_mark:
            # What takes something back imposes nothing: it is read as a mark on its offence.
            one.kind = result_tables.NOT_A_SENTENCE
    if not any(one.is_sentence for one in kept):
        for one in kept:
            if one.varies:
                one.kind = SentenceKind.UNKNOWN
    return kept


def offence_of(dealt: Dealt, own: list[Result], sentenced_on: date) -> OffenceFacts | None:
    """Return one offence's facts for the day, or None where nothing came of it that day."""
    raw, found = dealt.raw, dealt.results
    passed = [one for one in found if one.is_sentence]
    imposed = [sentence_of(one) for one in passed if one.ordered_on == sentenced_on]
    lesser = convicted_instead(raw)
    taken = _taken_by(sentenced_on, dealt, passed) if dealt.marks else None
    death = "" if passed else _death_on(sentenced_on, dealt)
    if not imposed and taken is None and not death:
        return None
    kinds = [one.kind for one in (*found, *own) if one.kind != result_tables.QUASHED]
    code = text(lesser, "offenceCode") or text(raw, "offenceCode")
    committed_from = day_or_none(raw, "startDate")
    return OffenceFacts(
        sequence=_number(raw, "orderIndex")
        or _number(raw, "offenceSequenceNumber")
        or dealt.listed,
        offence_code=identifiers.offence_code(code) or None,
        title=text(lesser, "offenceTitle") or text(raw, "offenceTitle"),
        finding=(taken and taken.finding) or finding_of(raw, kinds, convicts=dealt.convicts),
        convicted_on=_convicted_on(raw),
        committed_from=committed_from,
        committed_until=day_or_none(raw, "endDate") or committed_from,
        notification=any(one.meaning.notifies for one in found),
        domestic_abuse=any(one.meaning.domestic_abuse for one in found),
        sentences=_remaining(taken, _with_extension(imposed, found)),
        change=_change(dealt, own, taken),
        taken_back=taken.words if taken else death,
    )


def _death_on(day: date, dealt: Dealt) -> str:
    """Return by which words of the court the offender has died, told on a day; empty by none."""
    told = (one.stated.label for one in dealt.deaths if one.ordered_on == day)
    words = (one or result_tables.DIED for one in told)
    return " ".join(next(words, "").split())[:LONGEST_WORDS]


def _taken_by(day: date, dealt: Dealt, passed: list[Result]) -> Remains | None:
    """Return what was taken back of an offence by a day; None where nothing was."""
    substituted = bool(text(convicted_instead(dealt.raw), "offenceCode"))
    listed = Listed(tuple([one.ordered_on for one in passed]), substituted)
    return remains_of(dealt.marks, listed, day)


def _change(dealt: Dealt, own: list[Result], taken: Remains | None) -> Change | None:
    """Return how the sentence was changed: as the results' codes say, or else their words."""
    coded = change_of([one.stated.code for one in (*dealt.results, *own) if one.varies])
    if coded not in (None, Change.NOT_STATED):
        return coded
    return (taken.change if taken else None) or coded


def _remaining(
    taken: Remains | None, imposed: tuple[SentenceFacts, ...]
) -> tuple[SentenceFacts, ...]:
    return imposed if taken is None or taken.sentences is None else taken.sentences


def _with_extension(imposed: list[SentenceFacts], found: list[Result]) -> tuple[SentenceFacts, ...]:
    """Return what was imposed, extended where a result of its own states the extension."""
    stated = next((one for one in found if one.stated.code == extended.EXTENDED_LICENCE), None)
    if stated is None:
        return tuple(imposed)
    return extended.with_extension(tuple(imposed), next(iter(terms_of(stated)), None))


def _number(raw: Json, name: str) -> int:
    found = raw.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else 0


def _convicted_on(raw: Json) -> date | None:
    return day_or_none(raw, "convictionDate") or day_or_none(part(raw, "verdict"), "verdictDate")


def is_of(dealt: Dealt, day: date) -> bool:
    """Say whether something was imposed for an offence, or taken back of it, on a day."""
    imposed = any(one.is_sentence and one.ordered_on == day for one in dealt.results)
    return imposed or any(one.on == day for one in dealt.marks)
