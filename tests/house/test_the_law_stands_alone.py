"""The law imports the standard library, the words of the field, and nothing else."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

import pytest

from tests.house.source import Source, room_files

ITS_OWN = ("vcs.law", "vcs.terms")


def strangers(source: Source) -> Iterator[str]:
    """Name each import that a file of the law may not make."""
    for node in source.nodes:
        for module in _imported(node):
            at_home = module in ITS_OWN or module.startswith("vcs.law.")
            if not at_home and module.split(".")[0] not in sys.stdlib_module_names:
                yield f"{source.at(node)} imports {module}"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        return [f"{module}.{a.name}" for a in node.names] if module == "vcs" else [module]
    return []


def test_the_law_imports_nothing_but_its_own_words() -> None:
    files = [source for source in room_files() if source.within("vcs/law")]
    assert files
    assert [stranger for source in files for stranger in strangers(source)] == []


@pytest.mark.parametrize(
    "text", ["import sqlmodel", "from vcs.migrations.tables import x", "from vcs import clock"]
)
def test_a_planted_stranger_is_seen(text: str) -> None:
    assert list(strangers(Source("vcs/law/planted.py", text)))
