"""``vcs post batch`` and ``vcs post despatched``: letters for the printer, and that they left."""

from __future__ import annotations

import fcntl
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from api.commands import progress
from api.commands.opening import opened
from api.print_batches import Making, begin, close_if_empty, fill_batch, write_file
from vcs import clock
from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.database import Database
from vcs.errors import Conflict, NotFound, NotValid
from vcs.post.batches import despatch, fill
from vcs.post.batches.despatch import Left, RowDone
from vcs.post.batches.fill import HeldBack
from vcs.post.batches.manifest import ManifestRow, read
from vcs.post.batches.reads import BatchView, RowState, batch_rows
from vcs.post.batches.unprinted import unprinted
from vcs.post.posting import Despatch
from vcs.sealing import Sealer
from vcs.terms import Role

_OPERATOR: Final = Actor(0, "vcs post", Role.ADMINISTRATOR, client_id="vcs-post")

LETTERS, MANIFEST = "letters.pdf", "manifest.csv"

_BY_EMAIL: Final = (
    "In plain text, so in no batch. Send them by email or read them out, and record on the page "
    "of each that it left"
)

_PARTS: Final = (f".{LETTERS}.part", f".{MANIFEST}.part")


def batch(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the files are written.")],
    region: Annotated[
        str | None, typer.Option(help="The code of one region: by default every region.")
    ] = None,
) -> None:
    """Make one file of the approved letters, with its manifest.

    For the printer, on both sides: sorted by sheets, then format, language and reference. Safe
    to interrupt and to repeat: until its letters are recorded as left, the same batch is made
    again.
    """
    db, sealer = opened()
    making = Making(db, sealer, _OPERATOR, clock.now, progress.show)
    with _alone_in(folder):
        reference = _filled(making, region)
        _say("Held back, and not in the batch", making.held_back)
        _say("Pull these from what was printed before: they must not leave", making.pulled)
        _say(_BY_EMAIL, _not_printed(db, region))
        if reference is None:
            print("No approved letter waits to be printed.")
            _remove_what_left(making, folder)
            return
        _write(making, reference, folder)
        _tell(making, reference, folder, region)


def despatched(
    manifest: Annotated[Path, typer.Argument(help="The manifest.csv of a batch.")],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day they left: today.")
    ] = None,
    already_left: Annotated[
        bool,
        typer.Option(
            "--already-left",
            help="They cannot be stopped any more: record them, and ask about those at risk.",
        ),
    ] = False,
) -> None:
    """Record that the letters of a manifest left.

    Delete the rows of letters that stayed behind, or write yes in their column "pulled": they are
    in the next batch. While a row cannot be recorded the batch stays open, so that no other letter
    is taken to have stayed. Safe to repeat.
    """
    try:
        rows = read(manifest.read_bytes())
    except OSError as fault:
        raise NotValid(f"The manifest cannot be read: {fault.strerror}.") from None
    if not rows:
        raise NotValid("This manifest names no letter. Nothing was recorded.")
    db, sealer = opened()
    left_on = on.date() if on else clock.today()
    done = [
        _record(db, sealer, row, Despatch(left_on, already_left)) for row in rows if not row.pulled
    ]
    stayed = 0
    if all(one.became is not Left.UNKNOWN for one in done):
        with db.writing() as session:
            work = Work(session, sealer, _OPERATOR, clock.now())
            stayed = despatch.close(work, rows[0].batch)
    _told(rows[0].batch, done, stayed)


def _record(db: Database, sealer: Sealer, row: ManifestRow, left: Despatch) -> RowDone:
    with db.writing() as session:
        work = Work(session, sealer, _OPERATOR, clock.now())
        return despatch.despatch_row(work, row.batch, row.reference, left)


def _told(batch_reference: str, done: list[RowDone], stayed: int) -> None:
    counts = Counter(one.became for one in done)
    recorded, before = counts[Left.RECORDED], counts[Left.BEFORE]
    print(f"Batch {batch_reference}: recorded as left: {recorded}. Recorded before: {before}.")
    if counts[Left.UNKNOWN]:
        print("The batch stays open. Correct the rows below, and record them again.")
    else:
        print(f"Stayed behind, for the next batch: {stayed}.")
    pull = [HeldBack(one.reference, one.why) for one in done if one.became is Left.PULL]
    unknown = [HeldBack(one.reference, one.why) for one in done if one.became is Left.UNKNOWN]
    _say("Pull these: they must not leave", pull)
    _say("Not recorded", unknown)
    if pull or unknown:
        raise typer.Exit(1)


