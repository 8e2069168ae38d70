"""The changes of ``make mutants`` are many, and each leaves a program that can be read."""

from __future__ import annotations

import ast

from tests.mutants.__main__ import SEED, equivalent, every
from tests.mutants.draw import Draw
from tests.mutants.tables import ROOT
from tests.mutants.trial import catching

CHANGES = every(SEED)


def test_there_are_enough_changes_and_other_seeds_draw_others() -> None:
    names = {one.name for one in CHANGES}
    others = {one.name for one in every(SEED + 1)}

    assert len(names) >= 120
    assert len(others - names) >= 60


def test_one_more_to_draw_from_leaves_every_other_lot_as_it_was() -> None:
    draw, lots = Draw(SEED), [(f"row {n}", n) for n in range(100)]

    before, after = draw.first(lots, 20), draw.first([*lots, ("a new row", 100)], 20)

    assert len(set(before) - set(after)) <= 1
    assert draw.one("row 1", ["a", "b", "c"]) == draw.one("row 1", ["c", "b", "a"])


def test_each_change_changes_its_file_and_names_tests_that_are_there() -> None:
    for one in CHANGES:
        held = (ROOT / one.path).read_text(encoding="utf-8")
        assert one.text() != held, one.name
        assert all((ROOT / test).exists() for tests in catching(one.path) for test in tests)


def test_a_changed_rule_is_still_a_program() -> None:
    for one in CHANGES:
        if one.path.endswith(".py"):
            ast.parse(one.text())


def test_what_changes_nothing_is_a_change_of_the_list_and_says_why() -> None:
    names = {one.name for one in CHANGES}

    for name, why in equivalent().items():
        assert name in names, f"{name} is no change that is tried: take it out"
        assert len(why) > 20
