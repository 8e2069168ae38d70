"""Make the file of a print batch and its manifest, for the command and for the page.

Every step can be interrupted and is done again by the next call: which letters are in a batch is
in the database, and the file is written anew, the same bytes from the same letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from letters import LetterRefused
from letters.despatch.print_check import read_back_from
from letters.despatch.print_file import PrintedLetter, pages_of, write
from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.database import Database
from vcs.errors import Conflict, NotSetUp
from vcs.post.batches import despatch, fill, made
from vcs.post.batches.fill import HeldBack
from vcs.post.batches.leaving import held_with_concern
from vcs.post.batches.manifest import Line, written
from vcs.post.batches.reads import BatchView, batch_named, batch_rows
from vcs.post.stale.stopping import ask_about_unsent
from vcs.sealing import Sealer

_AT_A_TIME: Final = 100

NOTHING_WAITS: Final = (
    "Nothing of this batch waits to be printed. If it was printed, record that it left."
)

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Making:
    """One batch in hand: for whom, and what was held back and pulled on the way.

    ``stop`` ends the filling early; ``in_steps`` says that somebody goes on with it at once.
    """

    db: Database
    sealer: Sealer
    actor: Actor
    now: Callable[[], datetime]
    progress: Progress
    stop: Callable[[], bool] = lambda: False
    in_steps: bool = False
    held_back: list[HeldBack] = field(default_factory=list)
    pulled: list[HeldBack] = field(default_factory=list)

    @property
    def seer(self) -> Actor | None:
        """Return whose view counts; None for the operator."""
        return None if self.actor.client_id else self.actor

    def batch(self, reference: str) -> BatchView:
        """Return a batch as it is now."""
        with self.db.reading() as session:
            return batch_named(session, self.seer, reference)

    @contextmanager
    def writing(self) -> Iterator[Work]:
        """Open one transaction."""
        with self.db.writing() as session:
            yield Work(session, self.sealer, self.actor, self.now())


def begin(making: Making, region_code: str | None) -> str | None:
    """Return the reference of the open batch, or of a new one; None where no letter waits."""
    with making.db.writing() as session:
        work = Work(session, making.sealer, making.actor, making.now())
        fill.may_batch(work)
        opened = fill.open_batch(work, region_code)
        if opened is None and not fill.waiting(session, making.seer, region_code):
            return None
        return (opened or fill.begin(work, region_code)).reference


def fill_batch(making: Making, reference: str) -> None:
    """Put every waiting letter into a batch; look again at those that were in it before."""
    batch = making.batch(reference)
    if batch.closed_at is not None:
        return
    if batch.holds and (batch.is_filled or not making.in_steps):
        _look_again(making, reference)
    _fill(making, reference)
    _measure(making, reference)


def close_if_empty(making: Making, reference: str) -> bool:
    """Close a batch that holds no letter any more, and say whether it was so."""
    if making.batch(reference).holds:
        return False
    with making.writing() as work:
        despatch.close(work, reference)
    return True


def write_file(making: Making, reference: str, to: Path) -> str:
    """Write a batch's file to a path, like :func:`write_to`."""
    with to.open("w+b") as file:
        return write_to(making, reference, file)


def write_to(making: Making, reference: str, file: BinaryIO) -> str:
    """Write a batch's file, read it back, and return its manifest.

    ``file`` is open for both. Raises NotSetUp where what is read back is not exactly what was to
    be in it, and Conflict where nothing of the batch waits.
    """
    batch = making.batch(reference)
    if not batch.waits:
        raise Conflict(NOTHING_WAITS)
    with making.db.reading() as session:
        letters = made.to_print(session, making.sealer, batch.id, making.seer)
        put: list[PrintedLetter] = []
        for one in write(letters, reference, file):
            put.append(one)
            making.progress("Letters written", len(put), batch.waits)
    file.flush()
    held = _compared(making, put, file, batch.waits)
    with making.writing() as work:
        made.record_made(work, reference, {one.reference: one.first_page for one in held})
    return _manifest(making, batch, held)


def _compared(
    making: Making, put: list[PrintedLetter], file: BinaryIO, count: int
) -> list[PrintedLetter]:
    held = []
    for one in read_back_from(file):
        held.append(one)
        making.progress("Letters read back", len(held), count)
    if held != put or len({one.reference for one in held}) != count:
        raise NotSetUp("The finished file does not hold what was written. Run it again.")
    return held


def _manifest(making: Making, batch: BatchView, held: list[PrintedLetter]) -> str:
    with making.db.reading() as session:
        rows = {one.reference: one for one in batch_rows(session, batch.id, making.seer)}
    return written(
        Line(
            batch.reference,
            one.reference,
            one.first_page,
            one.pages,
            one.sheets,
            rows[one.reference].kind,
            rows[one.reference].language,
            rows[one.reference].format,
        )
        for one in held
    )


def _look_again(making: Making, reference: str) -> None:
    after, total, seen = 0, making.batch(reference).waits, 0
    while True:
        with making.writing() as work:
            done = made.look_again(work, reference, after)
        making.pulled += done.pulled
        if done.last is None:
            return
        after, seen = done.last, seen + made.AT_A_TIME
        making.progress("Letters looked at again", min(seen, total), total)


def _fill(making: Making, reference: str) -> None:
    with making.db.reading() as session:
        region = batch_named(session, making.seer, reference).region_code
        total = fill.waiting(session, making.seer, region)
    after, seen = 0, 0
    while True:
        with making.writing() as work:
            done = fill.fill(work, reference, after)
        making.held_back += done.held_back
        if done.last is None or making.stop():
            return
        after, seen = done.last, seen + done.taken + len(done.held_back)
        making.progress("Letters looked at", min(seen, total), total)


def _measure(making: Making, reference: str) -> None:
    """Count the pages of each letter; one that cannot be read comes out, and a person is asked."""
    batch, counted = making.batch(reference), dict[str, int]()
    unreadable: list[HeldBack] = []
    with making.db.reading() as session:
        for letter in made.unmeasured(session, making.sealer, batch.id):
            try:
                counted[letter.reference] = pages_of(letter.pdf)
            except LetterRefused as fault:
                unreadable.append(HeldBack(letter.reference, str(fault)))
            if len(counted) == _AT_A_TIME:
                _keep_pages(making, reference, counted)
                counted = {}
    _keep_pages(making, reference, counted)
    for one in unreadable:
        _ask_about(making, reference, one)


def _keep_pages(making: Making, reference: str, counted: dict[str, int]) -> None:
    with making.writing() as work:
        made.keep_pages(work, reference, counted)


def _ask_about(making: Making, reference: str, back: HeldBack) -> None:
    with making.writing() as work:
        letter_id = made.pull_unreadable(work, reference, back)
        letter, concern = held_with_concern(work, letter_id)
        ask_about_unsent(work, letter, concern, back.why)
    making.pulled.append(back)
