"""A pack for an inspector: pages, counts and hashes in one zip that opens without a network."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlmodel import Session

from api.staff.pages import ENVIRONMENT
from api.version import NAME, VERSION
from vcs.inspection.chronology import Chronology, Gap, chronology
from vcs.inspection.draw import Drawn, draw
from vcs.inspection.manual import KINDS, QUESTIONS
from vcs.intake.regions import region_named
from vcs.lists.certificate.signing import Signer

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same in every pack, so that the same sample is the same bytes."""

NOT_SHOWN = (
    "Names and addresses of victims, offenders and staff: replaced, also in what was written down.",
    "What was said, and letters’ own text: they name people. A letter’s kind, template version "
    "and hash are there.",
    "Cases restricted to named people: counted, and never drawn.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is packed: so many cases drawn by a seed, as known on a day.

    ``signer`` signs the manifest; ``is_training`` marks every page.
    """

    size: int
    seed: str
    today: date
    signer: Signer | None = None
    is_training: bool = False


def pack(session: Session, asked: Asked) -> bytes:
    """Draw from all eligible sentences and return the zip: the same is asked, the same bytes."""
    return packed(session, draw(session, asked.size, asked.seed), asked)


def packed(session: Session, drawn: Drawn, asked: Asked) -> bytes:
    """Return the zip of a sample that was drawn."""
    today = asked.today
    cases = tuple(chronology(session, one, today) for one in drawn.sentences)
    files = dict(_files(drawn, cases, asked))
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


def _files(
    drawn: Drawn, cases: tuple[Chronology, ...], asked: Asked
) -> Iterator[tuple[str, bytes]]:
    known: dict[str, Any] = {
        "size": asked.size,
        "seed": asked.seed,
        "as_at": asked.today,
        "is_training": asked.is_training,
        "kinds": KINDS,
        "questions": QUESTIONS,
        "total": len(cases),
    }
    numbered = [(f"cases/{number:03}.html", case) for number, case in enumerate(cases, start=1)]
    strata = tuple(_strata(drawn))
    counts = {"strata": strata, "cases": numbered, "not_shown": NOT_SHOWN}
    yield "index.html", _page("index.html", known | counts)
    for number, (name, case) in enumerate(numbered, start=1):
        yield name, _page("case.html", known | {"case": case, "number": number, "gap": is_gap})
    yield "counts.csv", _csv(strata)


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


def _csv(strata: tuple[tuple[str, str, int, int, int], ...]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(("state", "region", "eligible", "drawn", "restricted"))
    writer.writerows(strata)
    return written.getvalue().encode()


def _manifest(files: Mapping[str, bytes], asked: Asked) -> bytes:
    said = {
        "program": f"{NAME} {VERSION}",
        "sample": asked.size,
        "seed": asked.seed,
        "as_at": asked.today.isoformat(),
        "names": "replaced",
        "drawn_from": "all eligible sentences, by state of the ledger and region",
        "sha256": {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)},
    }
    return json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True).encode()
