"""A pack for an inspector: pages, counts and hashes in one zip that opens without a network."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlmodel import Session

from api.staff.pages import ENVIRONMENT
from api.version import NAME, VERSION
from vcs.inspection.chronology import Chronology, Gap, chronology
from vcs.inspection.draw import Drawn, Eligible, draw
from vcs.inspection.letters import SentLetter, sent_letters
from vcs.inspection.manual import KINDS, QUESTIONS
from vcs.intake.regions import region_named
from vcs.lists.certificate.signing import Signer
from vcs.sealing import Sealer

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same in every pack, so that the same sample is the same bytes."""

_REPLACED = (
    "Names and addresses of victims, offenders and staff: replaced, also in what was written down."
)

_LEFT_OUT = (
    "What was said, and the files of letters: they hold names and addresses. Each letter that was "
    "sent is listed with its kind and the SHA-256 of its file."
)

_WITH_LETTERS = "What was said. Letters are here as they were sent, with names and addresses."

_RESTRICTED = "Cases restricted to named people: counted, and never drawn."


def not_shown(asked: Asked) -> tuple[str, ...]:
    """Say what a pack does not show, and why."""
    if asked.letters is None:
        return _REPLACED, _LEFT_OUT, _RESTRICTED
    return _REPLACED[:-1] + " on the pages.", _WITH_LETTERS, _RESTRICTED


_NO_FILE = "Left out: it holds names and addresses"

_UNREADABLE = "Left out: it does not open"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is packed: so many cases drawn by a seed, as known on a day.

    ``signer`` signs the manifest; ``is_training`` marks every page. ``letters`` opens the letters
    that were sent, for somebody who may read names; None leaves their files out.
    """

    size: int
    seed: str
    today: date
    signer: Signer | None = None
    is_training: bool = False
    letters: Sealer | None = None


def pack(session: Session, asked: Asked) -> bytes:
    """Draw from all eligible sentences and return the zip: the same is asked, the same bytes."""
    return packed(session, draw(session, asked.size, asked.seed), asked)


def packed(session: Session, drawn: Drawn, asked: Asked) -> bytes:
    """Return the zip of a sample that was drawn."""
    today = asked.today
    cases = tuple(chronology(session, one, today) for one in drawn.sentences)
    sent = tuple(sent_letters(session, one, asked.letters) for one in drawn.sentences)
    files = dict(_files(drawn, tuple(zip(cases, sent, strict=True)), asked))
    files["manifest.json"] = _manifest(files, asked)
    if asked.signer:
        files["manifest.json.sig"] = asked.signer.sign(files["manifest.json"])
        files["key.pem"] = asked.signer.public_pem.encode()
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = ZipInfo(name, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name])
    return written.getvalue()


def write(path: Path, made: bytes) -> None:
    """Write a pack whole, or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(made)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


_Case = tuple[Chronology, tuple[SentLetter, ...]]


def _files(drawn: Drawn, cases: tuple[_Case, ...], asked: Asked) -> Iterator[tuple[str, bytes]]:
    known: dict[str, Any] = {
        "size": asked.size,
        "seed": asked.seed,
        "as_at": asked.today,
        "is_training": asked.is_training,
        "kinds": KINDS,
        "questions": QUESTIONS,
        "total": len(cases),
    }
    named = [(f"cases/{number:03}.html", case) for number, (case, _) in enumerate(cases, start=1)]
    strata = tuple(_strata(drawn))
    counts = {
        "strata": strata,
        "cases": named,
        "not_shown": not_shown(asked),
        "frame": bool(drawn.frame),
    }
    yield "index.html", _page("index.html", known | counts)
    for number, (case, sent) in enumerate(cases, start=1):
        letters = tuple(_letters(number, sent, asked))
        shown = {"case": case, "number": number, "gap": is_gap, "letters": letters}
        yield f"cases/{number:03}.html", _page("case.html", known | shown)
        yield from ((one.name, one.letter.file) for one in letters if one.letter.file is not None)
    yield "counts.csv", _csv((_COUNTS_HEAD, *strata))
    if drawn.frame:
        yield "eligible.csv", _csv((ELIGIBLE_HEAD, *map(eligible_row, drawn.frame)))


@dataclass(frozen=True, slots=True)
class PackedLetter:
    """A letter of a case. ``name`` is that of its file; empty where ``why`` it is left out."""

    letter: SentLetter
    name: str
    why: str


def _letters(number: int, sent: tuple[SentLetter, ...], asked: Asked) -> Iterator[PackedLetter]:
    for place, letter in enumerate(sent, start=1):
        if letter.file is not None:
            yield PackedLetter(letter, f"letters/{number:03}-{place:02}.{letter.ending}", "")
        else:
            yield PackedLetter(letter, "", _UNREADABLE if asked.letters else _NO_FILE)


def is_gap(entry: object) -> bool:
    """Say whether an entry of a chronology is a gap."""
    return isinstance(entry, Gap)


def _page(template: str, known: Mapping[str, Any]) -> bytes:
    return ENVIRONMENT.get_template(f"inspection_pack/{template}").render(known).encode()


def _strata(drawn: Drawn) -> Iterator[tuple[str, str, int, int, int]]:
    """Yield each state and region: how many there were, were drawn, and could not be drawn."""
    for (state, code), eligible in drawn.eligible.items():
        region = region_named(code) if code else None
        name = region.name if region else "Not known yet"
        stratum = (state, code)
        restricted = drawn.restricted.get(stratum, 0)
        yield state.replace("_", " "), name, eligible, drawn.drawn.get(stratum, 0), restricted


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


_COUNTS_HEAD = ("state", "region", "eligible", "drawn", "restricted")

ELIGIBLE_HEAD = ("reference", "outcome", "state", "region_code", "region", "drawn")


def eligible_row(one: Eligible) -> tuple[str, ...]:
    """Return one eligible sentence as a row: ``restricted`` where it cannot be drawn."""
    state, code = one.stratum
    region = region_named(code) if code else None
    name = region.name if region else "Not known yet"
    drawn = "yes" if one.is_drawn else "no"
    return one.reference or "restricted", one.outcome, state, code, name, drawn


def _manifest(files: Mapping[str, bytes], asked: Asked) -> bytes:
    said = {
        "program": f"{NAME} {VERSION}",
        "sample": asked.size,
        "seed": asked.seed,
        "as_at": asked.today.isoformat(),
        "names": "in letters as they were sent" if asked.letters else "replaced",
        "drawn_from": "all eligible sentences, by state of the ledger and region",
        "sha256": {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)},
    }
    return json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True).encode()
