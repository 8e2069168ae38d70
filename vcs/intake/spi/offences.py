"""One SPI offence with its results, as facts of the day of the hearing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vcs.intake import identifiers
from vcs.intake.kinds import change_of
from vcs.intake.problems import Problems
from vcs.intake.result_tables import NOTIFICATION, SENTENCE_VARIED
from vcs.intake.shapes import Unreadable
from vcs.intake.spi.fields import day_or_none, each, number, only, text
from vcs.intake.spi.findings import finding_of, is_alternative
from vcs.intake.spi.results import Result, result_of, sentence_of
from vcs.intake.spi.tree import Node
from vcs.law import offences as table
from vcs.law.facts import OffenceFacts, SentenceFacts
from vcs.terms import Finding, SentenceKind

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
    results = tuple(result_of(one) for one in each(offence, "Result"))
    kinds = [one.kind for one in results]
    finding = finding_of(offence, kinds)
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
        sentences=_imposed(results, finding, final=text(offence, "FinalDisposalIndicator")),
        change=change_of([one.code for one in results if one.kind == SENTENCE_VARIED]),
    )
    return Dealt(facts, results)


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


def _imposed(
    results: tuple[Result, ...], finding: Finding, *, final: str
) -> tuple[SentenceFacts, ...]:
    """Return what was imposed; what may be a sentence and cannot be read stands as unknown."""
    found = [sentence_of(one, one.kind) for one in results if isinstance(one.kind, SentenceKind)]
    if found:
        return tuple(found)
    if not results:
        return (SentenceFacts(SentenceKind.UNKNOWN, _NO_RESULT),)
    varied = [one for one in results if one.kind == SENTENCE_VARIED]
    ended = finding is Finding.CONVICTED and final.upper() == "Y"
    unread = [one for one in results if ended and one.unread]
    return tuple(sentence_of(one, SentenceKind.UNKNOWN) for one in (varied or unread)[:1])
