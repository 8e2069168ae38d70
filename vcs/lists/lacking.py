"""How each sentence of ours ends that a list could hold and does not. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vcs.law.deadlines.working_days import working_days_between
from vcs.lists.endings import Coverage, Ending, Ends, Reason
from vcs.lists.matches.held import Family, HeldSentence
from vcs.lists.matches.matching import Rule
from vcs.lists.reading.columns import ListKind
from vcs.terms import Outcome

RECENT_WORKING_DAYS: Final = 10

"""How long after a sentence another system may not have it yet; ours, not confirmed."""


def ours_only(
    held: Sequence[HeldSentence], matched: frozenset[str], coverage: Coverage
) -> Iterator[Ending]:
    """Say how each sentence of ours ends that a list could hold and does not, by reference."""
    if coverage.kind is ListKind.POLICE:
        # The police list holds flagged cases only: nothing of ours can be missing from it.
        return
    for one in sorted(held, key=lambda sentence: sentence.reference):
        if one.reference not in matched and _is_covered(one, coverage):
            yield _ours(one, coverage)


def _is_covered(one: HeldSentence, coverage: Coverage) -> bool:
    in_court = coverage.courts is None or one.described.court in coverage.courts
    return in_court and coverage.since <= one.sentenced_on <= coverage.until


def _ours(one: HeldSentence, coverage: Coverage) -> Ending:
    reason, why = _why_lacking(one, coverage)
    is_asked = reason in {Reason.OURS_RELEASED, Reason.OURS_MISSING}
    ends_as = Ends.TASK if is_asked else Ends.EXPLAINED
    return Ending(None, ends_as, reason, why, Rule.OURS_ONLY, one, outcome=one.outcome)


def _why_lacking(one: HeldSentence, coverage: Coverage) -> tuple[Reason, str]:
    holds_all = coverage.kind is ListKind.COURT
    if not holds_all and one.family is Family.HOSPITAL:
        return Reason.OURS_HOSPITAL, "a hospital order: this list does not hold it"
    if not holds_all and one.family in {Family.SUSPENDED, Family.OTHER}:
        return Reason.OURS_NOT_CUSTODY, f"{one.family} on our side: this list does not hold it"
    if one.outcome is Outcome.NOT_ELIGIBLE:
        return Reason.OURS_NOT_ELIGIBLE, "not eligible on our side: counted, not chased"
    if one.is_urgent:
        return (
            Reason.OURS_RELEASED,
            "release may have come at once, and no case is found: ask today",
        )
    passed = working_days_between(one.sentenced_on, coverage.drawn_on)
    if passed <= RECENT_WORKING_DAYS:
        why = (
            f"sentenced {passed} working days before the list was drawn: looked at again next time"
        )
        return Reason.OURS_RECENT, why
    why = (
        f"{passed} working days after the sentence the list lacks it: another name, sentenced in "
        "absence, or at large. Ask today"
    )
    return Reason.OURS_MISSING, why
