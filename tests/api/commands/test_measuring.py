"""The commands that measure, extract and inspect, on a data folder of their own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.api.commands.test_deciding import a_message
from tests.api.commands.test_keeping import folder, ran

__all__ = ["folder"]


def test_what_is_written_twice_is_the_same_to_the_byte(folder: Path) -> None:
    (folder / "one.json").write_bytes(a_message())
    ran("migrate")
    ran("load", str(folder / "one.json"))

    told = json.loads(ran("measures", "--json"))
    read = list(csv.DictReader(io.StringIO(ran("measures", "--csv"))))
    assert [row["id"] for row in told] == [row["id"] for row in read]
    assert len({row["id"] for row in told}) == 25
    assert {row["numerator"] for row in told if row["id"] == "M19"} == {0}

    zips = [folder / "one.zip", folder / "two.zip"]
    for file in zips:
        ran("inspect", "--sample", "5", "--seed", "7", str(file))
    assert zips[0].read_bytes() == zips[1].read_bytes()
    ran("inspect", "--sample", "5", "--seed", "7", "--with-letters", str(folder / "letters.zip"))

    folders = [folder / "first", folder / "second"]
    for one in folders:
        ran("extract", "--from", "2020-01-01", "--to", "2030-12-31", str(one))
    for name in ("events.csv", "dictionary.csv", "manifest.json"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()
    ran("audit", "verify")


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "--from", "2020-01-01", "--to", "2030-12-31"),
        ("certificate",),
        ("letters", "--samples"),
        ("rules", "--pdf"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_file_where_a_folder_is_wanted_is_refused_in_a_sentence(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    ran("migrate")
    in_the_way = folder / "in-the-way"
    in_the_way.write_bytes(b"")
    wanted = in_the_way / "rules.pdf" if "--pdf" in arguments else in_the_way
    ran(*arguments, str(wanted), exits=2)
