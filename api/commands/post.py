"""``vcs post``: what became of letters outside the building."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from sqlmodel import Session, select

from api.commands.opening import opened
from vcs import clock
from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.post.records import LetterRecord
from vcs.post.returned.near import letter_named
from vcs.post.returned.reasons import POLICIES, ReturnReason, reason_said
from vcs.post.returned.record import Recorded, Report, keep_return
from vcs.referrals.records import Referral
from vcs.terms import Role
from vcs.victims.find import Part
from vcs.victims.records import Victim

_OPERATOR = Actor(0, "vcs post", Role.ADMINISTRATOR, client_id="vcs-post")


def returned(
    reference: Annotated[str, typer.Argument(help="The letter's reference, as it is printed.")],
    reason: Annotated[str, typer.Option(help="What the envelope says, such as gone-away.")],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it came back: today.")
    ] = None,
    note: Annotated[str, typer.Option(help="Anything else that is written on it.")] = "",
) -> None:
    """Record that a letter came back."""
    why = reason_said(reason)
    if why is None:
        known = ", ".join(one.replace("_", "-") for one in ReturnReason)
        raise NotValid(f"There is no such reason. Give one of these: {known}.")
    db, sealer = opened()
    with db.writing() as session:
        work = Work(session, sealer, _OPERATOR, clock.now())
        letter, part = _held(session, letter_named(session, reference, None))
        report = Report(why, on.date() if on else work.today, note)
        recorded = keep_return(work, letter, part, report)
        print(_told(recorded))


def _held(session: Session, reference: str) -> tuple[LetterRecord, Part]:
    """Return a letter with whom it is to, held until the transaction ends."""
    letter = session.exec(select(LetterRecord).where(LetterRecord.reference == reference)).one()
    victim = session.get_one(Victim, letter.victim_id)
    query = select(Referral).where(Referral.id == victim.referral_id)
    referral = session.exec(query.with_for_update(key_share=True)).one()
    session.refresh(letter, with_for_update=True)
    return letter, (victim, referral)


def _told(recorded: Recorded) -> str:
    held = recorded.returned
    words = POLICIES[ReturnReason(held.reason)].words
    if recorded.is_repeat:
        return (
            f"{recorded.letter_reference} was recorded before: it came back on "
            f"{held.came_back_on}, “{words}”. That report stays, and nothing is asked again."
        )
    return f"Recorded: {recorded.letter_reference} came back on {held.came_back_on}, “{words}”."