def _filled(making: Making, region: str | None) -> str | None:
    """Return the batch to print, filled; None where nothing is left to print.

    A batch that was begun before may have lost its last letter: then the next one is begun.
    """
    for _ in range(2):
        reference = begin(making, region)
        if reference is None:
            return None
        fill_batch(making, reference)
        if not close_if_empty(making, reference):
            return reference
    return None


def _not_printed(db: Database, region: str | None) -> list[HeldBack]:
    with db.reading() as session:
        return [HeldBack(one.reference, "") for one in unprinted(session, None, region)]


def _write(making: Making, reference: str, folder: Path) -> None:
    """Write both files. The manifest comes last: where it is, the PDF is whole and its own."""
    _refuse_another(making, reference, folder / MANIFEST)
    try:
        text = write_file(making, reference, folder / _PARTS[0])
        (folder / _PARTS[1]).write_text(text, encoding="utf-8", newline="")
        for part in _PARTS:
            _to_disk(folder / part)
        (folder / MANIFEST).unlink(missing_ok=True)
        (folder / _PARTS[0]).replace(folder / LETTERS)
        (folder / _PARTS[1]).replace(folder / MANIFEST)
        _to_disk(folder)
    except OSError as fault:
        raise NotValid(f"The folder cannot be written to: {fault.strerror}.") from None


def _refuse_another(making: Making, reference: str, manifest: Path) -> None:
    """Raise Conflict where the folder holds another batch that is still open."""
    held = _batch_in(making, manifest)
    if held is not None and held.reference != reference and held.closed_at is None:
        raise Conflict(
            f"This folder holds batch {held.reference}, and nobody has recorded that it left. "
            "Give another folder."
        )


def _remove_what_left(making: Making, folder: Path) -> None:
    """Remove the files of a batch that has left, so that nobody prints it again."""
    held = _batch_in(making, folder / MANIFEST)
    if held is None or held.closed_at is None:
        return
    (folder / MANIFEST).unlink()
    (folder / LETTERS).unlink(missing_ok=True)
    print(f"Batch {held.reference} has left: its files were removed from the folder.")


def _batch_in(making: Making, manifest: Path) -> BatchView | None:
    """Return the batch whose manifest lies in a folder; None where there is none of ours."""
    try:
        rows = read(manifest.read_bytes())
        return making.batch(rows[0].batch) if rows else None
    except (FileNotFoundError, NotFound, NotValid):
        return None


def _tell(making: Making, reference: str, folder: Path, region: str | None) -> None:
    with making.db.reading() as session:
        rows = batch_rows(session, making.batch(reference).id, None)
        more = fill.waiting(session, None, region)
    waiting = [row for row in rows if row.state is RowState.WAITS]
    sheets = sum(((row.pages or 0) + 1) // 2 for row in waiting)
    print(f"Batch {reference}: {len(waiting)} letters on {sheets} sheets, in {folder / LETTERS}")
    print(f"The manifest is {folder / MANIFEST}. Print on both sides, flipped on the long edge.")
    print("Sorted by sheets, then format, language and reference.")
    if more and making.batch(reference).is_filled and not making.held_back:
        print(f"{more} more approved since: they are in the next batch, once this one has left.")
    _say(
        "Opened by somebody before. If one was posted, record that, and pull this copy",
        [HeldBack(row.reference, "") for row in waiting if row.was_opened],
    )


def _say(heading: str, letters: Iterable[HeldBack]) -> None:
    lines = [f"  {one.reference}{': ' if one.why else ''}{one.why}" for one in letters]
    if lines:
        print(f"{heading}:", *lines, sep="\n")


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder, made if need be, so that no other command writes to it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as fault:
        raise NotValid(f"The folder cannot be used: {fault.strerror}.") from None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for part in _PARTS:
            (folder / part).unlink(missing_ok=True)
        yield
    except BlockingIOError:
        raise Conflict("Another command is writing to this folder. Wait for it.") from None
    finally:
        os.close(held)


def _to_disk(path: Path) -> None:
    opened_at = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened_at)
    finally:
        os.close(opened_at)
