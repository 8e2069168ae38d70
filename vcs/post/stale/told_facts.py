"""What a letter tells besides the sentence, as it is known now: a change of it makes it stale.

Each is read where it is kept, by the name under which a row of the catalogue lists it. A fact of
which nothing is kept is not here: what was written for one letter alone cannot change behind it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from sqlmodel import col, select

from vcs.events.planned import planned_release_of
from vcs.events.records import KeyEvent
from vcs.post.cases.case_parts import CasePart
from vcs.post.cases.letter_case import Wanted
from vcs.post.records import LetterRecord
from vcs.post.rows.policy import LetterPolicy
from vcs.terms import Choice
from vcs.victims.records import ChoiceRecord


def told_now(part: CasePart, about: LetterRecord | Wanted, row: LetterPolicy) -> str:
    """Return what a letter would tell today, in one canonical form."""
    facts = {name: KEPT[name](part) for name in row.facts if name in KEPT}
    return json.dumps([facts, _event(part, about.occasion)], sort_keys=True)


def _event(part: CasePart, occasion: str) -> list[str | None] | None:
    """Return the event that a letter is about as it stands; None for a letter about none."""
    query = select(KeyEvent).where(KeyEvent.reference == occasion)
    event = part.session.exec(query).first() if occasion else None
    if event is None:
        return None
    taken_back = event.taken_back_at.isoformat() if event.taken_back_at else None
    return [event.kind, event.happened_on.isoformat(), taken_back]


def _release_month(part: CasePart) -> str | None:
    planned = planned_release_of(part.session, part.sealer, part.sentence, part.today)
    return _month(planned)


def _chosen_on(part: CasePart) -> str | None:
    query = (
        select(col(ChoiceRecord.chosen_on))
        .where(
            ChoiceRecord.victim_id == part.victim.id,
            ChoiceRecord.choice != str(Choice.NO_REPLY),
        )
        .order_by(col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    )
    chosen = part.session.exec(query).first()
    return chosen.isoformat() if chosen else None


def _month(day: date | None) -> str | None:
    return f"{day:%Y-%m}" if day else None


KEPT: Final[Mapping[str, Callable[[CasePart], str | None]]] = {
    "chosen_on": _chosen_on,
    "release_month": _release_month,
}
