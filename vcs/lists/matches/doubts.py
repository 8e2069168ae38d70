"""What speaks against a line being of the sentence that its person and its day fit. Pure.

One person is often sentenced for two cases on one day, and one of them may never have reached us.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vcs.intake.person_numbers import Number
from vcs.lists.decided import offence_of, outcome_of
from vcs.lists.matches.held import Family, HeldSentence, family_of, plain_length
from vcs.lists.matches.kinds_of_offence import is_of_another_kind
from vcs.lists.matches.matching import Comparison, Rule, Same
from vcs.lists.reading.lines import Line
from vcs.terms import Outcome


def are_two_cases(one: str, other: str) -> bool:
    """Say whether two case numbers are known and differ."""
    return bool(one) and bool(other) and one != other


def is_another_offence(line: Line, held: HeldSentence) -> bool:
    """Say whether the offence is known on both sides, by its code or its kind, and none of ours."""
    return _is_none_of(line.offence_code, held) or is_of_another_kind(line, held)


def _is_none_of(code: str, held: HeldSentence) -> bool:
    return bool(code) and bool(held.offence_codes) and code not in held.offence_codes


def is_another_case(line: Line, held: HeldSentence) -> bool:
    """Say whether both the case number and the offence are others."""
    keys = line.described.case_key, held.described.case_key
    return are_two_cases(*keys) and is_another_offence(line, held)


def doubted(line: Line, held: HeldSentence, compared: Comparison) -> Comparison:
    """Return a sure comparison as one that a person looks at, where something speaks against it."""
    why = _doubt(line, held, compared) if compared.same is Same.YES else ""
    if not why:
        return compared
    said = f"{compared.why}, but {why}"
    return replace(compared, same=Same.UNSURE, said=said, is_doubted=True)


def _doubt(line: Line, held: HeldSentence, compared: Comparison) -> str:
    # Cases that were merged or moved have two numbers too: a person knows, and a rule would guess.
    if are_two_cases(line.described.case_key, held.described.case_key):
        return "the case numbers are two"
    if line.described.sentenced_on is None and compared.rule is not Rule.CASE:
        return "the list does not say on which day the sentence was passed"
    # A sentence for which nobody is told must not account for one where contact may be owed.
    # One offence has several codes and titles, so a title alone makes no difference elsewhere.
    is_none = _is_none_of(offence_of(line), held) or is_of_another_kind(line, held)
    is_closed = held.outcome is Outcome.NOT_ELIGIBLE and is_none
    if is_closed and outcome_of(line) is not Outcome.NOT_ELIGIBLE:
        return "its offence is none of ours, and contact may be owed for it"
    return ""


def is_further_count(line: Line, held: HeldSentence, taken: Sequence[Line]) -> bool:
    """Say whether a line is one count more than we hold, beside the lines that joined before it.

    Results beside a sentence, as an order or a surcharge, are no counts.
    """
    alike = [one for one in taken if one.imposed.kind is line.imposed.kind]
    if not held.counts or not _tells_a_count(line):
        return False
    told = line.offence_code
    same = [one for one in alike if one.offence_code == told]
    known = held.counts.count(told) if told in held.counts else len(held.counts)
    return len(same) >= known or len(alike) >= len(held.counts)


def is_perhaps_a_second_number(line: Line, first: Line, held: HeldSentence) -> bool:
    """Say whether a line may be its person’s second record in probation’s system.

    Name and date of birth are those of the line that has the sentence, nothing but the CRN parts
    them, and day, offence and length are ours.
    """
    one, other = line.described, first.described
    mine, known = one.person, other.person
    apart = {
        kind
        for kind in set(mine.numbers) & set(known.numbers)
        if mine.numbers[kind] != known.numbers[kind]
    }
    is_alike = mine.born_on is not None and (mine.name.words, mine.born_on) == (
        known.name.words,
        known.born_on,
    )
    is_ours = one.sentenced_on == held.sentenced_on and not is_another_offence(line, held)
    lengths = {plain_length(term) for term in held.terms}
    theirs = line.imposed.term
    is_length = not theirs or not lengths or plain_length(theirs) in lengths
    return apart == {Number.CRN} and is_alike and is_ours and is_length


def _tells_a_count(line: Line) -> bool:
    family = family_of(line.imposed.kind)
    return family is not Family.OTHER and bool(line.imposed.term or family is not Family.UNKNOWN)
