"""``vcs post``: what became of letters outside the building."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from sqlmodel import select

from api.commands.opening import opened
from vcs import clock
from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.post.batches.leaving import held_with_concern
from vcs.post.concern import Concern
from vcs.post.records import LetterRecord
from vcs.post.returned.near import NoSuchLetter, letter_named
from vcs.post.returned.reasons import POLICIES, ReturnReason, reason_said
from vcs.post.returned.record import Recorded, Report, keep_any_return
from vcs.post.returned.unknown import keep_unknown
from vcs.terms import Role

_OPERATOR = Actor(0, "vcs post", Role.ADMINISTRATOR, client_id="vcs-post")


_NOBODY_KNOWS = "No letter has this reference."


def returned(
    reference: Annotated[str, typer.Argument(help="The letter's reference, as it is printed.")],
    reason: Annotated[str, typer.Option(help="What the envelope says, such as gone-away.")],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it came back: today.")
    ] = None,
    note: Annotated[str, typer.Option(help="Anything else that is written on it.")] = "",
    keep: Annotated[
        bool,
        typer.Option(
            "--keep",
            help="Keep it for an administrator though other references come near.",
        ),
    ] = False,
) -> None:
    """Record that a letter came back.

    One whose reference no letter has is kept, and an administrator is asked; the exit code is 1.
    Where references come near nothing is written: choose one of them, or say --keep.
    """
    why = reason_said(reason)
    if why is None:
        known = ", ".join(one.replace("_", "-") for one in ReturnReason)
        raise NotValid(f"There is no such reason. Give one of these: {known}.")
    db, sealer = opened()
    with db.writing() as session:
        work = Work(session, sealer, _OPERATOR, clock.now())
        report = Report(why, on.date() if on else work.today, note)
        words, is_known = _recorded(work, reference, report, keep=keep)
        print(words)
    if not is_known:
        raise typer.Exit(1)


def _recorded(work: Work, reference: str, report: Report, *, keep: bool) -> tuple[str, bool]:
    """Record it, or keep what nobody knows; return what to say, and whether the letter is known."""
    try:
        named = letter_named(work.session, reference, None)
    except NoSuchLetter as unknown:
        if unknown.near and not keep:
            raise
        said = f"{report.reason.value}. {report.note}"
        kept = keep_unknown(work, reference, report.came_back_on, said)
        return f"{_NOBODY_KNOWS} It is kept as {kept.reference}: an administrator is asked.", False
    letter, concern = _held(work, named)
    return _told(keep_any_return(work, letter, concern, report)), True


def _held(work: Work, reference: str) -> tuple[LetterRecord, Concern]:
    """Return a letter with whom it concerns, held until the transaction ends."""
    query = select(LetterRecord.id).where(LetterRecord.reference == reference)
    return held_with_concern(work, work.session.exec(query).one())


def _told(recorded: Recorded) -> str:
    held = recorded.returned
    words = POLICIES[ReturnReason(held.reason)].words
    if recorded.is_repeat:
        return (
            f"{recorded.letter_reference} was recorded before: it came back on "
            f"{held.came_back_on}, “{words}”. That report stays, and nothing is asked again."
        )
    return f"Recorded: {recorded.letter_reference} came back on {held.came_back_on}, “{words}”."
