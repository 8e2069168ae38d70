"""The facts that a person gave for one letter alone: sealed with it, and changed until approval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlmodel import select

from vcs.access.rules import Act
from vcs.access.versions import require_version, version_of
from vcs.access.work import Work
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.post import catalogue
from vcs.post.find import find_letter
from vcs.post.records import LetterDecision, LetterRecord, LetterStatus
from vcs.sealing import Sealer

_DECIDED: Final = (
    "Ask a colleague to write this letter: whoever decided that it may go cannot also write it."
)


def given_to(sealer: Sealer, letter: LetterRecord) -> dict[str, Any]:
    """Return the facts that a person gave for a letter, by name; days are in ISO form."""
    found: dict[str, Any] = sealer.open_json(letter.given) if letter.given else {}
    return found


def given_version(sealer: Sealer, letter: LetterRecord) -> str:
    """Return the version of the facts that people gave for a letter."""
    return version_of(given_to(sealer, letter))


def give_facts(work: Work, letter_reference: str, seen: str, facts: Mapping[str, Any]) -> None:
    """Keep the facts that a person gives for a letter, in place of those given before.

    ``seen`` is the version of those that the person was shown: raises NotValid where another one is
    held now. A fact that the letter's row does not name is refused. Raises Conflict once it was
    approved: what is approved is never made again.
    """
    work.require_may(Act.WRITE_LETTER)
    letter, _, referral = find_letter(work.session, letter_reference, work.actor)
    if letter.status != LetterStatus.DRAFT:
        raise Conflict("This letter is no draft any more. Load its page again.")
    require_version(seen, given_version(work.sealer, letter))
    if set(facts) - set(catalogue.letter(letter.kind).facts):
        raise NotValid("This letter does not use that fact.")
    known = {name: value for name, value in facts.items() if value not in (None, "", {}, [])}
    letter.given = work.sealer.seal_json(known) if known else None
    begin(work, letter)
    work.session.add(letter)
    work.note("letter.given_facts", referral.reference, letter.reference)


def begin(work: Work, letter: LetterRecord) -> None:
    """Make a letter that its trigger drafted that of whoever works on it first.

    Raises NotAllowed for whoever decided something about it: alone they would send it.
    """
    if letter.drafted_by is not None:
        return
    actor_id = work.actor.account_id
    query = select(LetterDecision.id).where(
        LetterDecision.letter_id == letter.id, LetterDecision.decided_by == actor_id
    )
    if work.session.exec(query.limit(1)).first() is not None:
        raise NotAllowed(_DECIDED)
    letter.drafted_by = actor_id
