"""Each letter: its purpose, the duty that posting it meets, its languages, who approves it.

To add a letter, add a row here, its dataclass in ``letters/contents.py`` with its entry in
``letters/catalogue.py``, and a template for each language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vcs.errors import NotFound
from vcs.law.duties import FIRST_CONTACT
from vcs.terms import Language, Role


@dataclass(frozen=True, slots=True)
class LetterPolicy:
    """One row.

    ``duty`` is the id in ``vcs.law.duties`` of the duty that is met when the letter was posted;
    None for a letter that meets none. ``kinds_before`` are names that earlier versions kept.
    """

    kind: str
    purpose: str
    duty: str | None
    languages: tuple[Language, ...]
    approved_by: tuple[Role, ...]
    kinds_before: tuple[str, ...] = ()


INITIAL_CONTACT: Final = "initial-contact"

CATALOGUE: tuple[LetterPolicy, ...] = (
    LetterPolicy(
        kind=INITIAL_CONTACT,
        purpose="Invite the victim to join the Victim Contact Scheme and offer a visit",
        duty=FIRST_CONTACT,
        languages=(Language.ENGLISH, Language.WELSH),
        approved_by=(Role.VLO, Role.MANAGER),
        kinds_before=("initial_contact",),
    ),
)


def letter(kind: str) -> LetterPolicy:
    """Return the row for a kind of letter. Raises NotFound for a kind there is none of."""
    row = next((row for row in CATALOGUE if kind in (row.kind, *row.kinds_before)), None)
    if row is None:
        raise NotFound("There is no letter of that kind.")
    return row


def kinds_meeting(duty: str) -> tuple[str, ...]:
    """Return the kinds of letter whose posting meets a duty, under every name they had."""
    rows = (row for row in CATALOGUE if row.duty == duty)
    return tuple(kind for row in rows for kind in (row.kind, *row.kinds_before))
