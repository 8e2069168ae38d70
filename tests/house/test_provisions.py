"""Every provision that a rule cites is a row of the table; every row is cited, and tested."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.source import Source, room_files, text_files
from vcs.law.deadlines.duties import DUTIES
from vcs.law.provisions import PROVISIONS

TABLE = "vcs/law/provisions.py"
WRITTEN_AS_CITATION = re.compile(
    r"DVCVA 2004 s\.\S+(, read with .+)?|Sentencing Code Sch\.\S+|Victims' Code 20\d\d( Right \d+)?"
)
PROVISION_OF_A_REASON = 3


def citations(source: Source) -> Iterator[tuple[str, str]]:
    """Yield each provision that a file cites, with where."""
    for node in source.nodes:
        for constant in (node, *_provision_of(node)):
            words = constant.value if isinstance(constant, ast.Constant) else None
            cited = constant is not node or WRITTEN_AS_CITATION.fullmatch(str(words))
            if cited and isinstance(words, str) and words:
                yield source.at(constant), words


def _provision_of(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what a statement or call names as its provision."""
    if isinstance(node, ast.Assign) and "provision" in ast.unparse(node.targets[0]).lower():
        yield node.value
    if isinstance(node, ast.keyword) and node.arg == "provision":
        yield node.value
    if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Reason":
        yield from node.args[PROVISION_OF_A_REASON : PROVISION_OF_A_REASON + 1]


def cited_in_the_rooms() -> list[tuple[str, str]]:
    """Return every citation in the product, but for the table itself."""
    sources = (source for source in room_files() if source.path != TABLE)
    return [citation for source in sources for citation in citations(source)]


def words_of_the_law() -> set[str]:
    """Return every string in the law's own code, but for the table of provisions."""
    files = (s for s in room_files() if s.within("vcs/law") and s.path != TABLE)
    nodes = (node for source in files for node in source.nodes)
    return {str(node.value) for node in nodes if isinstance(node, ast.Constant)}


def test_every_provision_cited_is_in_the_table() -> None:
    cited = cited_in_the_rooms()
    assert [f"{where} {words}" for where, words in cited if words not in PROVISIONS] == []


def test_every_provision_in_the_table_is_cited_by_a_rule_or_a_duty() -> None:
    owed = {row.provision for row in DUTIES}
    assert set(PROVISIONS) - words_of_the_law() - owed == set()


def test_every_provision_in_the_table_occurs_in_a_test() -> None:
    files = (s for s in text_files() if s.within("tests") and not s.within("tests/house"))
    tests = "\n".join(source.text for source in files)
    assert [provision for provision in PROVISIONS if provision not in tests] == []


@pytest.mark.parametrize(
    "text",
    [
        'provision = "Act of nowhere"',
        'Reason("convicted", answer, because, "Act of nowhere", "")',
        'Standing(answer, because, provision="Act of nowhere")',
        'ROW = ("a", "DVCVA 2004 s.99")',
    ],
)
def test_a_planted_citation_is_seen(text: str) -> None:
    assert [words for _, words in citations(Source("vcs/law/planted.py", text))] != []
    assert all(words not in PROVISIONS for _, words in citations(Source("x.py", text)))
