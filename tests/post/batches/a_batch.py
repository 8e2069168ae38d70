"""Builders: letters of so many pages, approved in a small world, and print batches of them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf

from api.print_batches import Making, begin, close_if_empty, fill_batch, write_file
from tests.journeys.test_victim_to_choice import CONTENTS, draft
from tests.journeys.world import World, a_victim, told
from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.post import letters
from vcs.post.batches import despatch
from vcs.post.batches.despatch import RowDone
from vcs.post.batches.manifest import read
from vcs.post.letters import MadeLetter
from vcs.post.posting import Despatch
from vcs.terms import Role

OPERATOR = Actor(0, "vcs post", Role.ADMINISTRATOR, client_id="vcs-post")


def a_pdf(words: str, pages: int = 1) -> bytes:
    """Return a PDF whose pages each say some words and their number."""
    made = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    shared = made.make_indirect(font)
    for number in range(1, pages + 1):
        page = made.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=shared))
        drawn = f"BT /F1 24 Tf 72 700 Td ({words} page {number}) Tj ET".encode()
        page.Contents = made.make_stream(drawn)
    to = BytesIO()
    made.save(to, deterministic_id=True)
    return to.getvalue()


def approved(
    world: World, name: str, pages: int = 1, pdf: bytes | None = None, referral: str = ""
) -> str:
    """Return a letter to a new victim, approved: by default of the only referral."""
    postcode = f"LS1 {len(name) % 10}AA"
    victim = world.refer(referral, a_victim(name=name, postcode=postcode))
    letter = draft(world, victim)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        made = MadeLetter(pdf or a_pdf(letter, pages), "v1", CONTENTS)
        letters.save_approved_letter(work, letter, made)
    return letter


def office(world: World) -> None:
    """Let a court tell of a sentence, so that there is a referral."""
    world.court_tells(told())


def making(world: World, who: Actor = OPERATOR) -> Making:
    return Making(world.db, world.sealer, who, world.clock.now, lambda *_: None)


def made(world: World, folder: Path, region: str | None = None) -> tuple[str, Path, str]:
    """Make a batch; return its reference, its file and its manifest."""
    hand = making(world)
    reference = begin(hand, region)
    assert reference is not None
    fill_batch(hand, reference)
    assert not close_if_empty(hand, reference)
    file = folder / "letters.pdf"
    return reference, file, write_file(hand, reference, file)


def leave(world: World, manifest: str, *, already_left: bool = False) -> list[RowDone]:
    """Record that the letters of a manifest left today."""
    done = []
    rows = read(manifest.encode())
    for row in rows:
        if not row.pulled:
            with world.db.writing() as session:
                work = Work(session, world.sealer, OPERATOR, world.clock.now())
                left = Despatch(world.today, already_left)
                done.append(despatch.despatch_row(work, row.batch, row.reference, left))
    with world.db.writing() as session:
        despatch.close(Work(session, world.sealer, OPERATOR, world.clock.now()), rows[0].batch)
    return done
