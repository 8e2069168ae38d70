"""A message that was sent to the address of another hearing than the one it tells of."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlmodel import Session

from vcs.intake.records import CourtMessage
from vcs.tables import table_of
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind

_MESSAGES = table_of(CourtMessage)


def ask_about_address(session: Session, receipt: str, today: date) -> None:
    """Ask an administrator, once for each message, which of the two its sender meant.

    What the message says counts meanwhile. Neither id is repeated.
    """
    query = select(_MESSAGES.c.id).where(_MESSAGES.c.receipt == receipt)
    message_id = session.execute(query).scalar_one()
    text = (
        f"The court message {receipt} was sent to the address of another hearing than the one it "
        "tells of. It was read as it stands. Ask those who run the feed which one was meant."
    )
    question = Question(f"address:{receipt}", TaskKind.QUESTION, text, message_id=message_id)
    open_tasks(session, [question], today)
