"""What a person said a result code means that no table holds, as a value given to the reader.

The meanings are kept in the database, and given by whoever has messages read; nothing here looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vcs.intake.results import result_tables
from vcs.intake.results.result_tables import Kind

Meanings = Mapping[str, Kind]

"""What each code means, by its canonical form."""

NONE: Meanings = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Learned:
    """Our own mark on a result whose code was learned: a value that no feed can send."""

    kind: Kind


def canonical(code: str) -> str:
    """Return one form of a code, however a feed writes it: no spaces, no leading zeros."""
    return code.strip().upper().lstrip("0")


def is_known(code: str) -> bool:
    """Say whether the tables hold a code."""
    return canonical(code) in result_tables.BY_CJS_CODE


def meaning_of(code: str, meanings: Meanings) -> Learned | None:
    """Return what was learned about a code; what the tables hold is never learned otherwise."""
    found = None if is_known(code) else meanings.get(canonical(code))
    return None if found is None else Learned(found)
