"""N-16: the sample is drawn from all eligible sentences, and the pack opens by itself."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from datetime import date
from random import Random
from zipfile import ZipFile

from sqlmodel import Session, select

from api.inspection_pack import Asked, pack
from tests.journeys.world import FRIDAY_20_MARCH, NOT_ELIGIBLE, World, told
from vcs.inspection.draw import Drawn, allotted, draw
from vcs.post.records import LetterRecord
from vcs.victims.records import PostedLetter, Victim

SECRETS = ("Canary", "Madeup", "Colin", "Leeds LS1", "LS1 3AB", "0113 496 0777", "13EX")


def a_period(world: World) -> World:
    """Have six sentences: two referred, one closed, three never referred; and one not eligible."""
    for number in range(6):
        world.court_tells(told(urn=f"13EX000{number}126"))
    world.court_tells(told(FRIDAY_20_MARCH, ("No", *NOT_ELIGIBLE), urn="13EX0007126"))
    first, second, third, *_ = world.referrals()
    world.refer(first)
    world.refer(second)
    world.close_without_victim(reference=third)
    world.clock.move_to(date(2026, 5, 20))
    return world


def drawn(world: World, size: int, seed: str = "7") -> Drawn:
    with world.db.reading() as session:
        return draw(session, size, seed)


def opened(world: World, size: int = 4, seed: str = "7") -> dict[str, str]:
    with world.db.reading() as session:
        made = pack(session, Asked(size, seed, world.today))
    with ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_sample_is_of_all_eligible_sentences_and_says_how_many(world: World) -> None:
    found = drawn(a_period(world), 3)
    assert sum(found.eligible.values()) == 6
    assert found.eligible == {
        ("awaited", "N55"): 3,
        ("not_eligible", "N55"): 1,
        ("referred", "N55"): 2,
    }
    assert set(found.drawn.values()) == {1}, "each state is drawn, what was never referred too"
    assert len(drawn(world, 100).sentences) == 6


def test_the_same_seed_is_the_same_bytes_and_another_draws_others(world: World) -> None:
    a_period(world)

    def made(session: Session, seed: str) -> bytes:
        return pack(session, Asked(4, seed, world.today))

    with world.db.reading() as session:
        assert made(session, "7") == made(session, "7")
        assert len({made(session, str(seed)) for seed in range(6)}) > 1


def test_the_pack_names_nobody_marks_gaps_and_needs_no_network(world: World) -> None:
    files = opened(a_period(world), 6)
    pages = {name: text for name, text in files.items() if name.endswith(".html")}
    assert len(pages) == 7
    for secret in SECRETS:
        assert not any(secret in text for text in files.values()), secret
    assert not any("http" in text or "src=" in text for text in pages.values())
    never = [text for text in pages.values() if "Nobody was ever referred" in text]
    assert len(never) == 4
    assert sum("Gap: nothing was recorded for" in text for text in never) == 3
    assert any("working days late" in text for text in never)
    for name, text in pages.items():
        folder = "cases/" if name.startswith("cases/") else ""
        for link in re.findall(r'href="([^"#]+)', text):
            target = link.removeprefix("../") if link.startswith("../") else f"{folder}{link}"
            assert target in files


def test_the_sample_is_drawn_again_from_the_files_of_the_pack_alone(world: World) -> None:
    files = opened(a_period(world), 4)
    rows = list(csv.DictReader(io.StringIO(files["eligible.csv"])))
    assert len(rows) == 6
    strata: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        strata.setdefault((row["state"], row["region_code"]), []).append(row["reference"])
    again: set[str] = set()
    for stratum, references in strata.items():
        share = sum(
            row["drawn"] == "yes" for row in rows if (row["state"], row["region_code"]) == stratum
        )
        again |= set(Random(f"7:{stratum}").sample(references, share))  # noqa: S311
    assert again == {row["reference"] for row in rows if row["drawn"] == "yes"}
    assert len(again) == 4


def test_the_pack_says_that_its_counts_are_exact_and_not_to_be_published(world: World) -> None:
    a_period(world)
    assert "not to be published" in opened(world)["index.html"]


def test_a_duty_that_the_closing_ended_is_never_shown_as_met(world: World) -> None:
    pages = [text for name, text in opened(a_period(world), 6).items() if name.startswith("cases/")]
    (closed,) = [text for text in pages if "Referral closed" in text]
    ended = "not met: ended by closing on Friday 20 March 2026 (no identifiable victim)"
    assert ended in closed
    assert "<td>met on" not in closed
    assert sum("<td>met on" in text for text in pages) == 2


def test_the_manifest_holds_the_hash_of_each_file(world: World) -> None:
    files = opened(a_period(world))
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["sha256"] == {
        name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()
    }


LETTER = b"%PDF-1.7 Dear Nia Canary-Name, 1 Canary Lane, Leeds LS1 3AB"


def a_letter_that_left(world: World) -> None:
    """Let a letter have been posted, and another one only approved."""
    with world.db.writing() as session:
        victim = session.exec(select(Victim)).first()
        assert victim
        for number, posted_on in enumerate((date(2026, 4, 1), None)):
            letter = LetterRecord(
                reference=f"CANARY-{number}",
                victim_id=victim.id,
                kind="initial-contact",
                language="en",
                status="approved",
                pdf=world.sealer.seal(LETTER),
                sha256=hashlib.sha256(LETTER).hexdigest(),
                drafted_at=world.clock.now(),
            )
            session.add(letter)
            session.flush()
            if posted_on:
                session.add(
                    PostedLetter(
                        letter_id=letter.id,
                        victim_id=victim.id,
                        posted_on=posted_on,
                        recorded_at=world.clock.now(),
                    )
                )


def test_a_letter_as_sent_is_in_a_pack_only_for_somebody_who_may_read_names(world: World) -> None:
    a_letter_that_left(a_period(world))
    files = opened(world, 6)
    said = "Left out: it holds names and addresses"
    assert [text.count(said) for text in files.values() if said in text] == [1]
    assert not [name for name in files if name.startswith("letters/")]
    assert not any("Canary" in text or "LS1 3AB" in text for text in files.values())
    with world.db.reading() as session:
        made = pack(session, Asked(6, "7", world.today, letters=world.sealer))
    with ZipFile(io.BytesIO(made)) as archive:
        (name,) = [one for one in archive.namelist() if one.startswith("letters/")]
        assert archive.read(name) == LETTER
        pages = [one for one in archive.namelist() if one.startswith("cases/")]
        (page,) = [one for one in pages if f"../{name}" in archive.read(one).decode()]
        assert "Canary" not in archive.read(page).decode()
        assert "with names and addresses" in archive.read("index.html").decode()
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["sha256"][name] == hashlib.sha256(LETTER).hexdigest()
    assert manifest["names"] == "in letters as they were sent"


def test_each_stratum_has_one_while_there_is_room_and_then_its_share() -> None:
    sizes = {("awaited", "N55"): 90, ("referred", "N55"): 9, ("refused", "N55"): 1}
    assert sum(allotted(sizes, 10).values()) == 10
    assert set(allotted(sizes, 3).values()) == {1}
    assert allotted(sizes, 1000) == sizes
