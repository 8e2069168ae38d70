"""Names for a full database, some of them as common as names are, and what is searched for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

from sqlalchemy import text

from vcs.database import Database
from vcs.sealing import Sealer
from vcs.search.keep import _word_ids

_SPREAD: Final = 10_007
"""Whole names there are; a prime, so that neighbours have different ones."""

_FIRST: Final = ("John", "Mary", "Aled", "Sian", "Omar", "Priya", "Piotr", "Grace", "Liam", "Zoe")

_PARTS: Final = ("bar", "cor", "den", "fal", "gil", "har", "kes", "lom", "mar", "nor", "pel", "tos")

_ENDS: Final = ("by", "croft", "field", "ham", "ley", "man", "son", "ton", "well", "wick")

SEARCHED: Final = (
    *("Smith", "John Smith", "Jon Smyth", "Barcorley", "Zoe Barcorly", "Nobody Whatever"),
    *("VCS-2222-2222", "13EX0000126"),
)


def name_them(db: Database, sealer: Sealer) -> None:
    """Give every sentence a name: one in fifty is called Smith."""
    names = list(_whole_names())
    with db.writing() as session:
        words = {word for name in names for word in name.casefold().split()}
        ids = _word_ids(session, sealer, words)
    picked = [
        {"n": n, "sealed": sealer.seal_text(name), "first": ids[one], "last": ids[other]}
        for n, name in enumerate(names)
        for one, other in [name.casefold().split()]
    ]
    blob = "BLOB" if db.engine.dialect.name == "sqlite" else "BYTEA"
    of_one = f"FROM sentence JOIN picked ON picked.n = sentence.id % {_SPREAD} * 7919 % {_SPREAD}"
    statements = (
        "DELETE FROM sentence_name",
        f"INSERT INTO sentence_name (sentence_id, word_id) SELECT sentence.id, first {of_one}",
        f"INSERT INTO sentence_name (sentence_id, word_id) SELECT sentence.id, last {of_one}",
        "UPDATE sentence SET name_listed = true, offender_name = "
        f"(SELECT sealed FROM picked WHERE picked.n = sentence.id % {_SPREAD} * 7919 % {_SPREAD})",
    )
    with db.engine.begin() as connection:
        made = f"CREATE TEMPORARY TABLE picked (n INTEGER PRIMARY KEY, sealed {blob}, "
        connection.execute(text(f"{made} first INTEGER, last INTEGER)"))
        held = "INSERT INTO picked (n, sealed, first, last) VALUES (:n, :sealed, :first, :last)"
        connection.execute(text(held), picked)
        for one in statements:
            connection.execute(text(one))
        connection.execute(text("DROP TABLE picked"))


def _whole_names() -> Iterator[str]:
    last = ["".join(one) for one in product(_PARTS, _PARTS, _ENDS)]
    for n in range(_SPREAD):
        yield f"{_FIRST[n % len(_FIRST)]} {'Smith' if n % 50 == 0 else last[n % len(last)]}"
