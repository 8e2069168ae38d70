"""One SPI offence with its results, as facts of the day of the hearing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from vcs.intake import identifiers
from vcs.intake.durations import extended
from vcs.intake.results.appeal_words import TakesBack
from vcs.intake.results.appeals import change_in_words, takes_back
from vcs.intake.results.kinds import CONVICTED, change_of, settled
from vcs.intake.results.result_tables import DIED, NOTIFICATION, SENTENCE_VARIED, TITLES, Kind
from vcs.intake.spi.fields import day_or_none, each, number, only, text
from vcs.intake.spi.findings import finding_of, is_alternative
from vcs.intake.spi.results import Result, length_of, result_of, sentence_of
from vcs.intake.spi.tree import Node
from vcs.intake.values.problems import Problems
from vcs.intake.values.shapes import Unreadable
from vcs.law.facts import OffenceFacts, SentenceFacts
from vcs.law.specified_offence import offences as table
from vcs.terms import Change, Finding, SentenceKind

_CODE_LENGTH, _BASE_LENGTH = 8, 7

_LAST_SEQUENCE = 999

_BEFORE = {"2", "6"}

_AFTER, _BETWEEN = "3", "4"

_ALTERNATIVE = "Another offence than the one charged"

_NO_RESULT = "No result is stated"


@dataclass(frozen=True, slots=True)
class Dealt:
    """One offence as dealt with: its facts, and every result, also those that are no sentence."""

    facts: OffenceFacts
    results: tuple[Result, ...]

    @property
    def is_gone(self) -> bool:
        """Say whether the conviction was taken back, or the offender died: that is news by itself.

        Nothing is imposed then.
        """
        return self.facts.finding is Finding.QUASHED or bool(self.facts.taken_back)


def offences_of(defendant: Node, at: str, problems: Problems) -> tuple[Dealt, ...]:
    """Read every offence of a defendant; one that is broken is added to ``problems``.

    Raises Unreadable where there is none, or no result.
    """
    found = each(defendant, "Offence")
    if not found:
        raise Unreadable("The message has a defendant without offences.")
    dealt: list[Dealt] = []
    for listed, offence in enumerate(found, start=1):
        try:
            dealt.append(_dealt(listed, offence))
        except Unreadable as problem:
            problems.add(f"“{at}.Defendant.Offence[{listed}]” cannot be read. {problem}")
    if not any(one.results for one in dealt):
        raise Unreadable("The message has no result for any offence.")
    return tuple(dealt)


def _dealt(listed: int, offence: Node) -> Dealt:
    read = tuple(result_of(one) for one in each(offence, "Result"))
    told = [one for one in read if _takes_back(one) not in (None, TakesBack.NOTHING)]
    finding = _finding(offence, [one.kind for one in read], {_takes_back(one) for one in told})
    results = _settled(read, finding, final=text(offence, "FinalDisposalIndicator"))
    kinds, imposed = [one.kind for one in results], _imposed(results)
    details = only(offence, "BaseOffenceDetails")
    code = _code(details, offence)
    committed_from, committed_until = _when(only(details, "OffenceTiming"))
    facts = OffenceFacts(
        sequence=number(details, "OffenceSequenceNumber", _LAST_SEQUENCE) or listed,
        offence_code=code,
        title=_ALTERNATIVE if is_alternative(offence) else _title(code),
        finding=finding,
        convicted_on=day_or_none(offence, "ConvictionDate"),
        committed_from=committed_from,
        committed_until=committed_until,
        notification=NOTIFICATION in kinds,
        domestic_abuse=any("LG" in one.qualifiers for one in results),
        sentences=imposed,
        change=_change(told),
        taken_back=_words(told[0]) if told else "" if imposed else _death(results, finding),
    )
    return Dealt(facts, results)


def _takes_back(result: Result) -> TakesBack | None:
    """Return what a result takes back of its offence: SPI has no applications beside it."""
    return takes_back(result.kind, result.code, "", (TITLES.get(result.code, ""), result.words))


def _finding(offence: Node, kinds: list[Kind], taken: set[TakesBack | None]) -> Finding:
    """Return the finding; a conviction that is gone goes before the plea that led to it."""
    if TakesBack.CONVICTION in taken:
        return Finding.QUASHED
    # A sentence passed by the same decision shows that what was allowed left a conviction.
    passed = any(isinstance(one, SentenceKind) and one is not SentenceKind.UNKNOWN for one in kinds)
    if TakesBack.UNCLEAR in taken and not passed:
        return Finding.PERHAPS_QUASHED
    return finding_of(offence, kinds)


def _change(told: list[Result]) -> Change | None:
    """Return how the sentence was changed: as the results' codes say, or else their words."""
    varied = [one for one in told if _takes_back(one) is TakesBack.SENTENCE]
    coded = change_of([one.code for one in varied if one.kind == SENTENCE_VARIED])
    if not varied or coded not in (None, Change.NOT_STATED):
        return coded
    words = (change_in_words(one.words) for one in varied)
    return next((one for one in words if one), Change.NOT_STATED)


