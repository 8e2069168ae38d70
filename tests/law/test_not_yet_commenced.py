"""The Act of 2026 is passed and not commenced: its effect can be shown, and changes nothing."""

from __future__ import annotations

from datetime import date

from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.provisions import PROVISIONS, in_force
from vcs.law.rule_sets import named
from vcs.terms import Finding, Outcome, Route, SentenceKind, Term

PROVISION = "Victims and Courts Act 2026 Sch.6A Part 2"
ACT = named("victims-and-courts-act-2026")


def stalking(months: int, kind: SentenceKind = SentenceKind.IMPRISONMENT) -> SentencingFacts:
    """Build a stalking case of 2025."""
    sentence = SentenceFacts(kind, terms=(Term(months=months),))
    day = date(2025, 5, 1)
    offence = OffenceFacts(
        1, "PH97006", "", Finding.CONVICTED, None, day, day, sentences=(sentence,)
    )
    return SentencingFacts(date(2026, 3, 20), "C01CE00", (offence,))


def test_under_the_act_stalking_would_be_a_right_at_any_length() -> None:
    decision = decide(stalking(4), ACT)

    assert decision.outcome is Outcome.STATUTORY
    assert decision.route is Route.SCHEDULE_6A
    assert decision.rule_set == "victims-and-courts-act-2026"
    assert PROVISION in {reason.provision for reason in decision.offences[0].reasons}


def test_under_the_act_a_suspended_sentence_would_still_be_no() -> None:
    assert decide(stalking(4, SentenceKind.SUSPENDED), ACT).outcome is Outcome.NOT_ELIGIBLE


def test_today_the_act_decides_nothing() -> None:
    assert decide(stalking(4)).outcome is Outcome.NOTIFICATION_SCHEME
    assert not in_force(PROVISIONS[PROVISION], date(2039, 12, 31))
