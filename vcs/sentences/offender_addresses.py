"""Every address that court messages gave for an offender, also where a later one left it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlmodel import Session, col, select

from vcs.sealing import Sealer, shown
from vcs.sentences.records import Sentence, SentenceReport

Address = tuple[tuple[str, ...], str]

"""Lines, and the postcode."""


def addresses_reported(
    session: Session, sealer: Sealer, sentences: Iterable[Sentence]
) -> Iterator[Address | None]:
    """Yield each address that messages reported; None for one that cannot be opened.

    Two feeds may tell of one sentence, and only one of them where the offender lives.
    """
    ids = sorted({one.id for one in sentences})
    query = select(SentenceReport.told).where(
        col(SentenceReport.sentence_id).in_(ids), col(SentenceReport.told).is_not(None)
    )
    for sealed in session.exec(query):
        told = shown(sealer.open_json, sealed, None) if sealed else {}
        lines = tuple(told["address"]) if told else ()
        if told is None or lines:
            yield None if told is None else (lines[:-1], lines[-1])
