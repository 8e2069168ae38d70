"""What a role may do is a row of one table: no verb names roles by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.journeys.world import World, told
from vcs.access import rules
from vcs.access.rules import MAY, Act
from vcs.errors import NotAllowed
from vcs.terms import Role

_NAMES_ROLES = re.compile(r"\brequire\((?:actor, |self\.actor, )?Role\.")


def test_every_act_has_a_row_and_every_row_somebody() -> None:
    assert set(MAY) == set(Act)
    assert all(MAY.values())


def test_a_row_decides_who_may_do_something(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.court_tells(told())
    monkeypatch.setitem(rules.MAY, Act.ADD_VICTIM, (Role.VLO,))
    with pytest.raises(NotAllowed):
        world.refer()
    monkeypatch.setitem(rules.MAY, Act.ADD_VICTIM, (Role.WITNESS_CARE,))
    assert world.refer()


def test_no_verb_names_the_roles_that_may_do_it() -> None:
    naming = [
        str(file)
        for file in sorted(Path("vcs").rglob("*.py"))
        if _NAMES_ROLES.search(file.read_text(encoding="utf-8"))
    ]
    assert naming == [], "add an act to MAY in vcs/access/rules.py, and require it"
