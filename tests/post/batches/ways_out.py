"""Every way by which an approved letter gets out, each tried and then undone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from sqlmodel import Session, select

from tests.journeys.world import World
from tests.post.batches.a_batch import OPERATOR
from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.errors import VcsError
from vcs.post import opening
from vcs.post.batches import fill, made
from vcs.post.batches.despatch import Left, despatch_row
from vcs.post.batches.leaving import held_with_concern
from vcs.post.batches.records import BatchLetter, PrintBatch
from vcs.post.notify import deliver, give
from vcs.post.notify.email import give_emails
from vcs.post.notify.records import NotifyLetter
from vcs.post.others import opening as others
from vcs.post.posting import Despatch, keep_despatch, record_posted
from vcs.post.records import LetterRecord
from vcs.terms import LetterFormat

Way = Callable[[World, Session, LetterRecord, Actor], bool]


class Undone(Exception):
    """Takes back what one try did, so that the next finds the letter as it was."""


def goes_out(world: World, reference: str, way: Way, who: Actor) -> bool:
    """Try to get a letter out, say whether it went, and undo it."""
    went = False
    with suppress(Undone, VcsError), world.db.writing() as session:
        query = select(LetterRecord).where(LetterRecord.reference == reference)
        went = way(world, session, session.exec(query).one(), who)
        raise Undone
    return went


def its_pdf(reason: str) -> Way:
    def way(world: World, session: Session, letter: LetterRecord, who: Actor) -> bool:
        opens = opening.open_for_printing if letter.victim_id else others.open_other
        return opens(world.work(session, who), letter.reference, reason).pdf is not None

    return way


def a_new_batch(world: World, session: Session, letter: LetterRecord, who: Actor) -> bool:
    del letter, who
    work = world.work(session, OPERATOR)
    return fill.fill(work, fill.begin(work, None).reference).taken > 0


def waiting_in_a_batch(world: World, session: Session, letter: LetterRecord) -> PrintBatch:
    """Put a letter into a finished batch, as it was before anything held it."""
    batch = fill.begin(world.work(session, OPERATOR), None)
    batch.filled_at = batch.made_at = world.clock.now()
    row = BatchLetter(
        batch_id=batch.id, letter_id=letter.id, held_letter_id=letter.id, taken_at=batch.begun_at
    )
    session.add_all((batch, row))
    session.flush()
    return batch


def despatched_with_its_batch(
    world: World, session: Session, letter: LetterRecord, who: Actor
) -> bool:
    del who
    batch = waiting_in_a_batch(world, session, letter)
    work = world.work(session, OPERATOR)
    row = despatch_row(work, batch.reference, letter.reference, Despatch(world.today))
    return row.became is Left.RECORDED


def in_the_file_of_its_batch(
    world: World, session: Session, letter: LetterRecord, who: Actor
) -> bool:
    del who
    batch = waiting_in_a_batch(world, session, letter)
    made.look_again(world.work(session, OPERATOR), batch.reference)
    return any(made.to_print(session, world.sealer, batch.id, None))


def given_to_notify(world: World, session: Session, letter: LetterRecord, who: Actor) -> bool:
    del letter, who
    return give.give(world.work(session, OPERATOR), None).taken > 0


def sent_by_notify(world: World, session: Session, letter: LetterRecord, who: Actor) -> bool:
    """Try one that was given to Notify before anything held it, and is sent now."""
    del who
    now = world.clock.now()
    session.add(NotifyLetter(letter_id=letter.id, asked_at=now, asked_by="1", next_try_at=now))
    session.flush()
    work = Work(session, world.sealer, deliver.NOTIFY, now)
    held = deliver.claim(work, letter.id, "a try", timedelta(minutes=1))
    return held is not None and bool(held.pdf)


def given_as_an_email(world: World, session: Session, letter: LetterRecord, who: Actor) -> bool:
    del who
    _in_plain_text(session, letter)
    return give_emails(world.work(session, OPERATOR), None).taken > 0


def sent_as_an_email(world: World, session: Session, letter: LetterRecord, who: Actor) -> bool:
    _in_plain_text(session, letter)
    return sent_by_notify(world, session, letter, who)


def _in_plain_text(session: Session, letter: LetterRecord) -> None:
    letter.format = LetterFormat.TEXT
    session.add(letter)
    session.flush()


def by_hand(world: World, session: Session, letter: LetterRecord, who: Actor) -> bool:
    work = world.work(session, who)
    if letter.victim_id:
        record_posted(work, letter.reference, world.today)
    else:
        held, concern = held_with_concern(work, letter.id)
        keep_despatch(work, held, concern, Despatch(world.today))
    return True


ON_PAPER: dict[str, Way] = {
    "its PDF, to post it": its_pdf(opening.TO_POST),
    "its PDF, to answer a question": its_pdf("to answer a question about it"),
    "a new batch": a_new_batch,
    "despatched with its batch": despatched_with_its_batch,
    "in the file of its batch": in_the_file_of_its_batch,
    "given to Notify": given_to_notify,
    "sent by Notify": sent_by_notify,
    "by hand": by_hand,
}

BY_EMAIL: dict[str, Way] = {
    "given as an email": given_as_an_email,
    "sent as an email": sent_as_an_email,
}
