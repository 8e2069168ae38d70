"""The letter that a reference names, or, where none does, those that come near it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.errors import NotFound
from vcs.post.batches.fill import of_anybody
from vcs.post.records import LetterRecord

_MOST_SHOWN: Final = 5

# What a smudge or a hand makes of a character that references have.
_TAKEN_FOR: Final = str.maketrans("OIL", "011")

_SHAPE: Final = re.compile(r"[0-9A-Z]{8}")
_OURS: Final = re.compile(r"VCS-(?=.*\d)[0-9A-Z]{4}-[0-9A-Z]{4}")


class NoSuchLetter(NotFound):
    """No letter has this reference. ``near`` are those that a smudge could have made it."""

    def __init__(self, typed: str, near: tuple[str, ...]) -> None:
        """Say what to do, without a word about anybody."""
        named = quoted(typed)
        words = f"No letter has {f'the reference {named}' if named else 'this reference'}."
        words += " Nothing was recorded."
        if near:
            words += f" These come near it: {', '.join(near)}. Look at the letter again."
        super().__init__(words)
        self.near = near


def tidy(typed: str) -> str:
    """Return a reference as it is kept, however it was typed; at most 20 characters of it."""
    plain = re.sub(r"[^0-9A-Z]", "", typed.upper())
    body = plain.removeprefix("VCS")
    return f"VCS-{body[:4]}-{body[4:]}" if _SHAPE.fullmatch(body) else typed.strip().upper()[:20]


def quoted(typed: str) -> str:
    """Return a reference that may stand in a task or an error; "" for what may be anything else.

    Only what was typed in the shape of ours, as a whole: eight other characters may be a name with
    a year, and a postcode or a telephone number has digits too.
    """
    said = tidy(typed)
    is_ours = typed.strip().upper().startswith("VCS") and _OURS.fullmatch(said)
    return said if is_ours else ""


def letter_named(session: Session, typed: str, actor: Actor | None) -> str:
    """Return the reference of a letter that was approved, as it is kept.

    ``actor`` None asks for the operator, who may name every letter. Raises NoSuchLetter.
    """
    wanted = tidy(typed)
    found = _approved(session, actor, col(LetterRecord.reference) == wanted)
    if not found:
        raise NoSuchLetter(typed, _near(session, actor, wanted))
    return found[0]


def _near(session: Session, actor: Actor | None, wanted: str) -> tuple[str, ...]:
    """Return approved letters whose reference is this one but for a smudge or one character."""
    if not _SHAPE.fullmatch(wanted.removeprefix("VCS-").replace("-", "")):
        return ()
    clean = wanted[:4] + wanted[4:].translate(_TAKEN_FOR)
    column = col(LetterRecord.reference)
    return _approved(session, actor, or_(*(column.like(one) for one in _but_for_one(clean))))


def _but_for_one(reference: str) -> Iterator[str]:
    for at, character in enumerate(reference[4:], start=4):
        if character != "-":
            yield f"{reference[:at]}_{reference[at + 1 :]}"


def _approved(session: Session, actor: Actor | None, which: ColumnElement[bool]) -> tuple[str, ...]:
    query = (
        select(LetterRecord.reference)
        .where(which, col(LetterRecord.approved_at).is_not(None))
        .order_by(col(LetterRecord.reference))
        .limit(_MOST_SHOWN)
    )
    return tuple(session.exec(of_anybody(query, actor)))
