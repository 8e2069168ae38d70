"""Match a list with what we hold: reads alone, and says how every line ends."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from vcs.intake.person_numbers import Number
from vcs.lists.answered.answers import Answers, kept_answers
from vcs.lists.digests import of_ours
from vcs.lists.endings import Coverage, Ending, Ends, coverage_of, endings
from vcs.lists.lacking import ours_only
from vcs.lists.matches import weights
from vcs.lists.matches.candidates import Candidates
from vcs.lists.matches.corroborate import rarity_of
from vcs.lists.matches.held import HeldSentence
from vcs.lists.matches.matching import Window
from vcs.lists.matches.ours import first_day_held, held_between, held_by_day, newest_decision
from vcs.lists.matches.pairing import NEAREST_DAYS, pairs
from vcs.lists.merged import Merged, merged_numbers
from vcs.lists.prepare import Asked, Prepared, Say, check_days, lines_of, prepared, quiet
from vcs.lists.reading.columns import ListKind
from vcs.lists.reading.imposed import Standing
from vcs.lists.reading.lines import Line, as_perhaps_new
from vcs.sealing import Sealer

_NUMBERS: Final[Mapping[ListKind, tuple[Number, ...]]] = {
    ListKind.PRISON: (Number.NOMS, Number.PNC, Number.CRO, Number.CRN),
}
"""Which number is asked first: the one that the list's own system gives out."""


@dataclass(frozen=True, slots=True)
class Ended:
    """One line with how it ended. ``text`` identifies it; ``line`` is None for one of ours."""

    ending: Ending
    text: str
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A list matched: each line in the order of the list, then what only we hold.

    ``decided_until`` is the newest decision that it was compared with.
    """

    ready: Prepared
    file_hash: str
    coverage: Coverage
    ended: tuple[Ended, ...]
    decided_until: int = 0

    @property
    def lines(self) -> int:
        """Return how many lines the list has."""
        return sum(one.line is not None for one in self.ended)

    @property
    def counts(self) -> Mapping[Ends, int]:
        """Return how many lines of the list ended in each way."""
        found = Counter(one.ending.ends_as for one in self.ended if one.line is not None)
        return {one: found[one] for one in Ends}


def reconcile(
    session: Session, sealer: Sealer, asked: Asked, today: date, say: Say = quiet
) -> Reconciled:
    """Match a list with the sentences that we hold. Raises NotValid where it cannot be read."""
    ready = prepared(session, asked)
    merged, answers = merged_numbers(session), kept_answers(session, sealer)
    lines, texts = _lines(ready, merged, answers, say)
    coverage = _coverage(asked, lines, today)
    held = _held(session, sealer, lines, coverage, merged)
    say("held", len(held))
    lines = perhaps_new(session, lines)
    found = pairs(lines, Candidates(held), window_of(asked.kind, held), say)
    of_list = [
        Ended(answers.over(one, text), text, line)
        for one, text, line in zip(endings(lines, found), texts, lines, strict=True)
    ]
    of_ours_alone = _lacking(held, of_list, coverage, answers)
    digest = hashlib.sha256(asked.content).hexdigest()
    ended = (*of_list, *of_ours_alone)
    return Reconciled(ready, digest, coverage, ended, newest_decision(session))


def _coverage(asked: Asked, lines: Sequence[Line], today: date) -> Coverage:
    """Return what the list covers: as it was said, and otherwise as its rows show."""
    check_days(asked, today)
    found = coverage_of(asked.kind, lines, today)
    drawn_on = asked.drawn_on or max(found.drawn_on, asked.covers.to_on or found.drawn_on)
    return replace(
        found,
        since=asked.covers.from_on or found.since,
        until=asked.covers.to_on or drawn_on,
        drawn_on=drawn_on,
    )


def _lines(
    ready: Prepared, merged: Merged, answers: Answers, say: Say
) -> tuple[list[Line], list[str]]:
    lines, texts = [], []
    for line, text in lines_of(ready, say):
        lines.append(answers.on(merged.line(line), text))
        texts.append(text)
    return lines, texts


def perhaps_new(session: Session, lines: Sequence[Line]) -> list[Line]:
    """Return lines of people recalled as new sentences from the first day of our sentences on.

    Somebody recalled for a new offence keeps that status when they are sentenced for it. Where we
    hold no sentence at all, no recall is older than this program.
    """
    since = first_day_held(session)
    return [as_perhaps_new(line) if _is_recent_recall(line, since) else line for line in lines]


def _is_recent_recall(line: Line, since: date | None) -> bool:
    on = line.described.sentenced_on
    is_recent = on is not None and (since is None or on >= since)
    return line.imposed.standing is Standing.RECALLED and is_recent


def _held(
    session: Session, sealer: Sealer, lines: Sequence[Line], coverage: Coverage, merged: Merged
) -> list[HeldSentence]:
    """Return our sentences of the list's time and a little around it."""
    days = [one.described.sentenced_on for one in lines if one.described.sentenced_on]
    first, last = min((*days, coverage.since)), max((*days, coverage.until))
    near = timedelta(days=NEAREST_DAYS)
    return held_between(session, sealer, (first - near, last + near), merged)


def window_of(kind: ListKind, held: Sequence[HeldSentence]) -> Window:
    """Return what a score needs to know of our sentences in the time of a list."""
    by_day = Counter(one.sentenced_on for one in held)
    prior = weights.prior(len(held))
    window = Window(prior, by_day, rarity=rarity_of(held))
    return replace(window, numbers=_NUMBERS[kind]) if kind in _NUMBERS else window


def whole_window(session: Session) -> Window:
    """Return the window of all that we hold: what is sure there is sure in the time of any list.

    Court, offence and length are not weighed in it.
    """
    by_day = held_by_day(session)
    return Window(weights.prior(by_day.total()), by_day)


def _lacking(
    held: Sequence[HeldSentence], of_list: Iterable[Ended], coverage: Coverage, answers: Answers
) -> Iterable[Ended]:
    named = frozenset(one.ending.held.reference for one in of_list if one.ending.held)
    for ending in ours_only(held, named, coverage):
        text = of_ours(coverage.kind, ending.held.reference if ending.held else "")
        yield Ended(answers.over(ending, text), text)
