"""**The** letters: one row each, in ``rows/``. Read by the gate, by what drafts them, by the pages.

To add a letter, add a row in ``rows/``, and a template and wording in ``letters/``.
"""

from __future__ import annotations

from typing import Final

from vcs.errors import NotFound
from vcs.post.holds.hold_kinds import HoldKind
from vcs.post.rows.hospital import HOSPITAL
from vcs.post.rows.joining import INITIAL_CONTACT as INITIAL_CONTACT
from vcs.post.rows.joining import JOINING
from vcs.post.rows.others import OTHERS
from vcs.post.rows.policy import Addressee as Addressee
from vcs.post.rows.policy import Forbidden as Forbidden
from vcs.post.rows.policy import LetterPolicy as LetterPolicy
from vcs.post.rows.policy import Occasion as Occasion
from vcs.post.rows.policy import Trigger as Trigger
from vcs.post.rows.sentence import STAGES

CATALOGUE: tuple[LetterPolicy, ...] = (*JOINING, *STAGES, *HOSPITAL, *OTHERS)

NOT_TO_BE_OVERRULED: Final = frozenset(
    {
        HoldKind.NEVER_CONTACT,
        HoldKind.POST_NEVER,
        HoldKind.DECEASED,
        HoldKind.SAID_DECEASED,
        HoldKind.NOTE_FORBIDS,
        HoldKind.CHOSE_OTHERWISE,
        HoldKind.NOT_SAFE_TO_POST,
        HoldKind.EXCLUDED,
    }
)
"""Holds that no row lets pass, whatever the letter, if it goes to a victim."""


def letter(kind: str) -> LetterPolicy:
    """Return the row for a kind of letter. Raises NotFound for a kind there is none of."""
    row = next((row for row in CATALOGUE if kind in (row.kind, *row.kinds_before)), None)
    if row is None:
        raise NotFound("There is no letter of that kind.")
    return row


def kinds_meeting(duty: str) -> tuple[str, ...]:
    """Return the kinds of letter whose posting meets a duty, under every name they had."""
    rows = (row for row in CATALOGUE if duty in (row.duty, *row.duties_too))
    return tuple(kind for row in rows for kind in (row.kind, *row.kinds_before))
