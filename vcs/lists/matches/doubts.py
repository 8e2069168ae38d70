"""What speaks against a line being of the sentence that its person and its day fit. Pure.

One person is often sentenced for two cases on one day, and one of them may never have reached us.
"""

from __future__ import annotations

from dataclasses import replace

from vcs.lists.decided import outcome_of
from vcs.lists.matches.held import HeldSentence
from vcs.lists.matches.matching import Comparison, Rule, Same
from vcs.lists.reading.lines import Line
from vcs.terms import Outcome


def are_two_cases(one: str, other: str) -> bool:
    """Say whether two case numbers are known and differ."""
    return bool(one) and bool(other) and one != other


def is_another_case(line: Line, held: HeldSentence) -> bool:
    """Say whether both the case number and the offence are others."""
    keys = line.described.case_key, held.described.case_key
    return are_two_cases(*keys) and _is_another_offence(line, held)


def doubted(line: Line, held: HeldSentence, compared: Comparison) -> Comparison:
    """Return a sure comparison as one that a person looks at, where something speaks against it."""
    why = _doubt(line, held, compared) if compared.same is Same.YES else ""
    if not why:
        return compared
    return replace(compared, same=Same.UNSURE, said=f"{compared.why}, but {why}")


def _doubt(line: Line, held: HeldSentence, compared: Comparison) -> str:
    is_one_offence = line.offence_code in held.offence_codes
    if are_two_cases(line.described.case_key, held.described.case_key) and not is_one_offence:
        return "the case numbers are two"
    if line.described.sentenced_on is None and compared.rule is not Rule.CASE:
        return "the list does not say on which day the sentence was passed"
    # A sentence for which nobody is told must not account for one where contact may be owed.
    is_closed = held.outcome is Outcome.NOT_ELIGIBLE and _is_another_offence(line, held)
    if is_closed and outcome_of(line) is not Outcome.NOT_ELIGIBLE:
        return "its offence is none of ours, and contact may be owed for it"
    return ""


def _is_another_offence(line: Line, held: HeldSentence) -> bool:
    known = bool(line.offence_code) and bool(held.offence_codes)
    return known and line.offence_code not in held.offence_codes
