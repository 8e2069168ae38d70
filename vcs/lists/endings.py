"""How each line ends, and each sentence of ours that a list lacks. Nothing ends as nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vcs.lists.decided import outcome_of, outcomes_together
from vcs.lists.matches.doubts import is_another_offence
from vcs.lists.matches.held import HeldSentence, family_of, plain_length
from vcs.lists.matches.matching import Rule
from vcs.lists.matches.pairing import Found, Pair, same_family
from vcs.lists.reading.columns import ListKind
from vcs.lists.reading.imposed import Standing
from vcs.lists.reading.lines import Line
from vcs.lists.reading.rows import A_TOTAL, BLANK, HEADING
from vcs.terms import Outcome


class Ends(StrEnum):
    """How a line ends."""

    MATCHED = "matched"
    DIFFERS = "differs"
    EXPLAINED = "explained"
    TASK = "task"
    CANNOT_TELL = "cannot_tell"


class Reason(StrEnum):
    """Why a line ends as it does: a closed list, so that endings can be counted."""

    SAME = "same"
    DAY_DIFFERS = "day_differs"
    SENTENCE_DIFFERS = "sentence_differs"
    TERM_DIFFERS = "term_differs"
    BIRTH_DIFFERS = "birth_differs"
    OFFENCE_DIFFERS = "offence_differs"
    COUNTS_DIFFER = "counts_differ"
    PERSON_UNSURE = "person_unsure"
    CASE_UNSURE = "case_unsure"
    NUMBER_OF_ANOTHER = "number_of_another"
    NOT_READ = "not_read"
    NO_SENTENCE = "no_sentence"
    RESTRICTED = "restricted"
    REMANDED = "remanded"
    NOT_SENTENCED = "not_sentenced"
    RECALLED = "recalled"
    NOT_THIS_SCHEME = "not_this_scheme"
    FROM_ABROAD = "from_abroad"
    DIED = "died"
    NOT_ELIGIBLE = "not_eligible"
    ELIGIBLE_UNKNOWN_TO_US = "eligible_unknown_to_us"
    DISCRETIONARY_UNKNOWN_TO_US = "discretionary_unknown_to_us"
    UNDECIDED_UNKNOWN_TO_US = "undecided_unknown_to_us"
    OURS_HOSPITAL = "ours_hospital"
    OURS_NOT_CUSTODY = "ours_not_custody"
    OURS_NOT_ELIGIBLE = "ours_not_eligible"
    OURS_RECENT = "ours_recent"
    OURS_RELEASED = "ours_released"
    OURS_MISSING = "ours_missing"
    BY_PERSON = "by_person"


MORE_THAN_OURS: Final = frozenset({Reason.OFFENCE_DIFFERS, Reason.COUNTS_DIFFER})
"""Why a line that joined a sentence of ours may tell of another one beside it."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How one line ends; ``row`` is None for a sentence of ours that the list lacks."""

    row: int | None
    ends_as: Ends
    reason: Reason
    why: str
    rule: Rule = Rule.NONE
    held: HeldSentence | None = None
    weight: float | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a list could hold: whose sentences, of which days. ``courts`` None is every court."""

    kind: ListKind
    since: date
    until: date
    drawn_on: date
    courts: frozenset[str] | None = None


_FEW_OF: Final = 20

_YEAR: Final = 365

_NO_NEW_SENTENCE: Final[Mapping[Standing, tuple[Reason, str]]] = {
    Standing.REMANDED: (Reason.REMANDED, "on remand: nothing was sentenced"),
    Standing.CONVICTED_NOT_SENTENCED: (Reason.NOT_SENTENCED, "convicted and not sentenced yet"),
    Standing.RECALLED: (
        Reason.RECALLED,
        "recalled on an earlier sentence: no new sentence, and news for a victim of it",
    ),
    Standing.NOT_THIS_SCHEME: (
        Reason.NOT_THIS_SCHEME,
        "held for a fine, by a civil court or for immigration: no sentence of this scheme",
    ),
    Standing.FROM_ABROAD: (Reason.FROM_ABROAD, "sentenced abroad and moved here"),
    Standing.DIED: (Reason.DIED, "the person has died"),
}

_UNKNOWN_TO_US: Final[Mapping[Outcome, tuple[Reason, str]]] = {
    Outcome.DISCRETIONARY: (
        Reason.DISCRETIONARY_UNKNOWN_TO_US,
        "a sentence that we do not hold; a manager would decide whether to offer contact",
    ),
    Outcome.CANNOT_TELL: (
        Reason.UNDECIDED_UNKNOWN_TO_US,
        "a sentence that we do not hold; the list alone does not say whether contact is owed",
    ),
}


def coverage_of(kind: ListKind, lines: Sequence[Line], today: date) -> Coverage:
    """Return what a list says of itself: the days and, for a court's, the courts in it.

    It was drawn on or after the last day that stands anywhere in it, and not after today.
    """
    new = [one for one in lines if one.imposed.standing is Standing.SENTENCED and not one.refused]
    days = [one.described.sentenced_on for one in new if one.described.sentenced_on]
    told = [one.latest for one in lines if one.latest and one.latest <= today]
    courts = frozenset(one.described.court for one in lines if one.described.court)
    drawn_on = max(told, default=today)
    return Coverage(
        kind,
        _first_day(sorted(days)) if days else today,
        drawn_on,
        drawn_on,
        courts if kind is ListKind.COURT else None,
    )


def _first_day(days: Sequence[date]) -> date:
    """Return the first day of a list's rows, but for a few that are years before all others.

    A 2006 typed for 2026 must not ask where each sentence of twenty years is.
    """
    few = len(days) // _FEW_OF
    apart = (at for at in range(few, 0, -1) if (days[at] - days[at - 1]).days > _YEAR)
    return days[next(apart, 0)]


def endings(lines: Sequence[Line], found: Mapping[int, Found]) -> Iterator[Ending]:
    """Say how each line ends, in the order of the list."""
    # Counts that joined a sentence of ours may make one that we do not hold long enough.
    together = outcomes_together([line for line in lines if line.row in found])
    for line in lines:
        yield (
            _refused(line)
            or _not_new(line)
            or _ending(line, found[line.row], together.get(line.row))
        )


def _refused(line: Line) -> Ending | None:
    if not line.refused:
        return None
    is_none = line.refused in {BLANK, A_TOTAL, HEADING}
    reason = Reason.NO_SENTENCE if is_none else Reason.NOT_READ
    return Ending(line.row, Ends.EXPLAINED if is_none else Ends.TASK, reason, line.refused)


def _not_new(line: Line, standing: Standing | None = None) -> Ending | None:
    told = _NO_NEW_SENTENCE.get(standing or line.imposed.standing)
    return Ending(line.row, Ends.EXPLAINED, *told) if told else None


def _ending(line: Line, found: Found, together: Outcome | None) -> Ending:
    if found.pair is not None:
        is_old = line.imposed.standing is Standing.RECALLED_PERHAPS_NEW
        known = _not_new(line, Standing.RECALLED) if is_old else None
        return known or _of_pair(found.pair)
    if found.unsure:
        first = found.unsure[0]
        return Ending(
            line.row,
            Ends.CANNOT_TELL,
            _why_unsure(first),
            f"{first.compared.why}: a person looks",
            first.compared.rule,
            first.held,
            first.compared.weight,
        )
    return _theirs_only(line, found, together)


def _why_unsure(pair: Pair) -> Reason:
    if pair.compared.is_doubted:
        return Reason.CASE_UNSURE
    is_scored = pair.compared.rule is Rule.SCORED
    return Reason.PERSON_UNSURE if is_scored else Reason.NUMBER_OF_ANOTHER


def _of_pair(pair: Pair) -> Ending:
    compared, told = pair.compared, list(_differences(pair))
    problems = "".join(f"; {problem}" for problem in pair.line.problems)
    if pair.line.repeats:
        problems += f"; the same as line {pair.line.repeats}, word for word"
    reason = told[0][0] if told else Reason.SAME
    words = "; ".join(one for _, one in told)
    return Ending(
        pair.line.row,
        Ends.DIFFERS if told else Ends.MATCHED,
        reason,
        f"{compared.why}{f'; {words}' if words else ''}{problems}",
        compared.rule,
        pair.held,
        compared.weight,
    )


def _differences(pair: Pair) -> Iterator[tuple[Reason, str]]:
    line, held = pair.line, pair.held
    if is_another_offence(line, held):
        told = line.offence_code or line.home_office_code or "by its title"
        yield Reason.OFFENCE_DIFFERS, f"its offence {told} is none of ours"
    elif pair.is_further:
        yield Reason.COUNTS_DIFFER, f"it is one count more than the {len(held.counts)} of ours"
    if not same_family(line, held):
        theirs = family_of(line.imposed.kind)
        yield Reason.SENTENCE_DIFFERS, f"theirs is {theirs}, ours {held.family}"
    if pair.days_apart:
        days = f"{line.described.sentenced_on} and ours {held.sentenced_on}"
        yield Reason.DAY_DIFFERS, f"their day of sentence is {days}"
    if _term_differs(line, held):
        yield Reason.TERM_DIFFERS, f"their length is {line.imposed.words or 'another'}"
    one, other = line.described.person.born_on, held.described.person.born_on
    if one is not None and other is not None and one != other:
        yield Reason.BIRTH_DIFFERS, f"their date of birth is {one} and ours {other}"


def _term_differs(line: Line, held: HeldSentence) -> bool:
    theirs, ours = line.imposed.term, held.terms
    lengths = {plain_length(one) for one in ours}
    return bool(theirs and lengths) and plain_length(theirs) not in lengths


def _theirs_only(line: Line, found: Found, together: Outcome | None) -> Ending:
    weight = found.nearest.weight if found.nearest else None
    near = f"; the nearest of ours: {found.nearest.why}" if found.nearest else ""
    if line.problems and line.described.sentenced_on is None:
        return Ending(line.row, Ends.TASK, Reason.NOT_READ, "; ".join(line.problems))
    if line.is_restricted:
        why = "a restricted record: somebody who may open it looks"
        return Ending(line.row, Ends.TASK, Reason.RESTRICTED, why)
    outcome = together or outcome_of(line)
    if outcome is Outcome.NOT_ELIGIBLE:
        why = "a sentence that we do not hold, and no contact is owed: it counts against the feed"
        return Ending(
            line.row, Ends.EXPLAINED, Reason.NOT_ELIGIBLE, why, weight=weight, outcome=outcome
        )
    eligible = (Reason.ELIGIBLE_UNKNOWN_TO_US, "eligible, and a sentence that we do not hold")
    reason, why = _UNKNOWN_TO_US.get(outcome, eligible)
    problems = "".join(f"; {problem}" for problem in line.problems)
    return Ending(
        line.row, Ends.TASK, reason, f"{why}{near}{problems}", weight=weight, outcome=outcome
    )
