"""The same conditions in a general rule engine, to have something to be measured against.

The engine is asked only whether each offence is owed contact by statute, and gives no reason. What
our rules look up while they decide (the offence on its days, the length on the calendar) it is
given ready made, so that it is never slower for want of a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

import rule_engine

from vcs.law import rule_sets
from vcs.law.conditions.count import Count, counts_of
from vcs.law.eligibility import decide
from vcs.law.facts import SentencingFacts
from vcs.law.relevant_sentence.sentences import IMMEDIATE_CUSTODY
from vcs.law.specified_offence import families
from vcs.terms import Answer, Outcome, SentenceKind

Given = dict[str, object]
"""What the engine is told of one offence, as plain values."""

_RELEVANT_SENTENCE = (
    'not outside_court and not died and not (organisation and custody != "no") and '
    '(finding == "convicted" or (finding == "not stated" and imposes_custody)) and '
    '(listed == "yes" or notification) and custody == "yes" and long == "yes"'
)
"""Table A, rows 0, 1, 6, 7 and 14: the conditions of section 35 but for its first day."""

RULES = (
    f'sentenced_on >= d"2005-07-01" and {_RELEVANT_SENTENCE}',
    # Rows 2 and 3: a hospital order, with or without restrictions, of any length.
    "hospital_order and not outside_court and not died and "
    '(finding == "convicted" or finding == "not guilty by reason of insanity" or '
    'finding == "unfit to plead and did the act" or (finding == "not stated" and crown_court)) and '
    '(listed == "yes" or notification) and '
    'sentenced_on >= (restricted ? d"2005-07-01" : d"2008-11-03")',
    # Row 8: a transfer from prison, with or without a restriction direction.
    "transferred and (transfer_restricted or transfer_unrestricted) and "
    "transferred_on >= sentenced_on and "
    'transferred_on >= (transfer_restricted ? d"2005-07-01" : d"2008-11-03") and '
    f"{_RELEVANT_SENTENCE}",
)
"""An offence is owed contact by statute where one of these holds."""

_COMPILED = tuple(rule_engine.Rule(words) for words in RULES)


def is_statutory(offence: Given) -> bool:
    """Ask the engine whether one offence is owed contact by statute."""
    return any(rule.matches(offence) for rule in _COMPILED)


def given(facts: SentencingFacts) -> list[Given]:
    """Return what the engine is told of each offence of an occasion."""
    return [_given(one) for one in counts_of(facts, rule_sets.in_force_on(facts.sentenced_on))]


def _follows(count: Count) -> bool:
    """Say whether notification follows from the sentence alone, as a table of ours has it."""
    asked = families.by_the_sentence(count.offence.offence_code)
    found = asked and families.notified(asked, count.offence, count.facts)
    return bool(found and found.answer is Answer.YES)


def _given(count: Count) -> Given:
    facts, kinds, transfer = count.facts, count.kinds, count.facts.transfer
    transferred_on = (transfer and transfer.given_on) or facts.sentenced_on
    return {
        "sentenced_on": datetime.combine(facts.sentenced_on, time()),
        "outside_court": facts.outside_court,
        "died": facts.died,
        "organisation": facts.organisation,
        "crown_court": bool(facts.crown_court),
        "finding": str(count.offence.finding),
        "notification": count.offence.notification or _follows(count),
        "listed": str(count.standing.answer),
        "custody": str(count.custody.answer),
        "imposes_custody": bool(kinds & IMMEDIATE_CUSTODY),
        "long": str(count.length.answer),
        "hospital_order": SentenceKind.HOSPITAL_ORDER in kinds,
        "restricted": facts.restricted or SentenceKind.RESTRICTION_ORDER in kinds,
        "transferred": transfer is not None,
        "transfer_restricted": transfer is not None and transfer.restricted is True,
        "transfer_unrestricted": transfer is not None and transfer.restricted is False,
        "transferred_on": datetime.combine(transferred_on, time()),
    }


def differing(asked: Sequence[SentencingFacts]) -> list[SentencingFacts]:
    """Return the facts of which the engine does not say of each offence what our rules say."""
    return [one for one in asked if list(map(is_statutory, given(one))) != _by_our_rules(one)]


def _by_our_rules(facts: SentencingFacts) -> list[bool]:
    return [one.outcome is Outcome.STATUTORY for one in decide(facts).offences]
