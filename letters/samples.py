"""Every letter in each language and variant with made-up facts, to look at and to test with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from letters.catalogue import compose
from letters.contents import Facts
from letters.render import Renderer
from vcs.post.catalogue import CATALOGUE
from vcs.terms import SentenceKind, Term, VictimRelation

_STANDINGS: Final = {
    "victim": VictimRelation.VICTIM,
    "parent": VictimRelation.PARENT_OR_GUARDIAN,
    "bereaved": VictimRelation.NEXT_OF_KIN,
    "spokesperson": VictimRelation.SPOKESPERSON,
}

_SENTENCES: Final[dict[str, Facts]] = {
    "prison": {"sentence_kind": SentenceKind.IMPRISONMENT, "term": Term(years=4, months=6)},
    "restricted-hospital": {"sentence_kind": SentenceKind.HOSPITAL_ORDER, "restricted": True},
    "hospital": {"sentence_kind": SentenceKind.HOSPITAL_ORDER, "restricted": False},
}

# Phone numbers are from the range kept for drama, addresses and people are invented.
MADE_UP: Final[Facts] = {
    "addressee": "Ms Mair Tŷ-Newydd",
    "address": ("Fflat 3", "12 Heol yr Ŵyn", "Pontcanna", "Caerdydd"),
    "postcode": "CF11 9ZZ",
    "safe_to_post": True,
    "reference": "VCS-7K3M-9QTD",
    "written_on": date(2026, 11, 23),
    "reply_by": date(2026, 12, 14),
    "sentenced_on": date(2026, 10, 2),
    "court_name": "Cardiff Crown Court",
    "vlo_name": "Siân Example",
    "vlo_phone": "029 2018 0123",
    "unit_name": "Wales",
    "unit_email": "victim.liaison@example.org",
    "unit_address": ("1 Example Place", "Caerdydd", "CF10 9ZZ"),
}


def variants() -> Iterator[tuple[str, Facts]]:
    """Give each variant a short name and its facts."""
    for who, standing in _STANDINGS.items():
        for what, sentence in _SENTENCES.items():
            yield f"{who}-{what}", {**MADE_UP, **sentence, "standing": standing}


def samples(directory: Path) -> list[Path]:
    """Write every letter of the catalogue into a folder, made if need be; return the files."""
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    with Renderer() as renderer:
        for row in CATALOGUE:
            for language in row.languages:
                for name, facts in variants():
                    path = directory / f"{row.kind}-{language}-{name}.pdf"
                    path.write_bytes(renderer.letter(compose(row.kind, language, facts)).pdf)
                    written.append(path)
    return written
