"""What identifies a line in whatever list it comes, as a keyed digest that says nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping

from vcs.lists.reading.columns import ListKind
from vcs.lists.reading.lines import Line
from vcs.sealing import Sealer


def identity(kind: ListKind, line: Line, cells: Mapping[str, str]) -> str:
    """Return the text that is digested: who, when, where, for what; all of an unread line."""
    if line.refused:
        filled = sorted((name, text) for name, text in cells.items() if text)
        return json.dumps([kind, line.refused, filled])
    told, person = line.described, line.described.person
    return "\x1f".join(
        (
            kind,
            *sorted(person.name.words),
            str(person.born_on),
            *sorted(person.numbers.values()),
            told.case_key,
            told.asn,
            str(told.sentenced_on),
            told.court,
            line.offence_code or line.home_office_code or line.offence_title,
            line.imposed.kind,
            str(line.imposed.term),
            line.imposed.standing,
            *line.problems,
        )
    )


def of_ours(kind: ListKind, reference: str) -> str:
    """Return the text that is digested for a sentence of ours that a kind of list lacks."""
    return f"ours\x1f{kind}\x1f{reference}"


def newest(sealer: Sealer, text: str) -> str:
    """Return the digest that is kept: under the newest key."""
    return next(iter(sealer.digests(text).values()))
