"""A message that no reader could read, read by a person: kept and decided as any other message."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import select

from vcs.access.work import Work
from vcs.database import insert_once
from vcs.errors import NotValid
from vcs.intake import regions
from vcs.intake.by_hand.entry import HandReading
from vcs.intake.by_hand.reading import CLIENT, facts_of
from vcs.intake.inbox import keep_within
from vcs.intake.records import CourtMessage, ReadByHand
from vcs.law.decision import Decision
from vcs.law.eligibility import decide
from vcs.sentences.set_aside.act import find_set_aside
from vcs.sentences.set_aside.reads import require_may_enter
from vcs.tables import table_of


def would_be(work: Work, entry: HandReading) -> Decision:
    """Return what the law says of an entry before it is kept. Raises NotValid for one it is not."""
    _check(work, entry)
    return decide(facts_of(entry))


def enter(work: Work, entry: HandReading) -> str:
    """Keep what a person read in a message, to be read, decided and followed as any other is.

    Returns the receipt. The message that it was read in stays set aside until somebody dismisses
    it: it may hold more people. The same entry again changes nothing.
    """
    _check(work, entry)
    message = find_set_aside(work.session, entry.of_receipt)
    kept = keep_within(work.session, work.sealer, entry.body(), CLIENT, work.now)
    entry_id = work.session.exec(
        select(CourtMessage.id).where(CourtMessage.receipt == kept.receipt)
    ).one()
    row = {
        "message_id": message.id,
        "entry_id": entry_id,
        "entered_at": work.now,
        "entered_by": work.actor.account_id,
    }
    work.session.execute(insert_once(work.session, table_of(ReadByHand), "entry_id").values(row))
    work.note("message.read_by_hand", entry.of_receipt, kept.receipt)
    return kept.receipt


def _check(work: Work, entry: HandReading) -> None:
    require_may_enter(work.session, work.actor, entry.of_receipt)
    if fields := dict(_problems(work, entry)):
        raise NotValid("Some details need correcting.", fields)


def _problems(work: Work, entry: HandReading) -> Iterator[tuple[str, str]]:
    if entry.court_code and regions.court(entry.court_code) is None:
        yield "court", "Select the court, or ‘Not in this list’"
    if entry.sentenced_on > work.today:
        yield "sentenced_on", "The day of sentence must be today or in the past"
    if entry.date_of_birth and entry.date_of_birth >= entry.sentenced_on:
        yield "date_of_birth", "The date of birth must be before the day of sentence"
    for number, offence in enumerate(entry.offences, start=1):
        if offence.committed_on and offence.committed_on > entry.sentenced_on:
            yield f"offence-{number}-committed_on", "The day must be on or before that of sentence"
