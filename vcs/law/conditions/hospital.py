"""The conditions of the hospital routes: orders, directions, transfers, and what ends them."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date

from vcs.law.conditions import statutory
from vcs.law.conditions.count import Count
from vcs.law.decision import Reason
from vcs.law.facts import SentencingFacts
from vcs.terms import Answer, SentenceKind

HAND_OVERS_BEGAN = statutory.UNRESTRICTED_BEGAN

_NOT_FINAL = {
    SentenceKind.INTERIM_HOSPITAL_ORDER: "an interim hospital order is not final",
    SentenceKind.REMAND_TO_HOSPITAL: "a remand to hospital is not final",
}

_NO_HOSPITAL_ORDER = {
    SentenceKind.GUARDIANSHIP: "a guardianship order is not a hospital order",
    SentenceKind.SUPERVISION_ORDER: "a supervision order is not a hospital order",
    SentenceKind.ABSOLUTE_DISCHARGE: "the court discharged the person absolutely",
}

_DISCHARGED = frozenset({SentenceKind.ABSOLUTE_DISCHARGE})


def final_disposal(count: Count) -> Reason | None:
    """Is this the court's final order? Asked only where it is not: it waits for the disposal."""
    waiting = count.kinds & _NOT_FINAL.keys()
    if not waiting or not count.kinds <= _NOT_FINAL.keys() | {SentenceKind.NON_CUSTODIAL}:
        return None
    because = f"{_first(_NOT_FINAL, waiting)}: wait for the final disposal"
    change = "a hospital order or a sentence at the final disposal"
    return Reason("final-disposal", Answer.NO, because, "DVCVA 2004 s.36", change)


def another_order(count: Count) -> Reason | None:
    """Was an order made that is not a hospital order? Asked of orders near it, without custody.

    An absolute discharge is near it after a finding of insanity or unfitness only.
    """
    other = count.kinds & _NO_HOSPITAL_ORDER.keys()
    if not other or count.custody.answer is not Answer.NO:
        return None
    if other == _DISCHARGED and count.offence.finding not in statutory.BY_COURT_ORDER:
        return None
    because = f"{_first(_NO_HOSPITAL_ORDER, other)}: section 36 does not reach it"
    return Reason("hospital-order", Answer.NO, because, "DVCVA 2004 s.36", "a hospital order")


def _first(table: Mapping[SentenceKind, str], kinds: AbstractSet[SentenceKind]) -> str:
    return next(why for kind, why in table.items() if kind in kinds)


def order_made(count: Count) -> Reason:
    """Was a hospital order made? It has no least length. A restriction order presupposes one."""
    if SentenceKind.HOSPITAL_ORDER in count.kinds:
        because = "the court made a hospital order, which has no least length"
        return Reason("hospital-order", Answer.YES, because, "DVCVA 2004 s.36")
    because = "a restriction order was made, and the message holds no hospital order"
    missing = "whether a hospital order was made for this offence"
    return Reason("hospital-order", Answer.UNKNOWN, because, "DVCVA 2004 s.37", missing)


def restricted() -> Reason:
    """Was a restriction order made with the hospital order?"""
    because = "a restriction order was made with the hospital order"
    return Reason("restriction-order", Answer.YES, because, "DVCVA 2004 s.37")


def unrestricted() -> Reason:
    """Was the hospital order made without restrictions? The managers then keep the victim told."""
    because = "no restriction order was made: the hospital managers keep the victim informed"
    return Reason("unrestricted", Answer.YES, because, "DVCVA 2004 s.36A")


def directions() -> Reason:
    """Were a hospital direction and a limitation direction given with the sentence?"""
    because = "the court gave a hospital direction and a limitation direction"
    return Reason("hospital-direction", Answer.YES, because, "DVCVA 2004 s.39")


def transferred(facts: SentencingFacts) -> Reason | None:
    """Was the offender moved from prison to hospital during the sentence (section 47)?

    Asked only where a transfer direction is known of. A direction dated before the sentence was
    not given during it: a person looks.
    """
    if facts.transfer is None:
        return None
    on = facts.transfer.given_on
    provision = _TRANSFERS[facts.transfer.restricted]
    if on and on < facts.sentenced_on:
        because = "the transfer direction is dated before the sentence"
        change = "the day of the transfer direction"
        return Reason("transfer-direction", Answer.UNKNOWN, because, provision, change)
    day = f" on {on.isoformat()}" if on else ""
    because = f"a transfer direction was given{day}: the duty lies in the area of the hospital"
    return Reason("transfer-direction", Answer.YES, because, provision)


_TRANSFERS = {
    True: "DVCVA 2004 s.42",
    False: "DVCVA 2004 s.42A",
    None: "DVCVA 2004 s.42",
}


def restriction_direction(facts: SentencingFacts) -> Reason | None:
    """Did a restriction direction come with the transfer? Without one the managers take over.

    Asked only where a transfer direction is known of. Until it is known, section 35 goes on.
    """
    if facts.transfer is None:
        return None
    if facts.transfer.restricted:
        because = "a restriction direction came with it: Probation keeps the victim informed"
        return Reason("restriction-direction", Answer.YES, because, "DVCVA 2004 s.42")
    if facts.transfer.restricted is None:
        because = "it is not known whether a restriction direction came with the transfer"
        change = "whether a restriction direction was given"
        return Reason("restriction-direction", Answer.UNKNOWN, because, "DVCVA 2004 s.42", change)
    because = "no restriction direction came with it: the hospital managers keep the victim told"
    return Reason("transfer-unrestricted", Answer.YES, because, "DVCVA 2004 s.42A")


def transfer_in_force(facts: SentencingFacts) -> Reason | None:
    """Was the section on transfers in force on the day of the direction, not of the sentence?"""
    if facts.transfer is None:
        return None
    began = HAND_OVERS_BEGAN if facts.transfer.restricted is False else statutory.SECTION_35_BEGAN
    if facts.transfer.given_on is None and facts.sentenced_on < began:
        because = "the day of the transfer direction is not known"
        change = "the day of the transfer direction"
        return Reason("in-force", Answer.UNKNOWN, because, "DVCVA 2004 s.42", change)
    return statutory.in_force(facts.transfer.given_on or facts.sentenced_on, began)


def restrictions_ended(facts: SentencingFacts, provision: str) -> Reason | None:
    """Have the restrictions ended while the stay in hospital goes on? The managers take over.

    Asked only where they are said to have ended. The hand-over has been law since November 2008.
    """
    on = facts.restrictions_ended_on
    if on is None:
        return None
    if on < HAND_OVERS_BEGAN or on < facts.sentenced_on:
        because = "the restrictions are said to have ended before the sentence, or before the law"
        change = "the day on which the restrictions ended"
        return Reason("restrictions-ended", Answer.UNKNOWN, because, provision, change)
    because = f"the restrictions ended on {on.isoformat()}: hand over to the hospital managers"
    return Reason("restrictions-ended", Answer.YES, because, provision)


def began_for(day: date, *, restricted: bool) -> Reason | None:
    """Was the section on hospital orders in force? Restricted orders count three years longer."""
    return statutory.in_force(
        day, statutory.SECTION_35_BEGAN if restricted else statutory.UNRESTRICTED_BEGAN
    )