def _words(result: Result) -> str:
    """Return what a result takes back in fixed words: its own text may name people."""
    return TITLES.get(result.code, "") or f"Taken back: {_takes_back(result)}"


def _death(results: tuple[Result, ...], finding: Finding) -> str:
    """Return by which result one convicted of it has died, in fixed words; empty where none says.

    Of an offence without a conviction it is no news, for nobody was sentenced.
    """
    codes = (one.code for one in results if one.kind == DIED and finding in CONVICTED)
    return next((TITLES.get(code, "") or "The offender has died" for code in codes), "")


def _code(details: Node, offence: Node) -> str | None:
    """Return the code convicted of; unknown where it is missing, misshapen or another one."""
    code = identifiers.offence_code(text(details, "OffenceCode"))
    known_shape = code.isascii() and code.isalnum() and len(code) <= _CODE_LENGTH
    return code if known_shape and not is_alternative(offence) else None


def _title(code: str | None) -> str:
    found = (table.find(code) or table.find(code[:_BASE_LENGTH])) if code else None
    return found.title if found else ""


def _when(timing: Node) -> tuple[date | None, date | None]:
    """Return the first and last day on which the offence may have been committed, where known."""
    start = day_or_none(only(timing, "OffenceStart"), "OffenceDateStartDate")
    end = day_or_none(only(timing, "OffenceEnd"), "OffenceEndDate")
    told = text(timing, "OffenceDateCode")
    if told in _BEFORE:
        return None, end or start
    if told in (_AFTER, _BETWEEN):
        return start, end
    return start, end or start


def _settled(read: tuple[Result, ...], finding: Finding, *, final: str) -> tuple[Result, ...]:
    """Settle what results count as that nothing explains, unless the case goes on."""
    convicted = finding in CONVICTED and final.upper() != "N"
    counted = settled([one.kind for one in read], convicted=convicted)
    return tuple(
        one if kind is one.kind else replace(one, kind=kind)
        for one, kind in zip(read, counted, strict=True)
    )


def _only_takes_back(result: Result) -> bool:
    """Say whether a result that no table knows takes something back, and imposes nothing."""
    return result.kind is SentenceKind.UNKNOWN and _takes_back(result) is not None


def _imposed(results: tuple[Result, ...]) -> tuple[SentenceFacts, ...]:
    """Return what was imposed; what may be a sentence and cannot be read stands as unknown."""
    found = [
        sentence_of(one, one.kind)
        for one in results
        if isinstance(one.kind, SentenceKind) and not _only_takes_back(one)
    ]
    if found:
        stated = next((one for one in results if one.code == extended.EXTENDED_LICENCE), None)
        return extended.with_extension(tuple(found), length_of(stated)) if stated else tuple(found)
    if not results:
        return (SentenceFacts(SentenceKind.UNKNOWN, _NO_RESULT),)
    taken = {_takes_back(one): one for one in reversed(results)}
    if TakesBack.CONVICTION in taken:
        return ()
    varied = [taken[one] for one in (TakesBack.UNCLEAR, TakesBack.SENTENCE) if one in taken]
    return tuple(sentence_of(one, SentenceKind.UNKNOWN) for one in varied[:1])
