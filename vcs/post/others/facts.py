"""The facts that one letter to others may use: those of its row and the common ones, no others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from sqlmodel import col, select

from vcs.intake.regions import court
from vcs.law.archive import facts_from_json
from vcs.law.deadlines.working_days import working_days_between
from vcs.post.catalogue import letter as row_of
from vcs.post.others.about import About
from vcs.post.others.destinations.recipients import Recipient, recipient_of
from vcs.post.others.triggers import late_since, open_requests
from vcs.post.records import LetterRecord
from vcs.post.subjects import told_words
from vcs.post.subjects.given import given_to
from vcs.sentences.declines.records import Decline, DeclineDecision, DeclineReason
from vcs.sentences.records import DecisionRecord
from vcs.terms import Language
from vcs.victims.person import opened

GOES_ON: Final = frozenset({"days_late"})
"""What is another each day: it makes no letter stale."""


def facts_of_other(about: About, letter: LetterRecord) -> dict[str, Any]:
    """Return the facts of a letter: its office, the unit, the case, and what a person gave for it.

    What a person gave stands over what data holds. Holds the victim's address where its row does.
    """
    facts = {**common_facts(about), **_addressed(recipient_of(about.session, letter, about))}
    facts |= known_facts(about, letter.kind) | given_to(about.sealer, letter)
    return {**facts, "letter_reference": letter.reference}


def common_facts(about: About) -> dict[str, Any]:
    """Return what every letter to others says: who writes, and about which case."""
    by = about.signed()
    return {
        "vlo_name": by.officer,
        "unit_signs": by.officer == "",
        "vlo_phone": by.phone,
        "unit_name": by.unit,
        "unit_email": by.email,
        "unit_address": by.address,
        "reference": about.subject,
        "written_on": about.today,
        **_of_sentence(about),
    }


def _addressed(to: Recipient | None) -> dict[str, Any]:
    if to is None:
        return {}
    return {"addressee": to.name, "address": to.lines, "postcode": to.postcode}


def known_facts(about: About, kind: str) -> dict[str, Any]:
    """Return what data holds of a kind's own facts; what it does not hold is left out."""
    wanted = row_of(kind).facts
    found = {name: KEPT[name](about) for name in wanted if name in KEPT}
    return {name: value for name, value in found.items() if value not in (None, "", ())}


def _of_sentence(about: About) -> dict[str, Any]:
    query = select(DecisionRecord.facts).where(DecisionRecord.sentence_id == about.sentence.id)
    facts = about.session.exec(query.order_by(col(DecisionRecord.id).desc())).first()
    named = court(about.sentence.court_code)
    return {
        "sentencing": facts_from_json(facts) if facts else None,
        "route": about.sentence.route,
        "sentenced_on": about.sentence.sentenced_on,
        "court_name": about.sentence.court_name or (named.name if named else ""),
        "court_name_welsh": named.welsh_name if named else "",
    }


def _due_on(about: About) -> date | None:
    return late_since(about)


def _days_late(about: About) -> int | None:
    due_on = late_since(about)
    return working_days_between(due_on, about.today) or None if due_on else None


def _decline_reason(about: About) -> dict[str, str] | None:
    query = select(Decline.reason).where(
        Decline.sentence_id == about.sentence.id, Decline.decision == DeclineDecision.CONFIRMED
    )
    reason = about.session.exec(query.order_by(col(Decline.id).desc())).first()
    said = told_words.DECLINED.get(DeclineReason(reason)) if reason else None
    return said._asdict() if said else None


def _victim_name(about: About) -> str | None:
    return opened(about.sealer, about.victim.person).name if about.victim else None


def _victim_address(about: About) -> tuple[str, ...] | None:
    if about.victim is None:
        return None
    person = opened(about.sealer, about.victim.person)
    return tuple(filter(None, (*person.where, person.postcode))) or None


def _requests(about: About) -> dict[str, tuple[str, ...]] | None:
    asked = [told_words.REQUESTED[one.code] for one in open_requests(about)]
    if not asked:
        return None
    each = [said._asdict() for said in dict.fromkeys(asked)]
    return {str(lang): tuple(one[str(lang)] for one in each) for lang in Language}


KEPT: Final[Mapping[str, Callable[[About], Any]]] = {
    "case_reference": lambda about: about.sentence.case_reference,
    "due_on": _due_on,
    "days_late": _days_late,
    "decline_reason": _decline_reason,
    "victim_name": _victim_name,
    "victim_address": _victim_address,
    "requests": _requests,
}
