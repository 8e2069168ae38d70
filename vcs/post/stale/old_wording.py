"""Letters that were approved with words that are not today's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, func, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may
from vcs.post.batches.fill import of_anybody
from vcs.post.records import LetterRecord, LetterStatus
from vcs.victims.records import PostedLetter

MOST: Final = 500


@dataclass(frozen=True, slots=True)
class OldLetter:
    """One such letter. It names nobody."""

    reference: str
    kind: str
    language: str
    format: str
    approved_at: datetime | None
    template_version: str
    was_posted: bool
    is_to_others: bool = False


@dataclass(frozen=True, slots=True)
class OldWording:
    """The newest of them, and how many there are."""

    letters: tuple[OldLetter, ...]
    count: int


def on_old_wording(session: Session, actor: Actor, versions: Collection[str]) -> OldWording:
    """Return the approved letters a person may see whose words are none of ``versions``.

    Those to partners too.
    """
    require_may(actor, Act.SEE_LETTER)
    query = of_anybody(
        select(LetterRecord, PostedLetter.id)
        .join(PostedLetter, col(PostedLetter.letter_id) == col(LetterRecord.id), isouter=True)
        .where(
            LetterRecord.status == LetterStatus.APPROVED,
            col(LetterRecord.template_version).not_in(versions),
        ),
        actor,
    )
    count = session.exec(select(func.count()).select_from(query.subquery())).one()
    newest = session.exec(query.order_by(col(LetterRecord.approved_at).desc()).limit(MOST)).all()
    return OldWording(tuple(_old(letter, posted) for letter, posted in newest), count)


def _old(letter: LetterRecord, posted: int | None) -> OldLetter:
    return OldLetter(
        letter.reference,
        letter.kind,
        letter.language,
        letter.format,
        letter.approved_at,
        letter.template_version or "",
        posted is not None,
        letter.victim_id is None,
    )
