"""``vcs decide``: one line per message, exit codes as the contract says, nothing stored."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.example.messages import as_bytes, hearing, offence, person, result
from api.example.shapes import as_copy
from tests.intake.platform_shapes import SHAPES, assault, in_queue, in_topic, prison, story
from vcs.intake.common_platform.notices import of_deletion

DAY = date(2026, 3, 20)  # Friday

RUN = CliRunner()


def a_message(length: str = "2 Years") -> bytes:
    """Return a message that sentences one offender for an assault."""
    count = offence("OF61102", "Assault", [result("IMP", DAY, length)], date(2025, 6, 1))
    offender = person("Sam", "Example", date(1990, 5, 1), [count])
    return as_bytes(hearing("01AA1234526", ("C01CE00", "Central Criminal Court"), DAY, [offender]))


def lines(*arguments: str, **more: Any) -> list[dict[str, Any]]:
    """Run ``vcs decide --json`` and return its lines; the exit must be 0."""
    ran = RUN.invoke(app, ["decide", "--json", *arguments], **more)
    assert ran.exit_code == 0, ran.output
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_a_line_holds_what_the_contract_names(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_bytes(a_message())

    (line,) = lines(str(file))

    (entry,) = line.pop("sentenced")
    assert line == {
        "source": str(file),
        "format": "common-platform-hearing",
        "status": "read",
        "problem": None,
    }
    assert entry["offender"] == {"name": "Sam Example", "date_of_birth": "1990-05-01"}
    assert (entry["case_reference"], entry["court_code"]) == ("01AA1234526", "C01CE00")
    assert (entry["sentenced_on"], entry["outcome"]) == ("2026-03-20", "statutory")
    assert (entry["route"], entry["rule_set"]) == ("section-35", "dvcva-2004-sentencing-code")
    (offence_line,) = entry["offences"]
    assert offence_line["offence_code"] == "OF61102"
    assert offence_line["sequence"] == 1
    assert offence_line["counted"] == "2 years"
    assert {r["answer"] for r in offence_line["reasons"]} == {"yes"}
    assert entry["deadlines"] == [
        {
            "duty": "refer-to-probation",
            "owed_by": "witness care unit",
            "due_on": "2026-04-07",
            "counted": "10 working days from Friday 20 March 2026",
            "provision": "Victims' Code 2020 Right 11",
            "provisional": False,
        }
    ]


def test_a_folder_is_walked_in_order_and_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.json").write_bytes(a_message("6 Months"))
    (tmp_path / "a.json").write_bytes(b"not json at all")
    (tmp_path / "c.xml").write_bytes(b"<message/>")
    (tmp_path / "notes.txt").write_text("not a message")

    found = lines(str(tmp_path))

    assert [Path(line["source"]).name for line in found] == ["a.json", "2.json", "c.xml"]
    assert [line["status"] for line in found] == ["set_aside", "read", "set_aside"]
    assert all(line["problem"] for line in found if line["status"] == "set_aside")


def test_every_shape_of_the_platform_is_recognised_in_files(tmp_path: Path) -> None:
    made = {name: shape(story(assault(prison()))) for name, shape in SHAPES.items()}
    for name, message in made.items():
        (tmp_path / f"{name}.json").write_bytes(as_bytes(message))
        (tmp_path / f"{name}-in-queue.json").write_bytes(as_bytes(in_queue(in_topic(message))))
    (tmp_path / "z-deleted.json").write_bytes(of_deletion("8d67ed44"))

    *found, deleted = lines(str(tmp_path))

    assert {line["format"] for line in found} == set(SHAPES)
    assert [line["sentenced"][0]["outcome"] for line in found] == ["statutory"] * 6
    confidence = {line["format"]: line["sentenced"][0]["confidence"] for line in found}
    assert confidence.pop("hmpps-hearing") == "lower"
    assert set(confidence.values()) == {"full"}
    assert (deleted["status"], deleted["sentenced"]) == ("read", [])


def test_lower_confidence_is_said_to_a_person() -> None:
    ran = RUN.invoke(app, ["decide", "-"], input=as_bytes(as_copy(story(assault(prison())))))

    assert "Lower confidence" in ran.stdout
    assert "Lower confidence" not in RUN.invoke(app, ["decide", "-"], input=a_message()).stdout


def test_a_dash_reads_standard_input() -> None:
    (line,) = lines("-", input=a_message())

    assert line["source"] == "-"
    assert line["sentenced"][0]["outcome"] == "statutory"


def test_without_json_it_speaks_to_a_person(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_bytes(a_message("11 Months"))

    ran = RUN.invoke(app, ["decide", str(file)])

    assert ran.exit_code == 0
    assert "not eligible" in ran.stdout
    assert "[no] twelve-months: the term is 11 months (DVCVA 2004 s.45(1))" in ran.stdout


@pytest.mark.parametrize("arguments", [[], ["/no/such/file.json"], ["--no-such-option", "-"]])
def test_wrong_usage_is_exit_2(arguments: list[str]) -> None:
    assert RUN.invoke(app, ["decide", *arguments]).exit_code == 2


def test_a_message_read_in_part_lists_who_was_read_and_says_what_was_not(tmp_path: Path) -> None:
    made = story(assault(prison()))
    made["hearing"]["prosecutionCases"][0]["defendants"] += [None, {"name": "Nia Canary"}]
    file = tmp_path / "part.json"
    file.write_bytes(as_bytes(made))

    (line,) = lines(str(file))
    assert (line["status"], len(line["sentenced"])) == ("read", 1)
    assert "“hearing.prosecutionCases[1].defendants[2]” is blank." in line["problem"]
    assert "Canary" not in line["problem"]
    said = RUN.invoke(app, ["decide", str(file)]).stdout
    assert "is blank" in said
    assert "owed contact by law" in said


def test_a_message_whose_offences_have_another_name_is_set_aside_and_named(tmp_path: Path) -> None:
    made = story(assault(prison()))
    (defendant,) = made["hearing"]["prosecutionCases"][0]["defendants"]
    defendant["counts"] = defendant.pop("offences")
    file = tmp_path / "drift.json"
    file.write_bytes(as_bytes(made))

    (line,) = lines(str(file))
    assert (line["status"], line["sentenced"]) == ("set_aside", [])
    assert line["problem"] == (
        "“hearing.prosecutionCases.defendants” has nothing under “offences”, and parts that are "
        "not known: “counts”."
    )
