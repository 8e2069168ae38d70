"""How a victim may be reached, and who reached or tried to reach them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.sealing import Sealer
from vcs.victims.person import Person, talked
from vcs.victims.records import ContactRecord, Victim


@dataclass(frozen=True, slots=True)
class ContactRules:
    """What anyone must know before they write to, ring or visit a victim.

    ``notes`` is what was noted about contacting them safely; None where the reader may not see it.
    ``safe_to_post`` None means that nobody has said yet, which is not a yes.
    """

    language: str
    format_needs: str
    safe_to_post: bool | None
    notes: str | None


@dataclass(frozen=True, slots=True)
class ContactView:
    """One contact, or one attempt where ``reached`` is false."""

    reached: bool
    happened_on: date
    how: str
    spoke_to: str
    words: str
    recorded_at: datetime
    recorded_by: str


def contact_rules(person: Person, victim: Victim, format_needs: str) -> ContactRules:
    """Return how one victim may be reached."""
    return ContactRules(
        victim.language, format_needs, victim.safe_to_post, person.safe_contact_notes
    )


def contacts_with(
    session: Session, sealer: Sealer, victim_ids: list[int], names: dict[int, str]
) -> dict[int, list[ContactView]]:
    """Return the contacts and attempts of each victim, the newest day first."""
    query = (
        select(ContactRecord)
        .where(col(ContactRecord.victim_id).in_(victim_ids))
        .order_by(col(ContactRecord.happened_on).desc(), col(ContactRecord.id).desc())
    )
    found: dict[int, list[ContactView]] = defaultdict(list)
    for one in session.exec(query):
        talk, by = talked(sealer, one), names.get(one.recorded_by, "")
        found[one.victim_id].append(
            ContactView(
                one.reached,
                one.happened_on,
                one.how,
                talk.spoke_to,
                talk.words,
                one.recorded_at,
                by,
            )
        )
    return found
