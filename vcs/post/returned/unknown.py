"""Letters that came back and that nobody can name: kept, and an administrator is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.reads import name_of, names_of
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.post.returned.near import quoted, tidy
from vcs.post.returned.record import LONGEST_NOTE
from vcs.post.returned.records import UnknownReturn
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.tables import free_reference
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind

LONGEST_TYPED: Final = 40

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class UnknownView:
    """One letter that came back under a reference that no letter has."""

    reference: str
    typed: str
    note: str
    came_back_on: date
    recorded_at: datetime
    recorded_by: str
    is_open: bool


def keep_unknown(work: Work, typed: str, came_back_on: date, note: str = "") -> UnknownReturn:
    """Keep that a letter came back which no reference names, and ask an administrator.

    The same again, with no other words, while nobody has answered, is the same row. Raises NotValid
    for words that are too long, and for a day ahead of us.
    """
    if work.actor.client_id is None:
        work.require_may(Act.RECORD_RETURNED)
    said = _as_said(typed)
    if len(note) > LONGEST_NOTE or came_back_on > work.today:
        raise NotValid("Some details need correcting.", {"note": "Enter fewer words"})
    if before := _before(work, (said, note.strip()), came_back_on):
        return before
    kept = UnknownReturn(
        reference=free_reference(work.session, UnknownReturn),
        typed=work.sealer.seal_text(typed.strip()[:LONGEST_TYPED]),
        note=work.sealer.seal_text(note.strip()),
        came_back_on=came_back_on,
        recorded_at=work.now,
        recorded_by=work.actor.who,
    )
    work.session.add(kept)
    work.session.flush()
    open_tasks(work.session, [_question(work, kept, quoted(typed))], work.today)
    work.note("return.unknown", kept.reference)
    return kept


def _question(work: Work, kept: UnknownReturn, said: str) -> Question:
    named = f"the reference {said}, which no letter has" if said else "no reference of ours"
    return Question(
        _key(kept),
        TaskKind.RETURNED_UNKNOWN,
        f"A letter came back with {named}. What was read on it is on the page Letters that nobody "
        f"knows, as {kept.reference}. Find out which letter it is, or whose. The unit that sent it "
        "then records that it came back. Say here what you found.",
        due_on=work.today,
    )


def _as_said(typed: str) -> str:
    """Return what was read on a letter as it is compared: a reference, or every word of it."""
    said = tidy(typed)
    is_reference = said.startswith("VCS-") and len(said) == len("VCS-7K3M-9QTD")
    return said if is_reference else " ".join(typed.strip()[:LONGEST_TYPED].upper().split())


def _key(kept: UnknownReturn) -> str:
    return f"{TaskKind.RETURNED_UNKNOWN}:{kept.reference}"


def _before(work: Work, said: tuple[str, str], came_back_on: date) -> UnknownReturn | None:
    """Return the same letter, recorded before. Two on which nothing can be read are two letters."""
    if not any(letter.isdecimal() for letter in said[0]):
        return None
    asked = select(Task.key).where(Task.kind == TaskKind.RETURNED_UNKNOWN)
    still_open = set(work.session.exec(asked.where(col(Task.done_at).is_(None))))
    query = select(UnknownReturn).where(UnknownReturn.came_back_on == came_back_on)
    for one in work.session.exec(query.order_by(col(UnknownReturn.id).desc()).limit(MOST)):
        typed = _as_said(shown(work.sealer.open_text, one.typed, UNOPENED))
        note = shown(work.sealer.open_text, one.note, UNOPENED)
        if typed == said[0] and said[1] in ("", note) and _key(one) in still_open:
            return one
    return None


def unknown_returns(session: Session, sealer: Sealer, actor: Actor) -> tuple[UnknownView, ...]:
    """Return what came back and nobody can name, the newest first, at most :data:`MOST`."""
    require_may(actor, Act.SEE_UNKNOWN_RETURNED)
    query = select(UnknownReturn).order_by(col(UnknownReturn.id).desc()).limit(MOST)
    rows, names = session.exec(query).all(), names_of(session)
    keys = {_key(one): one.id for one in rows}
    asked = select(Task.key).where(col(Task.key).in_(keys), col(Task.done_at).is_(None))
    still_open = {keys[key] for key in session.exec(asked)}
    return tuple(
        UnknownView(
            one.reference,
            shown(sealer.open_text, one.typed, UNOPENED),
            shown(sealer.open_text, one.note, UNOPENED),
            one.came_back_on,
            one.recorded_at,
            name_of(one.recorded_by, names),
            one.id in still_open,
        )
        for one in rows
    )
