"""What remains of one offence after something was taken back of it, on one day of sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vcs.intake.common_platform.results.taken_back import Mark
from vcs.intake.results.appeal_words import TakesBack
from vcs.intake.results.appeals import change_in_words
from vcs.intake.results.result_tables import REOPENED
from vcs.law.facts import SentenceFacts
from vcs.terms import Change, Finding, SentenceKind

LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Remains:
    """What was taken back of an offence: the finding and sentences that it leaves, and how.

    ``finding`` and ``sentences`` are None where the message's own stand.
    """

    finding: Finding | None
    sentences: tuple[SentenceFacts, ...] | None
    words: str
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One offence as the message lists it: the days of its sentences, and a substituted offence."""

    days: tuple[date | None, ...]
    substituted: bool


def remains_of(marks: Sequence[Mark], listed: Listed, sentenced_on: date) -> Remains | None:
    """Return what was taken back of an offence by a day; None where nothing was.

    A conviction that certainly is gone goes first, then what is uncertain, then the sentence.
    """
    if sentenced_on not in listed.days:
        return _without_sentence(marks, sentenced_on) if not listed.days else None
    found = list(_with_sentence(marks, listed, sentenced_on))
    order = (Finding.QUASHED, Finding.PERHAPS_QUASHED, None)
    return min(found, key=lambda one: order.index(one.finding)) if found else None


def _without_sentence(marks: Sequence[Mark], day: date) -> Remains | None:
    """Read an offence for which the message has no sentence: an earlier one was taken back."""
    theirs = [one for one in marks if one.on == day]
    gone = [one for one in theirs if one.what is TakesBack.CONVICTION and one.certain]
    if gone:
        return Remains(Finding.QUASHED, (), _words(gone[0]))
    unsure = [one for one in theirs if one.what is not TakesBack.SENTENCE]
    if unsure:
        return _perhaps(unsure[0], unknown=True)
    return _sentence_unknown(theirs[0]) if theirs else None


def _with_sentence(marks: Sequence[Mark], listed: Listed, day: date) -> Iterator[Remains]:
    for mark in marks:
        if mark.what is TakesBack.SENTENCE:
            yield _varied(mark, listed, day)
        elif mark.is_since(day) and not (listed.substituted and not mark.is_after(day)):
            sure = mark.what is TakesBack.CONVICTION and mark.certain
            if sure and (mark.named or mark.is_after(day)):
                yield Remains(Finding.QUASHED, None, _words(mark))
            elif not _is_sentenced_by_it(mark, day):
                yield _perhaps(mark, unknown=False)


def _is_sentenced_by_it(mark: Mark, day: date) -> bool:
    """Say whether the very decision passed this sentence: what was allowed left a conviction."""
    with_it = mark.on_application or mark.code in REOPENED
    return mark.what is TakesBack.UNCLEAR and with_it and not mark.is_after(day)


def _varied(mark: Mark, listed: Listed, day: date) -> Remains:
    """Read a sentence varied: by a new one in the message, or to something not known."""
    is_told = any(one is None or mark.on is None or one >= mark.on for one in listed.days)
    if is_told or not mark.is_after(day):
        return Remains(None, None, _words(mark), _change(mark))
    return _sentence_unknown(mark)


def _perhaps(mark: Mark, *, unknown: bool) -> Remains:
    sentences = (_unknown(mark),) if unknown else None
    return Remains(Finding.PERHAPS_QUASHED, sentences, _words(mark))


def _sentence_unknown(mark: Mark) -> Remains:
    return Remains(None, (_unknown(mark),), _words(mark), _change(mark))


def _unknown(mark: Mark) -> SentenceFacts:
    return SentenceFacts(SentenceKind.UNKNOWN, _words(mark), mark.code or None)


def _change(mark: Mark) -> Change:
    told = change_in_words(mark.words)
    return told or (Change.APPEAL if mark.on_appeal else Change.NOT_STATED)


def _words(mark: Mark) -> str:
    return " ".join(mark.words.split())[:LONGEST_WORDS]
