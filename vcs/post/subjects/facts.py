"""The facts of one letter beyond the common ones: what data holds, and what a person gave."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from vcs.access.actors import Actor
from vcs.clock import london_date
from vcs.post.reads import letter_facts, visible_letter
from vcs.post.subjects.given import given_to
from vcs.post.subjects.known import known_facts
from vcs.sealing import Sealer


def facts_of_letter(
    session: Session, sealer: Sealer, actor: Actor, letter_reference: str, now: datetime
) -> dict[str, Any]:
    """Return the facts that one letter may use: of its victim, of what it is about, and as given.

    What a person gave for this letter stands over what data holds. Holds the address.
    """
    letter, victim, _ = visible_letter(session, letter_reference, actor)
    common = letter_facts(session, sealer, actor, victim.reference, london_date(now))
    known = known_facts(session, sealer, letter, victim, now)
    given = given_to(sealer, letter)
    return {**common, **known, **given, "letter_reference": letter.reference}
